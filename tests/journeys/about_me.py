"""What the acts about a person as a person are given, and who may come first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from nowrongdoor.journeys import about_me, circle, permissions
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.circle import Somebody
from tests.journeys.acts import colleague
from tests.journeys.deciding import held
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

IN_WELSH = Said("language", "answered", ("cym",), "Welsh at home.", "person", whose_words="own")


def answering_about_them(place: SmallPlace) -> Given:
    return {
        "answer_id": uuid4(),
        "person_id": held(place),
        "said": IN_WELSH,
        "replaces_id": None,
        "by": place.amir,
    }


def with_words_of_another(place: SmallPlace, given: Given) -> Given:
    return {"said": replace(given["said"], said_by="close")}


def answered_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: about_me.answer(**given | {"answer_id": uuid4(), "by": colleague(place)}, at=at)


# --- who matters to them ----------------------------------------------------------------------------------


NED = Somebody(
    name="Ned Farrow",
    relation="former_partner",
    phone="07700 900332",
    contact="never",
    tell="nothing",
    words="He must not know where I am.",
    said_by="person",
)


def entering_somebody(place: SmallPlace) -> Given:
    return {"entry_id": uuid4(), "person_id": held(place), "told": NED, "by": place.amir}


def who_may_read(place: SmallPlace, given: Given) -> Given:
    """The person let him read before."""
    permissions.give(
        permission_id=uuid4(),
        person_id=given["person_id"],
        carer_name="ned farrow",
        carer_is="",
        elements=["response"],
        how="told_us",
        words="He may.",
        until_at=None,
        by=place.amir,
        at=place.later(),
    )
    return {}


def correcting_somebody(place: SmallPlace) -> Given:
    given = entering_somebody(place)
    circle.enter(**given, at=place.later())
    told = replace(NED, words="Nor where the children are.")
    return {"entry_id": given["entry_id"], "told": told, "why": "", "by": place.amir, "seen": 1}


def corrected_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    told = replace(NED, words="Never.")
    return lambda at: circle.correct(**given | {"told": told, "by": colleague(place)}, at=at)


def taking_somebody_out(place: SmallPlace) -> Given:
    given = correcting_somebody(place)
    return {name: given[name] for name in ("entry_id", "by", "seen")} | {"why": "He has died."}


def taken_out_before(place: SmallPlace, given: Given) -> Given:
    circle.withdraw(**given, at=place.later())
    return {"seen": 2}


def taken_out_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: circle.withdraw(**given | {"by": colleague(place)}, at=at)


def whom_they_do_not_want_contacted(place: SmallPlace, given: Given) -> Given:
    """The person does not want whoever it is to be contacted."""
    told = replace(NED, name=given["carer_name"])
    circle.enter(entry_id=uuid4(), person_id=given["person_id"], told=told, by=place.amir, at=place.later())
    return {}
