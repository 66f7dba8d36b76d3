"""Bringing a demo database up to date: tables first, then an invented place, exactly once."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

from nowrongdoor.embedded import roles

FILLED = "No Wrong Door: filled with an invented place"
FILLING = "No Wrong Door: being filled with an invented place"
ONE_AT_A_TIME = 4_860_017  # an advisory lock of PostgreSQL: two demos at once do not fill twice


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
        migrate()
        if state(owner) != FILLED:
            fill(owner, people, say)
    finally:
        connections.close_all()  # nothing of the filling stays open while we serve; this also frees the lock


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


def empty(owner) -> None:
    """Everything goes: of a place that we began to fill and never finished, or that a person replaces."""
    with owner.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    if roles.has_app(owner.connection):
        roles.open_to_app(owner.connection)


class Progress:
    """A line that counts up, on a screen; silent in a log. Call it with how many are done of how many."""

    def __init__(self) -> None:
        self.shown = -1

    def __call__(self, done: int, of: int) -> None:
        percent = 100 * done // max(of, 1)
        if sys.stderr.isatty() and percent != self.shown:
            self.shown = percent
            bar = "#" * (percent // 4)
            print(
                f"\r  [{bar:<25}] {percent:3d} %", end="\n" if done >= of else "", file=sys.stderr, flush=True
            )
