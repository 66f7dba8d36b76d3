"""Scenes of a partner's register: read batch by batch, and its entries decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.journeys import registers
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.register import Alike, Batch, key_of
from tests.journeys.acts import lead
from tests.journeys.deciding import held
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

KNEW = "Her key worker at social care says she is one of theirs."
NUMBER = "SC-0042"
ENTRY = Entry(2, NUMBER, "Mariam", "Aly", None, "", "01632 960114", "ZZ7 2AB", "14 Saltmarsh Row")
FIRST = Batch(place=0, rows=3, refused=1, known=0, alone=1, is_last=False)


def alike(person_id: UUID, **change: Any) -> Alike:
    given = {"entry": ENTRY, "person_id": person_id, "bits": 14.2, "evidence": "same phone and postcode"}
    return Alike(**given | change)


def beginning(place: SmallPlace) -> Given:
    by = lead(place, "Front door")
    return {"reading_id": uuid4(), "agency_id": place.sam.agency_id, "digest": "ab12", "by": by}


def begun_before(place: SmallPlace, given: Given) -> Given:
    registers.begin(**given, at=place.later())
    return {"reading_id": uuid4()}


def taking(place: SmallPlace) -> Given:
    given = beginning(place)
    registers.begin(**given, at=place.later())
    return {
        "reading_id": given["reading_id"], "batch": FIRST, "found": [alike(held(place))], "by": given["by"],
    }  # fmt: skip


def taken_before(place: SmallPlace, given: Given) -> Given:
    registers.take(**given, at=place.later())
    return {"found": []}


def ended_before(place: SmallPlace, given: Given) -> Given:
    last = Batch(place=0, rows=0, refused=0, known=0, alone=0, is_last=True)
    registers.take(**given | {"batch": last, "found": []}, at=place.later())
    return {}


def for_no_reason(place: SmallPlace, given: Given) -> Given:
    return {"found": [alike(given["found"][0].person_id, evidence=" ")]}


def without_a_number(place: SmallPlace, given: Given) -> Given:
    nameless = Entry(2, " ", "Mariam", "Aly")
    return {"found": [alike(given["found"][0].person_id, entry=nameless)]}


def taken_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: registers.take(**given | {"by": lead(place, "Social care")}, at=at)


def proposed(place: SmallPlace) -> Given:
    """An entry a steward is asked about."""
    given = taking(place)
    registers.take(**given, at=place.later())
    return _of(place, given["found"][0].person_id) | {"by": given["by"]}


def number_elsewhere(place: SmallPlace, given: Given) -> Given:
    """The same number is linked with another record already."""
    another = held(place, family_name="Aly", given_names="Mariam")
    reading = beginning(place) | {"digest": "cd34"}
    registers.begin(**reading, at=place.later())
    took = {"reading_id": reading["reading_id"], "batch": FIRST, "found": [alike(another)]}
    registers.take(**took, by=reading["by"], at=place.later())
    registers.link(**_of(place, another), by=given["by"], at=place.later())
    return {}


def linked_before(place: SmallPlace, given: Given) -> Given:
    registers.link(**given, at=place.later())
    return {"seen": 2}


def apart_before(place: SmallPlace, given: Given) -> Given:
    registers.keep_apart(**given, at=place.later())
    return {"seen": 2}


def linked(place: SmallPlace) -> Given:
    given = proposed(place)
    registers.link(**given, at=place.later())
    return given | {"words": "They are sisters.", "seen": 2}


def undone_before(place: SmallPlace, given: Given) -> Given:
    registers.unlink(**given, at=place.later())
    return {"seen": 3}


def decided_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: registers.keep_apart(**given | {"by": lead(place, "Social care")}, at=at)


def undone_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: registers.unlink(**given | {"by": lead(place, "Social care")}, at=at)


def _of(place: SmallPlace, person_id: UUID) -> Given:
    return {"link_id": key_of(place.sam.agency_id, NUMBER, person_id), "words": KNEW, "seen": 1}
