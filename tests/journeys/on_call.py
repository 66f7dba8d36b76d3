"""What the scenes of the rota are given, and what somebody else does first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from nowrongdoor.journeys import rota
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys.acts import lead
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace


def on_call(place: SmallPlace) -> Given:
    """Lou of the crisis team will be its duty lead."""
    return {
        "duty_id": uuid4(),
        "team_id": place.teams["Crisis team"],
        "member_id": lead(place, "Crisis team").member_id,
        "rung": "duty_lead",
        "phone": "01632 960002",
        "from_at": place.at,
        "until_at": place.at + timedelta(hours=12),
        "by": lead(place, "Front door"),
    }


def on_call_already(place: SmallPlace, given: Given) -> Given:
    rota.put_on(**given | {"duty_id": uuid4()}, at=place.later())
    return {}


def ended_before_it_began(place: SmallPlace, given: Given) -> Given:
    return {"until_at": given["from_at"]}


def over_already(place: SmallPlace, _: Given) -> Given:
    return {"from_at": place.at - timedelta(hours=9), "until_at": place.at - timedelta(hours=1)}


def for_two_months(place: SmallPlace, given: Given) -> Given:
    return {"until_at": given["from_at"] + timedelta(days=60)}


def who_could_not_see(place: SmallPlace, _: Given) -> Given:
    """A member of another team, whose role sees their own team alone."""
    return {"member_id": place.amir.member_id}


def standing_there(place: SmallPlace) -> Given:
    given = on_call(place)
    rota.put_on(**given, at=place.later())
    return {"duty_id": given["duty_id"], "words": "Ill.", "by": given["by"], "seen": 1}


def whose_duty_ends(place: SmallPlace) -> Given:
    """Amir holds somebody by name, and his duty ends within the half hour."""
    place.a_referral()
    rota.put_on(
        **on_call(place) | {"team_id": place.teams["Front door"], "member_id": place.amir.member_id}
        | {"rung": "practitioner", "until_at": place.at + timedelta(minutes=20)},
        at=place.later(),
    )
    return {"ours": place.at + timedelta(seconds=30), "by": NOBODY}


def taken_off_before(place: SmallPlace, given: Given) -> Given:
    rota.take_off(**given, at=place.later())
    return {"seen": 2}


def taken_off_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: rota.take_off(**given | {"by": lead(place, "Crisis team")}, at=at)
