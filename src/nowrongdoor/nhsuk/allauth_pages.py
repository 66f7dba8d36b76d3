"""Pages that allauth keeps, shown in our frame: its forms and steps, our words and templates."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse

from nowrongdoor.nhsuk import answers

LABELS = {
    "login": "Name you sign in with",
    "password": "Password",
    "oldpassword": "Password you have now",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
    "name": "What to call this passkey",
    "passwordless": "Sign in with this passkey alone, without a password",
}
MISSING = {
    "login": "Enter the name you sign in with",
    "password": "Enter your password",
    "oldpassword": "Enter the password you have now",
    "password1": "Enter a new password",
    "password2": "Enter the new password again",
    "code": "Enter the code",
}
LONGEST = 1_000


class InOurFrame:
    """Goes before a view of allauth. `template_name` is one of ours; a form with faults answers 422."""

    request: HttpRequest
    template_name: str

    def get_form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return worded(super().get_form(*args, **kwargs))  # type: ignore[misc]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        sent = [context[name] for name in ("form", "webauthn_form") if context.get(name) is not None]
        faulty = self.request.method == "POST" and any(form.is_bound and form.errors for form in sent)
        left_out = ("view", "site")
        shown = {name: value for name, value in context.items() if name not in left_out}
        return answers.page(self.request, self.template_name, shown, status=422 if faulty else 200)


def worded(form: forms.Form) -> forms.Form:
    """The boxes as a colleague would name them, and no text longer than anyone types."""
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)
        field.help_text = ""
        if name in MISSING:
            field.error_messages["required"] = MISSING[name]
        if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
            field.validators.append(MaxLengthValidator(LONGEST, "This is longer than anyone types."))
    return form
