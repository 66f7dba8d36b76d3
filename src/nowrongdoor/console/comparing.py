"""A place's own records compared with one another: what is alike is put before the records steward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.management.base import CommandError

from nowrongdoor.journeys import merges
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import duplicates, viewers
from nowrongdoor.rules import finding, merging, stewarding
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.matching.model import Model
from nowrongdoor.rules.merging import Found
from nowrongdoor.rules.person import Person

STEWARD = "data_steward"
AT_ONCE = 2_000


def a_steward(name: str, *, at: datetime) -> Viewer | None:
    """The records steward of this name, or the first of them; none, where none works here."""
    found = [one for one in viewers.personas(at=at) if one.role == STEWARD and name in ("", one.name)]
    return viewers.at_work(membership_id=found[0].membership_id) if found else None


def steward(name: str, *, at: datetime) -> Viewer:
    """The same. Refuses where there is none."""
    by = a_steward(name, at=at)
    if by is None:
        raise CommandError("Nobody works here as a records steward. Enter one first (./nwd manage account).")
    return by


def own_records(*, by: Viewer, at: datetime) -> tuple[int, int]:
    """How many pairs were put before a steward, and how many were weighed."""
    model = weights.standing(on=local_date(at)).among(max(duplicates.people(), duplicates.LEAST_PEOPLE))
    proposed = weighed = 0
    for pairs in _batches():
        found = [one for one in (alike(*pair, model=model, at=at) for pair in pairs) if one]
        if found:
            merges.propose(found=found, by=by, at=at)
        proposed, weighed = proposed + len(found), weighed + len(pairs)
    return proposed, weighed


def alike(one: Person, other: Person, *, model: Model, at: datetime) -> Found | None:
    """What is put before a steward of two records, or nothing where they are left alone."""
    match = finding.alike(one, other, model=model)
    if not stewarding.band(merging.BANDS, match.bits, on=local_date(at)):
        return None
    words = finding.in_words(match)
    against = finding.otherwise(match)
    evidence = f"{words}, but {', '.join(against)}" if against else words
    return Found(one.id, other.id, match.bits, evidence, "own_records")


def _batches() -> Iterator[list[tuple[Person, Person]]]:
    """Every pair worth weighing once: what a batch left alone is passed by the key of its first record."""
    after: UUID | None = None
    while pairs := duplicates.candidates(after=after, most=AT_ONCE):
        last = pairs[-1][0].id
        whole = pairs if len(pairs) < AT_ONCE else [pair for pair in pairs if pair[0].id != last] or pairs
        yield whole
        after = whole[-1][0].id
