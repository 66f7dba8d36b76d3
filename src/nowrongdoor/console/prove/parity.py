"""
The place in memory and the place in PostgreSQL end alike: one script, two worlds, no difference.

The rules are the same, but what holds them differs: locks, versions and constraints there, a
dictionary here. The simulator speaks for the product only while the two cannot be told apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nowrongdoor.console.real_place import RealPlace
from nowrongdoor.kernel import statements
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.tables import all_tables
from nowrongdoor.reading import parts, running_clocks
from nowrongdoor.rules.change import plain
from nowrongdoor.sim import clocks, participations
from nowrongdoor.sim.rows import Entry as Told
from nowrongdoor.sim.scenario import history
from nowrongdoor.sim.world import PureWorld


@dataclass(frozen=True)
class Ended:
    """How many rows and journal entries were compared, and every difference in words."""

    rows: int
    entries: int
    differences: tuple[str, ...]


def ends_alike(*, people: int, days: int, seed: int, until: datetime) -> Ended:
    """Run one history in memory and through the journeys on an empty database, and compare all of it."""
    journal: list[Told] = []
    pure = PureWorld(journal)
    for place in (pure, RealPlace()):
        history(place, people=people, until=until, days=days, seed=seed)
    return compare(pure, journal)


def compare(pure: PureWorld, journal: list[Told]) -> Ended:
    """Every row, part in someone's care, clock and entry of the place in memory against the database's."""
    followed = (*participations.of(pure.rows), *clocks.of(pure.rows))
    mine = {_key(one): one for one in (*pure.rows.everything(), *followed)}
    theirs = {_key(one): one for one in (*_stored(), *parts.every(), *running_clocks.every())}
    entries, stored = {_told(one) for one in journal}, set(_entries())
    return Ended(
        rows=len(mine),
        entries=len(entries),
        differences=(
            *_differing(mine, theirs),
            *(f"only in memory: {one}" for one in sorted(entries - stored)),
            *(f"only in the database: {one}" for one in sorted(stored - entries)),
        ),
    )


def _differing(mine: dict[Any, Any], theirs: dict[Any, Any]) -> Iterator[str]:
    for key in mine.keys() | theirs.keys():
        one, other = mine.get(key), theirs.get(key)
        if one != other:
            yield f"{key[0]} {key[1]}: in memory {one}, in the database {other}"


def _key(facts: Any) -> tuple[str, Any]:
    return (type(facts).__name__, facts.id)


def _stored() -> Iterator[Any]:
    for table in all_tables():
        if not table.scratch:
            yield from (table.of(values) for values in statements.select(table, {}))


def _told(entry: Told) -> tuple[str, ...]:
    return (
        type(entry.after).__name__,
        str(entry.after.id),
        str(entry.after.version),
        entry.kind,
        json.dumps(plain(entry.changes), sort_keys=True),
        entry.by.member_name,
        entry.at.isoformat(),
    )


def _entries() -> Iterator[tuple[str, ...]]:
    names = {table.name: table.facts.__name__ for table in all_tables()}
    for entry in Entry.objects.all().iterator():
        yield (
            names[entry.subject],
            str(entry.subject_id),
            str(entry.version),
            entry.kind,
            json.dumps(entry.changes, sort_keys=True),
            entry.by_name,
            entry.recorded_at.isoformat(),
        )
