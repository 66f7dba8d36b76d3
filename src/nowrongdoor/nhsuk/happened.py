"""When something happened that is keyed in afterwards: from paper, or from what somebody was told."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import DateParts
from nowrongdoor.nhsuk.times import ClockTime, why_not_on

AHEAD = "That lies ahead. Write when it was, and the day if it was not today"


class Happened(forms.Form):
    """A time and a day, both empty where it is just now. A time alone is the last time a clock showed it."""

    happened_time = ClockTime(label="At what time did it happen?")
    happened_day = DateParts(label="On which day, if not today?", what="day")

    at: datetime

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        shown, day = typed.get("happened_time"), typed.get("happened_day")
        if shown is None:
            if day and "happened_time" not in self.errors:
                self.add_error("happened_time", "Write at what time on that day, like 02:10")
        elif why := why_not_on(self._day(), shown):
            self.add_error("happened_time", why)
        elif wording.on_day(self._day(), shown) > self.at:
            self.add_error("happened_time", AHEAD)
        return typed

    def happened_at(self) -> datetime | None:
        """When it was; none where that was not said."""
        shown = self.cleaned_data.get("happened_time")
        return wording.on_day(self._day(), shown) if shown else None

    def _day(self) -> Any:
        """The day that was said, else today, or yesterday for a time that today has not come to yet."""
        if day := self.cleaned_data.get("happened_day"):
            return day
        today = wording.local_day(self.at)
        found = wording.instants_on(today, self.cleaned_data["happened_time"])
        return today if not found or found[0] <= self.at else today - timedelta(days=1)
