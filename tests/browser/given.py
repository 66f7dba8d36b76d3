"""What stories begin with, made on the pages themselves by the colleagues whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.rows import Rows
from tests.browser.seat import Seat

CENTRE = "Care Co-ordination Centre"
CRISIS = "Crisis Resolution and Home Treatment"
SOCIAL_CARE = "Adult Social Care First Contact"
NURSES = "Averley District Nursing"
HANDLER = "call_handler"
CLINICIAN = "triage_clinician"

WITH_AND_WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with scripts", "without scripts"]
)


class Story:
    """What every story has at hand: colleagues who sit down at a browser, and what was really recorded."""

    @pytest.fixture(autouse=True)
    def place(self, at_work: Callable[..., Seat], rows: Rows) -> None:
        self.at_work, self.rows = at_work, rows


def a_contact(
    handler: Seat, words: str, *, to_team: str = "", needs: tuple[str, ...] = ("Mental health",)
) -> None:
    """Somebody rings, and what they say is handed over: to that team, or to whoever triages here."""
    handler.opens("/")
    handler.follows("New contact", within="header")
    handler.writes("What is happening?", words)
    handler.chooses("Handed over to a team", of="What came of it?")
    handler.chooses(*needs, of="Needs, as far as they are known")
    handler.writes("What do you ask the team to do?", "Ring them today, and see them this week.")
    if to_team:
        handler.picks("Which team do you ask?", to_team)
    handler.presses("Record this contact")
    handler.sees("Contact recorded")


def an_offer(handler: Seat, rows: Rows, words: str, *, to_team: str) -> Any:
    """A contact handed straight over to a team; nobody has answered yet."""
    a_contact(handler, words, to_team=to_team)
    return rows.handovers(rows.referral(words).id)[0]
