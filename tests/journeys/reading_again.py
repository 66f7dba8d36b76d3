"""Scenes of a second reader: what may keep help from somebody waits, and another says what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.journeys import second_readings
from nowrongdoor.kernel import store
from tests.journeys.acts import lead
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace


def reading_again(place: SmallPlace) -> Given:
    """Amir wrote what may keep help from her; the lead of his team reads it."""
    person_id = place.a_person(know_first="Do not send anybody out.")
    (waits,) = store.find(PROMISES, person_id=person_id)
    said = {"how": "agree", "words": "", "reason": "She asked for it."}
    return {"promise_id": waits.id, **said, "by": lead(place, "Front door"), "seen": 1}


def read_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    """A clinician of another team who opened the record sets it aside first."""
    other = place.viewers["Amir of Crisis team"]
    person_id = store.peek(PROMISES, given["promise_id"]).person_id
    assert person_id is not None
    place.a_claim(person_id, by=other)
    return lambda at: second_readings.answer(**given | {"how": "set_aside", "by": other}, at=at)


def by_whoever_wrote_it(place: SmallPlace, _: Given) -> Given:
    return {"by": place.amir}
