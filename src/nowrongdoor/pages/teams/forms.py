"""What is asked when a member leaves or a team closes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import team_choices
from nowrongdoor.nhsuk.fields import Choice, Words
from nowrongdoor.nhsuk.hidden import Seen
from nowrongdoor.reading.open_teams import OpenTeam


class Leave(forms.Form):
    """Why: colleagues find it on everyone who was held by name. Where nobody was, nothing is asked."""

    words = Words(label="What should colleagues know?", what="what colleagues should know", max_length=20_000)

    def __init__(self, *args: Any, holds: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = holds > 0


class Close(forms.Form):
    """Who answers from now on, and why. `people` is how many were said to pass on."""

    successor = Choice(
        label="Which team takes over?", what="the team that takes over", required=True, widget=forms.Select
    )
    words = Words(
        label="Why does the team close, and what should the other team know?",
        what="why the team closes",
        required=True,
        max_length=20_000,
    )
    seen = Seen()
    people = Seen()

    def __init__(self, *args: Any, teams: Iterable[OpenTeam], but_not: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].choices = team_choices.grouped(teams, but_not=(but_not,))
