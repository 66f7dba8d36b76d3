"""
What each police force has agreed under Right Care, Right Person: for which calls, from whom, about what age,
and from which day on. Each is a dated, sourced row; places enter their own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance, seeing

APPLIES = "applies"
CHILD_EXCLUDED = "child_excluded"
NOT_LIVE = "not_live"
NOT_KNOWN = "not_known"
ANY = "any"
OLDEST = 130


@dataclass(frozen=True)
class Policy:
    """One phase of one force: to which calls it applies. `sector` is who asks, such as health, or any."""

    force: str
    label: str
    phase: str
    categories: frozenset[str]
    sector: str
    age_min: int
    age_max: int
    note: str
    provenance: Provenance

    @property
    def version(self) -> str:
        return f"{self.force}/{self.phase}@{self.provenance.valid_from.isoformat()}"

    def is_for(self, *, category: str, sector: str, age: int) -> bool:
        return (
            category in self.categories
            and self.sector in (ANY, sector)
            and self.age_min <= age <= self.age_max
        )


@dataclass(frozen=True)
class Scope:
    """Whether what the force agreed applies to a call, and the policies that say so."""

    word: str
    policies: tuple[str, ...] = ()


def scope(force: str, *, category: str, sector: str, age: int | None, at: datetime) -> Scope:
    """
    Whether what the force has agreed by that day applies to such a call.

    What is not known is tried as all it could be: where that would make a difference, it is not known whether
    it applies. A child whom the force keeps out is told apart from a call for which it has not begun.
    """
    if not category or force not in labels():
        return Scope(NOT_KNOWN)
    on = local_date(at)
    theirs = [one for one in every() if one.force == force and one.provenance.stands(on)]
    grown = adult(on=on)
    ages = {age} if age is not None else {0, grown - 1, grown, OLDEST, *(one.age_min for one in theirs)}
    sectors = {sector} if sector else {"", *(one.sector for one in theirs)}
    found = [
        [one for one in theirs if one.is_for(category=category, sector=who, age=old)]
        for old in ages
        for who in sectors
    ]
    named = tuple(dict.fromkeys(one.version for some in found for one in some))
    if all(found):
        return Scope(APPLIES, named)
    if any(found):
        return Scope(NOT_KNOWN, named)
    adults = [one for one in theirs if one.is_for(category=category, sector=sector, age=grown)]
    if age is not None and age < grown and adults:
        return Scope(CHILD_EXCLUDED, tuple(one.version for one in adults))
    return Scope(NOT_LIVE)


def adult(*, on: date) -> int:
    """From which age somebody is no child, as it stands on that day."""
    return seeing.most_on("adult_from_age", on=on)


@cache
def labels() -> dict[str, str]:
    """Every force of which anything is known, with its name."""
    return {one.force: one.label for one in every()}


def named(version: str) -> Policy | None:
    """The policy a decision named; none for one that never was."""
    return next((one for one in every() if one.version == version), None)


@cache
def standing(*, on: date) -> tuple[Policy, ...]:
    """What stands on a day, in the order of the file."""
    return tuple(one for one in every() if one.provenance.stands(on))


@cache
def every() -> tuple[Policy, ...]:
    """Every row of the file, for what prints and checks it."""
    return tuple(
        Policy(
            row["force"],
            row["label"],
            row["phase"],
            frozenset(row["categories"].split()),
            row["sector"],
            int(row["age_min"] or 0),
            int(row["age_max"] or OLDEST),
            row["note"],
            law.provenance(row),
        )
        for row in law.rows("police_policies")
    )
