"""What is asked when a member is lent, and when a loan ends."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words, times, wording
from nowrongdoor.nhsuk.fields import Choice, DateParts, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.nhsuk.times import ClockTime
from nowrongdoor.rules import loan


class Lend(forms.Form):
    """Whom, to which team, as what, and until when by a clock on the wall."""

    membership_id = NewKey()
    member = Choice(label="Whom do you lend?", what="whom you lend", required=True, widget=forms.Select)
    team = Choice(label="To which team?", what="a team", required=True, widget=forms.Select)
    role = Choice(label="What do they work as there?", what="what they work as there", required=True)
    until_on = DateParts(label="Until which day?", what="last day", required=True)
    until_time = ClockTime(
        label="Until what time on that day?",
        required=True,
        error_messages={"required": "Write the time until which they are lent, like 22:00"},
    )

    def __init__(self, *args: Any, members: Any, teams: Grouped, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [
            ("", "Choose somebody"), *((str(key), name) for key, name in members)
        ]  # fmt: skip
        self.fields["team"].choices = teams
        self.fields["role"].choices = code_words.choices(loan.ROLES, at=at)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        day, shown = typed.get("until_on"), typed.get("until_time")
        if day and shown and (why := times.why_not_on(day, shown)):
            self.add_error("until_time", why)
        return typed

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        until_at = wording.instants_on(typed["until_on"], typed["until_time"])[0]
        return {
            "member_id": UUID(typed["member"]),
            "to_team_id": UUID(typed["team"]),
            "role": typed["role"],
            "until_at": until_at,
        }


class End(forms.Form):
    """Why it ends: whoever plans reads it."""

    words = Words(label="Why does the loan end?", what="why it ends", required=True, max_length=5_000)
    seen = Seen()
