"""
Sweepers that are killed: is every step of every clock taken, once, and soon after somebody sweeps again?

Call backs fall due one after another while web workers sweep as in a demonstration. A worker dies at any
moment; when it has claimed clocks and written nothing; when it has written the step and not its story; or
when it has committed and said nothing. PostgreSQL is killed too. Somebody looks on, and notes when each step
is there.

The control is a sweep that works as a queue does which forgets a message as it hands it out: what it had
claimed when it died is never told to anybody.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.crash.place import Place
from nowrongdoor.console.prove.crash.worker import AFTER_COMMIT, CLAIMED, MID_ACT

APART = 0.1  # seconds between two due times
AHEAD = 0.5
SET = 40  # call backs that fall due around each kill
LISTENS = 10.0  # seconds within which a sweeper that was told to die must come to its moment
AT_MOST = 10.0  # seconds after the later of due and recovery
PATIENCE = 30.0
SOON = 0.4
DATABASE, ANY_MOMENT, BOTH = "all of PostgreSQL", "a sweeper at any moment", "both sweepers at once"
MOMENTS = {
    "a sweeper between claim and escalate": CLAIMED,
    "a sweeper between escalation and story": MID_ACT,
    "a sweeper after commit": AFTER_COMMIT,
}
KINDS = (*MOMENTS, ANY_MOMENT, BOTH, DATABASE)


@dataclass
class Swept:
    """What came of it: how many were due, what never or twice came, and how late the latest was."""

    due: int = 0
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    missed: int = 0
    doubled: int = 0
    untold: int = 0
    late_s: float = 0.0
    outages: list[tuple[float, float]] = field(default_factory=list)


def swept(
    place: Place, *, kills: int, seed: int, kind: str = "sweeps", only: str = "", patience: float = PATIENCE
) -> Swept:
    """So many kills of sweepers while clocks fall due, and what is there once all of them are owed."""
    from nowrongdoor.console.prove.timing import storm

    chance, found = Random(seed), Swept()
    restart(place.workers, kind)
    for web in place.workers:
        web.wait_until_up()
    drawn = [only or KINDS[number % len(KINDS)] for number in range(kills)]
    chance.shuffle(drawn)
    ground = storm.a_team(storm.told_by_the_database())
    with Looking(os.environ["DATABASE_URL"]) as looking:
        for one in drawn:
            owe(ground, looking)
            time.sleep(AHEAD + chance.uniform(0, SOON))
            down = time.monotonic()
            if strike(one, place, chance):
                found.kills[one] += 1
            found.outages.append((down, time.monotonic()))
        looking.until_all(SET * APART + patience)
    found.due = len(looking.due)
    reckon(found, looking)
    grounds.leave()
    return found


def owe(ground: Any, looking: Looking) -> None:
    """Call backs that fall due one after another, the first of them soon."""
    from nowrongdoor.console.prove.timing import storm

    due_at, heard = storm.told_by_the_database() + timedelta(seconds=AHEAD), time.monotonic()
    storm.owe(ground, SET, due_at=due_at, apart=timedelta(seconds=APART))
    with connection.cursor() as cursor:
        cursor.execute(OWED, {"team": ground.team_id, "from": due_at})
        looking.due |= {key: heard + AHEAD + after for key, after in cursor.fetchall()}


OWED = """
    SELECT id, extract(epoch FROM due_at - %(from)s)::float FROM clocks_clock
    WHERE team_id = %(team)s AND kind = 'callback' AND due_at >= %(from)s
"""


def restart(workers: object, kind: str) -> None:
    """Every worker killed and begun again as one of this kind."""
    for web in workers:  # type: ignore[attr-defined]
        web.kill()
        web.kind = kind
        web.start()


def strike(kind: str, place: Place, chance: Random) -> bool:
    """One kill, and whatever was killed is up again. Answers whether a moment that was waited for came."""
    came, web = True, chance.choice(list(place.workers))
    if kind == DATABASE:
        grounds.leave()
        place.database.kill()
        place.database.start_again()
    elif kind == BOTH:
        for each in place.workers:
            each.kill()
        time.sleep(chance.uniform(0, 2 * SOON))
        for each in place.workers:
            each.start()
    elif kind == ANY_MOMENT:
        web.kill()
        web.start()
    else:
        came = web.die_at(MOMENTS[kind], within=LISTENS)
        web.start()
    for each in place.workers:
        each.wait_until_up()
    return came


class Looking(threading.Thread):
    """
    Whoever looks on, all the time: when each clock falls due, and when its step was first there to be seen,
    by this process's own steady clock. A database that is down shows nothing to anybody.
    """

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.stop = url, threading.Event()
        self.due: dict[UUID, float] = {}
        self.seen: dict[UUID, float] = {}

    def __enter__(self) -> Looking:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.join(PATIENCE)

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as asking:
                    while not self.stop.wait(0.1):
                        self.look(asking)
            except psycopg.Error:
                self.stop.wait(0.1)

    def look(self, asking: psycopg.Connection[Any]) -> None:
        there = asking.execute(THERE, [list(self.due)]).fetchall()
        for (key,) in there:
            self.seen.setdefault(key, time.monotonic())

    def until_all(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and len(self.seen) < len(self.due):
            time.sleep(0.1)


THERE = "SELECT clock_id FROM clocks_climb WHERE clock_id = ANY(%s) AND rung = 'duty_lead'"


def reckon(found: Swept, looking: Looking) -> None:
    """
    Missed: never there. Late: after the later of its due time and the end of an outage that lay between.
    Doubled: one rung twice on record, or told twice in the story; untold: there without its story.
    """
    found.missed = sum(key not in looking.seen for key in looking.due)
    for key, seen in looking.seen.items():
        due = looking.due[key]
        up = [end for start, end in found.outages if start <= seen and due <= end <= seen]
        found.late_s = max(found.late_s, seen - max([due, *up]))
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"ids": list(looking.due)})
        found.doubled, found.untold = cursor.fetchone()


COUNTED = """
    SELECT coalesce(sum(times - 1) FILTER (WHERE times > 1), 0)::int,
           count(*) FILTER (WHERE told = 0)::int
    FROM (
        SELECT greatest(count(DISTINCT c.id), count(e.id)) AS times, count(e.id) AS told
        FROM clocks_climb c
        LEFT JOIN journal_entry e ON e.subject_id = c.id AND e.kind = 'climb.made'
        WHERE c.clock_id = ANY(%(ids)s) GROUP BY c.clock_id, c.rung
    ) rung
"""


def forgets(place: Place, *, seed: int, tries: int = 3) -> bool:
    """The control: a sweep that lets go of what it claims before it has told anybody. Is anything missed?"""
    between = next(iter(MOMENTS))
    return any(
        swept(place, kills=1, seed=seed + number, kind="lets_go", only=between, patience=5).missed
        for number in range(tries)
    )
