"""What may keep help from somebody is read by a second person, who says what becomes of it."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.journeys import standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, withholding
from nowrongdoor.rules.change import Missing


@transaction
def answer(
    *, promise_id: UUID, how: str, words: str, reason: str, by: Viewer, at: datetime, seen: int
) -> None:
    """
    Agree that it stands, write it otherwise, or set it aside, with why; never whoever wrote it. Anybody who
    may, and takes part in the person's care, of whichever team.
    """
    access.need(by, "second_reading.answer", at=at)
    person_id = store.peek(PROMISES, promise_id).person_id
    if person_id is None:
        raise Missing(PROMISES.name)
    standing.need_person(person_id, by=by, at=at)
    person = store.lock(PEOPLE, person_id)
    waiting = store.lock(PROMISES, promise_id, seen=seen)
    steps = withholding.answer(
        waiting, person, how=how, words=words, reason=reason, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)
