"""A copy of a whole place in one file, and a place from a copy: also the way from one PostgreSQL to the next.

Both go through PostgreSQL's own pg_dump and pg_restore, found where its other programs are found.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nowrongdoor.embedded import binaries, roles

OLDER_IS_NOT_ENOUGH = (
    "No {program} of PostgreSQL {major} or newer was found. Set NWD_PG_BIN to its bin folder."
)


class CannotCopy(Exception):
    """The copy could not be made or brought back. The text is for a person."""


def backup(owner_url: str, file: Path) -> None:
    """Write everything into one file that only we can read: it holds what people told."""
    if file.exists():
        raise CannotCopy(f"{file} exists. Name a new file: a copy is never written over another.")
    new = file.with_name(f"{file.name}.part")
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _run("pg_dump", owner_url, ["--format=custom", f"--file={new}"])
        new.rename(file)
    finally:
        new.unlink(missing_ok=True)


def restore(owner_url: str, file: Path) -> None:
    """Bring a copy back into an empty database, all of it or nothing."""
    if not file.is_file():
        raise CannotCopy(f"There is no file {file}.")
    with psycopg.connect(owner_url, autocommit=True) as owner:
        walled = roles.has_app(owner)
        if walled:  # else tables would come back with more rights for nwd_app than they had
            roles.close_to_app(owner)
        try:
            _run(
                "pg_restore", owner_url, ["--no-owner", "--single-transaction", "--exit-on-error", str(file)]
            )
        finally:
            if walled:
                roles.open_to_app(owner)


def is_empty(owner_url: str) -> bool:
    """Whether no table is there yet."""
    with psycopg.connect(owner_url) as owner:
        found = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return found == (0,)


def _run(program: str, owner_url: str, arguments: list[str]) -> None:
    """Run one of PostgreSQL's programs on a database. No list of processes shows the password."""
    with psycopg.connect(owner_url) as owner:
        major = owner.info.server_version // 10_000
    known = conninfo_to_dict(owner_url)
    environment = dict(os.environ)
    password = known.pop("password", None)
    if password:
        environment["PGPASSWORD"] = str(password)
    ran = subprocess.run(
        [_find(program, major), f"--dbname={make_conninfo('', **known)}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise CannotCopy(f"{program} did not succeed: {' '.join(ran.stderr.split())}")


def _find(program: str, major: int) -> str:
    """pg_dump refuses a server newer than itself, so the first that is new enough."""
    for found in binaries.candidates():
        if os.path.isfile(found.program(program)) and found.major >= major:
            return found.program(program)
    raise CannotCopy(OLDER_IS_NOT_ENOUGH.format(program=program, major=major))
