"""What the scenes of keeping the directory true are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from nowrongdoor.journeys import services, suggestions
from nowrongdoor.rules.access import Viewer
from tests.journeys import acts
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace


def keeper(place: SmallPlace) -> Viewer:
    return acts.lead(place, "Front door")


def other_keeper(place: SmallPlace) -> Viewer:
    return replace(acts.colleague(place), role="team_lead")


def another_keeps_it(place: SmallPlace, given: Given) -> Given:
    return {"by": replace(keeper(place), agency_id=uuid4())}


def looking_at_an_entry(place: SmallPlace) -> Given:
    entered = acts.a_service(place)
    services.enter(**entered, at=place.later())
    return {"service_id": entered["services"][0].id, "by": keeper(place), "seen": 1}


def looked_at_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda *, at: services.confirm(**given | {"by": other_keeper(place)}, at=at)


def suggesting(place: SmallPlace) -> Given:
    entry = looking_at_an_entry(place)
    return {
        "suggestion_id": uuid4(), "service_id": entry["service_id"], "part": "hours", "says": "20–10",
        "why": "I rang them.", "by": place.amir,
    }  # fmt: skip


def approving(place: SmallPlace) -> Given:
    suggested = suggesting(place)
    suggestions.suggest(**suggested, at=place.later())
    return {"suggestion_id": suggested["suggestion_id"], "by": keeper(place), "seen": 1}


def turning_down(place: SmallPlace) -> Given:
    return approving(place) | {"words": "They told us otherwise today."}


def turned_down_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda *, at: suggestions.turn_down(
        **given | {"by": other_keeper(place)}, words="No longer so.", at=at
    )


def approved_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    agreed = {"suggestion_id": given["suggestion_id"], "by": other_keeper(place), "seen": 1}
    return lambda *, at: suggestions.approve(**agreed, at=at)


def telling_of_a_service(place: SmallPlace) -> Given:
    service_id = looking_at_an_entry(place)["service_id"]
    contact_id, _ = place.a_contact()
    return {
        "signpost_id": uuid4(), "contact_id": contact_id, "service_id": service_id, "promise_id": uuid4(),
        "words": "They can ring the night line themselves.", "ask_after": "wants_to_be_asked",
        "ask_at": None, "by": place.amir,
    }  # fmt: skip


def a_time_for_whom_nobody_asks(place: SmallPlace, given: Given) -> Given:
    return {"ask_after": "does_not_want", "ask_at": place.at + timedelta(days=2)}
