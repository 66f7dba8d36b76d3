"""A small place to be ill-treated: a PostgreSQL of its own, two web workers, and members who work there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from nowrongdoor import embedded
from nowrongdoor.console import databases
from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.crash.servers import Database, Web, one_at_a_time, webs
from nowrongdoor.console.prove.crash.writers import Load, Two

LOSES = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}
WORKERS = 2
LEFT = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


@dataclass
class Place:
    """`pairs` are who takes contacts and who is asked, each with the team of the second."""

    database: Database
    ground: grounds.Ground
    pairs: Sequence[Two]
    workers: Sequence[Web]

    def load(self, name: str, *, seed: int, keyless: bool = False) -> Load:
        """Members at work on whatever workers there are."""
        return Load(self.pairs, self.ports, name=name, seed=seed, keyless=keyless)

    def ports(self) -> list[int]:
        return [web.port for web in self.workers]


@contextmanager
def standing(seed: int) -> Iterator[Place]:
    """A PostgreSQL of its own even where DATABASE_URL names one: nobody else's is ever killed."""
    directory = embedded.directory_for("proof-kill")
    with databases.unwinding_on_sigterm(), grounds.surroundings_kept(), one_at_a_time(directory):
        database = Database(directory)
        try:
            database.setting(**dict.fromkeys(LOSES))  # a run that was cut short may have left them so
            ground = grounds.Ground(database.server.app_url, database.server.owner_url)
            clear_leftovers(ground)
            ground.stand_on(ground.make("kill"))
            app_url = grounds.elsewhere(ground.app_url, ground.made[0])
            pairs = enter(seed)
            with webs(app_url, secrets.token_urlsafe(50), directory / "web.log", how_many=WORKERS) as workers:
                yield Place(database, ground, pairs, workers)
            grounds.leave()
            ground.clear()
        finally:
            with databases.undisturbed():
                database.stop()


def clear_leftovers(ground: grounds.Ground) -> None:
    """Databases of runs that were cut short. Nobody else is here: one run at a time."""
    with psycopg.connect(ground.owner_url, autocommit=True) as owner:
        left = owner.execute(LEFT, [grounds.PREFIX])
        ground.made += [name for (name,) in left.fetchall()]
    ground.clear()


def enter(seed: int) -> list[Two]:
    """The tables, and the small place that races are held in too; each of four pairs hands over to a team."""
    from django.db import connection, connections

    from nowrongdoor.console import filling
    from nowrongdoor.console.prove.place import Place as Small

    filling.migrate()
    filling.note(connections["owner"], filling.FILLED)  # personas are let into nothing else
    small = Small(seed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT member_id, id FROM agencies_membership")
        memberships = dict(cursor.fetchall())
    grounds.leave()

    def two(handler: str, receiver: str) -> Two:
        asked = small[receiver]
        return Two(memberships[small[handler].member_id], memberships[asked.member_id], asked.team_id)

    return [two("Amir", "Priya"), two("Bethan", "Lou"), two("Amir", "Sam"), two("Bethan", "Nia")]
