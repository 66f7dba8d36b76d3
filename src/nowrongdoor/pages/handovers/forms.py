"""What a giver tells, in I-PASS shape, and what a receiver answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, Choices, Words
from nowrongdoor.nhsuk.files import Files, chosen_files, why_not
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.rules import attachment
from nowrongdoor.rules.attachment import MOST, KeptFile, NewFile, plain_name
from nowrongdoor.rules.handover import Message

MESSAGE = tuple(Message.__dataclass_fields__)


class Offer(forms.Form):
    """Only whom is asked, and what they are asked to do, must be said."""

    handover_id = NewKey()
    seen = Seen()
    to_team = Choice(label="To whom?", what="the team to ask", required=True, widget=forms.Select)
    service = Choice(label="For which service?", what="one of their services", widget=forms.Select)
    why_urgent = Words(label="How urgent, and why", max_length=20_000)
    summary = Words(label="Summary")
    done = Words(label="What I have done", max_length=20_000)
    ask = Words(label="What I need you to do", max_length=20_000)
    watch_for = Words(label="What to watch for, and what to do if it happens", max_length=20_000)
    told = Words(label="What the person was told, and what they want", max_length=20_000)
    sharing_basis = Choice(label="On what ground is this shared?", widget=forms.Select)
    attached = Files(label="Attach files")
    taken_out = Choices(label="Take out again")

    def __init__(
        self,
        *args: Any,
        at: datetime,
        teams: Grouped,
        services: Grouped,
        kept: Sequence[KeptFile] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.keeps(kept)
        self.fields["to_team"].choices = teams
        self.fields["service"].choices = services
        self.fields["sharing_basis"].choices = [("", "Not said"), *code_words.choices("sharing_bases", at=at)]

    def message(self) -> Message:
        """What the receiver is told, as far as it is written."""
        return Message(**{name: self.cleaned_data.get(name, "") for name in MESSAGE})

    def keeps(self, kept: Sequence[KeptFile]) -> None:
        """These files were chosen earlier, and are still with the form."""
        self.kept = tuple(kept)
        self.fields["taken_out"].choices = [(str(one.id), plain_name(one.name)) for one in kept]

    def chosen(self) -> tuple[NewFile, ...]:
        """The files that can be taken, of those chosen just now."""
        sent = self.files.getlist("attached") if self.is_bound and self.files else []
        if len(sent) > MOST:
            return ()
        return tuple(attachment.bare(one) for one in chosen_files(sent) if not why_not(one))

    def out(self) -> set[UUID]:
        """The files chosen earlier that are not wanted any more."""
        return {UUID(one) for one in self.cleaned_data.get("taken_out", ())}

    def attachments(self) -> tuple[NewFile, ...]:
        """Every file that goes with the offer: chosen earlier and not taken out, and chosen now."""
        earlier = (one.chosen for one in self.kept if one.id not in self.out())
        return (*earlier, *self.cleaned_data.get("attached", ()))

    def asked_team(self) -> str:
        """The team that was chosen, though it may not be one to choose from any more."""
        return self.cleaned_data.get("to_team") or self["to_team"].data or ""


class Accept(Happened):
    """The receiver takes the person on, and says in a line what they will do; on paper, perhaps, earlier."""

    holding_id = NewKey()
    seen = Seen()
    read_back = Words(label="In one line, what will you do?", max_length=2_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["happened_time"].label = "At what time did you say yes?"


class Return(forms.Form):
    """A no names who is asked next."""

    next_handover_id = NewKey()
    seen = Seen()
    reason = Choice(
        label="Why can your team not take this on?", what="why your team cannot take this on", required=True
    )
    words = Words(label="What should the next team know?", max_length=20_000)
    next_team = Choice(label="Who is asked next?", widget=forms.Select)
    service = Choice(label="For which service?", what="one of their services", widget=forms.Select)

    def __init__(
        self, *args: Any, at: datetime, teams: Grouped, services: Grouped, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = code_words.choices("return_reasons", at=at)
        self.fields["next_team"].choices = teams
        self.fields["service"].choices = services

    def next_team_id(self) -> UUID | None:
        return UUID(self.cleaned_data["next_team"]) if self.cleaned_data.get("next_team") else None


class Chase(forms.Form):
    """The team that was asked has been asked after its answer."""

    chase_id = NewKey()
    seen = Seen()
    how = Choice(label="How did you ask them?", what="how you asked them", required=True)
    words = Words(label="What was said?", max_length=20_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choices = code_words.choices("chase_ways", at=at)


class Withdraw(forms.Form):
    """Taking back an offer nobody has answered."""

    seen = Seen()
    reason = Choice(
        label="Why are you taking the offer back?", what="why you are taking the offer back", required=True
    )
    words = Words(label="Anything to add", max_length=20_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = code_words.choices("withdraw_reasons", at=at, but_not="recorded")
