"""The ladder: who is told when, in which order, and what a reply does and does not do."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import escalation
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.escalation import Climb, Clock, ClockKind, Reply
from nowrongdoor.rules.law import ladder
from tests.worlds.facts import TEN

MINUTE = timedelta(minutes=1)
LADDER = ["practitioner", "duty_lead", "on_call_manager", "executive"]


def a_clock(within: timedelta = 20 * MINUTE, **other: object) -> Clock:
    facts = Clock(
        id=uuid4(), kind=ClockKind.OFFER, agency_id=uuid4(), team_id=uuid4(), member_id=None, person_id=None,
        referral_id=uuid4(), contact_id=None, standard="offer", started_at=TEN, due_at=TEN + within,
        is_running=True, step=0, rung="", next_at=None, rests_until=None,
    )  # fmt: skip
    return replace(facts, **other)


def swept(clock: Clock, at: datetime) -> tuple[Clock, list[Climb]]:
    """The clock after a sweep, as triggers would leave it, and the steps taken."""
    steps, wakes_at = escalation.look(clock, at=at)
    climbs = [one.change.after for one in steps]
    for one in climbs:
        clock = replace(clock, step=one.step, rung=one.rung, next_at=one.next_at, rests_until=None)
    return replace(clock, wakes_at=wakes_at), climbs


def replied(clock: Clock, at: datetime, until: datetime | None = None, **other: object) -> Clock:
    said = reply(clock, at=at, rests_until=until, **other)
    return replace(clock, rests_until=said.rests_until)


def reply(clock: Clock, at: datetime, **other: object) -> Reply:
    given = {
        "reply_id": uuid4(), "step": clock.step, "before": None, "decision": "We ring at three.", "dissent": "",
        "told": "She knows.", "rests_until": None, "by": uuid4(),
    }  # fmt: skip
    return escalation.reply(clock, **{**given, **other}, at=at).change.after


def watched(clock: Clock, minutes: int) -> list[tuple[int, str]]:
    """Swept once a minute: at which minute which rung is told."""
    told = []
    for minute in range(minutes + 1):
        clock, climbs = swept(clock, TEN + minute * MINUTE)
        told += [(minute, one.rung) for one in climbs]
    return told


def test_it_climbs_rung_by_rung_and_repeats_at_the_top():
    assert watched(a_clock(), 190) == [
        (15, "practitioner"), (20, "duty_lead"), (35, "on_call_manager"), (65, "executive"),
        (125, "executive"), (185, "executive"),
    ]  # fmt: skip


def test_nothing_is_told_a_second_early_and_everything_on_the_second():
    clock = a_clock()
    assert swept(clock, clock.due_at - 5 * MINUTE - timedelta(seconds=1))[1] == []
    told, _ = swept(clock, clock.due_at - 5 * MINUTE)
    assert swept(told, clock.due_at - timedelta(seconds=1))[1] == []
    assert [one.rung for one in swept(told, clock.due_at)[1]] == ["duty_lead"]


def test_an_hours_promise_climbs_by_minutes_and_a_weeks_promise_by_days():
    week = a_clock(timedelta(days=7))
    days = [at / (24 * 60) for at, _ in watched_by_the_hour(week, 24 * 18)]
    assert days == [5.25, 7, 8, 10, 17]


def watched_by_the_hour(clock: Clock, hours: int) -> list[tuple[float, str]]:
    told = []
    for hour in range(hours + 1):
        clock, climbs = swept(clock, TEN + timedelta(hours=hour))
        told += [(hour * 60, one.rung) for one in climbs]
    return told


def test_what_nobody_swept_for_hours_is_told_once_to_each_rung_and_says_when_it_was_owed():
    after_an_outage, climbs = swept(a_clock(), TEN + timedelta(hours=5))
    assert [one.rung for one in climbs] == LADDER
    assert [one.step for one in climbs] == [1, 2, 3, 4]
    assert [(one.owed_at - TEN) / MINUTE for one in climbs] == [15, 20, 35, 65]
    assert after_an_outage.wakes_at == TEN + timedelta(minutes=305)
    assert swept(after_an_outage, TEN + timedelta(hours=5))[1] == []


def test_a_step_is_the_same_step_whoever_takes_it():
    clock = a_clock()
    at = clock.due_at
    one, other = escalation.look(clock, at=at)[0], escalation.look(clock, at=at + MINUTE)[0]
    assert [step.change.after.id for step in one] == [step.change.after.id for step in other]
    assert len({step.change.after.id for step in one}) == 2


def test_a_clock_that_has_stopped_owes_nothing():
    assert escalation.look(a_clock(is_running=False), at=TEN + timedelta(days=400)) == ((), None)


def test_a_reply_lets_it_rest_and_the_same_rung_hears_when_nothing_came_of_it():
    clock, _ = swept(a_clock(), TEN + 20 * MINUTE)
    clock = replied(clock, TEN + 22 * MINUTE, TEN + 60 * MINUTE)
    assert not clock.is_raised
    assert watched(clock, 59) == []
    assert watched(clock, 130) == [(60, "duty_lead"), (75, "on_call_manager"), (105, "executive")]


def test_a_reply_before_the_due_time_keeps_nobody_from_hearing_that_it_has_passed():
    nearly, _ = swept(a_clock(), TEN + 15 * MINUTE)
    resting = replied(nearly, TEN + 16 * MINUTE)
    assert resting.rests_until == nearly.due_at
    assert watched(resting, 20) == [(20, "duty_lead")]


def test_another_due_time_begins_the_ladder_anew_and_goes_on_counting():
    clock, _ = swept(a_clock(), TEN + 20 * MINUTE)
    again = replace(clock, due_at=TEN + 60 * MINUTE, rung="", next_at=None)
    _, climbs = swept(again, TEN + 45 * MINUTE)
    assert [(one.step, one.rung) for one in climbs] == [(3, "practitioner")]


@pytest.mark.parametrize(
    ("changed", "given", "words"),
    [
        ({}, {"decision": "  "}, "Say what is being done about it."),
        ({}, {"told": ""}, "Say what the person was told, or why they do not know yet."),
        ({}, {"rests_until": TEN}, "Choose a time that has not passed yet."),
        ({}, {"rests_until": TEN + timedelta(days=2)}, "That is too long to leave it."),
        ({}, {"step": 1}, "This has been escalated further"),
        ({"rung": ""}, {}, "Nobody has been told of this yet."),
        ({"is_running": False}, {}, "This is no longer waited for"),
        ({}, {"before": "a reply"}, "Somebody has already replied to this."),
    ],
)
def test_a_reply_is_refused_with_words(changed, given, words):
    clock, _ = swept(a_clock(), TEN + 20 * MINUTE)
    with pytest.raises(Refused) as refused:
        reply(replace(clock, **changed), at=TEN + 21 * MINUTE, **given)
    assert refused.value.words.startswith(words)


def test_a_storm_is_one_list_for_each_team_and_rung_and_drops_nobody():
    team, other = uuid4(), uuid4()
    clocks = [
        a_clock((40 - n) * MINUTE, team_id=team if n % 3 else other, rung=LADDER[1 + n % 2])
        for n in range(40)
    ]
    groups = escalation.grouped(clocks)
    assert {(one.team_id, one.rung) for one in groups} == {(t, r) for t in (team, other) for r in LADDER[1:3]}
    together = [one.id for group in groups for one in group.clocks]
    assert sorted(together) == sorted(one.id for one in clocks)
    for group in groups:
        assert list(group.clocks) == sorted(group.clocks, key=lambda one: one.due_at)


def test_only_a_rung_that_answers_for_an_agency_is_for_all_of_it():
    clock = a_clock(rung="duty_lead")
    assert not escalation.is_for_agency(clock, agency_id=clock.agency_id)
    higher = replace(clock, rung="on_call_manager")
    assert escalation.is_for_agency(higher, agency_id=clock.agency_id)
    assert not escalation.is_for_agency(higher, agency_id=UUID(int=0))


# How many rungs from the top hear of an alarm at once; of everything else whoever is answerable hears first.
TOLD_AT_ONCE = {
    "loop": 2,
    "disagreement": 2,
    "repeated_contact": 3,
    "lost_to_contact": 3,
    "partner_unreachable": 3,
    "no_capacity": 3,
    "police_gap": 3,
    "late_arrival": 3,
    "police_bronze": 3,
    "police_silver": 2,
    "police_gold": 1,
}


def test_every_rung_gives_time_to_reply_and_the_top_never_falls_silent():
    for one in ladder.every():
        assert one.rests_up_to > timedelta()
        assert one.reply_within > timedelta() or one.order == 1
    for kind in ClockKind:
        for within in (timedelta(), 10 * MINUTE, timedelta(days=28)):
            codes = [one.code for one in ladder.rungs(kind, promised=within, on=TEN.date())]
            assert codes == LADDER[-TOLD_AT_ONCE.get(kind, len(LADDER)) :]
