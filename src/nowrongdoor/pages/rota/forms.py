"""What is asked when somebody is put on the rota, and when they are taken off it."""

from datetime import datetime
from typing import Any

from django import forms

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.times import ClockTime, why_not_on
from nowrongdoor.reading.on_call import Choices

WHOLE_AGENCY = "agency"
LAST_YEAR = 2100


class PutOn(forms.Form):
    """Who, as what, for whom, from when until when, and where they can be reached meanwhile."""

    duty_id = NewKey()
    member = Choice(label="Who is on call?", what="who is on call", required=True, widget=forms.Select)
    rung = Choice(label="As what?", what="what they are on call as", required=True)
    team = Choice(label="For which team?", what="a team", required=True, widget=forms.Select)
    from_day = DateParts(label="From which day?", what="first day", required=True)
    from_time = ClockTime(
        label="From what time?",
        required=True,
        error_messages={"required": "Write from what time, like 08:00"},
    )
    until_day = DateParts(label="Until which day?", what="last day", required=True)
    until_time = ClockTime(
        label="Until what time?",
        required=True,
        error_messages={"required": "Write until what time, like 20:00"},
    )
    phone = PlainText(label="Where do colleagues reach them?", max_length=100)

    def __init__(self, *args: Any, choices: Choices, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [("", "Choose somebody"), *_texts(choices.members)]
        self.fields["rung"].choices = code_words.choices("rota_rungs", at=at)
        self.fields["team"].choices = [
            ("", "Choose a team"),
            (WHOLE_AGENCY, "Every team of the agency"),
            *_texts(choices.teams),
        ]

    def clean_from_day(self) -> Any:
        return self._day("from_day")

    def clean_until_day(self) -> Any:
        return self._day("until_day")

    def _day(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day is not None and day.year > LAST_YEAR:
            raise forms.ValidationError("Look at the year again", code="year")
        return day

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name in ("from", "until"):
            day, shown = typed.get(f"{name}_day"), typed.get(f"{name}_time")
            if day and shown and (why := why_not_on(day, shown)):
                self.add_error(f"{name}_time", why)
        return typed

    def between(self) -> tuple[datetime, datetime]:
        """The instants at which the clock on the wall shows the two times."""
        typed = self.cleaned_data
        return (
            wording.on_day(typed["from_day"], typed["from_time"]),
            wording.on_day(typed["until_day"], typed["until_time"]),
        )


class TakeOff(forms.Form):
    """Why: whoever stands in reads it."""

    words = Words(
        label="Why are they taken off?", what="why they are taken off", required=True, max_length=5_000
    )
    seen = Seen()


def _texts(pairs: Any) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in pairs]
