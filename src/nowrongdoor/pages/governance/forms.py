"""What is asked of a reviewer, of an agreement, and of the access log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.rules import agreement


class Decide(forms.Form):
    """What was found, and in which words."""

    outcome = Choice(label="What did you find?", what="what you found", required=True)
    words = Words(label="In a line, why?", what="in a line why", required=True, max_length=5_000)
    seen = Seen()

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = code_words.choices("review_outcomes", at=at)


class Agree(forms.Form):
    """What two agencies put in writing."""

    agreement_id = NewKey()
    one = Choice(label="One agency", what="one agency", required=True, widget=forms.Select)
    other = Choice(label="The other agency", what="the other agency", required=True, widget=forms.Select)
    purpose = Choice(label="What may it be used for?", what="what it may be used for", required=True)
    what = Words(label="What is shared?", what="what is shared", required=True, max_length=5_000)
    legal_basis = PlainText(
        label="On which law does it rest?", what="the law it rests on", required=True, max_length=500
    )
    from_on = DateParts(label="From", what="first day", required=True)
    review_on = DateParts(label="Look at it again on", what="day to look at it again", required=True)
    until_on = DateParts(label="Up to, but not on", what="day it ends", required=True)

    def __init__(
        self, *args: Any, agencies: Iterable[tuple[UUID, str]], at: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = [("", "Choose"), *((str(key), name) for key, name in agencies)]
        self.fields["one"].choices = self.fields["other"].choices = choices
        # What is agreed about crews is offered here alone: nobody looks at a person for it.
        self.fields["purpose"].choices = [
            *code_words.choices("purposes", at=at), *code_words.choices(agreement.AID, at=at)
        ]  # fmt: skip


class Filter(forms.Form):
    """Which looks are asked for. Everything may be left open."""

    member = Choice(label="Member", widget=forms.Select)
    agency = Choice(label="Agency", widget=forms.Select)
    day = DateParts(label="Day")

    def __init__(
        self,
        *args: Any,
        members: Iterable[tuple[UUID, str]],
        agencies: Iterable[tuple[UUID, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [("", "Everyone"), *((str(key), name) for key, name in members)]
        self.fields["agency"].choices = [("", "Every agency"), *((str(key), name) for key, name in agencies)]
