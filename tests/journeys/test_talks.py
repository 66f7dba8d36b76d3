"""Calls just to talk in a stored place: clocked, never dropped, and never more told than is needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from nowrongdoor.data.clocks.facts import CLIMBS, CLOCKS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.participations.models import Participation
from nowrongdoor.data.promises.facts import PROMISES, TALKS
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.journeys import agencies, clocks, contacts, handovers, promises, seals, services, talks
from nowrongdoor.kernel import store
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys import talking
from tests.journeys.acts import lead


def owed(talk_id):
    return store.peek(PROMISES, store.peek(TALKS, talk_id).promise_id)


def told(place, talk_id, came_of):
    given = talking.answer(talk_id, came_of, talking.volunteer(place))
    talks.tell(**given, at=place.later())
    return given


def test_a_call_nobody_makes_climbs_and_time_alone_ends_nothing(place):
    talk_id = talking.asked(place)
    due, key = owed(talk_id).due_at, owed(talk_id).id
    assert store.peek(CLOCKS, key).team_id == place.teams[talking.NETWORK]
    for hours in (1, 30, 300, 3000):
        clocks.sweep(ours=due + timedelta(hours=hours), by=NOBODY, at=due + timedelta(hours=hours))
    assert len(store.find(CLIMBS, clock_id=key)) > 2
    assert owed(talk_id).state == "open" and store.peek(CLOCKS, key).is_running


def test_the_network_takes_no_part_in_the_care_and_the_holder_holds_on(place):
    person_id = place.a_person()
    referral_id = place.a_referral(person_id=person_id)
    parts = Participation.objects.filter(team_id=place.teams[talking.NETWORK])
    talk_id = talking.asked(place, referral_id=referral_id)
    assert owed(talk_id).person_id == person_id and not parts.exists()
    late = owed(talk_id).due_at + timedelta(hours=1)
    promises.escalate(
        promise_id=owed(talk_id).id, escalation_id=uuid4(), to_team_id=place.teams["Crisis team"],
        words="Late.", by=lead(place, talking.NETWORK), at=late, seen=1,
    )  # fmt: skip
    raised = Participation.objects.filter(part="raised")
    assert not parts.exists() and not raised.exists()
    given = {"kind": "callback", "words": "", "due_at": None, "contact_id": None, "person_id": None}
    promises.make(promise_id=uuid4(), referral_id=referral_id, **given, by=place.amir, at=place.later())
    assert Participation.objects.filter(part="owes").exists(), "as any other promise does"


def test_its_clock_does_not_say_whom_it_is_about_so_that_no_list_of_clocks_can(place):
    person_id = place.a_person()
    talk_id = talking.asked(place, referral_id=place.a_referral(person_id=person_id))
    its = store.peek(CLOCKS, owed(talk_id).id)
    assert its.person_id is its.referral_id is its.contact_id is None and owed(talk_id).person_id == person_id
    late = owed(talk_id).due_at + timedelta(hours=2)
    clocks.sweep(ours=late, by=NOBODY, at=late)
    climbs = store.find(CLIMBS, clock_id=owed(talk_id).id)
    assert climbs and all(one.person_id is one.referral_id is None for one in climbs)


def test_no_answer_is_tried_again_and_then_owed_by_whoever_asked(place):
    talk_id = talking.asked(place)
    first = owed(talk_id).due_at
    told(place, talk_id, "no_answer")
    again = owed(talk_id)
    assert again.due_at < first and store.peek(CLOCKS, again.id).due_at == again.due_at
    told(place, talk_id, "no_answer")
    back = told(place, talk_id, "no_answer")["next_promise_id"]
    assert owed(talk_id).state == "let_go" and store.peek(TALKS, talk_id).tries == 3
    again = store.peek(PROMISES, back)
    assert (again.kind, again.state) == ("callback", "open")
    assert (again.owner_team_id, again.owner_member_id) == (place.amir.team_id, place.amir.member_id)
    promises.keep(promise_id=back, words="Met her at the shop.", by=place.amir, at=place.later(), seen=1)


def test_it_goes_back_to_whoever_took_over_from_a_team_that_closed(place):
    talk_id = talking.asked(place)
    agencies.close_team(
        team_id=place.teams["Front door"], successor_id=place.teams["Crisis team"], words="Merged.",
        by=lead(place, "Front door"), at=place.later(), seen=1,
    )  # fmt: skip
    for _ in range(3):
        back = told(place, talk_id, "no_answer")["next_promise_id"]
    again = store.peek(PROMISES, back)
    assert (again.owner_team_id, again.owner_member_id) == (place.teams["Crisis team"], None)


def test_the_next_call_is_another_promise(place):
    talk_id = talking.asked(place)
    next_id = told(place, talk_id, "again")["next_id"]
    assert (owed(talk_id).state, owed(next_id).state) == ("kept", "open")
    assert store.peek(TALKS, next_id).words == store.peek(TALKS, talk_id).words


def worried(place, talk_id):
    given = {"contact_id": uuid4(), "callback_id": uuid4(), "words": "He said goodbye twice."}
    talks.worry(talk_id=talk_id, **given, by=talking.volunteer(place), at=place.later())
    return store.peek(CONTACTS, given["contact_id"]), store.peek(PROMISES, given["callback_id"])


def test_a_worry_is_with_whoever_holds_the_person_at_once(place):
    person_id = place.a_person()
    referral_id = place.a_referral(person_id=person_id)
    handovers.accept(
        handover_id=place.an_offer(referral_id=referral_id), holding_id=uuid4(), read_back="We see her.",
        by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    talk_id = talking.asked(place, person_id=person_id)
    contact, back = worried(place, talk_id)
    assert (contact.team_id, contact.person_id, contact.state) == (place.priya.team_id, person_id, "open")
    assert (back.owner_team_id, back.owner_member_id) == (place.priya.team_id, None)
    assert back.due_at - back.made_at == timedelta(minutes=15)
    assert owed(talk_id).state == "open", "a worry ends nothing of the call"


def test_a_worry_about_somebody_nobody_holds_or_knows_is_at_the_front_door(place):
    contact_id, _ = place.a_contact(referred=False)
    talk_id = talking.asked(place, contact_id=contact_id)
    assert owed(talk_id).contact_id == contact_id and owed(talk_id).person_id is None
    contact, back = worried(place, talk_id)
    assert (contact.team_id, contact.about, contact.person_id) == (place.amir.team_id, "Maryam", None)
    assert back.owner_team_id == place.amir.team_id
    assert not Participation.objects.filter(team_id=place.teams[talking.NETWORK]).exists()


def test_whom_a_contact_was_about_is_owed_the_call_once_they_are_known(place):
    contact_id, _ = place.a_contact(referred=False)
    talk_id = talking.asked(place, contact_id=contact_id)
    person_id = place.a_person()
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    assert owed(talk_id).person_id == person_id


def test_a_number_that_became_unsafe_is_not_rung(place):
    person_id = place.a_person(phone="01632 960111")
    talk_id = talking.asked(place, person_id=person_id)
    said = Said(channel="telephone", callback_number="01632960111", safe_to_call="no", caller_kind="person")
    contacts.receive(
        contact_id=uuid4(), said=said, outcome="advice_given", callback_id=uuid4(), happened_at=place.at,
        person_id=person_id, by=place.amir, at=place.later(),
    )  # fmt: skip
    with pytest.raises(Refused, match="not safe to ring"):
        talks.take(talk_id=talk_id, by=talking.volunteer(place), at=place.later(), seen=1)


def test_of_somebody_restricted_no_network_is_told(place):
    person_id = place.a_person()
    place.a_referral(person_id=person_id)
    talk_id = talking.asked(place, person_id=person_id)
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=None, contact_id=None, why="asked",
        words="Her husband works there.", by=lead(place, "Front door"), at=place.later(),
    )  # fmt: skip
    with pytest.raises(Refused, match="before anybody rings"):
        talks.take(talk_id=talk_id, by=talking.volunteer(place), at=place.later(), seen=1)
    with pytest.raises(Refused, match="restricted"):
        talking.asked(place, person_id=person_id)


def test_a_service_whose_team_does_not_take_part_is_not_asked(place):
    given = talking.of_a_person(place)
    listed = store.peek(SERVICES, given["service_id"])
    outside = replace(listed, id=uuid4(), team_id=None, version=0)
    services.enter(services=[outside], by=lead(place, talking.NETWORK), at=place.later())
    with pytest.raises(Refused, match="does not ring people from here"):
        talks.ask(**given | {"service_id": outside.id}, at=place.later())
