"""Working days: what counts as one in each nation, and that what is not known makes nobody wait longer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nowrongdoor.rules import law, working_days
from nowrongdoor.rules.law import directory, standards
from tests.worlds.facts import TEN
from tests.worlds.tables import cases


@cases("""
    since            | days | due              | why
    -----------------+------+------------------+--------------------------------------------------
    2026-11-10 10:00 | 1    | 2026-11-11 10:00 | the day on which it began does not count
    2026-11-13 10:00 | 1    | 2026-11-16 10:00 | a Friday, and then a Monday
    2026-11-14 22:15 | 1    | 2026-11-16 22:15 | a Saturday counts as none, and Sunday neither
    2026-11-10 10:00 | 7    | 2026-11-19 10:00 | two weekend days lie between
    2026-12-23 10:00 | 3    | 2026-12-30 10:00 | Christmas Day and the day kept instead of Boxing Day
    2028-02-28 09:00 | 1    | 2028-02-29 09:00 | a leap day is worked
    2026-12-31 23:59 | 1    | 2027-01-04 23:59 | New Year's Day and a weekend
    2026-03-27 01:30 | 1    | 2026-03-30 00:30 | the clocks went forward; on the wall it is the same time
    2026-10-23 00:30 | 1    | 2026-10-26 01:30 | the clocks went back; on the wall it is the same time
""")
@pytest.mark.parametrize("nation", ["England", "Wales", "England and Wales"])
def test_it_is_due_so_many_working_days_later_at_the_same_time_on_the_wall(case, nation):
    since, due = (datetime.fromisoformat(case[name]).replace(tzinfo=UTC) for name in ("since", "due"))
    assert working_days.after(since, int(case["days"]), nation=nation) == due, case["why"]


def test_nothing_is_lost_of_the_second_at_which_it_began():
    since = TEN + timedelta(seconds=7, microseconds=11)
    assert working_days.after(since, 1, nation="Wales") - since == timedelta(days=1)


def test_a_day_that_one_nation_keeps_is_worked_in_the_other(monkeypatch):
    own = {"day": "2026-11-11", "jurisdiction": "Wales"}
    rows = [*law.rows("bank_holidays"), {**law.rows("bank_holidays")[0], **own}]
    monkeypatch.setattr(law, "rows", lambda name, read=law.rows: rows if name == "bank_holidays" else read(name))
    directory.bank_holidays.cache_clear()
    try:
        assert not working_days.is_worked(date(2026, 11, 11), nation="Wales")
        assert working_days.is_worked(date(2026, 11, 11), nation="England")
        assert working_days.after(TEN, 1, nation="Wales") - TEN == timedelta(days=2)
    finally:
        directory.bank_holidays.cache_clear()


def test_a_year_whose_bank_holidays_nobody_has_entered_makes_nobody_wait_longer():
    christmas = date(2031, 12, 25)
    assert christmas not in directory.bank_holidays("Wales")
    assert working_days.is_worked(christmas, nation="Wales")


def test_before_anybody_said_which_weekdays_are_worked_each_day_counts():
    since = datetime(2014, 5, 2, 10, tzinfo=UTC)
    assert working_days.after(since, 3, nation="Wales") - since == timedelta(days=3)


def test_a_standard_counted_in_days_is_not_counted_in_working_days():
    plain = standards.named("safeguarding_decision@2015-04-01")
    counted = standards.named("safeguarding_enquiry_wales@2016-04-06")
    friday = datetime(2026, 11, 13, 10, tzinfo=UTC)
    assert working_days.due(friday, plain.standard, nation="England") - friday == timedelta(days=1)
    assert working_days.due(friday, counted.standard, nation="Wales") - friday == timedelta(days=11)
    assert counted.standard.within <= timedelta(days=7), "of two standards it is never taken for the longer one"
