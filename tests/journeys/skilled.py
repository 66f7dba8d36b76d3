"""Skills and powers, as scenes need them: entered for somebody of the team, and ended early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.journeys import skills
from nowrongdoor.rules.clock import local_date
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace


def entering(place: SmallPlace, **other: object) -> Given:
    """Amir's registration, to be renewed in a month, by the lead of his team."""
    today = local_date(place.at)
    return {
        "skill_id": uuid4(),
        "member_id": place.amir.member_id,
        "kind": "mental_health_nursing",
        "from_on": today - timedelta(days=300),
        "until_on": today + timedelta(days=30),
        "said_by": "Amir",
        "checked": "The register, today",
        "by": place.viewers["Lou of Front door"],
        **other,
    }


def held(place: SmallPlace, **other: object) -> UUID:
    given = entering(place, **other)
    skills.enter(**given, at=place.later())
    key: UUID = given["skill_id"]
    return key


def ending(place: SmallPlace) -> Given:
    lead = place.viewers["Lou of Front door"]
    return {"skill_id": held(place), "words": "Suspended today.", "by": lead, "seen": 1}


def held_already(place: SmallPlace, _: Given) -> Given:
    held(place)
    return {}


def ended_already(place: SmallPlace, given: Given) -> Given:
    skills.end(**given, at=place.later())
    return {"seen": 2}


def ended_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    """A colleague who leads as well."""
    return partial(skills.end, **given | {"by": replace(place.amir, role="team_lead")})

