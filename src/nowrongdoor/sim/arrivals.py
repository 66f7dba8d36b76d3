"""
When people turn to us: by the hour of the day and the day of the week, at random within that.

The pattern is ours and only has to be plausible: busiest late on weekday mornings, a second rise in
the early evening, quiet and never silent at night.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from nowrongdoor.sim.streams import Stream

HOURS = (
    1.2, 0.9, 0.8, 0.7, 0.7, 0.9, 1.6, 3.0, 5.6, 7.6, 8.0, 7.6,
    6.6, 6.4, 6.6, 6.4, 6.2, 5.8, 5.2, 4.6, 3.8, 3.0, 2.2, 1.6,
)  # fmt: skip
DAYS = (1.15, 1.05, 1.0, 1.0, 1.08, 0.85, 0.8)  # Monday first
HOUR = timedelta(hours=1)


def weight(hour: datetime) -> float:
    """How busy this hour is, beside the others."""
    return HOURS[hour.hour] * DAYS[hour.weekday()]


def arrivals(stream: Stream, *, start: datetime, until: datetime, expected: float) -> Iterator[datetime]:
    """
    Instants of about `expected` contacts, in order: a Poisson stream whose rate follows the week.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 11, 2, tzinfo=UTC)
    >>> found = list(arrivals(Stream("x"), start=monday, until=monday + timedelta(days=7), expected=700))
    >>> 600 < len(found) < 800 and found == sorted(found)
    True
    """
    hours = _hours(start, until)
    busy = sum(weight(begins) * (ends - begins) / HOUR for begins, ends in hours)
    if not busy or expected <= 0:
        return
    to_next = stream.expovariate(1.0)
    for begins, ends in hours:
        here = expected * weight(begins) * ((ends - begins) / HOUR) / busy
        passed = 0.0
        while passed + to_next < here:
            passed += to_next
            yield begins + (ends - begins) * (passed / here)
            to_next = stream.expovariate(1.0)
        to_next -= here - passed


def _hours(start: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The hours between two instants, the first and the last of them perhaps in part."""
    parts = []
    while start < until:
        ends = min(start.replace(minute=0, second=0, microsecond=0) + HOUR, until)
        parts.append((start, ends))
        start = ends
    return parts
