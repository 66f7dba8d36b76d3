"""
The one writer: locks rows, compares versions, and writes row and journal entry together.

Only journeys use it. Locks are taken in one order (table, then key). A row is changed only while
its version is the one that was read; a lost race is an answer that says who did what, and when.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, connections

from nowrongdoor.kernel import statements
from nowrongdoor.kernel.journal.latest import latest
from nowrongdoor.kernel.journal.telling import JOURNAL, told
from nowrongdoor.kernel.tables import Table, table_of
from nowrongdoor.kernel.transactions import current
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.kernel.wall import engine
from nowrongdoor.rules.change import (
    AlreadyRecorded,
    ChangedMeanwhile,
    Missing,
    Refused,
    Step,
    difference,
)

Facts = TypeVar("Facts")


class OutOfOrder(Exception):
    """An act locks a table after one that comes later in the order: two acts could wait in a ring."""


def peek(table: Table[Facts], key: UUID) -> Facts:
    """A row as it is now, without holding it: for finding what to lock. Raises `Missing`."""
    return _one(table, key)


def find(table: Table[Facts], **equal: Any) -> list[Facts]:
    """The rows with these values, by key, without holding them."""
    return _all(table, equal)


def lock(table: Table[Facts], key: UUID, *, seen: int | None = None) -> Facts:
    """
    Holds a row until this act ends, so that nobody else changes it meanwhile.

    With `seen`, the version the person saw, raises `ChangedMeanwhile` when it has moved on since.
    Raises `Missing` when there is no such row.
    """
    _in_order(table)
    facts = _one(table, key, statements.HELD_STILL)
    if seen is not None:
        check_seen(table, facts, seen=seen)
    return facts


def check_seen(table: Table[Any], facts: Any, *, seen: int) -> None:
    """Raises `ChangedMeanwhile` when a row that is held has moved on from the version that was seen."""
    if facts.version != seen:
        raise _changed_meanwhile(table, facts.id, seen=seen, found=facts.version)


def steady(table: Table[Facts], key: UUID) -> Facts:
    """
    A row that nobody changes until this act ends, though others may read it just as steadily.

    For what an act relies on and does not change: an offer must not reach a team while it closes.
    """
    rows = steady_where(table, id=key)
    if not rows:
        raise Missing(table.name)
    return rows[0]


def steady_where(table: Table[Facts], **equal: Any) -> list[Facts]:
    """The rows with these values, each as `steady`, in the order of their keys."""
    _in_order(table)
    return _all(table, equal, statements.STEADY)


def lock_where(table: Table[Facts], **equal: Any) -> list[Facts]:
    """Holds every row with these values until this act ends, in the order of their keys."""
    _in_order(table)
    return _all(table, equal, statements.HELD_STILL)


def one_at_a_time(*names: str) -> None:
    """
    Whoever else does this, for any of these names, waits until this act ends.

    For acts that are about rows which do not exist yet, and so cannot be held.
    """
    current()
    keys = sorted({int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True) for name in names})
    with connections[engine()].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key ORDER BY key", [keys]
        )


def claim(table: Table[Facts], come: str, *, at: datetime, first: str, limit: int) -> list[Facts]:
    """
    Holds rows whose `come` has come and that nobody else holds, the earliest `first` at the top.

    For work that several do at once: nobody waits for anybody, and nothing is done twice.
    """
    _in_order(table)
    return [table.of(values) for values in statements.claim(table, come, at=at, first=first, limit=limit)]


def mark(table: Table[Any], column: str, instants: Mapping[UUID, datetime]) -> None:
    """Notes one instant on each of many scratch rows. Refuses any other table: records go through `save`."""
    current()
    if not table.scratch:
        raise Refused("Records are kept with their story.", code="records_have_a_story")
    if instants:
        statements.mark(table, column, instants)


def add(steps: Sequence[Step], *, by: Viewer, at: datetime) -> None:
    """Writes many new rows of one table and their journal entries, in two statements."""
    current()
    if not steps:
        return
    table = table_of(type(steps[0].change.after))
    entries = [_entry(table, step, by=by, at=at) for step in steps]
    statements.insert(table, [list(vars(step.change.after).values()) for step in steps])
    statements.insert(JOURNAL, entries)


def save(steps: Iterable[Step], *, by: Viewer, at: datetime) -> None:
    """
    Writes each step's row and its journal entry, in order.

    Raises `AlreadyRecorded` for a new row whose key exists, `ChangedMeanwhile` for a row whose
    version moved on, and `Refused` where the database itself says no.
    """
    current()
    entries = []
    for step in steps:
        table = table_of(type(step.change.after))
        _write(table, step)
        if not table.scratch:
            entries.append(_entry(table, step, by=by, at=at))
    if entries:
        statements.insert(JOURNAL, entries)


def _entry(table: Table[Any], step: Step, *, by: Viewer, at: datetime) -> list[Any]:
    after = step.change.after
    entry = told(table, after, step.change.kind, difference(step.before, after), by=by, at=at)
    return [entry[name] for name in JOURNAL.columns]


def keep(steps: Iterable[Step]) -> None:
    """Writes scratch rows, which nobody's story tells. Refuses any other: records go through `save`."""
    current()
    for step in steps:
        table = table_of(type(step.change.after))
        if not table.scratch:
            raise Refused("Records are kept with their story.", code="records_have_a_story")
        _write(table, step)


def forget(table: Table[Any], **equal: Any) -> None:
    """Throws scratch rows away. Refuses any other table: nothing about a person is deleted."""
    if not table.scratch:
        raise Refused("Records are kept.", code="records_are_kept")
    statements.delete(table, equal)


def _write(table: Table[Any], step: Step) -> None:
    after = step.change.after
    try:
        if step.before is None:
            statements.insert(table, [list(vars(after).values())])
            return
        changed = {
            name: getattr(after, name)
            for name in table.columns
            if getattr(after, name) != getattr(step.before, name)
        }
        if not statements.update(table, after.id, step.before.version, changed):
            raise _changed_meanwhile(table, after.id, seen=step.before.version, found=-1)
    except IntegrityError as failure:
        raise _refusal(table, after.id, failure) from failure


def _refusal(table: Table[Any], key: UUID, failure: IntegrityError) -> Exception:
    constraint = getattr(getattr(failure.__cause__, "diag", None), "constraint_name", "") or ""
    if constraint == f"{table.model._meta.db_table}_pkey":
        return AlreadyRecorded(key)
    if constraint in table.refusals:
        words, code, field = table.refusals[constraint]
        return Refused(words, code=code, field=field)
    return failure


def _changed_meanwhile(table: Table[Any], key: UUID, *, seen: int, found: int) -> ChangedMeanwhile:
    entry = latest(table.name, key)
    if entry is None:
        raise Missing(table.name, key)
    return ChangedMeanwhile(
        kind=entry.kind,
        by_member_id=entry.by_member_id,
        by_name=entry.by_name,
        changed_at=entry.recorded_at,
        seen=seen,
        found=found,
    )


def _one(table: Table[Facts], key: UUID, holding: str = "") -> Facts:
    rows = _all(table, {"id": key}, holding)
    if not rows:
        raise Missing(table.name)
    return rows[0]


def _all(table: Table[Facts], equal: dict[str, Any], holding: str = "") -> list[Facts]:
    return [table.of(values) for values in statements.select(table, equal, holding)]


def _in_order(table: Table[Any]) -> None:
    act = current()
    if table.rank < act.rank:
        raise OutOfOrder(f"{table.name} is locked after a table that comes later in the order")
    act.rank = table.rank
