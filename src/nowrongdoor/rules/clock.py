"""
A clock: a promise measured in time.

Instants are UTC; only what a law or a birthday means by a day is the day on the wall in England and
Wales. A period is half-open: it contains its first instant and not its last, so that
two periods that meet neither overlap nor leave a gap. Only due times are kept; "late" is asked.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
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


@lru_cache(maxsize=256)
def local_date(at: datetime) -> date:
    """The day it is on the wall: a standard begins, and a child is born, at midnight there."""
    return at.astimezone(WALL_CLOCK).date()


def local_hour(at: datetime) -> int:
    """Which hour of the day the clock on the wall shows: a road is slower at five than at three."""
    return at.astimezone(WALL_CLOCK).hour


def local_time(at: datetime) -> str:
    """`14:02`; on the night the clocks go back, `01:30 BST` and an hour later `01:30 GMT`."""
    wall = at.astimezone(WALL_CLOCK)
    return f"{wall:%H:%M} {wall:%Z}" if comes_twice(wall) else f"{wall:%H:%M}"


def comes_twice(wall: datetime) -> bool:
    """Whether the clock on the wall shows this time once more that night."""
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def at_wall(day: date, minute: int, *, later: bool = False) -> datetime:
    """
    The instant at which a clock on the wall shows a minute of a day (1440 is the midnight that ends it).

    On the night the clocks go back a time comes twice: the first of the two, or with `later` the second. A
    time that the night in spring leaves out is as long after midnight as it would have been.
    """
    days, left = divmod(minute, 24 * 60)
    shown = time(left // 60, left % 60, tzinfo=WALL_CLOCK, fold=int(later))
    return datetime.combine(day + timedelta(days=days), shown).astimezone(UTC)


def same_time_on(day: date, at: datetime) -> datetime:
    """The instant at which a clock on the wall shows, on another day, what it showed then."""
    wall = at.astimezone(WALL_CLOCK)
    shown = at_wall(day, 60 * wall.hour + wall.minute)
    return shown + timedelta(seconds=wall.second, microseconds=wall.microsecond)


def wall_words(at: datetime, *, now: datetime) -> str:
    """`22:00`, `08:00 tomorrow`, `08:00 Mon 30 Nov`: a time on the wall, and its day if not today."""
    wall = at.astimezone(WALL_CLOCK)
    away = (wall.date() - local_date(now)).days
    if away == 0:
        return f"{wall:%H:%M}"
    return f"{wall:%H:%M} tomorrow" if away == 1 else f"{wall:%H:%M} {wall:%a} {wall.day} {wall:%b}"
