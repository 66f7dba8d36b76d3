"""
A form that was sent twice: is what it says now what stands recorded?

The key of a form only says that something was recorded from it. Someone may have gone back, changed
an answer and sent it again; to say "done" then would be false, and what they wrote would be lost. So
every answer the act stores is compared, and where one differs the text stays in the form.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from nowrongdoor.rules.change import plain


def as_sent(said: Mapping[str, Any], stands: Any) -> bool:
    """Every answer is what stands recorded; `stands` is a row, or the values under the same names."""
    if stands is None:
        return False
    found = stands if isinstance(stands, Mapping) else vars(stands)
    return all(_value(value) == _value(found[name]) for name, value in said.items())


def otherwise(form: forms.BaseForm, *, what: str, then: str) -> None:
    """Says over the form that something else stands recorded, and what can be done."""
    form.add_error(
        None,
        f"{what}, and what stands recorded is not what this form says now. "
        f"What is new in it has not been saved: {then}",
    )


def _value(value: Any) -> Any:
    """Nothing is nothing, however it is kept; the order in which needs were ticked says nothing."""
    if value in (None, (), []):
        return ""
    found = plain(value)
    return sorted(found) if isinstance(found, list) else found
