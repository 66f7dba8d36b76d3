"""Scenes of two records that are one person's, or are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.journeys import merges, seals
from nowrongdoor.rules.merging import Found, key_of
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from tests.journeys.acts import lead
from tests.journeys.deciding import held
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

ASKED = "She said that both names are hers."


def two_records(place: SmallPlace) -> tuple[UUID, UUID]:
    """One person under two names, held by the front door under both."""
    return held(place), held(place, family_name="Aly", given_names="Mariam")


def alike(one: UUID, other: UUID, **change: Any) -> Found:
    return Found(
        **{"one_id": one, "other_id": other, "bits": 14.2, "evidence": "same birth date and postcode",
           "found_by": "steward"} | change
    )  # fmt: skip


def proposing(place: SmallPlace) -> Given:
    return {"found": [alike(*two_records(place))], "by": lead(place, "Front door")}


def with_itself(place: SmallPlace, given: Given) -> Given:
    one = given["found"][0].one_id
    return {"found": [alike(one, one)]}


def for_no_reason(place: SmallPlace, given: Given) -> Given:
    first = given["found"][0]
    return {"found": [alike(first.one_id, first.other_id, evidence=" ")]}


def proposed(place: SmallPlace) -> Given:
    """Two records a steward is asked about."""
    given = proposing(place)
    merges.propose(**given, at=place.later())
    first = given["found"][0]
    return {"merge_id": key_of(first.one_id, first.other_id), "words": ASKED, "by": given["by"], "seen": 1}


def merging_them(place: SmallPlace) -> Given:
    given = proposed(place)
    return given | {"stays_id": min(_both(given))}


def neither_of_them(place: SmallPlace, given: Given) -> Given:
    return {"stays_id": uuid4()}


def merged_before(place: SmallPlace, given: Given) -> Given:
    merges.merge(**given, at=place.later())
    return {"seen": 2}


def apart_before(place: SmallPlace, given: Given) -> Given:
    merges.keep_apart(**given, at=place.later())
    return {"seen": 2}


def merged(place: SmallPlace) -> Given:
    given = merging_them(place)
    merges.merge(**given, at=place.later())
    del given["stays_id"]
    return given | {"words": "They are sisters.", "seen": 2}


def undone_before(place: SmallPlace, given: Given) -> Given:
    merges.unmerge(**given, at=place.later())
    return {"seen": 3}


def decided_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    rest = {name: value for name, value in given.items() if name != "stays_id"}
    return lambda at: merges.keep_apart(**rest | {"by": lead(place, "Social care")}, at=at)


def undone_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: merges.unmerge(**given | {"by": lead(place, "Social care")}, at=at)


def superseding(place: SmallPlace) -> Given:
    """The NHS gave her another number in place of the one on record."""
    person_id = place.a_person(nhs_number="9990000018")
    return {"person_id": person_id, "number": "999 000 0026", "by": lead(place, "Front door"), "seen": 1}


def without_a_number(place: SmallPlace, given: Given) -> Given:
    return {"person_id": place.a_person(family_name="Pugh", given_names="Nia")}


def restricted(place: SmallPlace, person_id: UUID, *, against: Against = NOBODY_NAMED) -> UUID:
    """By the team that holds them."""
    seal_id = uuid4()
    seals.put(
        seal_id=seal_id, person_id=person_id, referral_id=None, contact_id=None, why="in_danger",
        words="Her brother looks for her.", against=against, by=place.amir, at=place.later(),
    )  # fmt: skip
    return seal_id


def _both(given: Given) -> tuple[UUID, UUID]:
    from nowrongdoor.data.merges.facts import MERGES
    from nowrongdoor.kernel import store

    known = store.peek(MERGES, given["merge_id"])
    return known.one_id, known.other_id
