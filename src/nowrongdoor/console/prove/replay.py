"""
./nwd prove replay: the journal tells every row. Folding the entries of a row gives the row, column by column.

Asked of the demonstration's place, or of the database that DATABASE_URL names; where nobody has filled
either, the demonstration's place is acted for it, on ground of its own; with --small, only a few stories.
Rows and entries are read side by side in the order of their keys, in one snapshot, so that a place of
millions of rows needs no more memory than a small one.

The controls are made on copies of a few rows and entries: a row changed behind the journal's back, a row
nobody told of, an entry that is missing, and an entry that tells of a row that is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, get_type_hints
from uuid import UUID

from nowrongdoor import embedded
from nowrongdoor.console.databases import database_for
from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.lived_in import AT_ONCE, in_order, with_anything
from nowrongdoor.console.prove.proof import Proof

SEED = 20261125
SHOWN = 20  # violations told one by one; the rest are counted
FEW = 5  # rows of each table that the controls copy
STORIES = 10
PEOPLE = 150  # as a demonstration has them
Row = tuple[UUID, dict[str, Any]]
Story = tuple[UUID, list[dict[str, Any]]]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help="for a place that is acted for this")
    parser.add_argument("--small", action="store_true", help="a small place, whatever else is there")


def run(options: argparse.Namespace) -> Proof:
    with standing(small=options.small, seed=options.seed) as where:
        found = compared()
        seen = controls()
    return Proof(
        name="replay",
        seed=options.seed,
        figures={
            "rows": found.rows,
            "mismatches": found.mismatches,
            "entries": found.entries,
            "tables": found.tables,
            "place": where,
        },
        controls=seen,
        violations=[{"fault": "", "invariant": "I7", "words": words} for words in found.violations]
        or ([] if found.rows else [{"fault": "", "invariant": "I7", "words": "there was no row to compare"}]),
        says=(
            f"Of {where}: {found.rows:,} rows in {len(found.tables)} tables were compared with the fold of "
            f"{found.entries:,} journal entries; {found.mismatches:,} differ.",
        ),
    )


@contextlib.contextmanager
def standing(*, small: bool, seed: int) -> Iterator[str]:
    """Stands on the place that is there already, else on one that is acted for this; says in words which."""
    named = bool(os.environ.get("DATABASE_URL"))
    if not small and (named or embedded.directory_for("demo").is_dir()):
        with grounds.surroundings_kept(), database_for("demo"):
            if is_filled():
                yield "the place that DATABASE_URL names" if named else "the demonstration's place"
                grounds.leave()
                return
            grounds.leave()
    with grounds.migrated("replay"):
        if small:
            act_a_small_place(seed)
            yield "a small place, acted for this"
        else:
            act_the_place(seed)
            yield f"the demonstration's place of {PEOPLE} people, acted for this"


def is_filled() -> bool:
    """Whether the database that the environment names holds a whole place, in which things have happened."""
    from django.db import connections

    from nowrongdoor.console import filling

    grounds.set_up_django()
    grounds.settle()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_entry') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
    return filling.state(connections["owner"]) != filling.FILLING and bool(some_changed_referrals())


def act_the_place(seed: int) -> None:
    """What a demonstration is filled with: every act of four weeks, through the real journeys."""
    from nowrongdoor.console import demo_place
    from nowrongdoor.console.progress import Progress
    from nowrongdoor.kernel.now import now

    demo_place.act(people=PEOPLE, progress=Progress(), seed=seed, until=now())


def act_a_small_place(seed: int) -> None:
    """Every kind of pair that the race knows, one act after the other: a few hundred rows of every kind."""
    from nowrongdoor.console.prove.kinds import KINDS
    from nowrongdoor.console.prove.pairs import answer
    from nowrongdoor.console.prove.place import Place

    place = Place(seed)
    for _ in range(STORIES):
        for kind in KINDS:
            pair = kind.arrange(place)
            answer(pair.one)
            answer(pair.other)


@dataclass
class Compared:
    """What came of laying rows and journal side by side."""

    rows: int = 0
    entries: int = 0
    mismatches: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def differs(self, words: str) -> None:
        self.mismatches += 1
        if len(self.violations) < SHOWN:
            self.violations.append(words)


def compared(keys: Sequence[UUID] | None = None) -> Compared:
    """Every row against the fold of its entries, and every entry against a row; or those of some keys."""
    from django.db import transaction

    from nowrongdoor.kernel.tables import all_tables

    tables = [table for table in all_tables() if not table.scratch]
    found = Compared(tables={table.name: 0 for table in tables})
    with transaction.atomic():
        unhurried()
        for table in with_anything(tables):
            compare(table, found, keys)
    return found


def unhurried() -> None:
    """One snapshot for all tables, however long it takes. A place in use goes on meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def compare(table: Any, found: Compared, keys: Sequence[UUID] | None) -> None:
    before = found.rows
    for key, row, entries in side_by_side(rows_of(table, keys), stories_of(table, keys)):
        found.rows += row is not None
        found.entries += len(entries)
        words = why_not_told(table, row, entries)
        if words:
            found.differs(f"{table.name} {key}: {words}")
    found.tables[table.name] = found.rows - before


def rows_of(table: Any, keys: Sequence[UUID] | None) -> Iterator[Row]:
    """Each row, its values as JSON holds them, in the order of keys."""
    from nowrongdoor.rules.change import plain

    rows = table.model.objects.order_by("pk")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    # Files are read a few at a time: two thousand of the largest would be five gigabytes.
    at_once = 20 if bytes in get_type_hints(table.facts).values() else AT_ONCE
    for values in in_order(rows.values_list(*table.columns), at_once):
        row = {name: plain(value) for name, value in zip(table.columns, values, strict=True)}
        yield values[table.columns.index("id")], row


def stories_of(table: Any, keys: Sequence[UUID] | None) -> Iterator[Story]:
    """What the journal tells of each row, oldest first, in the order of keys."""
    from nowrongdoor.kernel.journal.models import Entry

    entries = Entry.objects.filter(subject=table.name).order_by("subject_id", "version")
    if keys is not None:
        entries = entries.filter(subject_id__in=keys)
    told = in_order(entries.values_list("subject_id", "version", "changes"))
    for key, entries_of_row in groupby(told, key=itemgetter(0)):
        yield key, [{"version": version, "changes": changes} for _, version, changes in entries_of_row]


def side_by_side(
    rows: Iterator[Row], stories: Iterator[Story]
) -> Iterator[tuple[UUID, dict[str, Any] | None, list[dict[str, Any]]]]:
    """Two streams in the order of keys as one: a row and its entries, or either alone."""
    row, story = next(rows, None), next(stories, None)
    while row is not None or story is not None:
        if story is None or (row is not None and row[0] < story[0]):
            yield row[0], row[1], []
            row = next(rows, None)
        elif row is None or story[0] < row[0]:
            yield story[0], None, story[1]
            story = next(stories, None)
        else:
            yield row[0], row[1], story[1]
            row, story = next(rows, None), next(stories, None)


def why_not_told(table: Any, row: dict[str, Any] | None, entries: list[dict[str, Any]]) -> str:
    """In which way row and entries differ; empty when the journal tells the row."""
    from nowrongdoor.rules.change import fold

    if row is None:
        return "the journal tells of a row that is not there"
    if not entries:
        return "no entry tells of this row"
    if [entry["version"] for entry in entries] != list(range(1, len(entries) + 1)):
        return f"an entry is missing: versions {[entry['version'] for entry in entries]}"
    try:
        told = fold([entry["changes"] for entry in entries], table.facts)
    except (ValueError, KeyError) as gap:
        return f"the entries do not follow from one another: {gap}"
    differing = sorted(name for name in row if row[name] != told[name])
    return f"the row differs from what was told, in {', '.join(differing)}" if differing else ""


COPY = "CREATE TEMPORARY TABLE {copy} ON COMMIT DROP AS "
ENTRIES = "SELECT * FROM public.journal_entry WHERE subject = %s AND subject_id = ANY(%s) AND "
# How a copy is made that must be seen to differ: the rows of it, and the entries of it.
TAMPERED: dict[str, tuple[str, str]] = {
    "a row changed behind the journal's back": ("SELECT {told}, {one} || ' ' AS {one} FROM {table}", "TRUE"),
    "a row nobody told of": ("SELECT {told}, {one} FROM {table}", "FALSE"),
    "the first entry missing": ("SELECT {told}, {one} FROM {table}", "version > 1"),
    "the last entry missing": ("SELECT {told}, {one} FROM {table}", "version = 1"),
    "an entry of a row that is not there": ("SELECT {told}, {one} FROM {table} LIMIT 0", "TRUE"),
}


def controls() -> dict[str, bool]:
    """Each kind of tampering, on copies of a few referrals: true when seen, while all is well without it."""
    keys = some_changed_referrals()
    if not keys or on_copies(keys, "SELECT {told}, {one} FROM {table}", "TRUE").mismatches:
        return dict.fromkeys(TAMPERED, False)
    return {
        name: on_copies(keys, rows, entries).mismatches == len(keys)
        for name, (rows, entries) in TAMPERED.items()
    }


def some_changed_referrals() -> list[UUID]:
    from nowrongdoor.data.referrals.facts import REFERRALS

    changed = REFERRALS.model.objects.filter(version__gt=1).order_by("pk")
    return list(changed.values_list("pk", flat=True)[:FEW])


def on_copies(keys: Sequence[UUID], rows: str, entries: str) -> Compared:
    """
    The same comparison, on copies of these rows and of what the journal tells of them.

    A temporary table goes before the real one of the same name, for this connection alone, and is gone
    when the transaction is rolled back.
    """
    from django.db import connection, transaction
    from psycopg import sql

    from nowrongdoor.data.referrals.facts import REFERRALS

    table = REFERRALS.model._meta.db_table
    few = sql.SQL("(SELECT * FROM {} WHERE id = ANY(%s)) AS copied")
    names = {
        "told": sql.SQL(", ").join(sql.Identifier(name) for name in REFERRALS.columns if name != "words"),
        "one": sql.Identifier("words"),
        "table": few.format(sql.Identifier("public", table)),
    }
    found = Compared()
    with transaction.atomic():
        unhurried()
        with connection.cursor() as cursor:
            copy = sql.SQL(COPY + rows).format(copy=sql.Identifier(table), **names)
            cursor.execute(copy, [list(keys)])
            copy = sql.SQL(COPY + ENTRIES + entries).format(copy=sql.Identifier("journal_entry"))
            cursor.execute(copy, [REFERRALS.name, list(keys)])
        compare(REFERRALS, found, keys)
        transaction.set_rollback(True)
    return found
