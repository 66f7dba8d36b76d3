"""
How one piece of work is measured: its SQL counted and kept, its processor time and its duration,
and the same SQL sent bare over psycopg, so that what our layers cost is a ratio.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from nowrongdoor.console.bench.goals import NONE, Goal
from nowrongdoor.kernel import wall

Prepare = Callable[[], Any]
Statement = tuple[BaseDatabaseWrapper, str, Any]


@dataclass(frozen=True)
class Work:
    """`do` is measured, given what `prepare` found or made. Whatever either leaves is undone afterwards."""

    name: str
    do: Callable[[Any], object]
    goal: Goal = NONE
    prepare: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class Cost:
    """Milliseconds, but for `statements`; `bare_ms` is the same SQL sent over psycopg alone."""

    statements: int
    cpu_ms: float
    p50_ms: float
    p95_ms: float
    bare_ms: float

    def as_figures(self) -> dict[str, float]:
        return {name: round(value, 2) for name, value in vars(self).items()}


def cost_of(work: Callable[[Any], object], *, times: int, prepare: Prepare = lambda: None) -> Cost:
    """
    What `work` costs, given what `prepare` finds or makes for it, which is not measured. Each run, its
    preparation included, happens inside a transaction that is rolled back: an act could not be done twice,
    and a page leaves who was looked at. The deferred constraints are checked all the same.
    """
    with rolled_back():
        given = prepare()
        with rolled_back():
            statements = _statements(lambda: work(given))
        bare = [_bare(statements) for _ in range(min(times, 20))]
    cpu, took = [], []
    for _ in range(times):
        with rolled_back():
            given = prepare()
            cpu_began, began = time.process_time(), time.perf_counter()
            work(given)
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - cpu_began) * 1000)
    return Cost(
        statements=len(statements),
        cpu_ms=statistics.median(cpu),
        p50_ms=statistics.median(took),
        p95_ms=percentile(took, 95),
        bare_ms=statistics.median(bare),
    )


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that so many in a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)]


@contextmanager
def rolled_back() -> Iterator[None]:
    """
    Transactions that journeys and pages may run inside, as they may inside a test's, and that are undone:
    one of the web's connection, and one of the reader's where pages read behind the second wall.
    """
    with ExitStack() as stack:
        for alias in _aliases():
            outer = transaction.atomic(using=alias)
            outer._from_testcase = True  # type: ignore[attr-defined]  # `durable` asks before it refuses to nest
            stack.enter_context(outer)
        yield
        for alias in _aliases():
            transaction.set_rollback(True, using=alias)


def _aliases() -> list[str]:
    return [DEFAULT_DB_ALIAS, wall.READER] if wall.is_configured() else [DEFAULT_DB_ALIAS]


def _statements(work: Callable[[], object]) -> list[Statement]:
    sent: list[Statement] = []

    def keep(execute: Callable[..., Any], query: str, params: Any, many: bool, context: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(None)
        sent.append((context["connection"], text, params))
        return execute(query, params, many, context)

    with ExitStack() as stack:
        for alias in _aliases():
            stack.enter_context(connections[alias].execute_wrapper(keep))
        work()
    return [one for one in sent if not _is_bookkeeping(one[1])]


def _is_bookkeeping(query: str) -> bool:
    # Savepoints stand for the BEGIN and COMMIT of an act outside a test; they ask nothing of a table.
    return query.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO"))


def _bare(statements: list[Statement]) -> float:
    """The same statements on the same connections, without Django: milliseconds, answers fetched."""
    with rolled_back():
        for alias in _aliases():
            connections[alias].ensure_connection()
        began = time.perf_counter()
        for over, query, params in statements:
            with over.connection.cursor() as cursor:
                cursor.execute(query, params or None)
                if cursor.description:
                    cursor.fetchall()
        return (time.perf_counter() - began) * 1000
