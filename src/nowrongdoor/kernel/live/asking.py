"""
Statements that a connection is asked again and again, as PostgreSQL takes them: planned once, for what stands
behind the second wall takes longer to plan than to read. Where connections are not kept, each time.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from psycopg import RawCursor, sql
from psycopg.types.datetime import TimestamptzLoader

Statement = str | sql.Composed
Rows = list[tuple[Any, ...]]
STATEMENTS = 200  # far more than there are screens; whoever words one anew each time fills no memory
VALUE = re.compile(r"%\((\w+)\)s|%%")
_statements: dict[Any, tuple[str, tuple[str, ...], Any]] = {}


def known(statement: Statement) -> Any:
    """What a statement is known by; of one that is composed only for as long as somebody keeps it."""
    return statement if isinstance(statement, str) else id(statement)


def planned(statement: Statement, params: Mapping[str, Any]) -> Rows:
    """The rows; none of a statement that answers with none."""
    connection.ensure_connection()
    with _bare() as bare:
        logged = connection.queries_logged
        cursor = connection.make_debug_cursor(bare) if logged else connection.make_cursor(bare)
        cursor.execute(*_told(statement, params))
        return _rows(bare)


def at_once(asks: Iterable[tuple[Statement, Mapping[str, Any]]]) -> list[Rows]:
    """The rows of each, in their order, all of them in one way to the database and back."""
    if connection.queries_logged:
        return [planned(statement, params) for statement, params in asks]  # so that each can be counted
    connection.ensure_connection()
    cursors = []
    with connection.wrap_database_errors, connection.connection.pipeline():
        for statement, params in asks:
            cursors.append(_bare())
            cursors[-1].execute(*_told(statement, params))
    found = [_rows(one) for one in cursors]
    for one in cursors:
        one.close()
    return found


def _bare() -> Any:
    bare = RawCursor(connection.connection)
    # The driver's own, in C; Django's takes ten times as long to say UTC where the connection does.
    bare.adapters.register_loader("timestamptz", TimestamptzLoader)
    return bare


def _rows(bare: Any) -> Rows:
    return list(bare.fetchall()) if bare.pgresult and bare.pgresult.nfields else []


def _told(statement: Statement, params: Mapping[str, Any]) -> tuple[str, list[Any]]:
    text, names = _numbered(statement)
    return text, [params[name] for name in names]


def _numbered(statement: Statement) -> tuple[str, tuple[str, ...]]:
    """As PostgreSQL takes it, with the names of its values in order: found out once, for they are long."""
    key = known(statement)
    found = _statements.get(key)  # another thread may empty it at any moment
    if found is None:
        names: dict[str, int] = {}

        def number(value: re.Match[str]) -> str:
            return f"${names.setdefault(value[1], len(names) + 1)}" if value[1] else "%"

        told = statement if isinstance(statement, str) else statement.as_string(None)
        if len(_statements) >= STATEMENTS:
            _statements.clear()
        # It is known by being that one, and so is kept: no other may come to stand in its place.
        found = _statements[key] = VALUE.sub(number, told), tuple(names), statement
    return found[0], found[1]
