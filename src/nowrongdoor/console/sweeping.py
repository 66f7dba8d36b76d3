"""
Sweeping as work that goes on: every few seconds the steps that running clocks owe are taken.

In a web worker a thread beside the pages, with a connection of its own; or `./nwd manage sweep`, a process of
its own. Any number sweep at once. The time is the database's; a worker that believes another sweeps nothing.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime

from nowrongdoor.console import working
from nowrongdoor.console.databases import on_screen, told_by_the_database
from nowrongdoor.console.looking_through import LookThrough
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.sweeping import NOBODY

OFTEN = 5
"""How many sweeps there are in the longest time that may lie between two, so that one may fail."""
MOST = 20
"""Batches in one sweep: what is left over is taken by the next one, at once."""
DELIVERED = 100
"""Offers delivered after one sweep."""


class Sweeper(Rounds):
    """
    Sweep after sweep, at once again while there is more to do than one sweep does.

    Clocks come first, and what is looked at beside them fails alone: whatever stands in its way is said, and
    keeps nobody from being told of what is late.
    """

    what = "Clocks could not be swept"

    def __init__(self, *, say: Say = on_screen, clock: Callable[[], datetime] = now) -> None:
        super().__init__(say=say)
        self.worker = f"{socket.gethostname()} {os.getpid()}"
        self.clock = clock
        self.beside: tuple[Rounds, ...] = (
            OffDuty(say=say, clock=clock),
            Delivery(say=say),
            LookThrough(say=say),
        )

    def each(self) -> float:
        return ladder.sweep_time("sweep_each", at=self.clock()).total_seconds() / OFTEN

    def round(self) -> bool:
        """Takes what is owed, batch by batch, and says that it has finished. Answers whether more waits."""
        from nowrongdoor.journeys import clocks

        looked = climbed = 0
        for _ in range(MOST):
            ours, at = self.clock(), told_by_the_database()
            here, steps = self.batch(ours, at)
            looked, climbed = looked + here, climbed + steps
            if here < clocks.BATCH:
                break
        clocks.finish_sweep(worker=self.worker, looked=looked, climbed=climbed, by=NOBODY, at=at)
        return any([here >= clocks.BATCH, *(one.try_round() for one in self.beside)])

    def batch(self, ours: datetime, at: datetime) -> tuple[int, int]:
        from nowrongdoor.journeys import clocks

        return clocks.sweep(ours=ours, by=NOBODY, at=at)


class OffDuty(Rounds):
    """Offers on whom somebody holds by name whose duty ends."""

    what = "Whoever goes off duty could not be looked at"

    def __init__(self, *, say: Say = on_screen, clock: Callable[[], datetime] = now) -> None:
        super().__init__(say=say)
        self.clock = clock

    def round(self) -> bool:
        from nowrongdoor.journeys import rota

        rota.offer_on(ours=self.clock(), by=NOBODY, at=told_by_the_database())
        return False


class Delivery(Rounds):
    """Writes down which offers stand on the list of the team that was asked."""

    what = "Offers could not be delivered"

    def round(self) -> bool:
        """So many at a time that no clock waits for them. One that fails is tried again, after the others."""
        from nowrongdoor.journeys import handovers
        from nowrongdoor.reading import undelivered

        found, faults = undelivered.offers(limit=DELIVERED), []
        for handover_id in found:
            try:
                handovers.deliver(handover_id=handover_id, by=NOBODY, at=told_by_the_database())
            except (Refused, Missing):
                continue  # answered, opened or delivered by another worker meanwhile
            except Exception as fault:
                faults.append(fault)
        if faults:
            raise faults[0]
        return len(found) == DELIVERED


def begin(*, say: Say = on_screen) -> threading.Event:
    """Sweeps in a thread that ends with the process, or when the answer is set."""
    stop, _ = working.begin(Sweeper(say=say))
    return stop
