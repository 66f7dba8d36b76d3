"""
The sealer: gives entries their numbers and hashes in the chain of their agency, shortly after they were
recorded.

Whoever records something waits for none of this. Entries are chosen because they have no seal, never by time
or order, for transactions end in another order than they began in: what was passed over once is found the
next time. One chain is sealed by one sealer at a time, a batch in a transaction; the database itself refuses
a number given twice, or out of turn.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from nowrongdoor.kernel.journal.entries import UNIFORM, as_texts, texts
from nowrongdoor.rules.chain import SALT_LENGTH, START, Seal, sealing

LOOK = 20_000  # entries looked up at once
BATCH = 1_000  # entries sealed in one transaction
WITHOUT_SEAL = sql.SQL("NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id)")


def seal(*, at: datetime, since: datetime | None = None, using: str = "default") -> int:
    """
    Seals up to `LOOK` entries that have no seal yet, the oldest first; answers with how many it sealed.

    With `since`, looks only through what says it was recorded from then on: quick however long the journal
    is, and to be followed, now and then, by a look through everything. A chain that cannot be sealed keeps
    no other that was looked at from it: only when all have been tried is its failure raised. Looked at are
    the oldest of all chains together, so `LOOK` entries of such a chain keep later ones waiting.
    """
    sealed, failures = 0, []
    waiting = _waiting(since, using)
    for agency_id, of_agency in groupby(sorted(waiting, key=_chain), key=_chain):
        ids = [entry_id for entry_id, _ in of_agency]
        try:
            for first in range(0, len(ids), BATCH):
                sealed += _seal(agency_id or None, ids[first : first + BATCH], at=at, using=using)
        except DatabaseError as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return sealed


def lock_of(agency_id: str | None) -> int:
    """The advisory lock of PostgreSQL that a sealer of this chain holds until its transaction ends."""
    return int.from_bytes(sha256(f"journal chain {agency_id}".encode()).digest()[:8], "big", signed=True)


def _chain(one: tuple[UUID, str | None]) -> str:
    return one[1] or ""


def _waiting(since: datetime | None, using: str) -> list[tuple[UUID, str | None]]:
    """Entries without a seal, each with its agency, the oldest first."""
    look = sql.SQL(
        "SELECT e.id, e.agency_id::text FROM journal_entry e WHERE {unsealed} AND {recently}"
        " ORDER BY e.recorded_at, e.version, e.id LIMIT %(look)s"
    ).format(
        unsealed=WITHOUT_SEAL,
        recently=sql.SQL("TRUE" if since is None else "e.recorded_at >= %(since)s"),
    )
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        if since is not None:  # a few entries, each looked up by its key: never all seals laid beside them
            cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute(look, {"since": since, "look": LOOK})
        return list(cursor.fetchall())


def _seal(agency_id: str | None, ids: Sequence[UUID], *, at: datetime, using: str) -> int:
    """Seals those of the entries that nobody has sealed meanwhile, after the head of their chain."""
    with transaction.atomic(using=using, durable=True), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_of(agency_id)])
        # Only now, in a statement of its own: it sees what the sealer before us has committed.
        cursor.execute(UNIFORM)
        cursor.execute("SELECT %s::timestamptz::text", [at])
        (sealed_at,) = cursor.fetchone()
        entries = [texts(row) for row in _still_waiting(cursor, ids)]
        salts = _salts(cursor, [str(entry["id"]) for entry in entries])
        seals = sealing(
            zip(entries, salts, strict=True),
            agency_id=agency_id,
            after=_head(cursor, agency_id),
            sealed_at=sealed_at,
        )
        return _add(cursor, list(seals))


def _still_waiting(cursor: CursorWrapper, ids: Sequence[UUID]) -> Iterator[Sequence[str | None]]:
    statement = sql.SQL(
        "SELECT {texts} FROM journal_entry e WHERE e.id = ANY(%s) AND {unsealed}"
        " ORDER BY e.recorded_at, e.version, e.id"
    ).format(texts=as_texts("e"), unsealed=WITHOUT_SEAL)
    cursor.execute(statement, [list(ids)])
    return iter(cursor.fetchall())


def _head(cursor: CursorWrapper, agency_id: str | None) -> tuple[int, bytes]:
    if agency_id is None:
        cursor.execute(
            "SELECT number, hash FROM journal_seal WHERE agency_id IS NULL ORDER BY number DESC LIMIT 1"
        )
    else:
        cursor.execute(
            "SELECT number, hash FROM journal_seal WHERE agency_id = %s ORDER BY number DESC LIMIT 1",
            [agency_id],
        )
    found = cursor.fetchone()
    return (0, START) if found is None else (found[0], bytes(found[1]))


def _salts(cursor: CursorWrapper, entries: Sequence[str]) -> list[bytes]:
    """A new salt for each entry; where somebody took the seal away and left the salt, that one."""
    new = [secrets.token_bytes(SALT_LENGTH) for _ in entries]
    cursor.execute(
        "INSERT INTO journal_salt (entry_id, salt) SELECT * FROM unnest(%s::uuid[], %s::bytea[])"
        " ON CONFLICT DO NOTHING",
        [list(entries), new],
    )
    cursor.execute(
        "SELECT entry_id::text, salt FROM journal_salt WHERE entry_id = ANY(%s::uuid[])", [list(entries)]
    )
    there = {entry_id: bytes(salt) for entry_id, salt in cursor.fetchall()}
    return [there[entry_id] for entry_id in entries]


def _add(cursor: CursorWrapper, seals: Sequence[Seal]) -> int:
    if not seals:
        return 0
    cursor.execute(
        "INSERT INTO journal_seal (entry_id, agency_id, number, previous, digest, hash, sealed_at)"
        " SELECT entry, %s::uuid, number, previous, digest, hash, %s::timestamptz FROM"
        " unnest(%s::uuid[], %s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[])"
        " AS new (entry, number, previous, digest, hash) ORDER BY number",
        [
            seals[0].agency_id,
            seals[0].sealed_at,
            [one.entry_id for one in seals],
            [one.number for one in seals],
            [one.previous for one in seals],
            [one.digest for one in seals],
            [one.hash for one in seals],
        ],
    )
    return len(seals)
