"""What the directory goes by: how long things count, what a miss weighs, and the bank holidays."""

from datetime import date, datetime, timedelta
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

NEED = "need"
BOTH_NATIONS = "England and Wales"


def counts_for(code: str, *, at: datetime) -> timedelta:
    """How long what stands in the directory counts, by the row that stands on that day."""
    return _times(local_date(at))[code].within


def longest(code: str, *, at: datetime) -> timedelta:
    """The longest that somebody may choose instead."""
    standing = _times(local_date(at))[code]
    return standing.most or standing.within


def weights(*, at: datetime) -> dict[str, int]:
    """What missing each criterion weighs in the order of options, in the order criteria are told."""
    return _weights(local_date(at))


def far_bands(*, at: datetime) -> tuple[int, ...]:
    """The distances in metres beyond each of which a way is longer, the shortest first."""
    return _far_bands(local_date(at))


def is_an_answer(reason: str, *, at: datetime) -> bool:
    """Whether a return says something of whoever returned it; a yes has no reason, and always does."""
    return reason not in _not_a_no(local_date(at))


@cache
def bank_holidays(nation: str = BOTH_NATIONS) -> frozenset[date]:
    """The bank holidays of a nation, each by the law that stood on that day."""
    return frozenset(
        day
        for row in law.rows("bank_holidays")
        if row["jurisdiction"] in (nation, BOTH_NATIONS)
        and law.provenance(row).stands(day := date.fromisoformat(row["day"]))
    )


def worked_weekdays(on: date, *, nation: str) -> frozenset[int]:
    """Which days of the week are worked in a nation, from Monday, 0, as they stand on a day."""
    return frozenset(
        weekday
        for where, known, weekday in _worked()
        if known.stands(on) and (where in (nation, BOTH_NATIONS) or nation == BOTH_NATIONS)
    )


@cache
def _worked() -> tuple[tuple[str, law.Provenance, int], ...]:
    rows = ((row, law.provenance(row)) for row in law.rows("working_days"))
    return tuple((known.jurisdiction, known, int(row["weekday"])) for row, known in rows)


@cache
def _times(on: date) -> dict[str, law.Standard]:
    return {one.code: one for one in law.directory_times(on=on)}


@cache
def _not_a_no(on: date) -> frozenset[str]:
    return frozenset(one.code for one in law.codes("return_reasons", on=on) if one.entails == "not_a_no")


@cache
def _weights(on: date) -> dict[str, int]:
    standing = [row for row in law.rows("fit_criteria") if law.provenance(row).stands(on)]
    return {row["code"]: int(row["weight"]) for row in sorted(standing, key=lambda row: int(row["order"]))}


@cache
def _far_bands(on: date) -> tuple[int, ...]:
    standing = (row for row in law.rows("far_bands") if law.provenance(row).stands(on))
    return tuple(sorted(int(row["metres"]) for row in standing))
