"""The control: deadlines that live only in the memory of a queue, and a worker that is killed."""

from __future__ import annotations

import heapq
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


class QueueOnly:
    """A timer as it is often built: it knows what is due for as long as its process lives."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int]] = []

    def schedule(self, key: int, due_at: datetime) -> None:
        heapq.heappush(self._due, (due_at, key))

    def fire(self, at: datetime) -> list[int]:
        fired = []
        while self._due and self._due[0][0] <= at:
            fired.append(heapq.heappop(self._due)[1])
        return fired


def forgotten(how_many: int = 100) -> int:
    """How many of these nobody is ever told of, when the worker is killed halfway and another begins."""
    timer, told = QueueOnly(), set()
    for key in range(how_many):
        timer.schedule(key, NOON + timedelta(minutes=key))
    told |= set(timer.fire(NOON + timedelta(minutes=how_many // 2)))
    timer = QueueOnly()  # the worker that took its place
    told |= set(timer.fire(NOON + timedelta(days=1)))
    return how_many - len(told)
