"""What the law gives a time: from when it counts, when it may be longer, and that only a person ends it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from nowrongdoor.rules import escalation, statutory
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.escalation import ClockKind
from nowrongdoor.rules.law import ladder, standards
from nowrongdoor.rules.statutory import StatutoryClock, StatutoryKind
from tests.worlds.facts import NINE, TEN, a_referral, id_of
from tests.worlds.tables import cases

PRIYA = id_of("Priya")
HOUR = timedelta(hours=1)


def begun(kind="place_of_safety", *, since=None, nation="England", running=(), words="The suite.", at=TEN):
    step = statutory.begin(
        a_referral(state="under_way"),
        running=running,
        clock_id=id_of(f"statutory {kind}"),
        kind=kind,
        words=words,
        started_at=since,
        nation=nation,
        by=PRIYA,
        at=at,
    )
    one = step.change.after
    assert isinstance(one, StatutoryClock)
    return one


def extended(one, *, reason="distressed", doctor="Dr Mensah", hours=None, decided_at=None, at=TEN):
    said = {"reason": reason, "doctor": doctor, "words": "Asleep.", "hours": hours, "decided_at": decided_at}
    return statutory.extend(one, **said, by=PRIYA, at=at).change.after


def ended(one, *, outcome="assessed", words="Goes home.", ended_at=None, at=TEN):
    return statutory.end(
        one, outcome=outcome, words=words, ended_at=ended_at, by=PRIYA, at=at
    ).change.after


def test_detention_counts_from_the_arrival_and_not_from_when_it_was_recorded():
    one = begun(since=NINE - 3 * HOUR)
    assert (one.started_at, one.recorded_at) == (NINE - 3 * HOUR, TEN)
    assert one.due_at == NINE + 21 * HOUR


@cases("""
    kind            | nation  | within | standard
    ----------------+---------+--------+----------------------------
    place_of_safety | England | 1      | place_of_safety
    place_of_safety | Wales   | 1      | place_of_safety
    safeguarding    | England | 1      | safeguarding_decision
    safeguarding    | Wales   | 9      | safeguarding_enquiry_wales
    review          | England | 365    | plan_review
    review          | Wales   | 365    | plan_review_default
""")
def test_each_has_the_standard_of_its_nation(case):
    one = begun(case["kind"], nation=case["nation"])
    assert one.standard.partition("@")[0] == case["standard"]
    assert one.due_at - one.started_at == timedelta(days=int(case["within"]))


@cases("""
    kind           | nation  | hours | standard
    ---------------+---------+-------+----------------------
    doctor_holding | England | 72    | doctor_holding
    doctor_holding | Wales   | 72    | doctor_holding
    nurse_holding  | Wales   | 6     | nurse_holding
    s136_handover  | England | 1     | s136_handover
    s136_handover  | Wales   | 1     | s136_handover_default
""")
def test_the_holding_powers_and_the_handover_by_the_police_count_by_hours(case):
    one = begun(case["kind"], nation=case["nation"], since=NINE)
    assert one.standard.partition("@")[0] == case["standard"]
    assert one.due_at == NINE + int(case["hours"]) * HOUR


def test_what_began_before_the_law_said_so_is_not_measured_by_it():
    long_ago = datetime(2017, 12, 10, 12, tzinfo=UTC)
    with pytest.raises(Refused, match="No standard is known"):
        begun(since=long_ago)
    assert begun(since=long_ago + timedelta(days=2)).standard == "place_of_safety@2017-12-11"


def test_a_case_keeps_the_version_it_began_under_and_what_that_lets_it_be_extended_by(monkeypatch):
    one = begun()
    old = standards.named(one.standard)
    changed = replace(
        old,
        most=timedelta(hours=25),
        standard=replace(
            old.standard, provenance=replace(old.standard.provenance, valid_from=date(2026, 11, 1))
        ),
    )
    monkeypatch.setattr(standards, "every", lambda: (old, changed))
    assert extended(one).due_at == one.due_at + 12 * HOUR


@pytest.mark.parametrize("reason", ["distressed", "intoxicated", "unwell"])
def test_it_is_extended_for_the_persons_condition_by_twelve_hours_at_most(reason):
    one = begun()
    longer = extended(one, reason=reason)
    assert longer.due_at == one.started_at + 36 * HOUR
    assert (longer.doctor, longer.reason, longer.extended_by_id) == ("Dr Mensah", reason, PRIYA)


@pytest.mark.parametrize("reason", ["no_professional", "no_doctor", "no_bed"])
def test_never_because_somebody_is_missing_and_the_refusal_says_why(reason):
    with pytest.raises(Refused) as said:
        extended(begun(), reason=reason)
    assert said.value.code == "reason_not_allowed"
    assert "no reason in law" in said.value.words and "Only the person’s own condition" in said.value.words


@cases("""
    hours | answer
    ------+--------------
    1     | 1
    12    | 12
    13    | from 1 to 12 hours
    0     | from 1 to 12 hours
""")
def test_by_so_many_hours_and_no_more(case):
    one = begun()
    if case["answer"].isdecimal():
        assert extended(one, hours=int(case["hours"])).due_at == one.due_at + int(case["answer"]) * HOUR
        return
    with pytest.raises(Refused, match=case["answer"]):
        extended(one, hours=int(case["hours"]))


def test_only_before_the_time_has_passed_though_it_may_be_told_later():
    one = begun(since=TEN - 24 * HOUR)
    with pytest.raises(Refused, match="The time had passed by then"):
        extended(one, at=TEN)
    told = extended(one, decided_at=TEN - timedelta(seconds=1), at=TEN + HOUR)
    assert told.extended_at == TEN - timedelta(seconds=1)


def test_once_and_by_a_named_practitioner_and_nothing_else_can_be_extended():
    one = begun()
    with pytest.raises(Refused, match="the law allows that once"):
        extended(extended(one))
    with pytest.raises(Refused, match="Name the registered medical practitioner"):
        extended(one, doctor=" ")
    for kind in set(StatutoryKind) - {StatutoryKind.PLACE_OF_SAFETY}:
        with pytest.raises(Refused, match="Only detention"):
            extended(begun(kind))


def test_an_ended_clock_is_neither_extended_nor_ended_again():
    over = ended(begun())
    for again in (extended, ended):
        with pytest.raises(Refused, match="ended already"):
            again(over)


@cases("""
    kind            | outcome      | answer
    ----------------+--------------+---------
    place_of_safety | assessed     | yes
    place_of_safety | admitted     | yes
    place_of_safety | discharged   | yes
    place_of_safety | moved        | yes
    place_of_safety | reviewed     | no
    place_of_safety | time_passed  | no
    s136_handover   | handed_over  | yes
    s136_handover   | time_passed  | no
    doctor_holding  | detained     | yes
    doctor_holding  | time_passed  | no
    nurse_holding   | doctor_came  | yes
    nurse_holding   | time_passed  | no
    safeguarding    | no_enquiry   | yes
    review          | reviewed     | yes
""")
def test_it_ends_as_a_person_says_and_in_no_other_way(case):
    one = begun(case["kind"])
    if case["answer"] == "yes":
        assert ended(one, outcome=case["outcome"]).ended_at == TEN
        return
    with pytest.raises(Refused, match="Choose one of"):
        ended(one, outcome=case["outcome"])


def test_a_second_clock_beside_one_that_runs_would_restart_it_and_is_refused():
    one = begun()
    with pytest.raises(Refused, match="running already"):
        begun(running=[replace(one, id=PRIYA)])
    assert begun("review", running=[one]).kind == "review"
    assert begun(running=[ended(one)]).kind == "place_of_safety"


def test_no_referral_is_let_go_of_while_one_runs():
    one = begun()
    with pytest.raises(Refused, match="The clock of a detention in a place of safety still runs"):
        statutory.need_ended([one])
    statutory.need_ended([ended(one)])


def clock_of(one):
    return escalation.Clock(
        id=one.id, kind=one.kind, agency_id=PRIYA, team_id=PRIYA, member_id=None, person_id=None,
        referral_id=one.referral_id, contact_id=None, standard=one.standard, started_at=one.started_at,
        due_at=one.due_at, is_running=True, step=0, rung="", next_at=None, rests_until=None,
    )  # fmt: skip


@pytest.mark.parametrize("longer", [False, True])
def test_detention_climbs_by_hours_and_reaches_the_executive_when_it_is_due(longer):
    one = extended(begun()) if longer else begun()
    told = {}
    steps, _ = escalation.look(clock_of(one), at=one.due_at + 2 * HOUR)
    for step in steps:
        told.setdefault(step.change.after.rung, step.change.after.owed_at)
    whole = one.due_at - one.started_at
    assert told["practitioner"] == one.started_at + whole / 2
    assert told["duty_lead"] == one.started_at + whole * 0.75
    assert told["on_call_manager"] == one.started_at + whole * 0.9
    assert told["executive"] == one.due_at


@pytest.mark.parametrize("kind", ["s136_handover", "doctor_holding", "nurse_holding"])
def test_holding_powers_and_handovers_climb_while_there_is_time_and_never_by_days(kind):
    one = begun(kind)
    told = {}
    steps, _ = escalation.look(clock_of(one), at=one.due_at)
    for step in steps:
        told.setdefault(step.change.after.rung, step.change.after.owed_at)
    whole = one.due_at - one.started_at
    assert told["practitioner"] == one.started_at + whole / 2
    assert told["duty_lead"] == one.started_at + whole * 0.75
    assert told["on_call_manager"] <= one.due_at


def test_every_kind_is_a_clock_with_a_ladder_and_a_standard():
    for kind in StatutoryKind:
        assert ClockKind(kind)
        assert ladder.rungs(kind, promised=timedelta(days=1), on=TEN.date())
        assert standards.of_facts((kind,), on=TEN.date())
