"""When people turn to us: as many as expected, by the hour and the day, in order."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from nowrongdoor.sim.arrivals import DAYS, HOURS, arrivals
from nowrongdoor.sim.streams import Stream, Streams

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
WEEK = timedelta(days=7)


def _week(expected: float, name: str = "x") -> list[datetime]:
    return list(arrivals(Stream(name), start=MONDAY, until=MONDAY + WEEK, expected=expected))


@pytest.mark.parametrize("expected", [70, 700, 7000])
def test_about_as_many_come_as_are_expected(expected: float) -> None:
    spread = 5 * expected**0.5
    assert abs(len(_week(expected)) - expected) < spread


def test_they_come_in_order_within_the_period() -> None:
    came = _week(2000)
    assert came == sorted(came)
    assert came[0] >= MONDAY and came[-1] < MONDAY + WEEK


def test_mornings_are_busier_than_nights_and_weekdays_than_sundays() -> None:
    came = _week(20_000)
    by_hour, by_day = Counter(at.hour for at in came), Counter(at.weekday() for at in came)
    assert by_hour[10] > 4 * by_hour[3]
    assert by_day[0] > by_day[6]
    busiest = max(range(24), key=lambda hour: HOURS[hour])
    assert by_hour[busiest] / len(came) == pytest.approx(HOURS[busiest] / sum(HOURS), rel=0.15)
    assert by_day[5] / len(came) == pytest.approx(DAYS[5] / sum(DAYS), rel=0.15)


def test_no_time_or_nobody_expected_means_no_contacts() -> None:
    assert _week(0) == []
    assert list(arrivals(Stream("x"), start=MONDAY, until=MONDAY, expected=100)) == []


def test_a_period_may_begin_and_end_within_an_hour() -> None:
    start, until = MONDAY + timedelta(minutes=20), MONDAY + timedelta(hours=9, minutes=50)
    came = list(arrivals(Stream("x"), start=start, until=until, expected=500))
    assert start <= came[0] and came[-1] < until


def test_streams_of_one_seed_are_independent_and_replayed_by_name() -> None:
    one, other = Streams(1), Streams(1)
    [other["words"].random() for _ in range(100)]
    assert one["arrivals"].random() == other["arrivals"].random()
    assert one["arrivals"] is one["arrivals"]
    assert Streams(1)["people"].random() != Streams(2)["people"].random() != Streams(2)["words"].random()


def test_a_weighed_choice_is_as_likely_as_its_weight() -> None:
    stream = Stream("weights")
    drawn = Counter(stream.weighed(((1, "a"), (3, "b"))) for _ in range(4000))
    assert drawn["b"] / drawn["a"] == pytest.approx(3, rel=0.15)
