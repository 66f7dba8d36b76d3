"""
Often in touch: so many contacts by or for a person that support is offered to them.

It counts whoever rang, for leaving out those who ring for somebody hides half of it. It offers, and does no
more: how soon the person is answered never changes by it, and nothing is withheld. Thresholds are dated data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance

ADULT, UNDER_18, COMMUNAL = "adult", "under_18", "communal_address"


@dataclass(frozen=True)
class Threshold:
    """So many contacts in so many days, for whom it counts, and where that is written."""

    population: str
    count: int
    days: int
    label: str
    provenance: Provenance


@dataclass(frozen=True)
class Often:
    """A threshold that is reached, and how many contacts there were in its days."""

    threshold: Threshold
    count: int


def of_person(times: Iterable[datetime], *, born_on: date | None, at: datetime) -> Often | None:
    """Whether so many were in touch by or for this person; the shortest time in which it is reached."""
    is_child = born_on is not None and local_date(at) < _eighteenth(born_on)
    return _reached(UNDER_18 if is_child else ADULT, tuple(times), at=at)


def of_address(times: Iterable[datetime], *, at: datetime) -> Often | None:
    """The same for everybody at a communal address together: the house may need support, too."""
    return _reached(COMMUNAL, tuple(times), at=at)


def thresholds(*, at: datetime) -> tuple[Threshold, ...]:
    """Those that stand on that day, the shortest time first."""
    return _standing(local_date(at))


def _reached(population: str, times: tuple[datetime, ...], *, at: datetime) -> Often | None:
    for one in thresholds(at=at):
        if one.population == population:
            count = sum(at - timedelta(days=one.days) < time <= at for time in times)
            if count >= one.count:
                return Often(one, count)
    return None


def _eighteenth(born_on: date) -> date:
    """The birthday of somebody born on a leap day is the first of March in other years."""
    try:
        return born_on.replace(year=born_on.year + 18)
    except ValueError:
        return date(born_on.year + 18, 3, 1)


@cache
def _standing(on: date) -> tuple[Threshold, ...]:
    found = (
        Threshold(row["population"], int(row["count"]), int(row["days"]), row["label"], law.provenance(row))
        for row in law.rows("frequent_contact")
    )
    return tuple(sorted((one for one in found if one.provenance.stands(on)), key=lambda one: one.days))
