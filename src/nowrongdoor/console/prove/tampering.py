"""
How somebody who owns the database could change the story: eight kinds of tampering, some in several ways.

Done with every trigger off, on a proof's own ground and in a transaction that is rolled back. Each answers
with the number at which the chain is then broken.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from psycopg import sql

from nowrongdoor.kernel.journal.entries import UNIFORM, as_texts, texts
from nowrongdoor.rules.chain import SALT_LENGTH, Fault, Texts, sealing

FAR = 1_000_000  # out of the way while numbers change places
OFF = "ALTER TABLE {} DISABLE TRIGGER USER"
TABLES = ("journal_entry", "journal_seal", "journal_salt")
ROW = """
    SELECT s.number, s.hash, s.sealed_at::text, k.salt, {texts}
    FROM journal_seal s
    JOIN journal_entry e ON e.id = s.entry_id JOIN journal_salt k ON k.entry_id = s.entry_id
    WHERE s.agency_id IS NOT DISTINCT FROM %s AND s.number >= %s ORDER BY s.number
"""


@dataclass
class Prompt:
    """The owner at a prompt, before one chain: `number` is the entry to be tampered with, of `length`."""

    cursor: Any
    agency_id: str
    other_agency_id: str
    number: int
    length: int

    def type(self, statement: str, **more: Any) -> None:
        """A statement about this chain. %(entry)s is the key of the entry."""
        self.cursor.execute(
            statement,
            {
                "chain": self.agency_id,
                "other": self.other_agency_id,
                "number": self.number,
                "far": FAR,
                "entry": self.entry_id(self.number),
                **more,
            },
        )

    def disarm(self) -> None:
        """Every guard of the journal's tables is off for the rest of the transaction."""
        for table in TABLES:
            self.cursor.execute(sql.SQL(OFF).format(sql.Identifier(table)))
        self.cursor.execute(UNIFORM)

    def entry_id(self, number: int) -> Any:
        self.cursor.execute(
            "SELECT entry_id FROM journal_seal WHERE agency_id = %s AND number = %s", [self.agency_id, number]
        )
        found = self.cursor.fetchone()
        return found and found[0]

    def rows(self, number: int) -> list[tuple[int, bytes, str, bytes, Texts]]:
        """Number, hash, time, salt and entry, from this number to the head."""
        self.cursor.execute(sql.SQL(ROW).format(texts=as_texts("e")), [self.agency_id, number])
        return [
            (row[0], bytes(row[1]), row[2], bytes(row[3]), texts(row[4:])) for row in self.cursor.fetchall()
        ]


def edit_words(at: Prompt) -> int:
    at.type(
        "UPDATE journal_entry SET changes = changes || %(words)s::jsonb WHERE id = %(entry)s",
        words=json.dumps({"words": [None, "I never said so."]}),
    )
    return at.number


def edit_who(at: Prompt) -> int:
    at.type("UPDATE journal_entry SET by_name = 'Somebody Else', by_member_id = NULL WHERE id = %(entry)s")
    return at.number


def edit_when(at: Prompt) -> int:
    at.type("UPDATE journal_entry SET recorded_at = recorded_at - interval '2 hours' WHERE id = %(entry)s")
    return at.number


def erase_off_the_record(at: Prompt) -> int:
    at.type("UPDATE journal_entry SET changes = '{}' WHERE id = %(entry)s")
    at.type("DELETE FROM journal_salt WHERE entry_id = %(entry)s")
    return at.number


def delete_entry(at: Prompt) -> int:
    at.type("DELETE FROM journal_entry WHERE id = %(entry)s")
    return at.number


def delete_with_seal(at: Prompt) -> int:
    entry_id = at.entry_id(at.number)
    for statement in (
        "DELETE FROM journal_entry WHERE id = %(gone)s",
        "DELETE FROM journal_salt WHERE entry_id = %(gone)s",
        "DELETE FROM journal_seal WHERE entry_id = %(gone)s",
    ):
        at.type(statement, gone=entry_id)
    return at.number


def delete_and_close_ranks(at: Prompt) -> int:
    delete_with_seal(at)
    move(at, at.number + 1, by=-1)
    return at.number


def insert_between(at: Prompt) -> int:
    """A forged entry, sealed as the next one after this, and all others moved up."""
    number, hashed, sealed_at, _, entry = at.rows(at.number)[0]
    forged = {
        **entry,
        "id": str(uuid4()),
        "subject_id": str(uuid4()),
        "version": "1",
        "by_name": "Somebody Else",
    }
    salt = secrets.token_bytes(SALT_LENGTH)
    (seal,) = sealing([(forged, salt)], agency_id=at.agency_id, after=(number, hashed), sealed_at=sealed_at)
    move(at, number + 1, by=1)
    at.type(
        "INSERT INTO journal_entry"
        " SELECT * FROM jsonb_populate_record(NULL::journal_entry, %(forged)s::jsonb)",
        forged=json.dumps({**forged, "changes": json.loads(forged["changes"] or "{}")}),
    )
    at.type("INSERT INTO journal_salt VALUES (%(id)s, %(salt)s)", id=forged["id"], salt=salt)
    at.type(
        "INSERT INTO journal_seal (entry_id, agency_id, number, previous, digest, hash, sealed_at)"
        " VALUES (%(id)s, %(chain)s, %(next)s, %(previous)s, %(digest)s, %(hash)s, %(sealed_at)s)",
        id=forged["id"],
        next=seal.number,
        previous=seal.previous,
        digest=seal.digest,
        hash=seal.hash,
        sealed_at=sealed_at,
    )
    return number + 2


def exchange_numbers(at: Prompt) -> int:
    at.type("UPDATE journal_seal SET number = number + %(far)s WHERE entry_id = %(entry)s")
    at.type(
        "UPDATE journal_seal SET number = %(number)s WHERE agency_id = %(chain)s AND number = %(number)s + 1"
    )
    at.type(
        "UPDATE journal_seal SET number = %(number)s + 1"
        " WHERE agency_id = %(chain)s AND number = %(number)s + %(far)s"
    )
    return at.number


def exchange_entries(at: Prompt) -> int:
    one, other, apart = at.entry_id(at.number), at.entry_id(at.number + 1), uuid4()
    for before, after in ((one, apart), (other, one), (apart, other)):
        at.type(
            "UPDATE journal_seal SET entry_id = %(after)s WHERE entry_id = %(before)s",
            before=before,
            after=after,
        )
    return at.number


def cut_tail(at: Prompt) -> int:
    tail = "SELECT entry_id FROM journal_seal WHERE agency_id = %(chain)s AND number >= %(number)s"
    at.type("CREATE TEMPORARY TABLE tail ON COMMIT DROP AS " + tail)
    at.type("DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM tail)")
    at.type("DELETE FROM journal_salt WHERE entry_id IN (SELECT entry_id FROM tail)")
    at.type("DELETE FROM journal_seal WHERE entry_id IN (SELECT entry_id FROM tail)")
    return at.number


def rewrite_forward(at: Prompt) -> int:
    """The entry says something else, and all from it on is sealed anew, just as the sealer would have."""
    edit_words(at)
    after = (at.number - 1, at.rows(at.number - 1)[0][1])
    for _, _, sealed_at, salt, entry in at.rows(at.number):
        (seal,) = sealing([(entry, salt)], agency_id=at.agency_id, after=after, sealed_at=sealed_at)
        after = (seal.number, seal.hash)
        at.type(
            "UPDATE journal_seal SET previous = %(previous)s, digest = %(digest)s, hash = %(hash)s"
            " WHERE entry_id = %(id)s",
            previous=seal.previous,
            digest=seal.digest,
            hash=seal.hash,
            id=seal.entry_id,
        )
    return at.number


def swap_heads(at: Prompt) -> int:
    """The heads of two chains change places."""
    at.type(
        "UPDATE journal_seal s SET hash = o.hash FROM journal_seal o"
        " WHERE s.agency_id IN (%(chain)s, %(other)s) AND o.agency_id IN (%(chain)s, %(other)s)"
        " AND s.agency_id <> o.agency_id"
        " AND s.number = (SELECT max(number) FROM journal_seal WHERE agency_id = s.agency_id)"
        " AND o.number = (SELECT max(number) FROM journal_seal WHERE agency_id = o.agency_id)"
    )
    return at.length


def move(at: Prompt, first: int, *, by: int) -> None:
    """The numbers from this one on, each moved by one."""
    at.type(
        "UPDATE journal_seal SET number = number + %(far)s"
        " WHERE agency_id = %(chain)s AND number >= %(first)s",
        first=first,
    )
    at.type(
        "UPDATE journal_seal SET number = number - %(far)s + %(by)s"
        " WHERE agency_id = %(chain)s AND number >= %(far)s",
        by=by,
    )


@dataclass(frozen=True)
class Tampering:
    """One way, and how it must be named when it is found. `anchored`: nothing but an anchor can show it."""

    kind: str
    how: str
    do: Callable[[Prompt], int]
    fault: Fault
    anchored: bool = False


TAMPERINGS = (
    Tampering("edit", "what was said", edit_words, Fault.EDITED),
    Tampering("edit", "who did it", edit_who, Fault.EDITED),
    Tampering("edit", "when it was recorded", edit_when, Fault.EDITED),
    Tampering("edit", "erased off the record", erase_off_the_record, Fault.EDITED),
    Tampering("delete", "an entry", delete_entry, Fault.MISSING),
    Tampering("delete", "an entry and its seal", delete_with_seal, Fault.MISSING),
    Tampering("delete", "and close the ranks", delete_and_close_ranks, Fault.OUT_OF_ORDER),
    Tampering("insert", "a forged entry, sealed", insert_between, Fault.OUT_OF_ORDER),
    Tampering("reorder", "numbers exchanged", exchange_numbers, Fault.OUT_OF_ORDER),
    Tampering("reorder", "entries exchanged", exchange_entries, Fault.EDITED),
    Tampering("cut tail", "entries and seals", cut_tail, Fault.TAIL_CUT, anchored=True),
    Tampering("rewrite forward", "from an entry on", rewrite_forward, Fault.REWRITTEN, anchored=True),
    Tampering("head swap", "of two chains", swap_heads, Fault.HEAD_CHANGED),
)
