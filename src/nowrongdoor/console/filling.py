"""Bringing a demo database up to date: tables first, then an invented place, exactly once."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable

from django.apps import apps
from django.core.management import call_command
from django.db import connections

from nowrongdoor.console.progress import Progress
from nowrongdoor.embedded import CannotStart, roles
from nowrongdoor.kernel.now import now

FILLED = "No Wrong Door: filled with an invented place"
FILLING = "No Wrong Door: being filled with an invented place"
BENCH = "bench place: "  # and then which one
ONE_AT_A_TIME = 4_860_017  # an advisory lock of PostgreSQL: two demos at once do not fill twice
MIGRATIONS = "django_migrations"
# Ordinary and partitioned tables, foreign ones, and views that keep rows.
TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = ANY('{r,p,f,m}')
"""


def bring_up_to_date(people: int, *, say: Callable[[str], None]) -> None:
    """Migrate, then fill if nobody has. A filling that was cut short is thrown away and done again."""
    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if state(owner) == FILLING:
            say("The last filling was cut short: starting afresh.")
            empty(owner)
        refuse_what_is_not_invented(owner)
        migrate()
        if state(owner) != FILLED:
            fill(owner, people, say)
        clear_drafts()
    finally:
        connections.close_all()  # nothing of the filling stays open while we serve; this also frees the lock


def clear_drafts() -> None:
    """What was typed long ago and not sent: elsewhere whoever runs the place does it, here nobody would."""
    if apps.is_installed("nowrongdoor.data.drafts"):
        from nowrongdoor.journeys import drafts

        drafts.clear(at=now())


def migrate() -> None:
    """Every table as this version wants it. The migrations also say what nwd_app may do in each."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def fill(owner, people: int, say: Callable[[str], None]) -> None:
    if importlib.util.find_spec("nowrongdoor.console.demo_place") is None:
        say("The place is empty: this version brings no invented people.")
        return
    demo_place = importlib.import_module("nowrongdoor.console.demo_place")
    note(owner, FILLING)
    say(f"Filling an invented place with {people} people …")
    demo_place.fill(people=people, progress=Progress())
    note(owner, FILLED)


def state(owner) -> str | None:
    """What the database itself remembers about being filled: with the rows, not in a file beside them."""
    with owner.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return cursor.fetchone()[0]


def note(owner, text: str) -> None:
    with owner.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA public IS %s", [text])


def is_ours(owner) -> bool:
    """Whether everything in there was invented by us: the database says so itself."""
    said = state(owner) or ""
    return said in (FILLED, FILLING) or said.startswith(BENCH)


def refuse_what_is_not_invented(owner) -> None:
    """An invented place is poured into nothing that has rows of its own, and a demo opens no other."""
    if state(owner) in (FILLED, FILLING):
        return
    known = {*owner.introspection.django_table_names(), MIGRATIONS}
    if is_ours(owner) or is_lived_in(owner) or tables(owner) - known:
        raise CannotStart(
            "The database that DATABASE_URL names is not an invented place, and a demo opens nothing else: "
            "nothing was changed. Name an empty database, or none."
        )


def tables(owner) -> set[str]:
    with owner.cursor() as cursor:
        cursor.execute(TABLES)
        return {name for (name,) in cursor.fetchall()}


def is_lived_in(owner) -> bool:
    """Whether anything is in its tables: whoever fills a place begins with its agencies."""
    if "agencies_agency" not in tables(owner):
        return False
    with owner.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM agencies_agency)")
        return cursor.fetchone()[0]


def empty(owner) -> None:
    """
    Everything goes: of a place that we began to fill and never finished, or that a person replaces.

    Refuses a database that does not say that it is ours, unless nothing is in it.
    """
    if tables(owner) and not is_ours(owner):
        raise CannotStart(
            "The database that DATABASE_URL names has tables and is not an invented place of ours: "
            "it is not emptied, and nothing was changed. Name an empty database, or none."
        )
    with owner.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    if roles.has_app(owner.connection):
        roles.open_to_app(owner.connection)
