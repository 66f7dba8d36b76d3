"""Clocks count elapsed time in UTC; periods are half-open, so those that meet share no instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules import clock
from nowrongdoor.rules.clock import Period
from tests.worlds.tables import cases
from tests.worlds.tables import clock as of_day

# Hypothesis wants the bounds without a zone and the zone beside them.
BOUNDS = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001
INSTANTS = st.datetimes(*BOUNDS, timezones=st.just(UTC))


@cases("""
    from  | until | at       | contains
    ------+-------+----------+---------
    09:00 | 10:00 | 08:59:59 | no
    09:00 | 10:00 | 09:00    | yes
    09:00 | 10:00 | 09:59:59 | yes
    09:00 | 10:00 | 10:00    | no
    09:00 |       | 09:00    | yes
    09:00 |       | +9 09:00 | yes
    09:00 |       | 08:59    | no
    09:00 | 09:00 | 09:00    | no
""")
def test_a_period_contains_its_first_instant_and_not_its_last(case: dict[str, str]) -> None:
    until = of_day(case["until"]) if case["until"] else None
    period = Period(of_day(case["from"]), until)
    assert period.contains(of_day(case["at"])) == (case["contains"] == "yes")


@given(INSTANTS, INSTANTS, INSTANTS)
def test_periods_that_meet_cover_each_instant_once(one: datetime, other: datetime, at: datetime) -> None:
    starts, meets = sorted((one, other))
    before, after = Period(starts, meets), Period(meets)
    assert before.meets(after)
    assert before.contains(at) + after.contains(at) == (at >= starts)


def test_a_period_that_lasts_meets_nothing() -> None:
    assert not Period(of_day("09:00")).meets(Period(of_day("10:00")))
    assert not Period(of_day("09:00"), of_day("10:00")).meets(Period(of_day("10:01")))


@cases("""
    due   | at       | late
    ------+----------+-----
    10:00 | 09:59:59 | no
    10:00 | 10:00    | yes
    10:00 | 10:01    | yes
""")
def test_the_due_time_itself_is_late(case: dict[str, str]) -> None:
    assert clock.is_late(of_day(case["due"]), at=of_day(case["at"])) == (case["late"] == "yes")


@cases("""
    instant          | day
    -----------------+-----------
    2026-06-30 22:59 | 2026-06-30
    2026-06-30 23:00 | 2026-07-01
    2026-12-31 23:59 | 2026-12-31
    2026-03-29 00:59 | 2026-03-29
    2026-03-29 23:00 | 2026-03-30
    2026-10-24 23:00 | 2026-10-25
    2026-10-25 23:00 | 2026-10-25
""")
def test_the_day_is_the_day_on_the_wall(case: dict[str, str]) -> None:
    instant = datetime.fromisoformat(case["instant"]).replace(tzinfo=UTC)
    assert clock.local_date(instant).isoformat() == case["day"]


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_two_hours_are_two_hours_on_the_night_the_clocks_go_back(started: datetime, within: timedelta) -> None:
    changing = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for at in (started, changing):
        assert clock.due_at(at, within) - at == within
        assert clock.due_at(at, within).tzinfo is UTC
