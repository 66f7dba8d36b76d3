"""Often in touch: counted by or for a person, by thresholds that are dated data; it offers and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nowrongdoor.rules import often

TEN = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
CHILD, ADULT = date(2010, 5, 5), date(1980, 5, 5)


def days_ago(*days: float) -> list[datetime]:
    return [TEN - timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("times", "born_on", "count"),
    [
        (days_ago(1, 2, 3, 4), ADULT, 0),
        (days_ago(1, 2, 3, 4, 29.9), ADULT, 5),
        (days_ago(1, 2, 3, 4, 30), ADULT, 0),
        (days_ago(*range(35, 85, 5), 1, 2), ADULT, 12),
        (days_ago(1, 90, 181), CHILD, 3),
        (days_ago(1, 90, 182), CHILD, 0),
        (days_ago(1, 90, 181), ADULT, 0),
        (days_ago(1, 2, 3, 4, 5), None, 5),
        (days_ago(-1, 1, 2, 3, 4), ADULT, 0),
    ],
)
def test_so_many_contacts_in_so_many_days(times, born_on, count):
    found = often.of_person(times, born_on=born_on, at=TEN)
    assert (found.count if found else 0) == count


def test_a_child_is_one_until_their_birthday_and_whoever_was_born_on_a_leap_day_too():
    three = days_ago(1, 60, 120)
    assert often.of_person(three, born_on=date(2008, 11, 11), at=TEN)
    assert not often.of_person(three, born_on=date(2008, 11, 10), at=TEN)
    march = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    born = date(2008, 2, 29)
    before = march - timedelta(days=1)
    assert often.of_person([before - timedelta(hours=one) for one in range(3)], born_on=born, at=before)
    assert not often.of_person([march - timedelta(hours=one) for one in range(3)], born_on=born, at=march)


def test_a_communal_address_counts_everybody_there_together():
    assert not often.of_address(days_ago(*[1] * 14), at=TEN)
    assert often.of_address(days_ago(*[1] * 15), at=TEN).count == 15


def test_every_threshold_says_where_it_is_from():
    assert {one.population for one in often.thresholds(at=TEN)} == {"adult", "under_18", "communal_address"}
    assert all(one.provenance.source for one in often.thresholds(at=TEN))
