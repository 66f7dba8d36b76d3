"""Where a copy is brought back: what ./nwd works on, a database at another address, or a new one beside."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connections
from psycopg import sql

from nowrongdoor.console.databases import on_screen
from nowrongdoor.embedded import roles
from nowrongdoor.kernel import aliases

NEW = "new"


@dataclass(frozen=True)
class Target:
    """The owner's address of a database, and how to call it to a person."""

    owner_url: str
    words: str


@contextlib.contextmanager
def target(into: str, *, at: datetime) -> Iterator[Target]:
    """Meanwhile migrations run there. What was made for a copy that could not be brought back goes again."""
    here = os.environ["DATABASE_OWNER_URL"]
    if not into:
        yield Target(here, "the database that ./nwd works on")
    elif into == NEW:
        name = f"nwd_restored_{at:%Y%m%d_%H%M%S}"
        url = elsewhere(here, name)
        _as_owner(here, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
        try:
            with migrating(url):
                yield Target(url, f"a new database: {without_password(url)}")
        except BaseException:
            _as_owner(here, "DROP DATABASE {}", name)
            raise
    else:
        with psycopg.connect(into) as owner:
            has_both = roles.has_app(owner) and roles.has_reader(owner)
        if not has_both:  # they must be there before tables come that name them
            roles.ensure(into, say=on_screen)
            roles.ensure_reader(into, say=on_screen)
        with migrating(into):
            yield Target(into, without_password(into))


@contextlib.contextmanager
def migrating(owner_url: str) -> Iterator[None]:
    """Django's 'owner' leads to that database, and afterwards to where it led before."""
    before = connections.settings["owner"]
    _lead({**before, **aliases.database(owner_url)})
    try:
        yield
    finally:
        _lead(before)


def _lead(settings: dict[str, object]) -> None:
    connections["owner"].close()
    connections.settings["owner"] = settings
    del connections["owner"]


def _as_owner(owner_url: str, statement: str, name: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL(statement).format(sql.Identifier(name)))


def elsewhere(url: str, name: str) -> str:
    """The same address for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def without_password(url: str) -> str:
    """An address that may be shown."""
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}" if user else host))
