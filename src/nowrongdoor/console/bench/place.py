"""The place that is measured: made once for its size and seed, kept for the next run."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, connections

from nowrongdoor.console import demo_place, filling


def ready(*, people: int, seed: int, say: Callable[[str], None]) -> dict[str, int]:
    """The size of the place, after making it if it is not there in this size."""
    wanted = f"bench place: {people} people, seed {seed}"
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
    if filling.state(owner) != wanted:
        say(f"Making a place of {people:,} people (once; it is kept) …")
        filling.empty(owner)
        migrate()
        demo_place.fill(people=people, progress=filling.Progress(), seed=seed)
        filling.note(owner, wanted)
    migrate()
    return size()


def migrate() -> None:
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def size() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM referrals_referral),"
            " (SELECT count(*) FROM referrals_referral WHERE state <> 'closed'),"
            " (SELECT count(*) FROM journal_entry)"
        )
        found = cursor.fetchone()
    return dict(zip(("people", "referrals", "open_referrals", "entries"), found, strict=True))
