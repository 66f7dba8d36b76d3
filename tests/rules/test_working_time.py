"""When a service is open: midnight, bank holidays, nights on which the clocks change, and what nobody said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nowrongdoor.rules.working_time import (
    AS_USUAL,
    CLOSED,
    Hours,
    Schedule,
    SpecialDays,
    instant,
    standing,
)

EVERY_DAY = tuple(range(7))
CAFE = Hours((Schedule(EVERY_DAY, 18 * 60, 2 * 60),), bank_holidays=CLOSED)  # 18:00 to 02:00
OFFICE = Hours((Schedule((0, 1, 2, 3, 4), 9 * 60, 17 * 60),), bank_holidays=CLOSED)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-27 17:59", False),
        ("2026-11-27 18:00", True),
        ("2026-11-28 00:30", True),
        ("2026-11-28 01:59", True),
        ("2026-11-28 02:00", False),
    ],
)
def test_an_evening_that_ends_after_midnight_is_one_evening(now: str, is_open: bool) -> None:
    assert standing(CAFE, at=at(now)).open is is_open


def test_the_night_the_clocks_go_back_is_an_hour_longer() -> None:
    """18:00 BST on the 24th to the second 02:00 on the wall is nine hours."""
    span = next(iter(CAFE.on(date(2026, 10, 24))))
    assert span.closes - span.opens == 9 * 60


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    span = next(iter(CAFE.on(date(2027, 3, 27))))
    assert span.closes - span.opens == 7 * 60


def test_a_closed_bank_holiday_is_passed_over_to_the_next_opening() -> None:
    christmas = standing(OFFICE, at=at("2026-12-25 10:00"))
    assert christmas.open is False
    assert christmas.opens is not None
    # The 28th stands in for Boxing Day.
    assert instant(christmas.opens) == at("2026-12-29 09:00")


def test_what_holds_on_a_bank_holiday_is_not_known_until_somebody_says() -> None:
    unsaid = Hours(OFFICE.schedules)
    assert standing(unsaid, at=at("2026-12-25 10:00")).open is None
    assert standing(Hours(OFFICE.schedules, bank_holidays=AS_USUAL), at=at("2026-12-25 10:00")).open is True


def test_a_special_day_comes_before_bank_holiday_and_week() -> None:
    day = date(2026, 12, 25)
    special = Hours(OFFICE.schedules, CLOSED, exceptions=(SpecialDays(day, day, ((12 * 60, 14 * 60),)),))
    assert standing(special, at=at("2026-12-25 12:30")).open is True
    assert standing(special, at=at("2026-12-25 10:00")).open is False


def test_no_times_at_all_is_not_closed() -> None:
    assert standing(Hours(), at=at("2026-11-29 03:00")).open is None


def test_the_last_thursday_and_every_second_week() -> None:
    last = Schedule((3,), 600, 720, nth=(-1,))
    assert [last.falls_on(date(2026, 11, day)) for day in (19, 26)] == [False, True]
    fortnight = Schedule((3,), 600, 720, every=2, since=date(2026, 11, 5))
    assert [fortnight.falls_on(date(2026, 11, day)) for day in (5, 12, 19)] == [True, False, True]


def test_spans_that_touch_are_one() -> None:
    both = Hours((Schedule(EVERY_DAY, 0, 720), Schedule(EVERY_DAY, 720, 1440)), bank_holidays=AS_USUAL)
    closes = standing(both, at=at("2026-11-29 03:00")).closes
    assert closes is not None
    assert instant(closes) - at("2026-11-29 03:00") > timedelta(days=7)
