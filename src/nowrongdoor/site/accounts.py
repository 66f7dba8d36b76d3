"""How signing in behaves here: what allauth asks of us, answered."""

import base64
from hashlib import sha256
from typing import Any, NoReturn
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.accounts.models import Account
from nowrongdoor.nhsuk import answers

NOT_KNOWN = "The name or the password is not right. Check both, or ask for a new link."
CANNOT = "You could not be signed in that way"
ASK = "Ask whoever set up your account."
BEFORE_TEAM = 30 * 60


class Backend(AuthenticationBackend):
    """A disabled account answers as a wrong password does, after the same work."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """allauth would remember that the password was right, and say so."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_KNOWN,
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many tries from here. Wait ten minutes, then try again.",
        "rate_limited": "Too many tries from here. Wait ten minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # accounts are opened for members, by whoever runs the place

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META.get("REMOTE_ADDR") or "unknown")

    def is_safe_url(self, url: str | None) -> bool:
        path = (url or "").startswith("/")
        return path and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """
        Tries count for one account from one network: whoever guesses elsewhere locks its member out of
        nothing, and however much is guessed here, a colleague at the next desk signs in.
        """
        return f"{credentials.get('username', '').strip().lower()} from {self.get_client_ip(request)}"

    def post_login(self, request: HttpRequest, user: Account, **hooks: Any) -> HttpResponse:
        super().post_login(request, user, **hooks)
        request.session.set_expiry(BEFORE_TEAM)  # until a team is chosen
        asked = hooks.get("redirect_url")
        back = {"next": asked} if asked and self.is_safe_url(asked) else {}
        return HttpResponseRedirect(f"{reverse('sign_in_team')}?{urlencode(back)}")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever has just said who they are need not say it again to change how their account is opened."""
        request = context.request
        records = get_authentication_records(request, request.user)
        within = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not records or request.at.timestamp() - records[-1]["at"] > within

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return could_not(request)


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or was used before. Wait for the next one.",
        "cannot_delete_authenticator": "This is your only second step. Add another first.",
    }

    def _get_site_name(self) -> str:
        return "No Wrong Door"

    def encrypt(self, text: str) -> str:
        """What makes one-time codes does not lie open in a copy of the database."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=strong)
        return others.exclude(pk=authenticator.pk).exists()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Someone else's word that this is who they are. It opens an account that is there, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") not in (None, "login"):
            raise ImmediateHttpResponse(could_not(request))
        claims, sociallogin.account.extra_data = sociallogin.account.extra_data, {}
        if sociallogin.is_existing:
            keys.forget_what_was_told(sociallogin.account)
            return
        said = claims.get("userinfo") or claims.get("id_token") or claims
        try:
            account = keys.find(str(said.get(settings.NWD_OIDC_CLAIM) or ""))
        except keys.NoAccount:
            raise ImmediateHttpResponse(could_not(request)) from None
        sociallogin.connect(request, account)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **more: Any
    ) -> NoReturn:
        raise ImmediateHttpResponse(could_not(request))


def could_not(request: HttpRequest) -> HttpResponse:
    """Back to the first page; it says the same whatever the reason."""
    clear_login(request)
    answers.note(request, CANNOT, ASK)
    return HttpResponseRedirect(reverse("sign_in"))


def _fernet() -> MultiFernet:
    signed_with = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(sha256(f"second step {key}".encode()).digest()))
            for key in signed_with
        ]
    )
