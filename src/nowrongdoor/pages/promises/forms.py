"""What is asked when something is promised, and when a late promise is raised."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import due, team_choices, wording
from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.times import ClockTime, why_not_on
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.rules import withholding
from nowrongdoor.rules.escalation import ClockKind
from nowrongdoor.rules.promise_kinds import ALARMS as EVERY_ALARM
from nowrongdoor.rules.promise_kinds import BY_ROWS_ALONE
from nowrongdoor.rules.words import PromiseKind

# What a person may promise. A re-homing leaves its promise by itself.
KINDS = [
    (str(PromiseKind.CALLBACK), "To call back"),
    (str(PromiseKind.INFORMATION), "To find something out"),
    (str(PromiseKind.THE_PERSON), "To wait for the person, and be in touch again"),
]


# What a person raises. What follows from rows raises itself.
BY_HAND = EVERY_ALARM - BY_ROWS_ALONE
ALARMS = [(str(kind), due.ALARMS[ClockKind(kind)]) for kind in PromiseKind if kind in BY_HAND]


HOW = [
    (withholding.AGREE, "I agree: it stands as it was written"),
    (withholding.CHANGE, "I write it otherwise"),
    (withholding.SET_ASIDE, "It is set aside"),
]


ON_RECORD = [
    (withholding.AGREE, "I agree: it holds as it was written"),
    (withholding.SET_ASIDE, "It does not hold"),
]


class RaiseAlarm(forms.Form):
    """What has gone wrong, in a line. By when it is answered is for the standard of its kind to say."""

    promise_id = NewKey()
    kind = Choice(label="What has gone wrong?", what="what has gone wrong", required=True, choices=ALARMS)
    words = Words(label="Say it in a line", what="what has gone wrong", required=True, max_length=20_000)


class Make(forms.Form):
    """What is promised, who is asked for it, and by when. Without a time, by the standard for its kind."""

    promise_id = NewKey()
    kind = Choice(label="What do you promise?", what="what you promise", required=True, choices=KINDS)
    words = Words(label="What exactly, in a line", what="what is promised", required=True, max_length=20_000)
    asked_of = PlainText(label="Who is asked, if somebody else has to answer?")
    clock_time = ClockTime(label="By what time?")
    day = DateParts(label="On which day, if not the next time it is that time?", what="day")

    def due_at(self, *, at: datetime) -> datetime | None:
        """By when, if they said so. A time alone is the next time the clock on the wall shows it."""
        shown, day = self.cleaned_data["clock_time"], self.cleaned_data["day"]
        if shown is None:
            return None
        return wording.on_day(day, shown) if day else wording.next_at(shown, at=at)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        day, shown = typed.get("day"), typed.get("clock_time")
        if day and shown is None and "clock_time" not in self.errors:
            self.add_error("clock_time", "Write by what time on that day, like 15:30")
        elif day and shown and (why := why_not_on(day, shown)):
            self.add_error("clock_time", why)
        return typed


class SecondReading(forms.Form):
    """What becomes of what somebody else wrote, and why."""

    how = Choice(label="What becomes of it?", what="what becomes of it", required=True, choices=HOW)
    words = Words(label="What should staff know instead?", max_length=2_000)
    reason = Words(label="Why, in a line?", what="why", required=True, max_length=2_000)
    seen = Seen()


class Escalate(forms.Form):
    """Which team is told that this is late, and what they are asked to do."""

    escalation_id = NewKey()
    to_team = Choice(label="Which team is it raised to?", what="a team", required=True, widget=forms.Select)
    words = Words(
        label="What do you ask them to do?", what="what you ask them to do", required=True, max_length=20_000
    )
    seen = Seen()

    def __init__(self, *args: Any, teams: Iterable[OpenTeam], owner: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_team"].choices = team_choices.grouped(teams, but_not=(owner,))
