"""What is said about whoever a life is of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from nowrongdoor.journeys import about_me
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Viewer


def about(person_id: UUID, word: Callable[[str, str, str], str], *, by: Viewer, at: datetime) -> None:
    """Somebody close to them says how to speak with them, with a canary in every column of text."""
    words, name = word("P", "response", "about_words"), word("P", "identity", "about_said_by")
    about_me.answer(
        answer_id=uuid4(),
        person_id=person_id,
        said=Said("language", "answered", ("cym",), words, "close", name, "theirs"),
        replaces_id=None,
        by=by,
        at=at,
    )
