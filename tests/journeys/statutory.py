"""What the law gives a time, as scenes need it: somebody is detained, and it is extended and ended."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.data.stages.facts import STATUTORY
from nowrongdoor.journeys import statutory
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

SAID = {"kind": "place_of_safety", "words": "The suite at the hospital.", "started_at": None}


def beginning(place: SmallPlace) -> Given:
    return {"clock_id": uuid4(), "referral_id": place.a_referral(), **SAID, "by": place.amir}


def a_detention(place: SmallPlace) -> UUID:
    given = beginning(place)
    statutory.begin(**given, at=place.later())
    key: UUID = given["clock_id"]
    return key


def extending(place: SmallPlace) -> Given:
    return {
        "clock_id": a_detention(place),
        "reason": "distressed",
        "doctor": "Dr Grace Mensah",
        "words": "Asleep, and cannot be spoken to.",
        "hours": 6,
        "decided_at": None,
        "by": place.amir,
        "seen": 1,
    }


def ending(place: SmallPlace) -> Given:
    return {
        "clock_id": a_detention(place),
        "outcome": "assessed",
        "words": "Goes home with her mother.",
        "ended_at": None,
        "by": place.amir,
        "seen": 1,
    }


def begun_by_another(place: SmallPlace, given: Given) -> partial[None]:
    first = {**SAID, "clock_id": uuid4(), "referral_id": given["referral_id"], "by": colleague(place)}
    return partial(statutory.begin, **first)


def ended_by_another(place: SmallPlace, given: Given) -> partial[None]:
    over = {"outcome": "admitted", "words": "To the ward.", "ended_at": None, "seen": 1}
    return partial(statutory.end, clock_id=given["clock_id"], **over, by=colleague(place))


def ended_already(place: SmallPlace, given: Given) -> Given:
    ended_by_another(place, given)(at=place.later())
    return {"seen": store.peek(STATUTORY, given["clock_id"]).version}


def colleague(place: SmallPlace) -> Viewer:
    return place.viewers["Lou of Front door"]
