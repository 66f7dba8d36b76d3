"""What a form carries unseen: the keys of the rows it will make, and the version of what was seen."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

IN_ADDRESS = "key"


def fresh(address: str) -> str:
    """A form's address with the key of what it will make: going back finds the form that was sent."""
    return f"{address}?{IN_ADDRESS}={uuid4()}"


def of_address(request: HttpRequest) -> UUID | None:
    """The key its address gives to what this form makes."""
    return _key(request.GET.get(IN_ADDRESS))


def key(value: str) -> UUID | None:
    """A key that stands in an address; none where it is no key."""
    return _key(value)


class NewKey(forms.Field):
    """The key of a row to be made. Made with the page, so that a form sent twice makes one row."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return str(_key(data) or uuid4())

    def to_python(self, value: Any) -> UUID:
        return _key(value) or uuid4()


class RowKey(forms.Field):
    """The key of a row that exists; one that is no key is said to be missing, in the field's own words."""

    widget = forms.HiddenInput

    def __init__(self, *, missing: str, **options: Any) -> None:
        self.missing = missing
        super().__init__(**{"required": False, **options})

    def bound_data(self, data: Any, initial: Any) -> Any:
        return str(_key(data) or "")

    def to_python(self, value: Any) -> UUID | None:
        if not value:
            return None
        key = _key(value)
        if key is None:
            raise ValidationError(self.missing, code="missing")
        return key


class Seen(forms.Field):
    """The version the person saw. A form that does not say has seen nothing: all that is there is news."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return _version(data)

    def to_python(self, value: Any) -> int:
        return _version(value)


def sees(form: forms.BaseForm, version: int) -> None:
    """Somebody was first, and the page now shows what they did: sent again, the form has seen that."""
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = str(version)


def _key(value: Any) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value or ""))
    except ValueError:
        return None


def _version(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
