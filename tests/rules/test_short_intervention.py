"""A short intervention has a limit, climbs near it, and ends by a handover, a plan or a close: never by time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from nowrongdoor.rules import escalation, referral, short_intervention, statutory
from nowrongdoor.rules.escalation import Clock, ClockKind
from nowrongdoor.rules.law import standards
from nowrongdoor.rules.stage import Stage, StageKind

NINE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RAPID, AMIR = {"Two-hour response at home"}, uuid4()
ABOUT = next(
    step.change.after
    for step in referral.refer(
        referral_id=uuid4(), holding_id=uuid4(), person_id=None, contact_id=None, needs=["physical"],
        request="Please help.", words="", team_id=uuid4(), member_id=AMIR, at=NINE - HOUR,
    )
)  # fmt: skip


def begun(*, stages=(), services=RAPID, at=NINE, about=ABOUT) -> list[Stage]:
    steps = short_intervention.begin(about, stages=stages, nation="England", services=services, at=at)
    return [step.change.after for step in steps]


def ended(steps) -> list[Stage]:
    return [step.change.after for step in steps]


def a_review(kind="review", *, agreed_at=NINE + HOUR):
    return statutory.begin(
        ABOUT, running=[], clock_id=uuid4(), kind=kind, words="What we agreed.", started_at=agreed_at,
        nation="England", by=AMIR, at=NINE + 90 * HOUR,
    ).change.after  # fmt: skip


def test_it_begins_with_the_person_where_the_team_offers_what_has_a_limit():
    (one,) = begun()
    assert (one.kind, one.started_at, one.due_at) == ("short_intervention", NINE, NINE + 72 * HOUR)
    assert one.handover_id is None and one.reached_at is None
    assert begun(services={"Crisis line"}) == [], "the limit is of one service, and of no other"


def test_its_limit_is_a_dated_row_with_a_source_that_nobody_has_checked():
    (one,) = begun()
    found = standards.named(one.standard)
    assert found.standard.within == 72 * HOUR and "CSH Surrey" in found.standard.provenance.source
    assert not found.standard.provenance.verified and found.level == "service"


def test_an_hour_is_an_hour_on_the_night_the_clocks_change():
    night = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    about = referral.Referral(**{**vars(ABOUT), "received_at": night - HOUR})
    (one,) = begun(at=night, about=about)
    assert one.due_at - one.started_at == 72 * HOUR


def test_another_visit_does_not_begin_it_anew():
    stages = begun()
    assert begun(stages=stages, at=NINE + 24 * HOUR) == []


def test_another_team_that_takes_the_person_on_ends_it_and_back_again_it_begins_again():
    stages = ended(short_intervention.handed_over(begun(), referral=ABOUT, by=AMIR, at=NINE + 5 * HOUR))
    assert [(one.how, one.reached_at) for one in stages] == [("handed_over", NINE + 5 * HOUR)]
    assert short_intervention.handed_over(stages, referral=ABOUT, by=AMIR, at=NINE + 6 * HOUR) == ()
    (again,) = begun(stages=stages, at=NINE + 48 * HOUR)
    assert again.id != stages[0].id and again.due_at == NINE + 120 * HOUR


def test_a_plan_that_is_to_be_reviewed_ends_it_from_when_it_was_agreed_and_for_good():
    stages = ended(short_intervention.planned(begun(), referral=ABOUT, begun=a_review()))
    assert [(one.how, one.reached_at) for one in stages] == [("plan", NINE + HOUR)]
    assert begun(stages=stages, at=NINE + 48 * HOUR) == []


@pytest.mark.parametrize(
    "review", [a_review("safeguarding"), a_review(agreed_at=NINE - timedelta(minutes=1))], ids=["kind", "before"]
)
def test_no_other_clock_and_nothing_agreed_before_they_were_seen_ends_it(review):
    assert short_intervention.planned(begun(), referral=ABOUT, begun=review) == ()


def test_it_climbs_when_it_is_near_and_when_it_has_passed_and_ends_nothing():
    (one,) = begun()
    clock = Clock(
        one.id, one.kind, uuid4(), uuid4(), None, None, ABOUT.id, None, one.standard, one.started_at,
        one.due_at, True, 0, "", None, None,
    )  # fmt: skip
    steps, _ = escalation.look(clock, at=one.due_at + 30 * 24 * HOUR)
    told = {}
    for step in steps:
        told.setdefault(step.change.after.rung, step.change.after.owed_at)
    assert told["practitioner"] == NINE + 54 * HOUR and told["duty_lead"] == NINE + timedelta(hours=64.8)
    assert told["on_call_manager"] == one.due_at and "executive" in told
    assert one.reached_at is None and ClockKind(StageKind.SHORT_INTERVENTION)
    early, _ = escalation.look(clock, at=NINE + 53 * HOUR)
    assert early == ()


def test_what_was_begun_before_a_referral_was_reopened_is_not_what_ends_now():
    stages = begun()
    reopened = referral.Referral(**{**vars(ABOUT), "reopened_at": NINE + 10 * HOUR})
    assert short_intervention.handed_over(stages, referral=reopened, by=AMIR, at=NINE + 11 * HOUR) == ()
    assert len(begun(stages=stages, at=NINE + 12 * HOUR, about=reopened)) == 1
