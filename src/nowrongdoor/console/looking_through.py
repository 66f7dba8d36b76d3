"""
Looking through what staff wrote, as work that goes on beside the sweeps: everything from the beginning once a
worker starts or the list of words changes, then what is new.

How far it came is kept by the worker alone: done again, by this one or another, it asks for nothing twice.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from nowrongdoor.console.databases import on_screen, told_by_the_database
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.sweeping import NOBODY

if TYPE_CHECKING:
    from nowrongdoor.reading.written import UpTo

MOST = 200
"""Entries in one round."""
BEHIND = timedelta(minutes=2)
"""What was recorded so lately is looked through again: an act may be told of some seconds after its time."""


class LookThrough(Rounds):
    """Asks for a second reading of what may keep help from somebody, wherever staff wrote it."""

    what = "What was written could not be looked through"

    def __init__(self, *, say: Say = on_screen) -> None:
        super().__init__(say=say)
        self._reached: UpTo | None = None
        self.pause = 0.0
        self._forms: tuple[str, ...] = ()
        self._again_at = 0.0
        self._failed: list[UUID] = []
        """What stood in the way of one keeps no other from being looked through."""

    def round(self) -> bool:
        """So many entries at a time that no clock waits for them."""
        if monotonic() < self._again_at:
            return False
        _, waits = self.some()
        self._again_at = 0.0 if waits else monotonic() + self.pause
        return waits

    def some(self) -> tuple[int, bool]:
        """The next entries: how many readings are asked for, and whether more entries wait."""
        from nowrongdoor.journeys import second_readings
        from nowrongdoor.reading import written
        from nowrongdoor.rules import withholding

        at = told_by_the_database()
        self.pause = ladder.sweep_time("look_through_each", at=at).total_seconds()
        if self._forms != withholding.forms(at=at):
            self._forms, self._reached = withholding.forms(at=at), None
        reached = self._reached or written.begins()
        if reached is None:
            return 0, False
        asked, faults = 0, []
        entries, now_at = written.since(reached, most=MOST, at=at)
        again, self._failed = self._failed, []
        for entry_id in (*again, *entries):
            try:
                asked += second_readings.look_through(entry_id=entry_id, by=NOBODY, at=at)
            except (AlreadyRecorded, ChangedMeanwhile, Missing, Refused):
                continue  # another worker was there first, or it is looked through again with what follows
            except Exception as fault:
                faults.append(fault)
                self._failed.append(entry_id)
        waits = now_at.recorded_at < at
        self._reached = now_at if waits else written.UpTo(max(reached.recorded_at, at - BEHIND))
        if faults:
            raise faults[0]
        return asked, waits
