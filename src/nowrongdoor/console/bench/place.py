"""The place that is measured: made once for its size and seed, kept for the next run."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, connections

from nowrongdoor.console import demo_place, filling
from nowrongdoor.console.progress import Progress
from nowrongdoor.embedded import CannotStart

BEING_MADE = f"{filling.BENCH}being made"


def ready(*, people: int, seed: int, say: Callable[[str], None]) -> dict[str, int]:
    """The size of the place, after making it if it is not there in this size."""
    wanted = f"{filling.BENCH}{people} people, seed {seed}"
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
    refuse_what_is_no_bench_place(owner)
    if filling.state(owner) != wanted:
        say(f"Making a place of {people:,} people (once; it is kept) …")
        if filling.is_lived_in(owner):
            filling.empty(owner)
        filling.note(owner, BEING_MADE)
        filling.migrate()
        demo_place.fill(people=people, progress=Progress(), seed=seed)
        filling.note(owner, wanted)
    filling.migrate()
    return size()


def refuse_what_is_no_bench_place(owner) -> None:
    """A bench makes its place anew and acts in it: in one that was made for benches, and no other."""
    if filling.tables(owner) and not (filling.state(owner) or "").startswith(filling.BENCH):
        raise CannotStart(
            "The database that DATABASE_URL names was not made for a bench, which would replace all that is "
            "in it: nothing was changed. Name an empty database, or none."
        )


def size() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM referrals_referral),"
            " (SELECT count(*) FROM referrals_referral WHERE state <> 'closed'),"
            " (SELECT count(*) FROM journal_entry)"
        )
        found = cursor.fetchone()
    return dict(zip(("people", "referrals", "open_referrals", "entries"), found, strict=True))
