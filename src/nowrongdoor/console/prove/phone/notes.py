"""Places for notes: visits that wait for what came of them, and people somebody was in touch with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from nowrongdoor.console.prove.place import Place
from nowrongdoor.journeys import crews, visits
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit import STEPS
from nowrongdoor.rules.visit_record import Asked

WHO = "Amir"
SHIFT = timedelta(hours=14)
SEE_HER = Asked("Please see her at home.", "1 Mill Lane", "millbrook", minutes=5)
OF_VISIT = """
SELECT (SELECT count(*) FROM visits_visit WHERE id = %(key)s AND ended_words = %(words)s),
       (SELECT count(*) FROM journal_entry WHERE kind = 'visit.finished' AND subject_id = %(key)s)
"""
OF_CONTACT = """
SELECT (SELECT count(*) FROM stages_carecontact WHERE referral_id = %(key)s AND words = %(words)s),
       (SELECT count(*) FROM stages_carecontact WHERE referral_id = %(key)s)
"""


@dataclass(frozen=True)
class Note:
    """One text, and the form it is typed in: of a visit, or of a contact with whom a referral is about."""

    key: UUID
    of_visit: bool
    words: str

    @property
    def page(self) -> str:
        return f"/visits/{self.key}" if self.of_visit else f"/referrals/{self.key}/care-contact"

    @property
    def sent_to(self) -> str:
        return f"{self.page}/finish" if self.of_visit else self.page

    def arrived(self, database: psycopg.Connection) -> tuple[int, int]:
        """How often this text stands recorded, and how often anything was recorded from its form."""
        found = database.execute(
            OF_VISIT if self.of_visit else OF_CONTACT, {"key": self.key, "words": self.words}
        ).fetchone()
        return found or (0, 0)


def entered(seed: int, *, visits_wanted: int, contacts_wanted: int) -> tuple[list[Note], UUID]:
    """The small place that races are held in, up to now; the notes, and the membership of who types them."""
    from django.db import connection, connections

    from nowrongdoor.console import filling
    from nowrongdoor.console.prove import ground

    filling.note(connections["owner"], filling.FILLED)  # personas are let into nothing else
    place = Place(seed)
    place.at = now() - SHIFT + timedelta(hours=1)
    crew_id = _a_crew(place)
    notes = [Note(_left(place, crew_id), True, _words(n, "visit")) for n in range(visits_wanted)]
    notes += [Note(place.a_referral(), False, _words(n, "call")) for n in range(contacts_wanted)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM agencies_membership WHERE member_id = %s", [place[WHO].member_id])
        membership_id = cursor.fetchone()[0]
    ground.leave()
    return notes, membership_id


def _words(number: int, what: str) -> str:
    return f"Tea and a plan, {what} {number}: “she sleeps”, & her son rings – 5 < 6.\nNext week again."


def _a_crew(place: Place) -> UUID:
    crew_id = uuid4()
    crews.put_on(
        crew_id=crew_id, name="Crew 1", base="averley_market", travel="car", device="", from_at=place.at,
        until_at=place.at + SHIFT, seatings=[Seating(place[WHO].member_id, "nurse")], by=place[WHO],
        at=place.at,
    )  # fmt: skip
    return crew_id


def _left(place: Place, crew_id: UUID) -> UUID:
    """A visit whose crew has left, so that only what came of it is still to be said."""
    visit_id, by = uuid4(), place[WHO]
    referral_id = place.a_referral()
    visits.ask(visit_id=visit_id, referral_id=referral_id, asked=SEE_HER, by=by, at=place.later(seconds=1))
    at = place.later(seconds=1)
    visits.assign(visit_id=visit_id, crew_id=crew_id, leaves_at=at, words="", by=by, at=at, seen=1)
    for seen, step in enumerate(STEPS, start=2):
        visits.go_on(visit_id=visit_id, step=step, by=by, at=place.later(seconds=1), seen=seen)
    return visit_id
