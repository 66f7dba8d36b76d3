"""
A new database with every table, made quickly: in a PostgreSQL of the tests and proofs alone, migrations run
once and every other database is a copy of that one. It is named by what the migrations say, ours and those of
the packages that are locked, for the server outlives a run: whoever has written another migration since, or
taken another package, is given other tables.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from nowrongdoor.embedded import roles

THROWN_AWAY = "NWD_THROWN_AWAY"  # set by whoever started a PostgreSQL that nothing will be left of
MIGRATIONS = sorted(Path(__file__).parent.parent.glob("*/*/migrations/*.[ps][yq]*"))
LOCKED = sorted(Path(__file__).parents[3].glob("requirements*.lock"))
BEING_MADE = "nwd_tables_being_made"
COMMON = "postgres"
ONE_AT_A_TIME = 4_860_018  # an advisory lock of PostgreSQL
EMPTY = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"
OTHERS = "SELECT datname FROM pg_database WHERE datname ~ '^nwd_tables'"
COPY = "CREATE DATABASE {} TEMPLATE {}"


def named_by(files: Iterable[Path]) -> str:
    """Other migrations, other tables: a name of its own for what these say."""
    said = sha256(b"".join(one.read_bytes() for one in files)).hexdigest()
    return f"nwd_tables_{said[:16]}"


PATTERN = named_by([*MIGRATIONS, *LOCKED])


def new(owner_url: str, name: str, *, with_tables: bool) -> bool:
    """Make a database that nwd_app may use. Answers whether its tables are there already."""
    copied = with_tables and bool(os.environ.get(THROWN_AWAY))
    # Advisory locks are of one database, so all ask in the same.
    with psycopg.connect(elsewhere(owner_url, COMMON) if copied else owner_url, autocommit=True) as owner:
        if copied:
            make_pattern(owner, owner_url)
            run(owner, COPY, name, PATTERN)
        else:
            run(owner, EMPTY, name)
    open_to_app(owner_url, name)
    return copied


def make_pattern(owner: psycopg.Connection, owner_url: str) -> None:
    """The database that others are copied from, unless it is there. A second process waits for the first."""
    owner.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PATTERN]).fetchone():
            return
        # Of a process that was killed, and of other migrations.
        for (old,) in owner.execute(OTHERS).fetchall():
            run(owner, "DROP DATABASE IF EXISTS {}", old)
        run(owner, EMPTY, BEING_MADE)
        open_to_app(owner_url, BEING_MADE)
        migrate(elsewhere(owner_url, BEING_MADE))
        run(owner, "ALTER DATABASE {} RENAME TO {}", BEING_MADE, PATTERN)
    finally:
        owner.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def migrate(owner_url: str) -> None:
    """In a process of its own, for this one's Django may speak to another database, or to none."""
    surroundings = {
        **os.environ,
        "DATABASE_URL": owner_url,
        "DATABASE_OWNER_URL": owner_url,
        "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        "NWD_SECRET_KEY": "signs nothing, for nothing is served; and long enough",
        "NWD_TEST": "1",
    }
    surroundings.pop("DATABASE_READER_URL", None)
    command = [sys.executable, "-P", "-m", "django", "migrate", "--database=owner", "--verbosity=0"]
    subprocess.run(command, env=surroundings, check=True, stdin=subprocess.DEVNULL)


def open_to_app(owner_url: str, name: str) -> None:
    with psycopg.connect(elsewhere(owner_url, name), autocommit=True) as owner:
        if roles.has_app(owner):
            roles.open_to_app(owner)


def run(owner: psycopg.Connection, statement: str, *names: str) -> None:
    owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def elsewhere(url: str, name: str) -> str:
    """The same address for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
