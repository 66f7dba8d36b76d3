"""What the scenes of calls just to talk are given: a network of another agency, and who asked for a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.data.promises.facts import TALKS
from nowrongdoor.journeys import services, talks
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.directory import Service
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

NETWORK = "Social care"


def volunteer(place: SmallPlace, name: str = "Priya") -> Viewer:
    return replace(place.viewers[f"{name} of {NETWORK}"], role="voluntary_partner")


def a_network(place: SmallPlace) -> UUID:
    """Volunteers of another agency who ring back, just to talk."""
    keeps = place.viewers[f"Lou of {NETWORK}"]
    listed = Service(
        uuid4(), keeps.agency_id, keeps.team_id, "Listening Ear", "A call back", ("just_to_talk",), "", ""
    )
    services.enter(services=[listed], by=keeps, at=place.later())
    return listed.id


def asking(place: SmallPlace, **told: Any) -> Given:
    return {
        "talk_id": uuid4(), "promise_id": uuid4(), "service_id": a_network(place), "contact_id": None,
        "referral_id": None, "person_id": None, "ask_for": "Maryam", "number": "01632 960111",
        "safe_to_call": "yes", "agreed": True, "suits_from": None, "suits_until": None,
        "words": "The cat, mostly.", "by": place.amir, **told,
    }  # fmt: skip


def of_a_contact(place: SmallPlace) -> Given:
    return asking(place, contact_id=place.a_contact()[0])


def of_a_person(place: SmallPlace) -> Given:
    return asking(place, person_id=place.a_person())


def asked(place: SmallPlace, **told: Any) -> UUID:
    """A call that was asked for, for somebody on record unless it says otherwise."""
    given = asking(place, **told) if told else of_a_person(place)
    talks.ask(**given, at=place.later())
    talk_id: UUID = given["talk_id"]
    return talk_id


def seen(talk_id: UUID) -> int:
    from nowrongdoor.data.promises.facts import PROMISES

    return store.peek(PROMISES, store.peek(TALKS, talk_id).promise_id).version


def taking(place: SmallPlace) -> Given:
    return {"talk_id": asked(place), "by": volunteer(place), "seen": 1}


def taken_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda *, at: talks.take(**given | {"by": volunteer(place, "Lou")}, at=at)


def answer(talk_id: UUID, came_of: str, by: Viewer) -> Given:
    return {
        "talk_id": talk_id, "came_of": came_of, "next_id": uuid4(), "next_promise_id": uuid4(),
        "next_at": None, "by": by, "seen": seen(talk_id),
    }  # fmt: skip


def telling(place: SmallPlace) -> Given:
    return answer(asked(place), "again", volunteer(place))


def told_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda *, at: talks.tell(**given | {"by": volunteer(place, "Lou"), "came_of": "talked"}, at=at)


def over(place: SmallPlace, given: Given) -> Given:
    talks.tell(**answer(given["talk_id"], "talked", volunteer(place)), at=place.later())
    return {"seen": 2}


def by_another_team(place: SmallPlace, given: Given) -> Given:
    return {"by": place.priya}


def worrying(place: SmallPlace) -> Given:
    return {
        "talk_id": asked(place), "words": "He said goodbye twice.", "contact_id": uuid4(),
        "callback_id": uuid4(), "by": volunteer(place),
    }  # fmt: skip


def stopping(place: SmallPlace) -> Given:
    promise_id = store.peek(TALKS, asked(place)).promise_id
    return {"promise_id": promise_id, "why": "She asked us to stop.", "by": place.amir, "seen": 1}


def the_call(given: Given) -> UUID:
    (talk_id,) = TALKS.model.objects.filter(promise_id=given["promise_id"]).values_list("id", flat=True)
    return UUID(str(talk_id))


def over_by_then(place: SmallPlace, given: Given) -> Given:
    talks.tell(**answer(the_call(given), "talked", volunteer(place)), at=place.later())
    return {"seen": 2}


def taken_meanwhile(place: SmallPlace, given: Given) -> Callable[..., None]:
    talk_id = the_call(given)
    return lambda *, at: talks.take(talk_id=talk_id, by=volunteer(place), seen=1, at=at)
