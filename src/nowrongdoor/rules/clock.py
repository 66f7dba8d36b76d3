"""
A clock: a promise measured in time.

Instants are UTC; only what a law or a birthday means by a day is the day on the wall in England and
Wales. A period is half-open: it contains its first instant and not its last, so that
two periods that meet neither overlap nor leave a gap. Only due times are kept; "late" is asked.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

WALL_CLOCK = ZoneInfo("Europe/London")


def clock_called(name: str) -> tzinfo | None:
    """The clock of a place by its name, as guidance may write one beside a time; None for no such place."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


@dataclass(frozen=True)
class Period:
    """From an instant, up to but not including another; without an end while it lasts."""

    from_at: datetime
    until_at: datetime | None = None

    def contains(self, at: datetime) -> bool:
        return self.from_at <= at and (self.until_at is None or at < self.until_at)

    def meets(self, later: "Period") -> bool:
        """Nothing lies between the two, and nothing is in both."""
        return self.until_at is not None and self.until_at == later.from_at


def due_at(started_at: datetime, within: timedelta) -> datetime:
    """When a promise that began at `started_at` falls due, in elapsed time (never local time)."""
    return started_at + within


def is_late(due: datetime, *, at: datetime) -> bool:
    """The promise has not been kept by its due time; the due time itself is already late."""
    return due <= at


def local_date(at: datetime) -> date:
    """The day it is on the wall: a standard begins, and a child is born, at midnight there."""
    return at.astimezone(WALL_CLOCK).date()
