"""
Looking for patterns of looking as work that goes on: every five minutes the newest looks are gone through.

In a real deployment as `./nwd manage look_for_patterns --forever`, a process of its own; in the demonstration
as a thread beside the pages. Each pattern is asked about once for its day, however often it is found, so
rounds may overlap; and the first after a pause goes back so far that a weekend without it misses nothing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import connections

from nowrongdoor.console.databases import on_screen
from nowrongdoor.kernel.now import now

EACH = 300.0  # seconds between rounds
AT_FIRST = timedelta(days=31)
AFTERWARDS = timedelta(days=2)
ENDING = 10  # seconds that a round may still take when we are to stop
# Nobody's act: the journal names the programme, and no member.
WATCH = UUID("3d0c3f0a-0b8e-5e0e-8a53-0d8b7f0f6c02")
NAME = "Watch for patterns of looking"
Say = Callable[[str], None]


class Watch:
    """Round after round over every agency's looks. What fails is said, and tried again at the next."""

    def __init__(self, *, back: timedelta = AT_FIRST, say: Say = on_screen) -> None:
        self.back = back
        self.say = say
        self.found = 0

    def until(self, stop: threading.Event) -> None:
        """Rounds until asked to stop."""
        while not stop.is_set():
            try:
                self.round()
            except Exception as fault:
                self.say(f"Patterns of looking could not be sought ({type(fault).__name__}). Trying again.")
                connections["default"].close()
            stop.wait(EACH)

    def round(self) -> int:
        """Asks that somebody look into each pattern. Answers how many there are, known ones among them."""
        from nowrongdoor.journeys import reviews
        from nowrongdoor.reading import every_agency, patterns
        from nowrongdoor.rules.access import Viewer
        from nowrongdoor.rules.review import LEAD

        at, count = now(), 0
        for agency_id, name in every_agency.names():
            suspected = patterns.suspected([agency_id], since=at - self.back, at=at)
            count += len(suspected)
            if suspected:
                by = Viewer(WATCH, NAME, LEAD, WATCH, "No team", agency_id, name)
                reviews.look_into(suspected=suspected, by=by, at=at)
        self.back = min(self.back, AFTERWARDS)
        self.found += count
        return count


@contextlib.contextmanager
def meanwhile(*, say: Say = on_screen) -> Iterator[None]:
    """Goes through the looks in a thread while the block runs, and ends with it."""
    if not apps.is_installed("nowrongdoor.kernel.access_log"):
        yield
        return
    stop = threading.Event()

    def work() -> None:
        try:
            Watch(say=say).until(stop)
        finally:
            connections.close_all()  # this thread's own

    thread = threading.Thread(target=work, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(ENDING)
