"""
Ground to prove something on: a new database of its own, gone afterwards with all that was started for it.

In the PostgreSQL that DATABASE_URL names when it names one, else in a private one. Nothing that was
there before is touched: a proof may take down walls on its own ground that nobody takes down elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from nowrongdoor.console import tables
from nowrongdoor.console.databases import database_for
from nowrongdoor.console.tables import elsewhere

PREFIX = "nwd_proof_"
# Not WITH (FORCE): the owner may not end nwd_app's connections, which have been closed and are just
# ending. PostgreSQL waits for them for five seconds.
DROP = "DROP DATABASE IF EXISTS {}"


class Ground:
    """New databases in one PostgreSQL; `stand_on` makes one of them the database of this process."""

    def __init__(self, app_url: str, owner_url: str) -> None:
        self.app_url, self.owner_url = app_url, owner_url
        self.made: list[str] = []

    def make(self, name: str, *, like: str | None = None) -> str:
        """A new database: empty, or the exact copy of another that nobody is connected to."""
        new = self._named(name)
        if like is None:
            tables.new(self.owner_url, new, with_tables=False)
        else:
            self._as_owner(tables.COPY, new, like)
        self.made.append(new)
        return new

    def stand_on_tables(self, name: str) -> None:
        """This process stands on a new database that has every table and nothing in them."""
        new = self._named(name)
        are_there = tables.new(self.owner_url, new, with_tables=True)
        self.made.append(new)
        self.stand_on(new)
        if not are_there:
            from nowrongdoor.console import filling

            filling.migrate()
            leave()

    def _named(self, name: str) -> str:
        new = f"{PREFIX}{name}_{os.getpid()}"
        self._as_owner(DROP, new)
        return new

    def stand_on(self, name: str) -> None:
        """From now on this process, every thread of it, speaks to that database."""
        app_url, owner_url = elsewhere(self.app_url, name), elsewhere(self.owner_url, name)
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = app_url, owner_url
        if os.environ.get("DATABASE_READER_URL"):
            os.environ["DATABASE_READER_URL"] = elsewhere(os.environ["DATABASE_READER_URL"], name)
        settle()

    def as_owner(self) -> psycopg.Connection:
        """The owner, in the database this process stands on."""
        return psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)

    @contextlib.contextmanager
    def copied(self) -> Iterator[None]:
        """On an exact copy of the database this process stands on: what is done there is gone with it."""
        here = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
        leave()
        copy = self.make("copy", like=here)
        self.stand_on(copy)
        try:
            yield
        finally:
            leave()
            self.stand_on(here)
            self.made.remove(copy)
            self._as_owner(DROP, copy)

    def clear(self) -> None:
        while self.made:
            self._as_owner(DROP, self.made.pop())

    def _as_owner(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def ground(purpose: str) -> Iterator[Ground]:
    """A PostgreSQL to make databases in. What was made is dropped, and what was started is stopped."""
    with surroundings_kept(), database_for(f"proof-{purpose}", fast=True):
        made = Ground(os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"])
        try:
            yield made
        finally:
            leave()
            made.clear()


@contextlib.contextmanager
def surroundings_kept() -> Iterator[None]:
    """Which database the environment names is afterwards as it was before."""
    names = ("DATABASE_URL", "DATABASE_READER_URL", "DATABASE_OWNER_URL", tables.THROWN_AWAY)
    before = {name: os.environ.get(name) for name in names}
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextlib.contextmanager
def migrated(purpose: str) -> Iterator[Ground]:
    """Ground with one new database that has every table; this process stands on it."""
    with ground(purpose) as made:
        made.stand_on_tables(purpose)
        yield made


def settle() -> None:
    """Django speaks to the database that the environment names, whatever it spoke to before."""
    set_up_django()
    from django.db import connections

    from nowrongdoor.kernel import aliases, wall

    for alias, name in (
        ("default", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL"), (wall.READER, "DATABASE_READER_URL")
    ):  # fmt: skip
        if alias not in connections.settings:  # the reader, where the settings name none
            continue
        connections[alias].close()
        connections.settings[alias] = {**connections.settings[alias], **aliases.database(os.environ[name])}
        del connections[alias]


def leave() -> None:
    """This thread's connections are closed, so that the database can be copied or dropped."""
    set_up_django()
    from django.db import connections

    connections.close_all()


def set_up_django() -> None:
    """Django, on whatever database the environment names; sessions are nobody's, so any key will do."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("NWD_SECRET_KEY", secrets.token_urlsafe(50))
        if not any(os.environ.get(name) for name in ("NWD_DEMO", "NWD_DEBUG", "NWD_TEST")):
            os.environ["NWD_TEST"] = "1"  # nothing here is live, so nothing need be settled first
        django.setup()
