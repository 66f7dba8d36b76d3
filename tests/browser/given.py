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
URGENT = "Urgent Community Response"
CALL_HANDLER = "call_handler"
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
    call_taker: Seat, words: str, *, to_team: str = "", needs: tuple[str, ...] = ("Mental health",)
) -> None:
    """Somebody rings, and what they say is handed over: to that team, or to whoever triages here."""
    call_taker.opens("/")
    call_taker.follows("New contact", within="header")
    call_taker.writes("What is happening?", words)
    call_taker.chooses("Handed over to a team", of="What came of it?")
    call_taker.chooses(*needs, of="Needs, as far as they are known")
    call_taker.writes("What do you ask the team to do?", "Ring them today, and see them this week.")
    if to_team:
        call_taker.picks("Which team do you ask?", to_team)
    call_taker.presses("Record this contact")
    call_taker.sees("Contact recorded")


def an_offer(call_taker: Seat, rows: Rows, words: str, *, to_team: str) -> Any:
    """A contact handed straight over to a team; nobody has answered yet."""
    a_contact(call_taker, words, to_team=to_team)
    return rows.handovers(rows.referral(words).id)[0]


def a_visit_to_make(nurse: Seat, rows: Rows, words: str, *, crew: str) -> Any:
    """Somebody the nurse's team holds waits at home, and the nurse alone is a crew that has nobody yet."""
    a_contact(nurse, words)
    nurse.opens(f"/referrals/{rows.referral(words).id}/visit")
    nurse.writes("What is the visit for?", "See them at home today.")
    nurse.writes("Where is the person?", "1 Mill Lane, Millbrook")
    nurse.picks("In which area?", "Millbrook")
    nurse.presses("Ask for the visit")
    nurse.opens("/rapid/crews/new")
    nurse.writes("What is the crew called?", crew)
    nurse.picks("Where does it set off from?", "Millbrook")
    nurse.page.get_by_label("Who goes?", exact=True).select_option(value=str(nurse.member.member_id))
    nurse.presses("Put it on")
    return rows.one("SELECT id FROM visits_visit WHERE referral_id = %(id)s", id=rows.referral(words).id)


def a_visit(nurse: Seat, rows: Rows, words: str, *, crew: str) -> Any:
    """The same, and the nurse was given the visit."""
    found = a_visit_to_make(nurse, rows, words, crew=crew)
    nurse.opens(f"/rapid/visits/{found.id}")
    nurse.presses(f"Send {crew}")
    return found
