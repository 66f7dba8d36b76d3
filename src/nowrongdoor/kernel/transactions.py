"""
One act, one transaction. A journey opens it; nothing below opens another.

Deferred constraints are checked before the transaction commits, so that a broken invariant is
an error of the act that broke it. A deadlock is run again, at most twice more; whoever waits too
long for a row that others hold is told so. A refusal about a row says who acted on it last.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connections
from django.db import transaction as django
from psycopg.errors import DeadlockDetected, LockNotAvailable

from nowrongdoor.kernel.journal.latest import name_who_acted
from nowrongdoor.kernel.wall import engine
from nowrongdoor.rules.change import Refused

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
HELD_BY_OTHERS = "Others are changing this at the moment. Nothing was recorded; try again in a moment."


class NoTransaction(Exception):
    """Something that must happen inside an act was called outside one."""


@dataclass
class Act:
    """What the store remembers during one act: how far down the order of tables it has locked."""

    rank: int = 0


_act: ContextVar[Act | None] = ContextVar("act", default=None)


def transaction(journey: Callable[P, R]) -> Callable[P, R]:
    """Run the journey in one transaction of its own; refuse to run inside another's."""

    @wraps(journey)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for left in reversed(range(TRIES)):
            try:
                return _once(journey, *args, **kwargs)
            except Refused as refusal:
                name_who_acted(refusal)  # after the rollback: a failed transaction answers no question
                raise
            except OperationalError as failure:
                if not isinstance(failure.__cause__, DeadlockDetected | LockNotAvailable):
                    raise
                if not left or isinstance(failure.__cause__, LockNotAvailable):
                    raise Refused(HELD_BY_OTHERS, code="held_by_others") from failure
        raise AssertionError("unreachable")

    return run


def transaction_required(part: Callable[P, R]) -> Callable[P, R]:
    """A part of an act: only inside a journey's transaction."""

    @wraps(part)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        current()
        return part(*args, **kwargs)

    return run


def current() -> Act:
    """The act under way; raises `NoTransaction` outside one."""
    act = _act.get()
    if act is None:
        raise NoTransaction("this is part of an act and needs its transaction")
    return act


def _once(journey: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    # `durable` refuses to nest, except inside the transaction a test wraps around itself.
    with django.atomic(using=engine(), durable=True):
        token = _act.set(Act())
        try:
            answer = journey(*args, **kwargs)
        finally:
            _act.reset(token)
        with connections[engine()].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return answer
