"""What the acts about a person as a person are given, and who may come first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from nowrongdoor.journeys import about_me
from nowrongdoor.rules.about_me import Said
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
