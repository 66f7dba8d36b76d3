"""A time of day as people write it, for promises such as ringing back at three o'clock."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import UNSTORABLE
from nowrongdoor.nhsuk.wording import WallTime

WRITTEN = re.compile(r"^(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm)?\s*(BST|GMT)?$", re.I)
ASK = "Write the time like 15:30 or 3.30pm"


def why_not_on(day: date, shown: time) -> str:
    """Why a clock on the wall does not say when that is: on the two nights a year that the clocks change."""
    found = wording.instants_on(day, shown)
    if len(found) == 1:
        return ""
    that_day, said = wording.local_date(day), f"{shown:%H:%M}"
    if len(found) == 2:
        return (
            f"On {that_day} the clocks go back and {said} comes twice. Write {said} BST for the first, or "
            f"{said} GMT for the one an hour later"
        )
    if zone := getattr(shown, "zone", ""):
        return f"On {that_day} no clock shows {said} {zone}. Write {said} alone"
    return (
        f"On {that_day} the clocks go forward and there is no {said}. "
        "Write a time before 01:00 or from 02:00"
    )


class ClockTime(forms.Field):
    """
    `15:30`, `1530`, `3.30pm` or `3pm`, or nothing; `01:30 GMT` on the night that has it twice. What was typed
    is shown again when it is no time.
    """

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if data is None else UNSTORABLE.sub("", str(data))

    def to_python(self, value: Any) -> time | None:
        text = UNSTORABLE.sub("", str(value or "")).strip()
        if not text:
            return None
        found = WRITTEN.match(text) if text.isascii() else None
        if found is None:
            raise ValidationError(ASK, code="no_time")
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not found[2] and not half:
            raise ValidationError(ASK, code="no_time")
        if half:
            if not 1 <= hour <= 12:
                raise ValidationError(ASK, code="no_time")
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23:
            raise ValidationError(ASK, code="no_time")
        return WallTime(hour, minute).said_in((found[4] or "").upper())
