"""Reports of rapid response: what is counted, of what, and what is left out and said to be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nowrongdoor.rules import rapid_figures
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.figures import Eyes
from nowrongdoor.rules.rapid_figures import DIRECT, FACE, Reported

NINE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday
HOUR = 3600
SEEN = Reported(
    asked_on=date(2026, 11, 20), state="done", outcome="seen", due_s=5 * HOUR, leaves_s=-2 * HOUR,
    set_off_s=-2 * HOUR, arrived_s=-HOUR, met_s=-HOUR, out_s=2 * HOUR, roles=("nurse",), skills=(), pair_rules=(),
    is_first=True, direct_standard="very_urgent_direct@2021-07-22", direct_due_s=5 * HOUR, direct_s=-3 * HOUR,
    face_standard="two_hour_response@2022-04-01", face_due_s=5 * HOUR, face_s=-60, is_joint=False,
)  # fmt: skip


def one(**said: object) -> Reported:
    return replace(SEEN, **said)


# --- response times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_s", "so_s", "kept", "of", "still"),
    [
        (5, -1, 1, 1, 0),
        (5, 0, 0, 1, 0),  # the due time itself is late already
        (5, 4, 0, 1, 0),
        (5, None, 0, 1, 0),  # nobody has, and the time is over: it counts, and against
        (0, None, 0, 1, 0),
        (-1, None, 0, 0, 1),  # the time still runs: left out, and said
        (-1, -2, 1, 1, 0),
    ],
)
def test_a_case_counts_once_it_is_so_or_its_time_is_over(due_s, so_s, kept, of, still):
    (found,), without = rapid_figures.answered([one(face_due_s=due_s, face_s=so_s)], FACE)
    assert (found.kept, found.of, found.still, without) == (kept, of, still, 0)


def test_both_facts_have_their_own_standard_and_a_case_counts_once():
    lines = [SEEN, one(is_first=False), one(face_s=90), one(direct_standard="", direct_due_s=None, direct_s=None)]
    (direct,), without = rapid_figures.answered(lines, DIRECT)
    assert (direct.standard, direct.kept, direct.of, without) == ("very_urgent_direct@2021-07-22", 2, 2, 1)
    (face,), none = rapid_figures.answered(lines, FACE)
    assert (face.kept, face.of, none) == (2, 3, 0)


# --- in time, late, missed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({}, "in_time"),
        ({"met_s": 5, "leaves_s": 1, "set_off_s": 2, "arrived_s": 3}, "late_planned"),
        ({"met_s": 5, "set_off_s": 0, "arrived_s": 3}, "late_set_off"),
        ({"met_s": 5, "arrived_s": 3}, "late_on_the_way"),
        ({"met_s": 0}, "late_at_the_door"),
        ({"met_s": None, "outcome": "not_at_home"}, "not_at_home"),
        ({"met_s": None, "state": "stood_down", "leaves_s": None}, "stood_down_waiting"),
        ({"met_s": None, "state": "stood_down"}, "stood_down_given"),
        ({"met_s": None, "state": "asked", "leaves_s": None}, "missed_no_crew"),
        ({"met_s": None, "state": "on_the_way"}, "missed_with_crew"),
        ({"met_s": None, "state": "asked", "leaves_s": None, "due_s": -1}, "not_due_yet"),
    ],
)
def test_each_visit_is_in_one_line_by_how_far_it_was_when_it_was_due(said, how):
    found = rapid_figures.how_they_went([one(**said)])
    assert {name for name, many in found.items() if many} == {how} and sum(found.values()) == 1


# --- two of them ------------------------------------------------------------------------------------------


def test_hours_released_by_the_pair_rule_are_those_a_second_clinician_would_have_been_out():
    two = {"pair_rules": ("entry_hazard",)}
    lines = [
        one(roles=("nurse", "support_worker"), **two),
        one(roles=("nurse", "therapist"), **two),
        one(roles=("nurse", "therapist"), pair_rules=("two_clinicians",)),
        one(roles=("nurse", "therapist"), pair_rules=()),
        one(roles=("support_worker", "support_worker"), pair_rules=("moving_handling",)),
        one(roles=("nurse", "support_worker"), out_s=None, **two),
    ]
    clinicians, mixed, support = rapid_figures.paired(lines, at=NINE)
    assert (mixed.visits, mixed.seconds, mixed.released_s) == (1, 2 * HOUR, 2 * HOUR)
    assert (support.visits, support.released_s) == (1, 4 * HOUR)
    assert (clinicians.visits, clinicians.released_s) == (3, 0)
    assert (clinicians.could_visits, clinicians.could_s) == (1, 2 * HOUR), "where two must decide, none could"


# --- by role ----------------------------------------------------------------------------------------------


def test_hours_on_work_another_role_could_do_are_of_what_was_named_and_of_whoever_went_alone():
    lines = [
        one(skills=("moving",)),
        one(skills=("catheter",)),
        one(skills=("moving", "catheter")),
        one(skills=()),
        one(skills=("nobody_knows",)),
        one(roles=("nurse", "support_worker"), skills=("moving",)),
    ]
    found = {one.role: one for one in rapid_figures.hours(lines, at=NINE)}
    nurse = found["nurse"]
    assert (nurse.visits, nurse.seconds) == (6, 12 * HOUR)
    assert (nurse.alone, nurse.alone_s, nurse.others_s) == (4, 8 * HOUR, 2 * HOUR)
    assert nurse.could == ("paramedic", "support_worker", "therapist")
    assert found["support_worker"].seconds == 2 * HOUR and found["support_worker"].alone == 0


# --- which days -------------------------------------------------------------------------------------------


def test_whoever_may_not_read_exact_numbers_reads_of_whole_weeks_that_are_over():
    asked = (date(2026, 11, 11), date(2026, 11, 25))
    assert rapid_figures.days(*asked, is_exact=True, at=NINE) == (date(2026, 11, 11), date(2026, 11, 26))
    weeks = (date(2026, 11, 9), date(2026, 11, 23))
    assert rapid_figures.days(*asked, is_exact=False, at=NINE) == weeks
    near = (date(2026, 11, 12), date(2026, 11, 22))
    assert rapid_figures.days(*near, is_exact=False, at=NINE) == weeks, "a day more or less is the same report"
    first, _ = rapid_figures.days(None, None, is_exact=True, at=NINE)
    assert first == date(2026, 10, 29)


@pytest.mark.parametrize(
    ("from_on", "until_on", "is_exact", "why"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), True, "no_length"),
        (date(2025, 11, 1), date(2026, 11, 2), True, "too_long"),
        (date(2026, 11, 23), date(2026, 11, 25), False, "week_not_over"),
        (date(1, 1, 1), date(1, 1, 2), True, "too_early"),
        (None, date(1, 1, 1), True, "too_early"),
        (None, date(9999, 12, 31), True, "too_long"),
    ],
)
def test_days_that_cannot_be_told_of_are_refused_in_words(from_on, until_on, is_exact, why):
    with pytest.raises(Refused) as told:
        rapid_figures.days(from_on, until_on, is_exact=is_exact, at=NINE)
    assert told.value.code == why and told.value.words.endswith(".")


def test_a_small_number_is_hidden_from_whoever_may_not_see_people_and_hours_follow_their_visits():
    lead, other = Eyes(True, NINE), Eyes(False, NINE)
    assert (lead.count(3), other.count(3)) == ("3", "*")
    assert (lead.hours(90 * HOUR, visits=4), other.hours(90 * HOUR, visits=4)) == ("90.0", "*")
    assert other.hours(91 * HOUR, visits=5) == "90"


def test_joint_visits_are_counted_beside_how_they_went():
    lines = [one(is_joint=True), one(is_joint=True, met_s=90), SEEN]
    assert rapid_figures.joint(lines) == 2
    assert sum(rapid_figures.how_they_went(lines).values()) == 3, "and are in those lines as any visit is"
