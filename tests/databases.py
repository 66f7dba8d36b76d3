"""The suite's own databases: made new, emptied between tests, removed. All as the owner."""

from __future__ import annotations

import os
import re

import psycopg
from psycopg import sql

from nowrongdoor.console import tables
from nowrongdoor.console.tables import elsewhere as elsewhere

PREFIX = "nwd_test_"


def named(suffix: str = "") -> str:
    """The name of this run's database; a suffix tells it from the run's others."""
    return f"{PREFIX}{os.getpid()}{suffix}"


def make(owner_url: str, suffix: str = "", *, with_tables: bool = False) -> str:
    """
    A new database that nwd_app may use. Tables are in it where they could be copied from another one, so
    whoever asked for them still migrates, which then has nothing to do.
    """
    name = named(suffix)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        sweep(owner)
        try:
            tables.new(owner_url, name, with_tables=with_tables)
        except psycopg.errors.InsufficientPrivilege as error:
            raise RuntimeError(
                f"'{owner.info.user}' may not make a database to test in (CREATEDB)."
            ) from error
    return name


def sweep(owner: psycopg.Connection) -> None:
    """Remove the databases of runs that were killed: nobody is in them, and their process is no more."""
    for (left,) in owner.execute(
        "SELECT datname FROM pg_database d WHERE datname ~ %s AND pg_has_role(datdba, 'MEMBER')"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)",
        [f"^{PREFIX}[0-9]+(_[a-z]+)?$"],
    ).fetchall():
        if not is_running(int(re.sub(r"\D", "", left))):
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(left)))


def never_counted(owner_url: str) -> None:
    """
    No table of this database is counted behind a test's back: of a table never counted the planner supposes
    some pages, and of one counted while it held a row or none, that any way of reading it is as good.
    """
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for (name,) in owner.execute(TABLES).fetchall():
            owner.execute(
                sql.SQL("ALTER TABLE {} SET (autovacuum_enabled = off)").format(sql.Identifier(name))
            )


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove(owner_url: str, name: str) -> None:
    """
    The database is gone, whoever still held a connection to it.

    The owner may end its own connections, but not nwd_app's: one that is just closing is waited for,
    five seconds each time.
    """
    database = sql.Identifier(name)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        try:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        except psycopg.errors.InsufficientPrivilege:
            for left in reversed(range(6)):
                try:
                    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(database))
                    return
                except psycopg.errors.ObjectInUse:
                    if not left:
                        raise


class Emptying:
    """Empties every table that migrations left empty, and no other."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url
        with self._owner() as owner:
            tables = [name for (name,) in owner.execute(TABLES).fetchall()]
            self.ours = [name for name in tables if not self._has_rows(owner, [name])]

    def _owner(self) -> psycopg.Connection:
        return psycopg.connect(self.owner_url, options="-c lock_timeout=10s")

    def _has_rows(self, owner: psycopg.Connection, names: list[str]) -> list[str]:
        if not names:
            return []
        each = sql.SQL(" UNION ALL ").join(
            sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(sql.Literal(name), sql.Identifier(name))
            for name in names
        )
        return [name for (name,) in owner.execute(each).fetchall()]

    def __call__(self) -> None:
        with self._owner() as owner:
            full = self._has_rows(owner, self.ours)
            if not full:
                return
            guarded = [name for (name,) in owner.execute(GUARDED, [full]).fetchall()]
            for name in (
                guarded
            ):  # the journal refuses to be emptied, by trigger: that is for the story, not for tests
                owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
            owner.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(
                    sql.SQL(", ").join(map(sql.Identifier, full))
                )
            )
            for name in guarded:
                owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# Tables with a trigger that fires on TRUNCATE (bit 32 of tgtype).
GUARDED = """
    SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgtype & 32 <> 0 AND c.relname = ANY(%s)
"""
