"""
Two people act at once, on two real connections, and each gets an answer.

Half of the pairs run free from a barrier. In the other half the first is held just before its journal
entry until PostgreSQL itself reports that the second waits for it; then the first goes on. No sleeping.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from psycopg import sql

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import AlreadyRecorded, Refused

JOURNAL = re.compile(r'\s*(INSERT INTO|COPY) "?journal_entry"?')
PATIENCE = 20.0  # seconds; a pair that has not ended by then is a violation, not a slow machine
BETWEEN_QUESTIONS = 0.001  # seconds; leaves the second the time to come
Wrapper = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """What one of the two does. `by` and `at` are what the other must be told when this one wins."""

    name: str
    do: Callable[[], object]
    by: Viewer
    at: datetime


@dataclass(frozen=True)
class Pair:
    """Two acts of which one may win, and the rows to look at afterwards."""

    one: Act
    other: Act
    referrals: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What one of the two got: it was done, or refused, or it broke."""

    act: Act
    refusal: Refused | None = None
    fault: BaseException | None = None

    @property
    def won(self) -> bool:
        return self.refusal is None and self.fault is None

    @property
    def broke(self) -> bool:
        """It ended in a fault that is no answer of ours, nor a no of the database."""
        return self.fault is not None and not isinstance(self.fault, IntegrityError)

    def told_of(self, winner: Act) -> bool:
        """The loser learns who acted and when; a form sent twice learns that it is recorded already."""
        if isinstance(self.refusal, AlreadyRecorded):
            return winner.by == self.act.by
        refusal = self.refusal
        return refusal is not None and (refusal.by_name, refusal.changed_at) == (
            winner.by.member_name, winner.at
        )  # fmt: skip

    def in_words(self) -> str:
        if self.won:
            return f"{self.act.name} was done"
        if self.refusal is not None:
            who = f" ({self.refusal.by_name}, {self.refusal.changed_at})" if self.refusal.by_name else ""
            return f"{self.act.name} was refused: {self.refusal.words}{who}"
        return f"{self.act.name} broke: {type(self.fault).__name__}: {str(self.fault).splitlines()[:1]}"


class Two:
    """Two threads with a connection each, kept from pair to pair, and a third that watches."""

    def __init__(self, wrappers: Sequence[Wrapper] = ()) -> None:
        self.wrappers = wrappers
        self.threads = [ThreadPoolExecutor(max_workers=1) for _ in range(2)]
        self.watch = ThreadPoolExecutor(max_workers=1)
        self.pids = [thread.submit(self._connected).result() for thread in self.threads]
        self.met = 0

    def __enter__(self) -> Two:
        return self

    def __exit__(self, *_: object) -> None:
        for thread in (*self.threads, self.watch):
            thread.submit(lambda: connection.close()).result()
            thread.shutdown()

    def at_once(self, one: Act, other: Act) -> tuple[Answer, Answer]:
        """Both set off from a barrier and run as they may."""
        barrier = threading.Barrier(2, timeout=PATIENCE)

        def go(act: Act) -> Answer:
            barrier.wait()
            return answer(act)

        return self._both(self.threads[0].submit(go, one), self.threads[1].submit(go, other))

    def meeting(self, first: Act, second: Act) -> tuple[Answer, Answer]:
        """The first has done everything but tell the journal when the second comes and waits for it."""
        meet = Meet(waits=lambda: self.watch.submit(self._waits_for, *reversed(self.pids)).result())
        ran = self.threads[0].submit(meet.first, first)
        came = self.threads[1].submit(meet.second, second)
        answers = self._both(ran, came)
        self.met += meet.met
        return answers

    def _both(self, *running: Future[Answer]) -> tuple[Answer, Answer]:
        one, other = (future.result(timeout=2 * PATIENCE) for future in running)
        return one, other

    def _connected(self) -> int:
        connection.ensure_connection()
        connection.execute_wrappers.extend(self.wrappers)
        return connection.connection.info.backend_pid

    @staticmethod
    def _waits_for(second: int, first: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s = ANY(pg_blocking_pids(%s))", [first, second])
            return bool(cursor.fetchone()[0])


@dataclass
class Meet:
    """Where two meet: `first` stops just before its journal entry, until `second` waits for it or is done."""

    waits: Callable[[], bool]
    there: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    met: bool = False

    def first(self, act: Act) -> Answer:
        try:
            with connection.execute_wrapper(self._hold):
                return answer(act)
        finally:
            self.there.set()  # refused before it had anything to tell: the second need not wait

    def second(self, act: Act) -> Answer:
        if not self.there.wait(PATIENCE):
            return Answer(act, fault=TimeoutError("the first never came to its journal entry"))
        try:
            return answer(act)
        finally:
            self.done.set()

    def _hold(self, execute: Callable[..., Any], statement: Any, parameters: Any, many: bool, of: Any) -> Any:
        if not self.there.is_set() and JOURNAL.match(in_text(statement, of)):
            self.there.set()
            while not self.met and not self.done.wait(BETWEEN_QUESTIONS):
                self.met = self.waits()
        return execute(statement, parameters, many, of)


def answer(act: Act) -> Answer:
    """Act, and say what came of it."""
    try:
        act.do()
    except Refused as refusal:
        return Answer(act, refusal=refusal)
    except Exception as fault:
        return Answer(act, fault=fault)
    return Answer(act)


def in_text(statement: Any, context: Any) -> str:
    if isinstance(statement, sql.Composable):
        return statement.as_string(context["connection"].connection)
    return str(statement)
