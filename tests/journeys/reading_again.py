"""Scenes of a second reader: what may keep help from somebody waits, and another says what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.journeys import handovers, second_readings
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys.acts import lead, offering
from tests.journeys.scene import Given
from tests.worlds.small_place import ASK, SmallPlace


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


HELD = "Do not send anybody out."


def an_offer_that_may_withhold(
    place: SmallPlace, *, person_id: UUID | None = None, referral_id: UUID | None = None, ask: str = HELD
) -> UUID:
    """Amir offers somebody to the crisis team, in words that may keep help from them."""
    offer = offering(place) | {"message": replace(ASK, ask=ask)}
    if person_id is not None:
        offer["referral_id"] = place.a_referral(person_id=person_id)
    if referral_id is not None:
        offer["referral_id"] = referral_id
    handovers.offer(**offer, at=place.later())
    key: UUID = offer["handover_id"]
    return key


def looking_through(place: SmallPlace) -> Given:
    """A worker finds the entry that tells of such an offer."""
    key = an_offer_that_may_withhold(place, person_id=place.a_person(family_name="Pugh"))
    return {"entry_id": Entry.objects.get(subject="handovers.handover", subject_id=key).id, "by": NOBODY}
