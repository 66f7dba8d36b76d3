"""
Hostile text put into every column that holds free text, past all rules: what no form lets through may still
have come from elsewhere, and every page must show it as text.

A column holds free text when some row of it does: a space or a capital letter, which no code of ours has.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from nowrongdoor.console.prove.attack.corpus import ELSEWHERE, FIRES, MARK

COLUMNS = """
SELECT columns.table_name, columns.column_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying')
    AND is_generated = 'NEVER' AND table_name NOT LIKE 'django%' AND table_name NOT LIKE 'auth%'
    AND table_name NOT LIKE 'journal%' AND column_name NOT LIKE '%\\_key'
ORDER BY 1, 2
"""
PLANTED = (
    f" {MARK} \"'><script>{FIRES}</script><img src=//{ELSEWHERE}/i onerror={FIRES}><svg onload={FIRES}>"
    "{{ 9071*8837 }}"
)
IS_FREE = "SELECT EXISTS (SELECT FROM {table} WHERE {column} ~ '[A-Z ]' AND {column} !~ '^[0-9A-Z ]*$')"
PLANT = "UPDATE {table} SET {column} = {column} || %s WHERE {column} <> ''"
HOLD = "SELECT EXISTS (SELECT FROM {table} WHERE {column} LIKE %s)"


def plant(owner: psycopg.Connection) -> dict[str, bool]:
    """Every column of free text, and whether it could be planted: one whose length is bound cannot."""
    planted = {}
    for table, column in owner.execute(COLUMNS).fetchall():
        names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
        if not owner.execute(sql.SQL(IS_FREE).format(**names)).fetchone()[0]:
            continue
        try:
            with owner.transaction():
                owner.execute(sql.SQL("ALTER TABLE {table} DISABLE TRIGGER USER").format(**names))
                owner.execute(sql.SQL(PLANT).format(**names), [PLANTED])
                owner.execute(sql.SQL("ALTER TABLE {table} ENABLE TRIGGER USER").format(**names))
            planted[f"{table}.{column}"] = True
        except psycopg.Error:
            planted[f"{table}.{column}"] = False
    return planted


def reached(owner: psycopg.Connection) -> list[str]:
    """Columns into which something of ours has come by now, planted or through a form."""
    found = []
    for table, column in owner.execute(COLUMNS).fetchall():
        names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
        if owner.execute(sql.SQL(HOLD).format(**names), [f"%{MARK}%"]).fetchone()[0]:
            found.append(f"{table}.{column}")
    return found
