"""
Which tables there is anything to say of, and how it is read: most of a small place are empty or nearly, and
questions are what they cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import sql

AT_ONCE = 2000  # rows in memory
ANY_ROW = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
TOLD_OF = sql.SQL("SELECT DISTINCT subject FROM journal_entry")


def with_anything(tables: Sequence[Any]) -> list[Any]:
    """Those that have a row, or of which the journal tells one. Of others nothing can differ."""
    from django.db import connection

    each = [ANY_ROW.format(sql.Literal(one.name), sql.Identifier(one.stored_as)) for one in tables]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join([*each, TOLD_OF]))
        found = {name for (name,) in cursor.fetchall()}
    return [one for one in tables if one.name in found]


def in_order(rows: Any, at_once: int = AT_ONCE) -> Iterator[tuple[Any, ...]]:
    """Few by one statement; many a part at a time, by a cursor of the server's: five statements at least."""
    first = list(rows[: at_once + 1])
    return iter(first) if len(first) <= at_once else rows.iterator(chunk_size=at_once)
