"""The control: a clock that reckons with the time on the wall: an hour out on two nights of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nowrongdoor.rules.clock import WALL_CLOCK


def by_the_wall(started_at: datetime, within: timedelta) -> datetime:
    """When it falls due by the hands of a clock on the wall in England and Wales."""
    shown = started_at.astimezone(WALL_CLOCK).replace(tzinfo=None) + within
    return shown.replace(tzinfo=WALL_CLOCK).astimezone(UTC)
