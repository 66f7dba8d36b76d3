"""Guidance a place owns, as scenes need it: a version in every state, and what a partner says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from nowrongdoor.data.guidance.facts import VERSIONS
from nowrongdoor.journeys import guidance
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance import shelf
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

SHIPPED = (Path(shelf.SHIPPED) / "response_time.dmn").read_text(encoding="utf-8")
HURT = '<outputEntry id="row_3_response"><text>"{}"</text>'
# Somebody who was hurt is told of as very urgent, and no longer as an emergency.
CHANGED = SHIPPED.replace(HURT.format("emergency"), HURT.format("very_urgent"))
QUICKLY = SHIPPED.replace(HURT.format("emergency"), HURT.format("quickly"))
GAP = SHIPPED.replace('hitPolicy="PRIORITY"', 'hitPolicy="UNIQUE"')
SAID = {
    "whole_place": True,
    "written_with": "The carers\u2019 group",
    "lived_experience": True,
    "why": "Too soon.",
}
NOT_YET = {"agrees": False, "words": "Ask the night team first."}


def lead(place: SmallPlace, who: Viewer | None = None) -> Viewer:
    return replace(who or place.amir, role="team_lead")


def uploading(place: SmallPlace) -> Given:
    return {"version_id": uuid4(), **SAID, "text": CHANGED, "by": lead(place)}


def a_draft(place: SmallPlace, text: str = CHANGED) -> UUID:
    given = uploading(place) | {"text": text}
    guidance.upload(**given, at=place.later())
    key: UUID = given["version_id"]
    return key


def circulated(place: SmallPlace) -> UUID:
    key = a_draft(place)
    guidance.circulate(version_id=key, by=lead(place), at=place.later(), seen=1)
    return key


def reviewed(place: SmallPlace) -> UUID:
    key = circulated(place)
    for who in (place.priya, place.sam):
        appraise(place, key, who)
    return key


def appraise(place: SmallPlace, key: UUID, who: Viewer, **said: object) -> None:
    about = {"version_id": key, "appraisal_id": uuid4(), "agrees": True, "words": ""}
    guidance.appraise(**(about | said), by=lead(place, who), at=place.later(), seen=seen(key))


def compared(place: SmallPlace) -> UUID:
    key = reviewed(place)
    guidance.compare(version_id=key, by=lead(place), at=place.later(), seen=seen(key))
    return key


def live(place: SmallPlace) -> UUID:
    key = compared(place)
    guidance.put_live(
        version_id=key, live_from=local_date(place.at), by=lead(place), at=place.later(), seen=seen(key)
    )
    return key


def set_aside(place: SmallPlace) -> UUID:
    key = a_draft(place)
    guidance.set_aside(version_id=key, words="No.", by=lead(place), at=place.later(), seen=1)
    return key


def seen(key: UUID) -> int:
    return store.peek(VERSIONS, key).version


def about(place: SmallPlace, key: UUID, who: Viewer | None = None, **more: object) -> Given:
    return {"version_id": key, "by": lead(place, who), "seen": seen(key), **more}


def circulating(place: SmallPlace) -> Given:
    return about(place, a_draft(place))


def appraising(place: SmallPlace) -> Given:
    return about(place, circulated(place), place.priya, appraisal_id=uuid4(), agrees=True, words="")


def comparing(place: SmallPlace) -> Given:
    return about(place, a_draft(place))


def putting_live(place: SmallPlace) -> Given:
    return about(place, compared(place), live_from=local_date(place.at) + timedelta(days=1))


def setting_aside(place: SmallPlace) -> Given:
    return about(place, a_draft(place), words="Another one is better.")


def by_another(place: SmallPlace, given: Given) -> partial[None]:
    """Somebody compares it meanwhile."""
    who = lead(place, place.viewers["Lou of Front door"])
    return partial(guidance.compare, version_id=given["version_id"], by=who, seen=given["seen"])


def with_a_gap(place: SmallPlace, _: Given) -> Given:
    return {"version_id": a_draft(place, GAP)}


def by_its_author(place: SmallPlace, _: Given) -> Given:
    return {"by": lead(place)}


def not_circulated(place: SmallPlace, _: Given) -> Given:
    return {"version_id": a_draft(place), "seen": 1}


def not_compared(place: SmallPlace, _: Given) -> Given:
    key = reviewed(place)
    return {"version_id": key, "seen": seen(key)}


def yesterday(place: SmallPlace, _: Given) -> Given:
    return {"live_from": local_date(place.at) - timedelta(days=1)}
