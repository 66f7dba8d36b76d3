"""
Whether the journal is as it was sealed: every chain from its first entry to its head, and all against the
anchor.

Read as a stream in one snapshot, so that a journal of millions of entries needs no more memory than a small
one, and a place in use goes on meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.anchoring import AgainstAnchor, against
from nowrongdoor.kernel.journal.entries import ENTRY, ERASED, UNIFORM, as_texts, texts
from nowrongdoor.rules.chain import Break, Seal, Sealed, breaks

AT_ONCE = 2_000
UNHURRIED = (
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;"
    " SET LOCAL cursor_tuple_fraction = 1"
)
Progress = Callable[[int], None]


@dataclass
class Verified:
    """
    What came of it. Of each chain only the first break is kept, and how many there are.

    `late` entries were sealed more than an hour after the time they bear: loaded, or sealed late, or false.
    """

    entries: int = 0
    chains: int = 0
    breaks: list[Break] = field(default_factory=list)
    broken_places: int = 0
    erased: int = 0
    late: int = 0
    waiting: int = 0
    anchor: AgainstAnchor | None = None

    @property
    def holds(self) -> bool:
        return not self.breaks


def verify(
    *, anchor: Path | None = None, using: str = "default", progress: Progress = lambda done: None
) -> Verified:
    """Every chain, and with an anchor whether they are still what it says they were."""
    found = Verified()
    # Lines after this length may be of entries that our snapshot does not hold.
    file = None if anchor is None else AnchorFile(anchor, until=anchor.stat().st_size)
    connection = connections[using]
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(UNHURRIED)
            cursor.execute(UNIFORM)
        _chains(found, using, progress)
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            (found.waiting,) = cursor.fetchone()
            if file is not None:
                found.anchor = against(file, cursor)
    if found.anchor is not None:
        found.breaks += found.anchor.breaks
        found.broken_places += len(found.anchor.breaks)
    return found


def how_many(using: str = "default") -> int:
    """How many entries are sealed, for saying how far one is."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_seal")
        return int(cursor.fetchone()[0])


def names_of_agencies(using: str = "default") -> dict[str, str]:
    """What the journal itself calls each agency."""
    with connections[using].cursor() as cursor:
        cursor.execute(NAMES)
        return dict(cursor.fetchall())


def _chains(found: Verified, using: str, progress: Progress) -> None:
    def counted() -> Iterator[Sealed]:
        for one, is_late in _stream(using):
            found.entries += 1
            found.late += is_late
            found.erased += one.salt is None
            if found.entries % AT_ONCE == 0:
                progress(found.entries)
            yield one

    for _, chain in groupby(counted(), key=lambda one: one.seal.agency_id):
        found.chains += 1
        first = None
        for broken in breaks(chain):
            found.broken_places += 1
            first = first or broken
        if first is not None:
            found.breaks.append(first)
    progress(found.entries)


def _stream(using: str) -> Iterator[tuple[Sealed, bool]]:
    statement = sql.SQL(SEALED).format(texts=as_texts("e"))
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(statement, {"entry": ENTRY, "erased": ERASED})
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield _sealed(row)


def _sealed(row: Sequence[Any]) -> tuple[Sealed, bool]:
    agency_id, number, previous, digest, hashed, sealed_at, entry_id = row[:7]
    salt, is_erased, is_late, is_there = row[7:11]
    # Somebody at a prompt can leave a column empty, too.
    previous, digest, hashed = (bytes(one or b"") for one in (previous, digest, hashed))
    seal = Seal(entry_id, agency_id, number or 0, previous, digest, hashed, sealed_at)
    entry = texts(row[11:]) if is_there else None
    return Sealed(seal, entry, None if salt is None else bytes(salt), is_erased), bool(is_late)


# Chains one after the other, each by number; beside each seal whatever is there of its entry.
SEALED = """
    SELECT s.agency_id::text, s.number, s.previous, s.digest, s.hash, s.sealed_at::text, s.entry_id::text,
        k.salt, r.id IS NOT NULL, s.sealed_at > e.recorded_at + interval '1 hour', e.id IS NOT NULL, {texts}
    FROM journal_seal s
    LEFT JOIN journal_entry e ON e.id = s.entry_id
    LEFT JOIN journal_salt k ON k.entry_id = s.entry_id
    LEFT JOIN journal_entry r
        ON r.subject = %(entry)s AND r.subject_id = s.entry_id AND r.version = 1 AND r.kind = %(erased)s
    ORDER BY s.agency_id, s.number, s.entry_id
"""
WAITING = """
    SELECT count(*) FROM journal_entry e
    WHERE NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id)
"""
NAMES = """
    SELECT DISTINCT ON (subject_id) subject_id::text, changes #>> '{name,1}' FROM journal_entry
    WHERE subject = 'agencies.agency' AND changes ? 'name' ORDER BY subject_id, version DESC
"""
