"""The bands in which the gap ledger counts ages and hours: dated rows, wide enough to name nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date


@dataclass(frozen=True)
class Band:
    """From a number of years or an hour on, up to where the next band of its kind begins."""

    code: str
    label: str
    since: int


def of_age(years: int | None, *, at: datetime) -> str:
    """The band an age is in; empty where nobody has said it."""
    return "" if years is None else _band("age", years, local_date(at)).code


def of_hour(hour: int, *, at: datetime) -> Band:
    return _band("hour", hour, local_date(at))


@cache
def bands(kind: str, *, on: date) -> tuple[Band, ...]:
    """Those of one kind that stand on a day, the lowest first."""
    standing = [row for row in law.rows("gap_bands") if law.provenance(row).stands(on)]
    found = [Band(row["code"], row["label"], int(row["from"])) for row in standing if row["kind"] == kind]
    return tuple(sorted(found, key=lambda one: one.since))


def _band(kind: str, number: int, on: date) -> Band:
    return [one for one in bands(kind, on=on) if one.since <= number][-1]
