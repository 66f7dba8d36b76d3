"""What is asked of whoever decides about two records."""

from collections.abc import Iterable
from typing import Any

from django import forms

from nowrongdoor.nhsuk.fields import Choice, Words
from nowrongdoor.nhsuk.hidden import Seen


class Together(forms.Form):
    """Which record stands for both, and how it is known that they are one person's."""

    stays = Choice(label="Which record stands for both?", what="which record stands for both", required=True)
    words = Words(
        label="How do you know that they are one person?",
        what="how you know that they are one person",
        required=True,
        max_length=2_000,
    )
    seen = Seen()

    def __init__(self, *args: Any, sides: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stays"].choices = list(sides)


class Apart(forms.Form):
    """How it is known that they are two people."""

    words = Words(
        label="How do you know that they are two people?",
        what="how you know that they are two people",
        required=True,
        max_length=2_000,
    )
    seen = Seen()


class Linked(forms.Form):
    """How it is known that an entry is of this person."""

    words = Words(
        label="How do you know that it is this person?",
        what="how you know that it is this person",
        required=True,
        max_length=2_000,
    )
    seen = Seen()
