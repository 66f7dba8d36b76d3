"""Coming in with an account: a password and a second step, a passkey, or another organisation's word."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.nhsuk import answers, sessions
from nowrongdoor.nhsuk.allauth_pages import InOurFrame, worded
from nowrongdoor.reading import viewers


class SignIn(InOurFrame, LoginView):
    template_name = "sign_in/account.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
        return {
            **super().get_context_data(**kwargs),
            "next": self.request.POST.get("next", self.request.GET.get("next", "")),
            "kept": "kept" in self.request.GET,
            "providers": [(app["provider_id"], app["name"]) for app in apps],
        }


class SecondStep(InOurFrame, AuthenticateView):
    template_name = "sign_in/code.jinja"

    def _build_forms(self) -> forms.Form | None:
        posted = super()._build_forms()
        worded(self.auth_form)
        return posted


class Passkey(LoginWebAuthnView):
    def form_invalid(self, form: forms.Form) -> HttpResponse:
        answers.note(self.request, "That passkey did not let you in", "Use your password, or another one.")
        return redirect("sign_in")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        back = self.request.POST.get("next", "")
        return _on(back) if isinstance(answer, HttpResponseRedirect) and _is_ours(back) else answer


sign_in = require_http_methods(["GET", "POST"])(SignIn.as_view())
second_step = require_http_methods(["GET", "POST"])(SecondStep.as_view())
passkey = require_http_methods(["GET", "POST"])(Passkey.as_view())


@require_GET
def provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to an organisation that says who its members are."""
    return _of_theirs(request, openid_connect.login, provider_id)


@require_GET
def provider_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there, with its word or without."""
    return _of_theirs(request, openid_connect.callback, provider_id)


def _of_theirs(request: HttpRequest, step: Callable[..., HttpResponse], provider_id: str) -> HttpResponse:
    """What they answer is not ours to answer for: when it cannot be had or read, there are other ways in."""
    try:
        return step(request, provider_id)
    except (RequestException, ValueError, LookupError):
        answers.note(request, "Their sign-in does not answer just now", "Try again, or use another way in.")
        return redirect("sign_in")


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """
    After the account, for which team and in which role: at once where there is one, asked where there
    are several. A person's account leads to their own record and to no team. Nobody comes past here
    without a second step.
    """
    if not _has_second_step(request):
        return redirect("mfa_index")
    if request.user.member_id is None:
        if request.user.person_id is not None:
            sessions.sign_in_own(request, person_id=request.user.person_id, at=request.at)
        else:
            sessions.sign_in_carer(request, permission_id=request.user.permission_id, at=request.at)
        return redirect("own_record")
    mine = viewers.personas(at=request.at, member_id=request.user.member_id)
    if request.method == "POST":
        chosen = {str(one.membership_id): one for one in mine}.get(request.POST.get("as", ""))
        if chosen is None:
            raise Http404
        return _begin(request, chosen.membership_id, back=request.POST.get("next", ""))
    back = request.GET.get("next", "")
    if len(mine) == 1:
        return _begin(request, mine[0].membership_id, back=back)
    return answers.page(request, "sign_in/which_team.jinja", {"mine": mine, "next": back})


def _begin(request: HttpRequest, membership_id: UUID, *, back: str) -> HttpResponse:
    sessions.sign_in(request, membership_id=membership_id, at=request.at)
    return redirect(back if _is_ours(back) else "my_work")


def _has_second_step(request: HttpRequest) -> bool:
    if keys.has_second_step(request.user):
        return True
    came_by = {one["method"] for one in get_authentication_records(request, request.user)}
    return settings.NWD_OIDC_STRONG and "socialaccount" in came_by


def _on(back: str) -> HttpResponse:
    return redirect(f"{reverse('sign_in_team')}?{urlencode({'next': back})}")


def _is_ours(back: str) -> bool:
    return back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
