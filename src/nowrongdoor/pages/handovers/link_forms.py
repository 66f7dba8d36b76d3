"""What whoever has a link says: who they are, and their answer. And the forms of the giver's links."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words, team_choices
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.reading.open_teams import OpenTeam


class Who(forms.Form):
    """Whoever has the link says who they are, each time they open it."""

    name = PlainText(label="Your name", what="your name", max_length=100, required=True)
    job = PlainText(label="What you do there", what="what you do there", max_length=100, required=True)


class Accept(Who):
    """They take the person on, and say in a line what they will do."""

    holding_id = NewKey()
    seen = Seen()
    read_back = Words(label="In one line, what will you do?", max_length=2_000)


class Return(Who):
    """They say no, and who is asked next."""

    next_handover_id = NewKey()
    seen = Seen()
    reason = Choice(
        label="Why can your team not take this on?", what="why your team cannot take this on", required=True
    )
    words = Words(label="What should the next team know?", max_length=20_000)
    next_team = Choice(label="Who is asked next?", widget=forms.Select)
    service = Choice(label="For which service?", what="one of their services", widget=forms.Select)

    def __init__(self, *args: Any, at: datetime, teams: Sequence[OpenTeam], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = code_words.choices("return_reasons", at=at)
        self.teams = teams
        self.fields["next_team"].choices = team_choices.grouped(teams)
        self.fields["service"].choices = team_choices.services(teams)

    def next(self) -> dict[str, UUID | None]:
        """Who is asked next, and for which service, where that is said or they keep only one."""
        team_id = UUID(self.cleaned_data["next_team"]) if self.cleaned_data.get("next_team") else None
        chosen = self.cleaned_data.get("service") or ""
        meant = team_choices.service_meant(self.teams, team_id=team_id, chosen=chosen)
        return {"next_team_id": team_id, "next_service_id": meant}


class Make(forms.Form):
    """A link is made: its key comes with the page, so that one button makes one link."""

    link_id = NewKey()


class TakeBack(forms.Form):
    """A link is taken back, in the version that was seen."""

    seen = Seen()


NOTE = "note"


class Write(Who, Happened):
    """They were in touch with the person, how and when; or only a note."""

    note_id = NewKey()
    way = Choice(label="What are you writing down?", what="what you are writing down", required=True)
    words = Words(label="In a line or two, how does it go?", required=False, max_length=2_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["happened_time"].label = "At what time were you in touch?"
        self.fields["way"].choices = [
            *code_words.choices("care_contact_ways", at=at),
            (NOTE, "Only a note"),
        ]


class CloseByLink(Who):
    """What came of it, and what the person was told."""

    seen = Seen()
    outcome = Choice(label="How did it end?", what="how it ended", required=True)
    told = Words(label="What was the person told?", max_length=2_000)
    told_by = Choice(label="Who tells them?", what="who tells them", required=True)

    def __init__(self, *args: Any, at: datetime, kinds: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = code_words.endings(kinds, at=at)
        self.fields["told_by"].choices = code_words.choices("told_by", at=at)


class HandBack(Who):
    """They cannot go on, and ask the giver to take the person back."""

    handover_id = NewKey()
    seen = Seen()
    words = Words(label="Why can you not go on, and what was done?", max_length=2_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)


class RingMe(Who):
    """They want to be rung."""

    promise_id = NewKey()
    number = PlainText(label="On which number?", what="the number", max_length=40, required=True)
    words = Words(label="What about?", required=False, max_length=500)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
