"""
The three walls against a race, and what it looks like when one is down. For controls only.

Locks make the second wait and read what the first wrote. Versions stop whoever acts on what they did not
see. Constraints refuse what neither of them stopped. Each is taken down on a proof's own ground: a control
run without them must fail, or the proof could not have seen the fault.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import psycopg
from psycopg import sql

from nowrongdoor.console.prove.pairs import in_text

LOCKING = re.compile(r" FOR (NO KEY UPDATE|UPDATE|SHARE)\b")
ADVISORY = re.compile(r"pg_advisory_xact_lock\((\w+)\)")
VERSIONED = re.compile(r' AND (?:"?\w+"?\.)?"?version"? = %s')


def without_locks(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
    """Every question is asked as before, but holds nothing and waits for nobody."""
    statement = in_text(statement, context)
    return execute(ADVISORY.sub(r"\1", LOCKING.sub("", statement)), parameters, many, context)


def without_versions(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
    """A row is changed whatever its version is by now."""
    statement = in_text(statement, context)
    if statement.startswith("UPDATE"):
        statement = VERSIONED.sub(" AND %s IS NOT NULL", statement)
    return execute(statement, parameters, many, context)


@contextlib.contextmanager
def seen_by_nobody() -> Iterator[None]:
    """What the person saw is not compared with what is so."""
    with mock.patch("nowrongdoor.kernel.store.check_seen", lambda *_, **__: None):
        yield


def take_down_constraints(owner: psycopg.Connection) -> None:
    """
    Every constraint and every trigger of our tables in this database, but for what derives who takes part
    in whose care: that is no wall, and without it nobody would see whom they act for.
    """
    for question, statement in CONSTRAINTS:
        for table, name in owner.execute(question).fetchall():
            owner.execute(sql.SQL(statement).format(table=sql.Identifier(table), name=sql.Identifier(name)))


CONSTRAINTS = (
    (
        """
        SELECT conrelid::regclass::text, conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('u', 'x', 'f', 'p', 'c')
            AND conrelid::regclass::text NOT LIKE 'django%'
            AND conrelid <> 'participations_participation'::regclass
        """,
        "ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name} CASCADE",
    ),
    (
        """
        SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index
        JOIN pg_class ON pg_class.oid = indrelid
        WHERE indisunique AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'django%'
            AND relname <> 'participations_participation'
        """,
        "DROP INDEX {name}",
    ),
    (
        """
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace AND tgname NOT LIKE 'followed_%'
        """,
        "DROP TRIGGER {name} ON {table}",
    ),
)
