"""The database a verb works on: the one DATABASE_URL names, else a private one that we start and stop."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from datetime import datetime

from nowrongdoor import embedded
from nowrongdoor.console import tables
from nowrongdoor.embedded import roles


@contextlib.contextmanager
def database_for(purpose: str, *, fast: bool = False) -> Iterator[None]:
    """Sets the addresses of web, reader and owner; a private server is stopped at the end, however it comes.

    SIGTERM is made to unwind like any other ending: by default it would skip every `finally`.
    """
    with unwinding_on_sigterm():
        if os.environ.get("DATABASE_URL"):
            use_named_database()
            yield
            return
        embedded.clear_abandoned()
        server = embedded.start(embedded.directory_for(purpose), fast=fast)
        try:
            os.environ["DATABASE_URL"] = server.app_url
            os.environ["DATABASE_READER_URL"] = server.reader_url
            os.environ["DATABASE_OWNER_URL"] = server.owner_url
            if fast:
                os.environ[tables.THROWN_AWAY] = "1"
            yield
        finally:
            with undisturbed():
                server.stop()


def use_named_database() -> None:
    """An existing PostgreSQL: with an owner's address all as it is, else the web's roles are made."""
    owner_url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    if os.environ.get("DATABASE_OWNER_URL"):
        roles.need_version(owner_url)
        return
    os.environ["DATABASE_OWNER_URL"] = owner_url
    os.environ["DATABASE_URL"] = app_url = roles.ensure(owner_url, say=on_screen)
    os.environ.pop("DATABASE_READER_URL", None)
    if app_url != owner_url and (reader_url := roles.ensure_reader(owner_url, say=on_screen)):
        os.environ["DATABASE_READER_URL"] = reader_url


ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def unwinding_on_sigterm() -> Iterator[None]:
    """SIGTERM, and the terminal's closing, end us by SystemExit, so that everything opened is closed."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {ending: signal.signal(ending, end) for ending in ENDINGS}
    try:
        yield
    finally:
        for ending, action in before.items():
            signal.signal(ending, action)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl+C must not interrupt the stopping and so leave a server behind."""
    before = {ending: signal.signal(ending, signal.SIG_IGN) for ending in (*ENDINGS, signal.SIGINT)}
    try:
        yield
    finally:
        for ending, action in before.items():
            signal.signal(ending, action)


def on_screen(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def told_by_the_database() -> datetime:
    """This instant by PostgreSQL's clock: the one that every worker and every host shares."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (at,) = cursor.fetchone()
    return at
