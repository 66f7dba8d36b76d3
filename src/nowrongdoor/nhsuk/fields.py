"""Form fields of our own: a person's words kept as typed, one line, choices, and a date in three parts.

What was typed is never lost: a field that refuses still shows everything that was entered.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# NUL cannot be stored by PostgreSQL; half of a surrogate pair is not a character and cannot be sent.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# What stands where bytes were no text: somebody wrote something there, and it cannot be read any more.
UNREADABLE = "\ufffd"
CONTROL = re.compile("[\x01-\x1f\x7f\u2028\u2029]+")
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
               "October", "November", "December")  # fmt: skip


def _storable(text: str) -> str:
    return UNSTORABLE.sub("", text)


class _Text(forms.Field):
    """
    Text that is shown again without the characters nothing can store, and says so.

    Bytes that are no text arrive as U+FFFD, and words with holes in them are never taken for what was
    said: whoever sent them is asked to mend them. The sign stays in the box, for it shows where the
    hole is. A U+FFFD that somebody typed or pasted is treated alike: it was such a hole before.
    """

    def __init__(self, *, max_length: int, what: str = "this", **options: Any) -> None:
        self.max_length = max_length
        self.what = what
        options.setdefault("required", False)
        options.setdefault("error_messages", {}).setdefault("required", f"Enter {what}")
        super().__init__(**options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if data is None else _storable(str(data))

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)

    def validate(self, value: str) -> None:
        super().validate(value)
        if found := len(UNSTORABLE.findall(value)):
            raise ValidationError(
                f"{found} hidden {'character' if found == 1 else 'characters'} could not be stored and "
                f"{'has' if found == 1 else 'have'} been taken out. Check the text and save again.",
                code="unstorable",
            )
        if unread := value.count(UNREADABLE):
            raise ValidationError(
                f"{unread} {'character' if unread == 1 else 'characters'} could not be read. "
                f"Nothing else is lost: where the sign {UNREADABLE} stands, write what was meant, "
                "or take the sign out, and save again.",
                code="unreadable",
            )
        if (length := len(value)) > self.max_length:
            raise ValidationError(
                f"This has {length:,} characters and can have {self.max_length:,}. "
                "Nothing has been lost: shorten it, or put part of it in a second note.",
                code="too_long",
            )


class Words(_Text):
    """Someone's own words, of any length up to the limit: nothing trimmed, nothing tidied.

    Browsers send line ends as CR LF whatever was typed; they are put back to plain line feeds.
    """

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 200_000, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        super().validate(value)


class PlainText(_Text):
    """One line: a name, a place, a reason. Spaces round it go; a pasted line end becomes a space."""

    widget = forms.TextInput

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        return CONTROL.sub(" ", super().to_python(value)).strip()


class Choice(forms.ChoiceField):
    """One of a few answers, as radio buttons unless another widget is named."""

    widget = forms.RadioSelect

    def __init__(self, *, what: str = "an answer", **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.error_messages |= {
            "required": f"Choose {what}",
            "invalid_choice": "Choose one of the answers shown",
        }


class Choices(forms.MultipleChoiceField):
    """Any number of answers, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, what: str = "at least one", **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.error_messages |= {
            "required": f"Choose {what}",
            "invalid_choice": "Choose from the answers shown",
            "invalid_list": "Choose from the answers shown",
        }


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year, each in its own box, sent as `<name>_day`, `<name>_month`, `<name>_year`."""

    def __init__(self) -> None:
        super().__init__({"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput})

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class DateParts(forms.Field):
    """
    A whole date, or nothing. Whether it may lie in the future is for the rules to say, not the form.

    `partly`: a year alone, or with its month, is no mistake; nor is it a date (`known_of` says what it is).
    """

    widget = DatePartsWidget

    def __init__(self, *, what: str = "date", partly: bool = False, **options: Any) -> None:
        self.what, self.partly = what, partly
        options.setdefault("required", False)
        options.setdefault("error_messages", {}).setdefault("required", f"Enter the {what}")
        super().__init__(**options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [_storable(str(part)) if part is not None else "" for part in data or ("", "", "")]

    def clean(self, value: Sequence[Any] | None) -> date | None:
        parts = [_storable(str(part or "")).strip() for part in value or ("", "", "")]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="day")
            return None
        if self.partly and self.known_of(parts):
            return None
        return self._whole(*parts)

    def known_of(self, value: Sequence[Any] | None) -> str:
        """Of a date that is known in part, `yyyymm00` or `yyyy0000`; empty for a whole one and for none."""
        day_text, month_text, year_text = (str(part or "").strip() for part in value or ("", "", ""))
        year, month = _number(year_text), _month(month_text) if month_text else 0
        if day_text or year is None or not 1850 <= year <= 2100 or month is None or month > 12:
            return ""
        return f"{year:04}{month:02}00"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return any(data or ()) or bool(initial)

    def _whole(self, day_text: str, month_text: str, year_text: str) -> date:
        given = {"day": day_text, "month": month_text, "year": year_text}
        if missing := [name for name, text in given.items() if not text]:
            wanted = " and ".join(f"a {name}" for name in missing)
            raise ValidationError(f"The {self.what} must include {wanted}", code=missing[0])
        day, month, year = _number(day_text), _month(month_text), _number(year_text)
        if day is None or not 1 <= day <= 31:
            raise ValidationError(f"There is no day {day_text[:12]}: use a number from 1 to 31", code="day")
        if month is None or not 1 <= month <= 12:
            raise ValidationError(
                f"There is no month {month_text[:12]}: use a number from 1 to 12", code="month"
            )
        if year is None or not 1000 <= year <= 9999:
            raise ValidationError("Write the year with 4 numbers, like 1945", code="year")
        try:
            return date(year, month, day)
        except ValueError:
            of_year = f" {year}" if (month, day) == (2, 29) else ""
            raise ValidationError(
                f"The {ordinal(day)} of {MONTH_NAMES[month - 1]}{of_year} does not exist", code="day"
            ) from None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    """A month as a number or by its name: `7`, `Jul`, `July`."""
    if text.isalpha() and len(text) >= 3:
        fits = [name.lower().startswith(text.lower()) for name in MONTH_NAMES]
        return fits.index(True) + 1 if any(fits) else None
    return _number(text)


def ordinal(number: int) -> str:
    """`31st`, `22nd`, `13th`."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What the error summary lists: each message, and the id of the box to go to or "" for the whole form."""
    found = []
    for name, errors in form.errors.as_data().items():
        for error in errors:
            box = "" if name == forms.forms.NON_FIELD_ERRORS else _box(form[name], error)
            found += [(message, box) for message in error.messages]
    return found


def _box(bound: forms.BoundField, error: ValidationError) -> str:
    if not isinstance(bound.field, DateParts):
        return bound.auto_id
    return f"{bound.auto_id}_{error.code if error.code in ('month', 'year') else 'day'}"
