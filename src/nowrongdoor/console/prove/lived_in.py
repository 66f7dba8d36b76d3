"""Which tables there is anything to say of: most of a small place are empty, and each costs two questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql

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
