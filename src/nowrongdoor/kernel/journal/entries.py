"""
Entries as the chain knows them: every column as text, just as PostgreSQL writes it, with instants in UTC.

Text, and not values read and written again: it is what anyone else gets who asks the same database, it can
hold whatever somebody at a prompt put into a column, and no number is too long for it.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connections
from psycopg import sql

from nowrongdoor.kernel.journal.telling import JOURNAL
from nowrongdoor.rules.chain import Texts

COLUMNS = tuple(sorted(JOURNAL.columns))
ERASED = "entry.erased"
RE_ANCHORED = "journal.re_anchored"
ENTRY, ANCHOR = "journal.entry", "journal.anchor"
"""What such an entry is about: another entry, or the anchor."""
UNIFORM = "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'"


def as_texts(alias: str) -> sql.Composed:
    """The columns of an entry as text, in the order of `COLUMNS`. Within a transaction that is `UNIFORM`."""
    return sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(alias, name)) for name in COLUMNS)


def texts(values: Any) -> Texts:
    """The entry from such a row."""
    return dict(zip(COLUMNS, values, strict=True))


def tell(
    subject: str,
    subject_id: UUID,
    kind: str,
    changes: dict[str, Any],
    *,
    agency_id: str | None,
    by_name: str,
    at: datetime,
    version: int = 1,
    using: str = "default",
) -> UUID:
    """An entry about what the store could not write: the journal itself, accounts. Answers with its id."""
    entry_id = uuid4()
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (id, subject, subject_id, version, kind, changes, happened_at,"
            " recorded_at, by_name, by_team_name, agency_id)"
            " VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, '', %s)",
            [entry_id, subject, subject_id, version, kind, json.dumps(changes), at, at, by_name, agency_id],
        )
    return entry_id
