"""What a passkey answers comes from outside: whatever is sent in its place is refused, and breaks nothing."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

# All that reading a made-up answer can stumble over.
MADE_UP = (ValueError, TypeError, LookupError, AttributeError, OverflowError, AssertionError)


def read(reading: Callable[[], Any]) -> Any:
    try:
        return reading()
    except MADE_UP:
        raise get_adapter().validation_error("incorrect_code") from None


class Add(forms.AddWebAuthnForm):
    def clean(self) -> Any:
        return read(super().clean)


class Authenticate(forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return read(super().clean_credential)


class Login(forms.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        return read(super().clean_credential)


class Reauthenticate(forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        return read(super().clean_credential)
