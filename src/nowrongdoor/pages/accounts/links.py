"""The link that somebody was given: it sets a password, once."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.nhsuk import answers
from nowrongdoor.nhsuk.allauth_pages import LONGEST, worded


class NewPassword(forms.Form):
    password1 = forms.CharField(max_length=LONGEST, strip=False)
    password2 = forms.CharField(max_length=LONGEST, strip=False)

    def __init__(self, *args: object, account: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        worded(self)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.account)
        return password

    def clean(self) -> None:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords are not the same.")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """
    Sets the password of the account the link is for. A link that was used, is too old or never was
    answers the same: nobody learns from it who has an account.
    """
    account = keys.of_link(token, at=request.at)
    if account is None:
        return answers.page(request, "accounts/link_gone.jinja", {"problem": True}, status=404)
    form = NewPassword(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        if not keys.use_link(token, password=form.cleaned_data["password1"], at=request.at):
            return answers.page(request, "accounts/link_gone.jinja", {"problem": True}, status=404)
        answers.note(request, "Your password is set", "Sign in with it now. You then set up a second step.")
        return redirect("sign_in")
    context = {"form": form, "name": account.name}
    return answers.page(request, "accounts/link.jinja", context, status=422 if form.errors else 200)
