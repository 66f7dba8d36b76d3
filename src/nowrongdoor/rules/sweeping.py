"""
Sweeps: how long none may have finished before every board says so, and how far two clocks may differ.

A sweep looks for clocks whose next step has come. It is told the time by the database, and refuses when the
process that runs it believes another.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Refused, Step, began, changed
from nowrongdoor.rules.law import ladder

WORKERS = UUID("7b0f1c1e-5b7d-5d52-9a53-2f6c8d0f4b11")

NOBODY = Viewer(WORKERS, "Sweep of clocks", "", WORKERS, "No team", WORKERS)
"""A step up a ladder is nobody's act: the journal names the sweep, and no member."""


@dataclass(frozen=True)
class Sweep:
    """The last sweep that a worker finished."""

    id: UUID
    worker: str
    finished_at: datetime
    looked: int
    climbed: int
    version: int = 0


def key_of(worker: str) -> UUID:
    """A worker has one row, however often it sweeps."""
    return uuid5(WORKERS, worker)


def finish(before: Sweep | None, *, worker: str, looked: int, climbed: int, at: datetime) -> Step:
    """A sweep has been through everything whose time had come."""
    if before is None:
        return began("sweep.finished", Sweep(key_of(worker), worker, at, looked, climbed))
    return changed(before, "sweep.finished", finished_at=at, looked=looked, climbed=climbed)


def need_agreement(ours: datetime, theirs: datetime) -> None:
    """Refuses when the clock of this process and that of the database differ by more than is allowed."""
    most = ladder.sweep_time("clock_skew", at=theirs)
    apart = abs(ours - theirs)
    if apart > most:
        raise Refused(
            f"The clock of this machine differs by {apart.total_seconds():,.0f} seconds from the database's. "
            f"More than {most.total_seconds():.0f} is not allowed: set it right. Nothing was swept.",
            code="clocks_differ",
        )


def has_gone_quiet(finished_at: datetime | None, *, at: datetime) -> bool:
    """No sweep has finished for so long that every board must say so."""
    if finished_at is None:
        return True
    return at - finished_at > ladder.sweep_time("sweep_quiet", at=at)
