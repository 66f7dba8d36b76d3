"""
A web worker that can be told at which moment to die: the product as a server runs it, for proofs alone.

Told by a signal, it dies once at a moment that killing from outside would rarely meet: in the middle of the
next act, with rows written and neither told nor committed; when the next act is committed and nobody has
been answered; or when a sweep has claimed clocks and written nothing yet. In pieces, for a control, what an
act writes is no longer one transaction; one that lets go puts its clocks to sleep before it tells anybody.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import Any
from unittest import mock

MID_ACT = signal.SIGUSR2
AFTER_COMMIT = signal.SIGUSR1
CLAIMED = signal.SIGALRM
OPENS = ("INSERT", "COPY")
HOLDING, JOURNAL, CLIMB = '"holdings_holding"', '"journal_entry"', '"clocks_climb"'

armed: list[int] = []  # the moment at which to die, once told
acting = threading.local()  # what this thread's act has written so far: a holding, its story


def load() -> None:
    """Everything a worker needs before it serves: done once, for all that are to be born of this process."""
    import django
    import uvicorn  # noqa: F401
    from django.urls import get_resolver

    django.setup()
    _ = get_resolver().url_patterns
    watch_every_act()


def serve(port: int, *, kind: str) -> None:
    """Until killed, as one that is `whole`, in `pieces`, that `sweeps`, or that sweeps and `lets_go`."""
    import uvicorn
    from django.conf import settings

    settings.NWD_SWEEPS = kind in ("sweeps", "lets_go")
    for moment in (MID_ACT, AFTER_COMMIT, CLAIMED):
        signal.signal(moment, lambda number, _frame: armed.append(number))
    with contextlib.ExitStack() as stack:
        if kind in ("pieces", "lets_go"):
            nothing = mock.patch("django.db.transaction.atomic", lambda *_, **__: contextlib.nullcontext())
            stack.enter_context(nothing)
        if kind == "lets_go":
            stack.enter_context(letting_go())
        uvicorn.run(
            "nowrongdoor.site.asgi:application",
            port=port, log_level="warning", access_log=False, lifespan="off",
        )  # fmt: skip


@contextlib.contextmanager
def letting_go() -> Any:
    """A sweep that at once puts to sleep what it claims, as a queue forgets what it has handed out."""
    from datetime import timedelta

    from nowrongdoor.journeys import clocks

    claim = clocks.store.claim

    def claim_and_let_go(table: Any, come: str, *, at: Any, **how: Any) -> Any:
        found = claim(table, come, at=at, **how)
        clocks.store.mark(table, come, {one.id: at + timedelta(days=365) for one in found})
        return found

    with mock.patch.object(clocks.store, "claim", claim_and_let_go):
        yield


def watch_every_act() -> None:
    """On every connection, see each part of an act before it is written, and each commit after it is done."""
    from django.db.backends.postgresql.base import DatabaseWrapper
    from django.db.backends.signals import connection_created

    def watch(connection: Any, **_: Any) -> None:
        if write not in connection.execute_wrappers:
            connection.execute_wrappers.append(write)

    connection_created.connect(watch, weak=False)
    commit = DatabaseWrapper._commit

    def commit_and_maybe_die(wrapper: Any) -> None:
        commit(wrapper)
        if AFTER_COMMIT in armed and getattr(acting, "told", False):
            die()
        acting.held = acting.told = False

    DatabaseWrapper._commit = commit_and_maybe_die


def write(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
    """In the middle of an act is before its holding; where it has none, before its story."""
    from nowrongdoor.console.prove.pairs import in_text

    opening = in_text(statement, context)[:60].strip()
    if opening.startswith(OPENS):
        holds, tells = HOLDING in opening, JOURNAL in opening
        if CLAIMED in armed and CLIMB in opening:
            die()
        if MID_ACT in armed and (holds or (tells and not getattr(acting, "held", False))):
            die()
        acting.held = holds or getattr(acting, "held", False)
        acting.told = tells or getattr(acting, "told", False)
    return execute(statement, parameters, many, context)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
