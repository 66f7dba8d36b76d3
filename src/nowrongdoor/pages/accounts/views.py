"""One's own account. allauth does the work; the words, the frame and what may be removed are ours."""

from typing import Any

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.nhsuk import answers
from nowrongdoor.nhsuk.allauth_pages import InOurFrame


class Told:
    """Goes before what changes how an account is opened: it is done and in the journal, or neither."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with keys.told_of_itself(self.request.user, at=self.request.at):
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return answer


class Account(InOurFrame, IndexView):
    template_name = "accounts/account.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "name": self.request.user.name,
            "has_password": self.request.user.has_usable_password(),
            "at_work": self.request.viewer is not None or self.request.own is not None,
            "is_member": self.request.user.member_id is not None,
            "needs_second_step": not keys.has_second_step(self.request.user),
        }


class Password(Told, InOurFrame, PasswordChangeView):
    template_name = "accounts/password.jinja"
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        return str(self.success_url)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        answers.note(self.request, "Your password is changed", "Every other browser is signed out.")
        return answer


class App(Told, InOurFrame, ActivateTOTPView):
    template_name = "accounts/app.jinja"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        # allauth lets the code that set it up be used once more: whoever looked on could come in with it.
        keys.use_up(self.request.user, form.cleaned_data["code"])
        return answer


class AppRemove(Told, InOurFrame, DeactivateTOTPView):
    template_name = "accounts/app_remove.jinja"


class Passkey(Told, InOurFrame, AddWebAuthnView):
    template_name = "accounts/passkey.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own leaves out the form that was sent, and with it what was wrong.
        return {**super().get_context_data(**kwargs), **kwargs}


class PasskeyRemove(Told, InOurFrame, RemoveWebAuthnView):
    template_name = "accounts/passkey_remove.jinja"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            answers.note(self.request, "This is your only second step", "Add another first.")
            return redirect("mfa_index")
        return super().form_valid(form)


class Codes(InOurFrame, ViewRecoveryCodesView):
    template_name = "accounts/codes.jinja"


class CodesNew(Told, InOurFrame, GenerateRecoveryCodesView):
    template_name = "accounts/codes_new.jinja"


class Again(InOurFrame, ReauthenticateView):
    template_name = "accounts/again.jinja"


class AgainCode(InOurFrame, CodeAgainView):
    template_name = "accounts/again_code.jinja"


class AgainPasskey(InOurFrame, ReauthenticateWebAuthnView):
    template_name = "accounts/again_passkey.jinja"


FORM = ["GET", "POST"]
account = require_GET(Account.as_view())
password = require_http_methods(FORM)(Password.as_view())
app = require_http_methods(FORM)(App.as_view())
app_remove = require_http_methods(FORM)(AppRemove.as_view())
passkey = require_http_methods(FORM)(Passkey.as_view())
passkey_remove = require_http_methods(FORM)(PasskeyRemove.as_view())
codes = require_GET(Codes.as_view())
codes_new = require_http_methods(FORM)(CodesNew.as_view())
again = require_http_methods(FORM)(Again.as_view())
again_code = require_http_methods(FORM)(AgainCode.as_view())
again_passkey = require_http_methods(FORM)(AgainPasskey.as_view())
