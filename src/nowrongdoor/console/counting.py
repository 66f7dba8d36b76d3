"""
Whether a copy holds everything: rows are counted in the database and in the file, table by table.

A role that row-level security binds can copy without an error and get nothing, or half: an empty copy that
looks like a good one. So whoever copies must see all there is, and what came of it is counted all the same.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

SHOWN = 5  # tables that are named; the rest are counted
BLOCK = re.compile(rb'COPY (?:"?public"?\.)?"?(\w+)"? ')
END = b"\\.\n"
HIDDEN = """
WITH mine AS (SELECT rolsuper OR rolbypassrls AS passes FROM pg_roles WHERE rolname = current_user)
SELECT class.relname, row_security_active(class.oid) FROM pg_class class, mine
WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p')
    AND (row_security_active(class.oid) OR NOT (mine.passes OR pg_has_role(class.relowner, 'USAGE')))
ORDER BY class.relname
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class CannotCopy(Exception):
    """The copy could not be made or brought back. The text is for a person."""


def need_sight_of_everything(connection: psycopg.Connection) -> None:
    """Refuses whoever owns not all tables, or is shown not all rows of one."""
    hidden = connection.execute(HIDDEN).fetchall()
    if not hidden:
        return
    role = f"the role '{connection.info.user}'"
    if theirs := [name for name, is_bound in hidden if not is_bound]:
        why = f"{role} does not own {_named(theirs)}"
    else:
        why = f"row-level security decides which rows of {_named([name for name, _ in hidden])} {role} sees"
    raise CannotCopy(
        f"No copy was made: {why}, and a copy taken so could be empty without a word. Take it as the owner "
        f"of the tables, or set DATABASE_BACKUP_URL to a role that passes row-level security (BYPASSRLS)."
    )


def rows_there(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, as this transaction sees it; an error where any would be hidden."""
    connection.execute("SET LOCAL row_security = off; SET LOCAL statement_timeout = 0")
    names = [name for (name,) in connection.execute(TABLES).fetchall()]
    if not names:
        return {}
    each = [
        sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier("public", name))
        for name in names
    ]
    return dict(connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())


def rows_in(pg_restore: str, file: Path) -> dict[str, int]:
    """How many rows of each table the file holds: all of it is read, as bringing it back would."""
    reading = subprocess.Popen(
        [pg_restore, "--data-only", "--file=-", str(file)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, int] = {}
    table = ""
    assert reading.stdout is not None
    for line in reading.stdout:
        if table and line == END:
            table = ""
        elif table:
            found[table] += 1
        elif begun := BLOCK.match(line):
            table = begun[1].decode()
            found[table] = 0
    _, said = reading.communicate()
    if reading.returncode != 0:
        raise CannotCopy(f"{file} cannot be read: {' '.join(said.decode(errors='replace').split())}")
    return found


def need_all(wanted: Mapping[str, int], found: Mapping[str, int], *, of: str) -> None:
    """Refuses when any table has another number of rows here than there."""
    differing = [
        f"{name}: {found.get(name, 0):,} of {wanted.get(name, 0):,} rows"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name, 0) != found.get(name, 0)
    ]
    if differing:
        raise CannotCopy(f"{of} does not hold everything: {_named(differing)}.")


def _named(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
