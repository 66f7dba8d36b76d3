"""What is said about whoever a life is of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.journeys import about_me, circle, talks, visits
from nowrongdoor.rules import access
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.visit_record import Asked


class Lived(Protocol):
    """A life as it is being lived."""

    place: Place
    keys: dict[str, UUID]

    def word(self, item: str, element: str, column: str) -> str: ...


def about(person_id: UUID, word: Callable[[str, str, str], str], *, by: Viewer, at: datetime) -> None:
    """Somebody close to them says how to speak with them, and whom not to contact: a canary in every text."""
    words, name = word("P", "response", "about_words"), word("P", "identity", "about_said_by")
    about_me.answer(
        answer_id=uuid4(),
        person_id=person_id,
        said=Said("language", "answered", ("cym",), words, "close", name, "theirs"),
        replaces_id=None,
        by=by,
        at=at,
    )
    circle.enter(
        entry_id=uuid4(),
        person_id=person_id,
        told=Somebody(
            name=word("P", "identity", "circle_name"),
            relation="brother",
            contact="never",
            words=word("P", "response", "circle_words"),
            phone_unknown="declined",
            said_by="person",
        ),
        by=by,
        at=at,
    )


def visited(told: Lived, *, by: Viewer) -> None:
    """A visit was asked for, and stood down again; by whoever may."""
    if not access.may_do(by, "visit.ask", at=told.place.clock):
        return
    told.keys["visit"] = uuid4()
    asked = Asked(
        told.word("R", "response", "visit_need"),
        told.word("R", "whereabouts", "visit_place"),
        "millbrook",
        told.word("R", "response", "visit_access"),
    )
    visits.ask(
        visit_id=told.keys["visit"],
        referral_id=told.keys["referral"],
        asked=asked,
        by=by,
        at=told.place.later(),
    )
    line = told.word("R", "response", "visit_others")
    visits.note_others(visit_id=told.keys["visit"], words=line, by=by, at=told.place.later(), seen=1)
    words = told.word("R", "story", "visit_words")
    visits.stand_down(visit_id=told.keys["visit"], words=words, by=by, at=told.place.later(), seen=2)


def asked_to_ring(told: Lived, *, by: Viewer) -> None:
    """Ours is asked to ring them, just to talk."""
    told.keys["talk"], told.keys["owed_call"] = uuid4(), uuid4()
    talks.ask(
        talk_id=told.keys["talk"],
        promise_id=told.keys["owed_call"],
        service_id=told.place.network,
        contact_id=None,
        referral_id=None,
        person_id=told.keys["person"],
        ask_for=told.word("T", "identity", "ask_for"),
        number=told.place.canaries.phone("called", "T", "number"),
        safe_to_call="yes",
        agreed=True,
        suits_from=None,
        suits_until=None,
        words=told.word("T", "story", "talk_words"),
        by=by,
        at=told.place.later(),
    )
