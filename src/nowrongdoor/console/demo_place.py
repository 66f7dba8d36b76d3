"""
The invented place of a demonstration: four weeks of a county's life, made by simulated actors.

A small place is acted through the real journeys, one transaction an act. A large one is acted in
memory by the same actors under the same rules, and loaded at once under the same constraints.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, connections

from nowrongdoor.console import (
    comparing,
    demo_equality,
    demo_guidance,
    demo_links,
    demo_loans,
    demo_rapid,
    demo_ratings,
    demo_registers,
    demo_talks,
)
from nowrongdoor.console.demo_gaps import look_around
from nowrongdoor.console.demo_looks import look_back
from nowrongdoor.console.progress import CHECKING, COUNTING, STORING
from nowrongdoor.console.progress import Progress as Bar
from nowrongdoor.console.real_place import RealPlace
from nowrongdoor.kernel.loading import Loading, loading
from nowrongdoor.kernel.now import now
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.scenario import history
from nowrongdoor.sim.world import PureWorld

SEED = 20261125
DAYS = 28
ACTED_UP_TO = 1_000  # people; beyond this a place is loaded, not acted
Progress = Callable[[int, int], None]


def fill(*, people: int, progress: Progress, seed: int = SEED, until: datetime | None = None) -> None:
    """Fill an empty place with so many people and what happened to them up to now."""
    until = until or now()
    if people <= ACTED_UP_TO:
        act(people=people, progress=progress, seed=seed, until=until)
    else:
        load(people=people, progress=progress, seed=seed, until=until)
        demo_equality.ask(seed=seed, until=until)
    demo_links.act(until=until)
    look_around(seed=seed, until=until)
    demo_rapid.look_back(until=until)
    demo_loans.lend(until=until)
    demo_talks.ring(seed=seed, until=until)
    demo_guidance.write(at=until)
    demo_ratings.give(seed=seed, until=until)
    _says(progress, COUNTING)
    with connections["owner"].cursor() as cursor:
        # Only the owner may; without it the planner reads every open referral for a list of fifty,
        # and every row twice to learn that it may be seen.
        cursor.execute("VACUUM (ANALYZE)")


def act(*, people: int, progress: Progress, seed: int, until: datetime) -> None:
    """Through the real journeys. Nothing is lost by not waiting for the disk: a cut fill is made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    history(RealPlace(), people=people, until=until, days=DAYS, seed=seed, progress=progress)
    demo_equality.ask(seed=seed, until=until)
    look_back(until=until)
    if steward := comparing.a_steward("", at=until):
        comparing.own_records(by=steward, at=until)
        demo_registers.read(by=steward, at=until)


def load(*, people: int, progress: Progress, seed: int, until: datetime) -> None:
    """In memory first, then by COPY."""
    world = PureWorld()
    with loading(world.rows.everything(), checking=lambda: _says(progress, CHECKING)) as stream:
        world.rows.journal = Telling(stream)
        history(world, people=people, until=until, days=DAYS, seed=seed, progress=progress)
        _says(progress, STORING)


def _says(progress: Progress, words: str) -> None:
    """What takes its time without a count, told by whoever can tell it."""
    if isinstance(progress, Bar):
        progress.says(words)


class Telling:
    """A journal that is streamed into the database as it is told."""

    def __init__(self, stream: Loading) -> None:
        self.stream = stream

    def append(self, entry: Entry, /) -> None:
        self.stream.tell(entry.after, entry.kind, entry.changes, by=entry.by, at=entry.at)
