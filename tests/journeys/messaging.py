"""Messages, as scenes need them: somebody on the way to a person whose number may be texted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import contacts, messages, people, visits
from nowrongdoor.kernel import outbox, store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import message
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys.scene import Given
from tests.journeys.visits import SEE_HER, a_crew
from tests.worlds.small_place import SmallPlace

NUMBER = "01632 960114"


def told_of(place: SmallPlace, person_id: UUID, safe: str) -> None:
    """They ring from their own number, and say whether it is safe."""
    contacts.receive(
        contact_id=uuid4(),
        said=Said("telephone", words="Hello", caller_kind="person", safe_to_call=safe),
        outcome="advice_given", callback_id=uuid4(), happened_at=place.at, person_id=person_id, by=place.amir,
        at=place.later(),
    )  # fmt: skip


def on_the_way(place: SmallPlace, *, safe: str = "yes") -> Given:
    """A crew is on the way to somebody who has said whether their number is safe."""
    person_id = place.a_person(phone=NUMBER)
    referral_id, visit_id = place.a_referral(person_id=person_id), uuid4()
    if safe:
        told_of(place, person_id, safe)
    visits.ask(visit_id=visit_id, referral_id=referral_id, asked=SEE_HER, by=place.amir, at=place.later())
    visits.assign(
        visit_id=visit_id, crew_id=a_crew(place), leaves_at=place.at, words="", by=place.amir,
        at=place.later(), seen=1,
    )  # fmt: skip
    visits.go_on(visit_id=visit_id, step="set_off", by=place.amir, at=place.later(), seen=2)
    return {"visit_id": visit_id, "by": place.amir, "seen": 3}


def promised(place: SmallPlace) -> UUID:
    """It is promised that the person is told so by text."""
    given = on_the_way(place)
    messages.say_on_the_way(**given, at=place.later())
    (one,) = store.find(MESSAGES, visit_id=given["visit_id"])
    key: UUID = one.id
    return key


@transaction
def promise(*, key: UUID, person_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """A leaflet that nobody was told of first."""
    about = {"person_id": person_id, "team_id": by.team_id, "by": by.member_id}
    outbox.promise(message.promised("leaflet", "text", words, key=key, **about, at=at), by=by, at=at)


def leaflets(place: SmallPlace, count: int) -> list[UUID]:
    """Leaflets that wait, to somebody whose number is safe."""
    person_id = place.a_person(phone=NUMBER)
    told_of(place, person_id, "yes")
    made = []
    for n in range(count):
        given = {"key": uuid4(), "person_id": person_id, "words": f"Leaflet {n} {{id}}"}
        promise(**given, by=place.amir, at=place.later())
        made.append(given["key"])
    return made


def settling(place: SmallPlace) -> Given:
    return {"message_id": promised(place), "by": NOBODY}


def due(place: SmallPlace) -> Given:
    promised(place)
    return {"ours": place.at + timedelta(seconds=90), "by": NOBODY}


def said_before(place: SmallPlace, given: Given) -> Given:
    messages.say_on_the_way(**given, at=place.later())
    return {}


def to_a_number_that_is_not_safe(place: SmallPlace, given: Given) -> Given:
    referral_id = store.peek(VISITS, given["visit_id"]).referral_id
    told_of(place, store.peek(REFERRALS, referral_id).person_id, "no")
    return {}


def to_nobody_known(place: SmallPlace, given: Given) -> Given:
    """Their number was a mistake, and none is known now."""
    referral_id = store.peek(VISITS, given["visit_id"]).referral_id
    person_id = store.peek(REFERRALS, referral_id).person_id
    person = store.peek(PEOPLE, person_id)
    known = Details(family_name=person.family_name, given_names=person.given_names)
    people.correct(
        person_id=person_id, details=replace(known, phone_unknown="not_known"), by=place.amir,
        at=place.later(), seen=person.version,
    )  # fmt: skip
    return {}


def once_there(place: SmallPlace, given: Given) -> Given:
    visits.go_on(
        visit_id=given["visit_id"], step="arrive", by=place.amir, at=place.later(), seen=given["seen"]
    )
    return {"seen": given["seen"] + 1}


def taken_back_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    lead = place.viewers["Lou of Front door"]
    said = {"words": "The road is closed.", "by": lead, "seen": given["seen"]}
    return partial(visits.take_back, visit_id=given["visit_id"], **said)


def sent_before(place: SmallPlace, given: Given) -> Given:
    messages.note_sent(message_id=given["message_id"], reference="", by=NOBODY, at=place.later())
    return {}


def given_up_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return partial(messages.give_up, message_id=given["message_id"], why="would_not", by=OTHER)


def sent_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return partial(messages.note_sent, message_id=given["message_id"], reference="", by=OTHER)


OTHER = replace(NOBODY, member_name="Another worker")
