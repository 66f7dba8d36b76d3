"""Clocks that never forget: due times in rows, and a sweep that finds them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from nowrongdoor.data.clocks.facts import CLIMBS, CLOCKS
from nowrongdoor.journeys import clocks, handovers, promises, referrals, triage
from nowrongdoor.kernel import store
from nowrongdoor.rules import escalation
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.escalation import Clock
from nowrongdoor.rules.sweeping import NOBODY
from tests.worlds.small_place import ASK, SOON, SmallPlace


def clock(key: UUID) -> Clock:
    return store.peek(CLOCKS, key)


def rungs(key: UUID) -> list[str]:
    return [one.rung for one in sorted(store.find(CLIMBS, clock_id=key), key=lambda one: one.step)]


def sweep_all(at) -> int:
    climbed = 0
    while True:
        looked, steps = clocks.sweep(ours=at, by=NOBODY, at=at)
        climbed += steps
        if not looked:
            return climbed


def an_offer(place: SmallPlace) -> tuple[UUID, UUID]:
    referral_id, offer_id = place.a_referral(), uuid4()
    handovers.offer(
        referral_id=referral_id, handover_id=offer_id, to_team_id=place.teams["Crisis team"], message=ASK,
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    return referral_id, offer_id


def a_reply(place: SmallPlace, key: UUID, **other: object) -> dict[str, object]:
    given = {
        "clock_id": key, "reply_id": uuid4(), "step": clock(key).step, "decision": "Lou rings them now.",
        "dissent": "", "told": "She knows that we ring.", "rests_until": None, "by": place.priya,
    }  # fmt: skip
    return {**given, **other}


def test_an_offer_nobody_answers_climbs_until_someone_does(place):
    referral_id, offer_id = an_offer(place)
    due = clock(offer_id).due_at
    assert clock(offer_id).team_id == place.teams["Crisis team"]
    assert clock(referral_id).team_id == place.teams["Front door"]
    sweep_all(due - timedelta(seconds=1))
    assert rungs(offer_id) == ["practitioner"]
    sweep_all(due)
    sweep_all(due + timedelta(minutes=15))
    assert rungs(offer_id) == ["practitioner", "duty_lead", "on_call_manager"]
    handovers.accept(
        handover_id=offer_id, read_back="We go.", holding_id=uuid4(), by=place.priya,
        at=due + timedelta(minutes=16), seen=1,
    )  # fmt: skip
    assert not clock(offer_id).is_running
    assert clock(offer_id).wakes_at is None
    sweep_all(due + timedelta(days=400))
    assert len(rungs(offer_id)) == 3
    assert clock(referral_id).team_id == place.teams["Crisis team"]


def test_a_call_back_nobody_makes_is_raised_and_nothing_but_the_call_ends_it(place):
    contact_id, _ = place.a_contact(referred=False)
    promise_id = uuid4()
    promises.make(
        promise_id=promise_id, kind="callback", words="Ring her mum", due_at=None, contact_id=contact_id,
        referral_id=None, person_id=None, by=place.amir, at=place.later(),
    )  # fmt: skip
    due = clock(promise_id).due_at
    sweep_all(due)
    assert rungs(promise_id) == ["practitioner", "duty_lead"]
    sweep_all(due + timedelta(days=365))
    assert clock(promise_id).is_running
    assert clock(promise_id).is_raised
    promises.keep(
        promise_id=promise_id, words="Rang her.", by=place.amir, at=due + timedelta(days=366), seen=1
    )
    assert not clock(promise_id).is_running


def test_what_was_owed_while_nobody_swept_is_done_once_and_the_longest_overdue_comes_first(place):
    offers = [an_offer(place)[1] for _ in range(3)]
    at = place.later(hours=30)
    looked, climbed = clocks.sweep(ours=at, limit=1, by=NOBODY, at=at)
    assert (looked, climbed > 0) == (1, True)
    first = min(CLOCKS.model.objects.values_list("due_at", "id"))[1]
    assert rungs(first)
    sweep_all(at)
    assert sweep_all(at) == 0
    assert [rungs(one) for one in offers] == [
        ["practitioner", "duty_lead", "on_call_manager", "executive"]
    ] * 3


def test_two_sweeps_cannot_take_the_same_step(place):
    _, offer_id = an_offer(place)
    due = clock(offer_id).due_at
    sweep_all(due)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clocks_clock SET wakes_at = started_at WHERE is_running")
    assert sweep_all(due) == 0
    assert clock(offer_id).wakes_at == due + timedelta(minutes=15)


def test_a_clock_never_sleeps_past_its_next_step(place):
    an_offer(place)
    place.a_contact()
    for minutes in (0, 10, 21, 22, 40, 60, 100, 1000, 2000):
        sweep_all(place.at + timedelta(minutes=minutes))
        for one in store.find(CLOCKS, is_running=True):
            assert one.wakes_at <= escalation.look(one, at=one.started_at - timedelta(1))[1]


def test_a_reply_lets_it_rest_and_ends_nothing(place):
    _, offer_id = an_offer(place)
    due = clock(offer_id).due_at
    sweep_all(due)
    given = a_reply(place, offer_id)
    clocks.reply(**given, at=due + timedelta(minutes=1))
    assert clock(offer_id).is_running
    assert not clock(offer_id).is_raised
    with pytest.raises(AlreadyRecorded):
        clocks.reply(**given, at=due + timedelta(minutes=2))
    with pytest.raises(Refused) as second:
        clocks.reply(**a_reply(place, offer_id), at=due + timedelta(minutes=2))
    assert second.value.code == "replied_already"
    sweep_all(due + timedelta(minutes=16))
    assert rungs(offer_id) == ["practitioner", "duty_lead", "duty_lead"]


def test_only_whoever_is_answerable_replies_and_higher_up_anyone_of_their_agency_who_takes_part(place):
    _, offer_id = an_offer(place)
    due = clock(offer_id).due_at
    sweep_all(due)
    with pytest.raises(Refused) as refused:
        clocks.reply(**a_reply(place, offer_id, by=place.amir), at=due)
    assert refused.value.code == "another_team"
    sweep_all(due + timedelta(minutes=15))
    with pytest.raises(Refused):
        clocks.reply(**a_reply(place, offer_id, by=place.sam), at=due + timedelta(minutes=16))
    clocks.reply(**a_reply(place, offer_id, by=place.amir), at=due + timedelta(minutes=16))


def test_nobody_replies_to_a_clock_that_is_not_there(place):
    given = a_reply(place, an_offer(place)[1], clock_id=uuid4())
    with pytest.raises(Missing):
        clocks.reply(**given, at=place.later())


def test_triage_gives_a_referral_its_response_clock_from_when_it_was_received(place):
    referral_id = place.a_referral()
    before = clock(referral_id)
    assert (before.kind, before.standard.partition("@")[0]) == ("answer_referrer", "answer_referrer")
    sweep_all(before.due_at)
    assert clock(referral_id).is_raised
    triage.accept_here(
        referral_id=referral_id, decision=SOON, by=place.amir, at=before.due_at + timedelta(minutes=1), seen=1
    )
    after = clock(referral_id)
    assert (after.kind, after.started_at, after.is_raised) == ("response", before.started_at, False)
    assert after.due_at == after.started_at + timedelta(hours=24)
    sweep_all(after.due_at - timedelta(seconds=1))
    assert rungs(referral_id)[2:] == ["practitioner"]
    referrals.begin(referral_id=referral_id, by=place.amir, at=after.due_at, seen=2)
    assert not clock(referral_id).is_running


def test_a_wake_is_only_a_mark_and_the_web_can_set_nothing_else(place):
    from django.db import ProgrammingError, transaction

    _, offer_id = an_offer(place)
    for change in ("due_at = now()", "is_running = false", "rung = ''"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE clocks_clock SET {change} WHERE id = %s", [offer_id])
    assert replace(clock(offer_id), wakes_at=None).is_running
