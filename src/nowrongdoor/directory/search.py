"""
The options for one ask, from columns: what `rules.fitting.options` answers, some thousand times as fast.

Every service that meets a need is judged by what leads the order, for all of them are counted; the rest of
the order is reckoned for those alone that may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nowrongdoor.directory import criteria
from nowrongdoor.directory.columns import Columns
from nowrongdoor.directory.criteria import BIT, CRITERIA, Rows
from nowrongdoor.directory.times import CLOSED
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.fitting import (
    CRISIS_LINE,
    EMERGENCY,
    FARTHEST,
    NAVIGATOR,
    SHOWN,
    SURE_OF_YES,
    Ask,
    Fit,
    Options,
)
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.working_time import minute

Array = NDArray[Any]


@dataclass
class Judged:
    """
    Services beside one ask: their misses as bits, how many needs each leaves unmet, and what leads.

    `lead` is the first two parts of the order of `rules.fitting.rank` in one number: checked lately, and
    what is in the way.
    """

    of: Rows
    misses: Array
    unmet: Array
    lead: Array

    def some(self, places: Array) -> Judged:
        few = (each.take(places) for each in (self.misses, self.unmet, self.lead))
        return Judged(self.of.some(places), *few)

    def first(self, count: int) -> Judged:
        return Judged(self.of, self.misses[:count], self.unmet[:count], self.lead[:count])

    @property
    def misses_one(self) -> Array:
        return (np.bitwise_count(self.misses) == 1) & (self.unmet == 0)


def options(columns: Columns, ask: Ask, *, shown: int = SHOWN) -> Options:
    """The best options, the nearest misses and the counts."""
    found = _found(columns, ask)
    always = [columns.of_kind[kind] for kind in (NAVIGATOR, CRISIS_LINE)]
    rows = Rows(columns, np.concatenate([found, *always]), ask, columns.times.standings(ask.at))
    every = _judged(rows)
    judged = every.first(len(found))
    by_one = judged.misses_one
    counts = np.bincount(judged.misses[by_one], minlength=1)
    may_be = np.flatnonzero(_may_be_first(judged.lead, by_one, shown))
    few = every.some(np.concatenate([may_be, np.arange(len(found), len(rows))]))
    doubts = criteria.doubts(few.of, few.misses)
    key = _key(few, doubts)
    best = _first(key[: len(may_be)], shown)
    near = np.flatnonzero(few.misses_one[: len(may_be)])
    near = near[_first(key[near], 2 * shown)]
    near = near[~np.isin(near, best)][:shown]
    firsts = _first_of_each(few, key, [len(may_be), *map(len, always)])
    fits = iter(_fits(few, doubts, np.concatenate([best, near, *firsts])))
    return Options(
        best=tuple(islice(fits, len(best))),
        near=tuple(islice(fits, len(near))),
        fitting=int(((judged.misses == 0) & (judged.unmet == 0)).sum()),
        found=len(found),
        by_one={name: int(counts[bit]) for name, bit in BIT.items() if bit < len(counts) and counts[bit]},
        navigator=next(fits) if len(firsts[0]) else None,
        crisis_line=next(fits) if len(firsts[1]) else None,
    )


def _found(columns: Columns, ask: Ask) -> Array:
    needed = columns.words["needs"].known(ask.needs)
    met = (columns.cells["needs"] & np.uint64(needed)) != 0
    if not ask.emergency:
        met[columns.of_kind[EMERGENCY]] = False
    return np.flatnonzero(met)


def _judged(of: Rows) -> Judged:
    ask = of.ask
    weighs = law.weights(at=ask.at)
    misses = criteria.misses(of)
    unmet = len(ask.needs) - of.has("needs", ask.needs).astype(np.int16)
    since = local_date(ask.at - law.counts_for("checked", at=ask.at)).toordinal()
    lead = (of["checked"] < since) * np.int16(1 << WAY_BITS)
    lead += _weights(tuple(weighs[name] for name in CRITERIA)).take(misses)
    lead += unmet * np.int16(weighs[law.NEED])
    lead += criteria.bands_beyond(of)
    return Judged(of, misses, unmet, lead)


WAY_BITS = 10  # of what is in the way


@cache
def _weights(weighs: tuple[int, ...]) -> Array:
    """What each set of misses weighs."""
    masks = np.arange(1 << len(weighs), dtype=np.int16)
    return sum(((masks >> bit & 1) * np.int16(one) for bit, one in enumerate(weighs)), np.zeros_like(masks))


def _may_be_first(lead: Array, by_one: Array, shown: int) -> Array:
    """Whoever leads no worse than the last that is shown: among all, and among those that miss one thing."""
    return (lead <= _last_of(lead, shown)) | (by_one & (lead <= _last_of(lead[by_one], 2 * shown)))


def _last_of(lead: Array, count: int) -> int:
    return int(np.partition(lead, count)[count]) if len(lead) > count else 2**15 - 1


def _key(few: Judged, doubts: Array) -> Array:
    """The order of `rules.fitting.rank` in one number: each part in bits of its own, the row last."""
    of = few.of
    metres = _metres(of)
    far = np.where(metres < 0, FARTHEST, np.minimum(FARTHEST, metres // 100))
    key: Array = few.lead.astype(np.int64)
    for part, bits in (
        (len(of.ask.wishes) - of.has("offers", of.ask.wishes).astype(np.int64), 6),
        (np.bitwise_count(doubts), 4),
        (SURE_OF_YES + of["unlikely"], 5),
        (far, 16),
        (of.rows, 20),
    ):
        key <<= bits
        key |= part
    return key


def _metres(of: Rows) -> Array:
    """Whole metres to the nearest place of each; -1 where either is not known."""
    return np.where(of.squares < 0, -1, np.sqrt(np.maximum(of.squares, 0)).astype(np.int64))


def _first(key: Array, count: int) -> Array:
    """The places of the smallest, in order."""
    if len(key) > count:
        few = np.argpartition(key, count)[:count]
        return few[np.argsort(key[few])]
    return np.argsort(key)


def _fits(judged: Judged, doubts: Array, places: Array) -> list[Fit]:
    """What is told of the few that are shown."""
    shown, ask, columns = judged.some(places), judged.of.ask, judged.of.columns
    rows = shown.of.rows
    day, now = columns.times.day(ask.at), minute(ask.at)
    told = zip(
        rows.tolist(),
        columns.entries(rows),
        shown.misses.tolist(),
        doubts[places].tolist(),
        (shown.lead >> WAY_BITS).tolist(),
        _metres(shown.of).tolist(),
        shown.of["hours"].tolist(),
        strict=True,
    )
    return [
        Fit(
            entry=entry,
            said=columns.said.get(row),
            misses=_names(misses),
            doubts=_names(unsure),
            unmet=tuple(need for need in ask.needs if need not in entry.needs),
            wishes_met=tuple(sorted(ask.wishes & entry.offers)),
            distance_m=None if metres < 0 else metres,
            open=day.standing(hours, now),
            unchecked=bool(unchecked),
        )
        for row, entry, misses, unsure, unchecked, metres, hours in told
    ]


def _names(bits: int) -> tuple[str, ...]:
    return tuple(name for name in CRITERIA if bits & BIT[name])


def _first_of_each(few: Judged, key: Array, lengths: Sequence[int]) -> list[Array]:
    """The place of the one to ask, of each kind that is always told: open first, then in the order of all."""
    closed = few.of.state.take(few.of["hours"]) == CLOSED
    of_kinds = [np.arange(first, last) for first, last in pairwise(np.cumsum(lengths).tolist())]
    return [places[np.lexsort((key[places], closed[places]))[:1]] for places in of_kinds]
