"""A copy of a whole place in one file, and a place from a copy: also the way from one PostgreSQL to the next.

Both go through PostgreSQL's own pg_dump and pg_restore, found where its other programs are found. A copy is
counted before it is called one, and what a restore replaces goes only when all of the copy has come.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nowrongdoor.console import counting
from nowrongdoor.console.counting import CannotCopy
from nowrongdoor.embedded import binaries, roles

__all__ = ["CannotCopy", "backup", "dump", "is_empty", "program_for", "restore", "run"]

OLDER_IS_NOT_ENOUGH = (
    "No {program} of PostgreSQL {major} or newer was found. Set NWD_PG_BIN to its bin folder."
)
ASIDE = "before_restore"  # the schema in which what was there waits until the copy has come
# Of others' sessions an owner is shown no more than that they are there.
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
"""
LEAVING = 3.0  # seconds that those who have just gone may still be seen


def backup(url: str, file: Path) -> dict[str, int]:
    """
    Write everything into one file that only we can read: it holds what people told.

    Answers with how many rows of each table it holds. Refuses a role that is not shown everything.
    """
    if file.exists():
        raise CannotCopy(f"{file} exists. Name a new file: a copy is never written over another.")
    new = file.with_name(f"{file.name}.part")
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with psycopg.connect(url) as whole:
            whole.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            whole.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            counting.need_sight_of_everything(whole)
            there = counting.rows_there(whole)
            (snapshot,) = whole.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            dump(url, new, f"--snapshot={snapshot}")
        counting.need_all(there, counting.rows_in(program_for("pg_restore", url), new), of="The copy")
        new.rename(file)
    finally:
        new.unlink(missing_ok=True)
    return there


def dump(url: str, file: Path, *options: str) -> None:
    """What pg_dump makes of it, not looked at yet."""
    run("pg_dump", url, ["--format=custom", f"--file={file}", *options])


def restore(owner_url: str, file: Path, *, replace: bool = False) -> dict[str, int]:
    """
    Bring a copy back, all of it or nothing; answers with how many rows of each table came.

    Into an empty database, or with `replace` into one that is not: what is there goes at the very end.
    """
    if not file.is_file():
        raise CannotCopy(f"There is no file {file}.")
    held = counting.rows_in(program_for("pg_restore", owner_url), file)
    if not replace and not is_empty(owner_url):
        raise CannotCopy(
            "The database is not empty. Add --replace to throw away all that is in it: "
            "only another backup brings that back."
        )
    with psycopg.connect(owner_url, autocommit=True) as owner:
        with put_aside(owner):
            _bring_back(owner, owner_url, file)
            with owner.transaction():
                counting.need_all(held, counting.rows_there(owner), of="What came back")
        if roles.has_app(owner):
            roles.open_to_app(owner)
    return held


@contextlib.contextmanager
def put_aside(owner: psycopg.Connection) -> Iterator[None]:
    """What is there waits under another name: put back when anything fails, and thrown away at the end."""
    if owner.execute("SELECT FROM pg_namespace WHERE nspname = %s", [ASIDE]).fetchone() is not None:
        raise CannotCopy(
            f"A restore was cut short here: what was there before it is in the schema '{ASIDE}'. Drop that "
            f"schema, or drop 'public' and rename it back to 'public'; then try again."
        )
    if others := _others(owner):
        raise CannotCopy(f"{others} others are connected to this database. Stop what serves it first.")
    aside = sql.Identifier(ASIDE)
    with owner.transaction():
        owner.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(aside))
        owner.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        owner.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    try:
        yield
    except BaseException:
        with owner.transaction():
            owner.execute("DROP SCHEMA public CASCADE")
            owner.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(aside))
        raise
    owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(aside))


def _others(owner: psycopg.Connection) -> int:
    until = time.monotonic() + LEAVING
    while True:
        ((others,),) = owner.execute(OTHERS).fetchall()
        if not others or time.monotonic() > until:
            return int(others)
        time.sleep(0.05)


def _bring_back(owner: psycopg.Connection, owner_url: str, file: Path) -> None:
    """
    Into a schema that gives nwd_app nothing yet, so that tables come back with the rights they had.

    What is given to tables that are yet to come (DEFAULT ACL) names the owner there was, who may not be this
    one: left out here, and given again afterwards.
    """
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as wanted:
        listed = run("pg_restore", None, ["--list", str(file)], like=owner_url)
        if " POLICY " in listed and roles.has_app(owner) and not roles.has_reader(owner):
            raise CannotCopy(f"The copy has a second wall. Make the role {roles.READER} first: it names it.")
        left_out = [" DEFAULT ACL "]
        if not roles.has_app(owner):  # nobody is there whom a wall could stand before
            left_out += [" POLICY ", " ROW SECURITY "]
        wanted.writelines(
            line for line in listed.splitlines(True) if not any(kind in line for kind in left_out)
        )
        wanted.flush()
        options = ["--no-owner", "--single-transaction", "--exit-on-error", f"--use-list={wanted.name}"]
        if not roles.has_app(owner):
            options.append("--no-acl")
        run("pg_restore", owner_url, [*options, str(file)])


def is_empty(owner_url: str) -> bool:
    """Whether no table is there yet."""
    with psycopg.connect(owner_url) as owner:
        found = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return found == (0,)


def run(program: str, url: str | None, arguments: list[str], *, like: str = "") -> str:
    """
    Run one of PostgreSQL's programs, on a database if one is given. No list of processes shows the password.

    Answers with what it said. Without a database the program is that for the one it is `like`.
    """
    environment = dict(os.environ)
    command = [program_for(program, url or like)]
    if url is not None:
        known = conninfo_to_dict(url)
        password = known.pop("password", None)
        if password:
            environment["PGPASSWORD"] = str(password)
        command.append(f"--dbname={make_conninfo('', **known)}")
    return said_by([*command, *arguments], environment)


def said_by(command: list[str], environment: Mapping[str, str]) -> str:
    ran = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise CannotCopy(f"{Path(command[0]).name} did not succeed: {' '.join(ran.stderr.split())}")
    return ran.stdout


def program_for(program: str, url: str) -> str:
    """Which of the programs found serves this PostgreSQL: pg_dump refuses a server newer than itself."""
    with psycopg.connect(url) as asked:
        major = asked.info.server_version // 10_000
    for found in binaries.candidates():
        if os.path.isfile(found.program(program)) and found.major >= major:
            return found.program(program)
    raise CannotCopy(OLDER_IS_NOT_ENOUGH.format(program=program, major=major))
