"""
Loading a whole place at once: rows and journal entries by COPY, under the same constraints.

For a place too large to be acted one transaction at a time. What is loaded was decided by the same
rules, told by the same `difference`, and is checked by every constraint when it is committed. The
demonstration and the benchmarks use it; a parity test holds it equal to the real journeys.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.types.json import Jsonb

from nowrongdoor.kernel.journal.telling import JOURNAL, told
from nowrongdoor.kernel.tables import Table, table_of
from nowrongdoor.kernel.viewer import Viewer


class Loading:
    """
    Two streams into the database: journal entries as they happen, rows when all has happened.

    Neither is committed before both are complete, so a load that is cut short until then leaves nothing.
    They are two commits, the journal's first: cut short between them, a load leaves entries without rows,
    and whoever loads must know it for unfinished and begin anew.
    """

    def __init__(self, entries: Any) -> None:
        self._entries = entries
        self.told = 0

    def tell(self, after: Any, kind: str, changes: dict[str, list[Any]], *, by: Viewer, at: datetime) -> None:
        """The journal entry of one row's part in an act, in the order things happened."""
        entry = told(table_of(type(after)), after, kind, changes, by=by, at=at)
        entry["changes"] = Jsonb(changes)
        self._entries.write_row([entry[name] for name in JOURNAL.columns])
        self.told += 1


@contextmanager
def loading(rows: Iterable[Any], *, checking: Callable[[], None] = lambda: None) -> Iterator[Loading]:
    """
    Within the block, tell the journal; at its end, `rows` (read only then) are stored with it.
    `checking` is called when all is stored and every constraint is asked, which takes its time.

    Raises whatever constraint a row breaks, and then stores nothing.
    """
    journal, store = (_as_owner() for _ in range(2))
    try:
        for connection in (journal, store):
            _begin(connection)
        with journal.cursor() as cursor, cursor.copy(_copy(JOURNAL.stored_as, JOURNAL.columns)) as entries:
            yield Loading(entries)
        for table, facts in _by_table(rows):
            with (
                store.cursor() as cursor,
                cursor.copy(_copy(table.stored_as, table.columns)) as copy,
            ):
                for one in facts:
                    copy.write_row([_value(value) for value in vars(one).values()])
        checking()
        _check(store)
        journal.connection.commit()
        store.connection.commit()
    finally:
        journal.close()
        store.close()


def _as_owner() -> BaseDatabaseWrapper:
    """Whom row-level security binds, it lets no COPY in, though every row is theirs to write."""
    connection = connections.create_connection("default")
    connection.settings_dict = {**connection.settings_dict, **connections.settings["owner"]}
    return connection


def _by_table(rows: Iterable[Any]) -> Iterator[tuple[Table[Any], list[Any]]]:
    kinds: dict[type, list[Any]] = {}
    for one in rows:
        kinds.setdefault(type(one), []).append(one)
    yield from sorted(
        ((table_of(kind), facts) for kind, facts in kinds.items()), key=lambda pair: pair[0].rank
    )


def _begin(connection: BaseDatabaseWrapper) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False)
    with connection.cursor() as cursor:
        # A whole place takes longer than any request may.
        cursor.execute(
            "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0"
        )


def _check(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _copy(table: str, columns: Iterable[str]) -> sql.Composed:
    return sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table), columns=sql.SQL(", ").join(map(sql.Identifier, columns))
    )


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dict):
        return Jsonb(value)
    return str(value) if isinstance(value, str) and type(value) is not str else value
