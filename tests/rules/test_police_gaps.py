"""What became of everybody about whom the police were asked: counted so that a gap cannot look like a good end."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nowrongdoor.rules import police_gaps, run_chart
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.police_gaps import Call, Share

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
HOUR = 3600


def call(**said):
    usual = {
        "force": "averley", "category": "concern_for_welfare", "sector": "health", "age_band": "adult",
        "asked_on": date(2026, 10, 5), "outcome": "not_attending", "accepted_by": "Kettle", "without_s": 600,
        "seen_s": None, "seen_by": "", "spoken_s": None, "police_s": None, "is_repeated": False,
        "stood": ("held", "held", "not_yet"),
    }  # fmt: skip
    return Call(**(usual | said))


def test_who_was_not_seen_or_of_whom_nothing_is_known_stays_in_what_the_share_is_of():
    calls = [
        call(seen_s=2 * HOUR, stood=("seen", "seen", "not_yet")),
        call(seen_s=30 * HOUR, stood=("held", "seen", "not_yet")),
        call(stood=("not_known", "not_known", "not_known")),
        call(stood=("closed:advice",) * 3),
        call(stood=("not_yet",) * 3),
    ]
    assert police_gaps.seen_in_time(calls, at=AT) == Share(1, 4)


def test_that_the_police_saw_somebody_is_not_that_they_were_seen():
    one = police_gaps.counted([call(police_s=HOUR)], at=AT)
    assert (one.police_saw, one.seen) == (1, Share(0, 1))


def test_not_known_is_a_line_even_where_everything_is_known():
    assert police_gaps.stood([call()])["not_known"] == (0, 0, 0)
    assert police_gaps.whose_time_is_over([call(), call(stood=("not_yet",) * 3)]) == (1, 1, 0)


def test_whether_somebody_was_in_touch_again_counts_those_alone_of_whom_it_can_be_known():
    calls = [call(is_repeated=True), call(is_repeated=False), call(is_repeated=None)]
    one = police_gaps.counted(calls, at=AT)
    assert (one.repeated, one.repeat_not_known) == (Share(1, 2), 1)


def test_minutes_without_anybody_who_accepted_are_of_those_the_police_did_not_attend():
    calls = [call(without_s=0), call(without_s=1200), call(without_s=5400),
             call(outcome="unknown", without_s=90_000), call(outcome="attend", without_s=None)]  # fmt: skip
    one = police_gaps.counted(calls, at=AT)
    assert (one.minutes, one.declined, one.unsettled) == ((20, 90), Share(3, 5), 1)
    assert police_gaps.counted([], at=AT).minutes is None


@pytest.mark.parametrize(
    ("said", "before", "since"),
    [
        ({"asked_on": date(2024, 10, 13)}, 1, 0),
        ({"asked_on": date(2024, 10, 14)}, 0, 1),
        ({"asked_on": date(2024, 10, 13), "age_band": ""}, 1, 0),
        ({"age_band": "child"}, 0, 0),
        ({"category": "awol"}, 0, 0),
        ({"force": "surrey"}, 0, 0),
    ],
)
def test_a_phase_has_its_own_calls_before_and_since_and_what_is_not_known_is_with_them(said, before, since):
    second = forces.named("wiltshire/second@2024-10-14")
    found = police_gaps.of_phase([call(**({"force": "wiltshire", "category": "medical"} | said))], second)
    assert tuple(len(one) for one in found) == (before, since)


def test_a_phase_of_one_sector_is_of_the_calls_of_that_sector_and_of_those_whose_sector_is_not_known():
    social = forces.named("north_yorkshire/social_care@2023-03-31")
    calls = [call(force="north_yorkshire", sector=one) for one in ("social_care", "health", "")]
    assert [len(one) for one in police_gaps.of_phase(calls, social)] == [0, 2]


def test_periods_have_no_gap_between_them():
    calls = [call(asked_on=date(2026, 9, 30)), call(asked_on=date(2026, 11, 28))]
    months = police_gaps.periods(calls, each="month", until=date(2026, 11, 29))
    assert [(day.month, len(some)) for day, some in months] == [(9, 1), (10, 0), (11, 1)]
    weeks = police_gaps.periods(calls, each="week", until=date(2026, 11, 29))
    assert weeks[0][0] == date(2026, 9, 28) and len(weeks) == 9
    assert police_gaps.periods([], each="week", until=date(2026, 11, 29)) == []


def points(*shares):
    first = date(2026, 1, 5)
    return [run_chart.point(first + timedelta(weeks=n), share, 100, at=AT) for n, share in enumerate(shares)]


def test_a_run_that_is_too_long_and_crosses_too_seldom_is_more_than_chance():
    chart = run_chart.read(points(*[40] * 10, *[80] * 10), switch_on=None, at=AT)
    assert chart.middle == 60 and not chart.is_of_before
    assert (chart.longest, chart.longest_by_chance) == (10, 7) and chart.is_shifted
    assert (chart.crossings, chart.fewest_by_chance) == (1, 6) and chart.crosses_too_seldom


def test_what_came_after_the_switch_is_held_against_the_median_of_before():
    before = [40, 60] * 5
    chart = run_chart.read(
        points(*before, *[90] * 8), switch_on=date(2026, 1, 5) + timedelta(weeks=10), at=AT
    )
    assert chart.is_of_before and chart.middle == 50 and chart.is_shifted
    short = run_chart.read(points(*[40, 60] * 4), switch_on=date(2026, 2, 2), at=AT)
    assert not short.is_of_before


def test_chance_alone_is_said_to_be_no_more_and_few_points_say_nothing():
    chance = run_chart.read(points(*[40, 60, 60, 40, 40, 60] * 3), switch_on=None, at=AT)
    assert not chance.is_shifted and not chance.crosses_too_seldom
    few = run_chart.read(points(*[40] * 4, *[80] * 4), switch_on=None, at=AT)
    assert not few.is_shifted and not few.crosses_too_seldom


def test_one_period_alone_is_no_line():
    assert not run_chart.read(points(40), switch_on=None, at=AT).is_a_line
    unreadable = run_chart.point(date(2026, 3, 2), 3, 100, at=AT)
    assert not run_chart.read([*points(40), unreadable], switch_on=None, at=AT).is_a_line
    assert run_chart.read(points(40, 60), switch_on=None, at=AT).is_a_line


def test_what_may_not_be_read_is_no_point_of_the_chart():
    found = run_chart.read([*points(40, 60), run_chart.point(date(2026, 3, 2), 3, 100, at=AT)],
                           switch_on=None, at=AT)  # fmt: skip
    assert found.points[-1].share is None and found.useful == 2
