"""What is said about whoever a life is of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from nowrongdoor.journeys import about_me, circle
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.circle import Somebody


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
