"""
When every kind of opening hours is open, for the days that count for an answer: reckoned once a day.

Which minutes those are is said by `rules.working_time` alone; here they are only laid out as columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.working_time import Hours, Span, Standing, minute, of_spans, window

Array = NDArray[Any]
DAYS_KEPT = 3
NEVER = 2**31 - 1
CLOSED, OPEN, NOT_KNOWN = 0, 1, 2


class Day:
    """Spans of every kind of hours, as seen from one day: a row for each kind, padded with never."""

    def __init__(self, hours: Sequence[Hours], at: datetime) -> None:
        first, last = window(at)
        spans = [one.spans(first, last) if one.is_known else () for one in hours]
        width = max((len(one) for one in spans), default=0) or 1
        self.opens = np.full((len(hours), width), NEVER, dtype=np.int32)
        self.closes = np.full((len(hours), width), NEVER, dtype=np.int32)
        self.sure = np.zeros((len(hours), width), dtype=bool)
        self.known = np.array([one.is_known for one in hours], dtype=bool)
        for row, of_kind in enumerate(spans):
            if of_kind:
                opens, closes, sure = zip(*of_kind, strict=True)
                self.opens[row, : len(opens)] = opens
                self.closes[row, : len(closes)] = closes
                self.sure[row, : len(sure)] = sure

    def standings(self, now: int) -> tuple[Array, Array]:
        """For each kind of hours: open, closed or not known; and the minute it opens next."""
        inside = (self.opens <= now) & (now < self.closes)
        state = np.full(len(self.known), NOT_KNOWN, dtype=np.int8)
        state[self.known & ~inside.any(axis=1)] = CLOSED
        state[(inside & self.sure).any(axis=1)] = OPEN
        opens = np.where(self.opens > now, self.opens, NEVER).min(axis=1)
        return state, opens

    def standing(self, row: int, now: int) -> Standing:
        if not self.known[row]:
            return Standing(None)
        columns = (self.opens[row].tolist(), self.closes[row].tolist(), self.sure[row].tolist())
        spans = tuple(Span(*cells) for cells in zip(*columns, strict=True) if cells[0] != NEVER)
        return of_spans(spans, now)


class Times:
    """The days lately asked about."""

    def __init__(self, hours: Sequence[Hours]) -> None:
        self._hours = hours
        self._days: dict[date, Day] = {}

    def day(self, at: datetime) -> Day:
        on = local_date(at)
        found = self._days.get(on)
        if found is None or len(found.known) != len(self._hours):
            found = self._days[on] = Day(self._hours, at)
            while len(self._days) > DAYS_KEPT:
                self._days.pop(next(iter(self._days)))
        return found

    def standings(self, at: datetime) -> tuple[Array, Array]:
        return self.day(at).standings(minute(at))
