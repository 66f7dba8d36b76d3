"""What is asked when something that the law gives a time begins, is extended, and ends."""

from datetime import datetime
from typing import Any

from django import forms

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.pages.referrals import statutory_wording
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.statutory import CONDITION, ENDINGS, StatutoryClock, StatutoryKind


class Begin(Happened):
    """What begins, about what, and since when: without a time, now."""

    clock_id = NewKey()
    kind = Choice(label="What begins?", what="what begins", required=True)
    words = Words(
        label="Which place of safety and who brought them, which ward and who holds them, which concern, or "
        "what was agreed?",
        required=False,
        max_length=5_000,
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["kind"].choices = list(statutory_wording.NAMES.items())
        self.fields["happened_time"].label = "When did they arrive, or when did it begin?"


class Reason(Choice):
    """Offers what the law knows; takes whatever is sent, so that the rule says why something else is none."""

    def valid_value(self, value: str) -> bool:
        return True


class Extend(Happened):
    """Why, who is responsible, and for how long. Reasons that are none in law are not offered."""

    seen = Seen()
    reason = Reason(label="What is it about their condition?", what="a reason", required=True)
    doctor = PlainText(label="Which registered medical practitioner is responsible?")
    words = Words(label="What did they find?", required=False, max_length=5_000)
    for_hours = PlainText(label="For how many hours more?", max_length=20)

    def __init__(self, *args: Any, clock: StatutoryClock, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        reasons = law.codes("extension_reasons", on=local_date(at))
        self.fields["reason"].choices = [(one.code, one.label) for one in reasons if one.entails == CONDITION]
        self.fields["happened_time"].label = "When was that decided?"

    def clean_for_hours(self) -> str:
        typed: str = self.cleaned_data["for_hours"]
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
            raise forms.ValidationError("Write whole hours, like 6", code="no_number")
        return typed

    def hours(self) -> int | None:
        typed = self.cleaned_data["for_hours"]
        return int(typed) if typed else None


class End(Happened):
    """How it ended, and what came of it."""

    seen = Seen()
    outcome = Choice(label="How did it end?", what="how it ended", required=True)
    words = Words(label="What came of it?", required=False, max_length=20_000)

    def __init__(self, *args: Any, clock: StatutoryClock, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["outcome"].choices = code_words.choices(ENDINGS[StatutoryKind(clock.kind)], at=at)
        self.fields["happened_time"].label = "When was it over?"
