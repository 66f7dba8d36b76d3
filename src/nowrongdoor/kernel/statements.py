"""
The few shapes of SQL the store sends, made once for each table and kept.

An act sends some twenty of them. Building each anew from a query object cost more than PostgreSQL
took to answer it; here a shape is text with places for values, and only the values change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import connections
from psycopg import sql
from psycopg.types.json import Jsonb

from nowrongdoor.kernel.wall import engine

HELD_STILL = " FOR NO KEY UPDATE"
"""No act changes a key, so whoever only refers to the row (a foreign key) need not wait for us:
waiting there would be out of order, and two acts could wait in a ring."""
STEADY = " FOR SHARE"

_TESTS = {"": "{} = %s", "in": "{} = ANY(%s)", "before": "{} < %s", "after": "{} > %s"}
_shapes: dict[tuple[object, ...], str] = {}


class Stored(Protocol):
    """What a statement needs of a table: its name in the database, and its columns in order."""

    @property
    def stored_as(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...


def select(table: Stored, equal: Mapping[str, Any], holding: str = "") -> list[Sequence[Any]]:
    """
    The rows with these values, in the order of their keys, held as asked.

    None asks for rows without a value, `<column>__in` for any value of a list, and `<column>__before`
    or `__after` for any that comes before the value or after it.
    """
    tests = tuple((name, value is None) for name, value in equal.items())
    key = ("select", table.stored_as, tests, holding)
    if key not in _shapes:
        _shapes[key] = _text(
            sql.SQL("SELECT {columns} FROM {table}{tests} ORDER BY {id}{holding}").format(
                columns=_names(table.columns),
                table=sql.Identifier(table.stored_as),
                tests=_where(tests),
                id=sql.Identifier("id"),
                holding=sql.SQL(holding),
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[key], [_value(one) for one in equal.values() if one is not None])
        return list(cursor.fetchall())


def claim(table: Stored, come: str, *, at: Any, first: str, limit: int) -> list[Sequence[Any]]:
    """
    The rows whose `come` has come and that nobody else has in hand, held; the earliest `first` on top.

    Whoever comes second is given others, and waits for nobody.
    """
    key = ("claim", table.stored_as, come, first)
    if key not in _shapes:
        _shapes[key] = _text(
            sql.SQL(
                "SELECT {columns} FROM {table} WHERE {come} <= %s ORDER BY {first}, {id} LIMIT %s"
                " FOR NO KEY UPDATE SKIP LOCKED"
            ).format(
                columns=_names(table.columns),
                table=sql.Identifier(table.stored_as),
                come=sql.Identifier(come),
                first=sql.Identifier(first),
                id=sql.Identifier("id"),
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[key], [at, limit])
        return list(cursor.fetchall())


def mark(table: Stored, column: str, instants: Mapping[Any, Any]) -> None:
    """Sets one instant of each of many rows, in one statement."""
    key = ("mark", table.stored_as, column)
    if key not in _shapes:
        _shapes[key] = _text(
            sql.SQL(
                "UPDATE {table} SET {column} = given.instant"
                " FROM unnest(%s::uuid[], %s::timestamptz[]) AS given (key, instant)"
                " WHERE {table}.{id} = given.key"
            ).format(
                table=sql.Identifier(table.stored_as), column=sql.Identifier(column), id=sql.Identifier("id")
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[key], [list(instants), list(instants.values())])


def insert(table: Stored, rows: Sequence[Sequence[Any]]) -> None:
    """Adds the rows, each with its values in the order of the columns."""
    key = ("insert", table.stored_as, len(rows))
    if key not in _shapes:
        one = sql.SQL("({})").format(sql.SQL(", ").join(sql.Placeholder() for _ in table.columns))
        _shapes[key] = _text(
            sql.SQL("INSERT INTO {table} ({columns}) VALUES {rows}").format(
                table=sql.Identifier(table.stored_as),
                columns=_names(table.columns),
                rows=sql.SQL(", ").join([one] * len(rows)),
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[key], [_value(value) for row in rows for value in row])


def update(table: Stored, key: Any, version: int, changed: Mapping[str, Any]) -> bool:
    """Changes a row while it is in this version; false when it has moved on."""
    shape = ("update", table.stored_as, tuple(changed))
    if shape not in _shapes:
        _shapes[shape] = _text(
            sql.SQL("UPDATE {table} SET {changes} WHERE {table}.{id} = %s AND {table}.{version} = %s").format(
                table=sql.Identifier(table.stored_as),
                changes=sql.SQL(", ").join(_one_of_them(name, is_null=False) for name in changed),
                id=sql.Identifier("id"),
                version=sql.Identifier("version"),
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[shape], [*map(_value, changed.values()), key, version])
        return bool(cursor.rowcount)


def delete(table: Stored, equal: Mapping[str, Any]) -> None:
    """Throws rows away; the store allows it for scratch rows only."""
    key = ("delete", table.stored_as, tuple(equal))
    if key not in _shapes:
        _shapes[key] = _text(
            sql.SQL("DELETE FROM {table}{tests}").format(
                table=sql.Identifier(table.stored_as), tests=_where([(name, False) for name in equal])
            )
        )
    with connections[engine()].cursor() as cursor:
        cursor.execute(_shapes[key], list(equal.values()))


def _where(tests: Sequence[tuple[str, bool]]) -> sql.Composable:
    if not tests:
        return sql.SQL("")
    all_of = sql.SQL(" AND ").join(_one_of_them(name, is_null) for name, is_null in tests)
    return sql.SQL(" WHERE {}").format(all_of)


def _one_of_them(name: str, is_null: bool) -> sql.Composed:
    if is_null:
        return sql.SQL("{} IS NULL").format(sql.Identifier(name))
    column, _, how = name.partition("__")
    return sql.SQL(_TESTS[how]).format(sql.Identifier(column))


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _text(composed: sql.Composed) -> str:
    return composed.as_string(None)


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return Jsonb(value) if isinstance(value, dict) else value
