"""
Looking for patterns of looking as work that goes on: every five minutes the newest looks are gone through.

In a real deployment as `./nwd manage look_for_patterns --forever`, a process of its own; in the demonstration
as a thread beside the pages. Each pattern is asked about once for its day, however often it is found, so
rounds may overlap; and the first after a pause goes back so far that a weekend without it misses nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.apps import apps

from nowrongdoor.console import working
from nowrongdoor.console.databases import on_screen
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.kernel.now import now

EACH = 300.0  # seconds between rounds
AT_FIRST = timedelta(days=31)
AFTERWARDS = timedelta(days=2)
# Nobody's act: the journal names the programme, and no member.
WATCH = UUID("3d0c3f0a-0b8e-5e0e-8a53-0d8b7f0f6c02")
NAME = "Watch for patterns of looking"


class Watch(Rounds):
    """Goes through every agency's looks; `back` is how far."""

    what = "Patterns of looking could not be sought"

    def __init__(self, *, back: timedelta = AT_FIRST, say: Say = on_screen) -> None:
        super().__init__(say=say)
        self.back = back
        self.found = 0

    def each(self) -> float:
        return EACH

    def round(self) -> bool:
        """Asks that somebody look into each pattern, and counts what was found, known ones among it."""
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
        return False


@contextlib.contextmanager
def meanwhile(*, say: Say = on_screen) -> Iterator[None]:
    """Goes through the looks in a thread while the block runs, and ends with it."""
    if not apps.is_installed("nowrongdoor.kernel.access_log"):
        yield
        return
    with working.meanwhile(Watch(say=say)):
        yield
