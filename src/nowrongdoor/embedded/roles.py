"""The three accounts inside the database, and what each may do.

nwd_owner   makes and owns the tables (migrations). It may make databases, for the tests.
nwd_app     what the web connects as. It owns nothing, is no superuser and has no BYPASSRLS,
            since PostgreSQL lets superusers and owners past row-level security *without a word*.

nwd_reader  what pages read as: shown only people in whose care the viewer's agency has a part. It
            changes nothing, adds nothing but to the log of who looked, and is not told of any table
            that a migration does not open to it.

nwd_app may read, add and change in every table that nwd_owner makes from now on; it may delete or empty
nothing. The migrations settle it table by table.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from nowrongdoor.embedded.faults import CannotStart
from nowrongdoor.embedded.kept_file import keep_secret

OWNER = "nwd_owner"
APP = "nwd_app"
READER = "nwd_reader"
DATABASE = "nwd"
OLDEST = 15
PREPARED = "No Wrong Door: roles prepared, step 2"


def prepare(
    admin: psycopg.Connection, connect: Callable[..., psycopg.Connection], passwords: dict[str, str]
) -> None:
    """Make roles and database in our own server. Finishes what a start that was cut short left undone."""
    done = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
    ).fetchone()
    if done is not None and done[0] == PREPARED:
        return
    _set_role(admin, OWNER, "CREATEDB", passwords["owner"])
    _set_role(admin, APP, "NOCREATEDB", passwords["app"])
    _set_role(admin, READER, "NOCREATEDB", passwords["reader"])
    if done is None:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
    with connect(user=OWNER, password=passwords["owner"], dbname=DATABASE) as owner:
        open_to_app(owner)
    admin.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(PREPARED))
    )


def _set_role(connection: psycopg.Connection, name: str, createdb: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER {} NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(name),
            sql.SQL(createdb),
            sql.Literal(password),
        )
    )


def open_to_app(owner: psycopg.Connection) -> None:
    """Run in a database as its owner, before migrations: later tables may be read and filled by nwd_app."""
    app = sql.Identifier(APP)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        owner.execute(sql.SQL(statement).format(app))


def close_to_app(owner: psycopg.Connection) -> None:
    """The other way round, while tables come back from a copy that says itself who may do what in each."""
    app = sql.Identifier(APP)
    for kind in ("TABLES", "SEQUENCES"):
        owner.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON {} FROM {}").format(
                sql.SQL(kind), app
            )
        )


def has_app(owner: psycopg.Connection) -> bool:
    """Whether nwd_app exists: where the owner may not make it, it does not, and the second wall is off."""
    return _is_there(owner, APP)


def has_reader(owner: psycopg.Connection) -> bool:
    """Whether nwd_reader exists."""
    return _is_there(owner, READER)


def _is_there(owner: psycopg.Connection, role: str) -> bool:
    return owner.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def ensure(owner_url: str, *, say: Callable[[str], None] = print, secret_folder: Path | None = None) -> str:
    """The URL for nwd_app in a PostgreSQL that is not ours, given its owner's URL.

    Makes or completes the role where the owner may. Where not, answers with the owner's own URL and says
    plainly that the second wall is off.
    """
    with psycopg.connect(owner_url, autocommit=True) as owner:
        _refuse_old(owner)
        if owner.info.user == APP:
            return owner_url
        password = _app_password(owner_url, secret_folder)
        app_url = _as_app(owner, password)
        try:
            with owner.transaction():
                if not _reaches(app_url):
                    _set_role(owner, APP, "NOCREATEDB", password)
                owner.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                        sql.Identifier(owner.info.dbname), sql.Identifier(APP)
                    )
                )
                open_to_app(owner)
        except psycopg.errors.InsufficientPrivilege:
            say(_wall_is_off(f"'{owner.info.user}' may not make the role {APP}"))
            return owner_url
    if not _reaches(app_url):
        say(_wall_is_off(f"the server does not let {APP} sign in with a password"))
        return owner_url
    if not _has_rights(app_url):
        say(_wall_is_off(f"the migrations ran before {APP} existed and gave it no rights"))
        return owner_url
    return app_url


def ensure_reader(
    owner_url: str, *, say: Callable[[str], None] = print, secret_folder: Path | None = None
) -> str:
    """The URL for nwd_reader likewise, before the migrations open tables to it; "" where it cannot be."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        if owner.info.user == APP:
            return ""
        password = _app_password(owner_url, secret_folder, role=READER)
        reader_url = _as_app(owner, password, role=READER)
        try:
            with owner.transaction():
                if not _reaches(reader_url):
                    _set_role(owner, READER, "NOCREATEDB", password)
                owner.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                        sql.Identifier(owner.info.dbname), sql.Identifier(READER)
                    )
                )
        except psycopg.errors.InsufficientPrivilege:
            say(_pages_read_all(f"'{owner.info.user}' may not make the role {READER}"))
            return ""
    if not _reaches(reader_url):
        say(_pages_read_all(f"the server does not let {READER} sign in with a password"))
        return ""
    return reader_url


def need_version(url: str) -> None:
    """Refuse a PostgreSQL that is too old for our SQL."""
    with psycopg.connect(url) as connection:
        _refuse_old(connection)


def _refuse_old(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST * 10_000:
        found = connection.info.server_version // 10_000
        raise CannotStart(f"No Wrong Door needs PostgreSQL {OLDEST} or newer; DATABASE_URL leads to {found}.")


def _wall_is_off(why: str) -> str:
    return (
        f"The second wall is off: {why}, so the web connects as the owner of the tables and the database "
        f"itself refuses nothing to it. Our own access rules still hold."
    )


def _pages_read_all(why: str) -> str:
    return (
        f"The second wall is off for what pages read: {why}, so a page is shown what it asks for. Our own "
        f"access rules still hold."
    )


def _reaches(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _has_rights(app_url: str) -> bool:
    """Whether nwd_app may look at what the migrations made; true as well where they have yet to run."""
    with psycopg.connect(app_url) as app:
        (table,) = app.execute("SELECT to_regclass('django_migrations')").fetchone() or (None,)
        if table is None:
            return True
        return app.execute("SELECT has_table_privilege('django_migrations', 'SELECT')").fetchone() == (True,)


def _as_app(owner: psycopg.Connection, password: str, *, role: str = APP) -> str:
    """The owner's own address with another name and password; TLS and other settings stay."""
    known = conninfo_to_dict(owner.info.dsn)
    kept = {
        key: value
        for key, value in known.items()
        if key not in ("user", "password", "dbname", "host", "port")
    }
    kept |= {"host": owner.info.host, "port": str(owner.info.port)}
    query = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in kept.items() if value)
    return f"postgresql://{role}:{quote(password, safe='')}@/{quote(owner.info.dbname, safe='')}?{query}"


def _app_password(owner_url: str, secret_folder: Path | None, *, role: str = APP) -> str:
    """The same on every start: from the owner's password, or where there is none from a secret we keep."""
    known = conninfo_to_dict(owner_url)
    secret = str(known.get("password") or os.environ.get("PGPASSWORD") or "")
    if not secret:
        from nowrongdoor.embedded.places import home

        secret = keep_secret((secret_folder or home()) / "app-secret")
    return hmac.new(secret.encode(), role.encode(), hashlib.sha256).hexdigest()
