"""
The options for one ask, from columns: what `rules.fitting.options` answers, some thousand times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nowrongdoor.directory.columns import IS_FULL, NO_STATE, NOBODY_SAID, Columns, microseconds
from nowrongdoor.directory.times import CLOSED, NOT_KNOWN
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.fitting import (
    CRISIS_LINE,
    EMERGENCY,
    FARTHEST,
    FULL,
    NAVIGATOR,
    SHOWN,
    SURE_OF_YES,
    WITHOUT_GOING,
    Ask,
    Fit,
    Options,
    is_unchecked,
)
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.working_time import minute

Array = NDArray[Any]
CRITERIA = ("age", "area", "gender", "practice", "language", "access", "way", "hours", FULL)
BIT = {name: 1 << place for place, name in enumerate(CRITERIA)}


@dataclass
class Judged:
    """Of the rows looked at: misses and doubts as bits, metres (-1: not known), needs unmet, the order."""

    rows: Array
    misses: Array
    doubts: Array
    metres: Array
    unmet: Array
    closed: Array
    key: Array


def options(columns: Columns, ask: Ask, *, shown: int = SHOWN) -> Options:
    """The best options, the nearest misses and the counts."""
    cells = columns.cells
    needed = columns.words["needs"].known(ask.needs)
    met = (cells["needs"] & np.uint64(needed)) != 0
    if not ask.emergency:
        met[columns.of_kind[EMERGENCY]] = False
    when = columns.times.standings(ask.at)
    judged = _judge(columns, np.flatnonzero(met), ask, when)
    best = _first(judged.key, shown)
    by_one = (np.bitwise_count(judged.misses) == 1) & (judged.unmet == 0)
    near = np.flatnonzero(by_one)[_first(judged.key[by_one], 2 * shown)]
    near = near[~np.isin(near, best)][:shown]
    counts = np.bincount(judged.misses[by_one], minlength=1)
    fits = _fits(columns, judged, np.concatenate([best, near]), ask)
    return Options(
        best=tuple(fits[: len(best)]),
        near=tuple(fits[len(best) :]),
        fitting=int(((judged.misses == 0) & (judged.unmet == 0)).sum()),
        found=len(judged.rows),
        by_one={name: int(counts[bit]) for name, bit in BIT.items() if bit < len(counts) and counts[bit]},
        navigator=_first_of(columns, NAVIGATOR, ask, when),
        crisis_line=_first_of(columns, CRISIS_LINE, ask, when),
    )


def _judge(columns: Columns, rows: Array, ask: Ask, when: tuple[Array, Array]) -> Judged:
    cells = columns.cells
    misses = np.zeros(len(rows), dtype=np.int16)
    doubts = np.zeros(len(rows), dtype=np.int16)
    metres = _metres(columns, rows, ask)
    state, opens = when
    hours = cells["hours"][rows]
    closed = state[hours] == CLOSED

    def told(name: str, missed: Array | None, unsure: Array | None) -> None:
        nonlocal misses, doubts
        if missed is not None:
            misses |= missed * np.int16(BIT[name])
        if unsure is not None:
            doubts |= unsure * np.int16(BIT[name])

    told("age", *_age(cells, rows, ask))
    told("area", *_area(columns, rows, metres, ask))
    if ask.gender:
        gender = cells["gender"][rows]
        told("gender", (gender != 0) & (gender != columns.genders.number(ask.gender)), None)
    told("practice", *_limited(columns, "practices", rows, ask.practice))
    if ask.language:
        spoken = cells["languages"][rows]
        told("language", (spoken != 0) & ~columns.sets["languages"].having(ask.language)[spoken], spoken == 0)
    told("access", *_access(columns, rows, ask))
    if ask.way:
        ways = cells["ways"][rows]
        wanted = np.uint64(columns.words["ways"].known([ask.way]))
        told("way", (ways != 0) & ((ways & wanted) == 0), ways == 0)
    late = closed & (opens > minute(ask.at + ask.within))[hours] if ask.within is not None else None
    told("hours", late, (state == NOT_KNOWN)[hours])
    counts = (cells["state"][rows] != NO_STATE) & (microseconds(ask.at) < cells["until"][rows])
    told(FULL, counts & (cells["state"][rows] == IS_FULL), ~counts)

    known = np.uint64(columns.words["needs"].known(ask.needs))
    unmet = len(ask.needs) - np.bitwise_count(cells["needs"][rows] & known).astype(np.int64)
    key = _key(columns, rows, ask, misses, doubts, metres, unmet)
    return Judged(rows, misses, doubts, metres, unmet, closed, key)


def _key(
    columns: Columns, rows: Array, ask: Ask, misses: Array, doubts: Array, metres: Array, unmet: Array
) -> Array:
    """The order of `rules.fitting.rank` in one number: each part in bits of its own, the row last."""
    cells = columns.cells
    weighs = law.weights(at=ask.at)
    of_misses = np.array(
        [sum(weighs[name] for name, bit in BIT.items() if bit & mask) for mask in range(1 << len(CRITERIA))]
        if (remembered := _WEIGHED.get(tuple(weighs.items()))) is None
        else remembered,
        dtype=np.int64,
    )
    _WEIGHED[tuple(weighs.items())] = of_misses
    wished = np.uint64(columns.words["offers"].known(ask.wishes))
    since = local_date(ask.at - law.counts_for("checked", at=ask.at)).toordinal()
    far = np.where(metres < 0, FARTHEST, np.minimum(FARTHEST, metres // 100))
    key: Array = (cells["checked"][rows] < since).astype(np.int64)
    for part, bits in (
        (of_misses[misses] + weighs[law.NEED] * unmet + _way_there(columns, rows, metres, ask), 10),
        (len(ask.wishes) - np.bitwise_count(cells["offers"][rows] & wished).astype(np.int64), 6),
        (np.bitwise_count(doubts), 4),
        (SURE_OF_YES + cells["unlikely"][rows], 5),
        (far, 16),
        (rows, 20),
    ):
        key <<= bits
        key |= part
    return key


_WEIGHED: dict[Any, Array] = {}


def _way_there(columns: Columns, rows: Array, metres: Array, ask: Ask) -> Array:
    far = np.zeros(len(rows), dtype=np.int64)
    for band in law.far_bands(at=ask.at):
        far += metres > band
    without = np.uint64(columns.words["offers"].known(WITHOUT_GOING))
    far[(columns.cells["offers"][rows] & without) != 0] = 0
    return far


def _first(key: Array, count: int) -> Array:
    """The places of the smallest, in order."""
    if len(key) > count:
        few = np.argpartition(key, count)[:count]
        return few[np.argsort(key[few])]
    return np.argsort(key)


def _metres(columns: Columns, rows: Array, ask: Ask) -> Array:
    """To the nearest of each service's places; -1 where either is not known."""
    if ask.place is None:
        return np.full(len(rows), -1, dtype=np.int64)
    cells = columns.cells
    east, north = ask.place
    squares = (cells["x"][rows].astype(np.int64) - east) ** 2
    squares += (cells["y"][rows].astype(np.int64) - north) ** 2
    many = cells["places"][rows]
    # Most services have one place: those with more are looked at again, a place at a time.
    here, place, left = np.array(ask.place, dtype=np.int64), 0, np.flatnonzero(many > 1)
    first = cells["more_places"][rows[left]]
    while len(left):
        away = columns.points[first + place] - here
        squares[left] = np.minimum(squares[left], away[:, 0] ** 2 + away[:, 1] ** 2)
        place += 1
        more = many[left] > place + 1
        left, first = left[more], first[more]
    metres = np.sqrt(squares).astype(np.int64)
    metres[many == 0] = -1
    return metres


def _age(cells: dict[str, Array], rows: Array, ask: Ask) -> tuple[Array | None, Array | None]:
    low, high = cells["low"][rows], cells["high"][rows]
    if ask.age is None:
        return None, (low != NOBODY_SAID) | (high != NOBODY_SAID)
    return (low > ask.age) | ((high != NOBODY_SAID) & (high < ask.age)), None


def _area(columns: Columns, rows: Array, metres: Array, ask: Ask) -> tuple[Array, Array]:
    named, reach = columns.cells["districts"][rows], columns.cells["reach"][rows]
    by_name, by_reach = named != 0, reach != NOBODY_SAID
    inside = by_reach & (metres >= 0) & (metres <= reach)
    unsure = by_reach & (metres < 0)
    if ask.district:
        inside |= by_name & columns.sets["districts"].having(ask.district)[named]
    else:
        unsure = unsure | by_name
    unsure &= ~inside
    return (by_name | by_reach) & ~inside & ~unsure, unsure


def _limited(columns: Columns, name: str, rows: Array, asked: str) -> tuple[Array | None, Array | None]:
    limits = columns.cells[name][rows]
    if not asked:
        return None, limits != 0
    return (limits != 0) & ~columns.sets[name].having(asked)[limits], None


def _access(columns: Columns, rows: Array, ask: Ask) -> tuple[Array | None, Array | None]:
    if not ask.access:
        return None, None
    known = np.uint64(columns.words["access"].known(ask.access))
    missed = (columns.cells["lacks"][rows] & known) != 0
    every = np.bitwise_count(columns.cells["has"][rows] & known) == len(ask.access)
    return missed, ~missed & ~every


def _fits(columns: Columns, judged: Judged, places: Array, ask: Ask) -> list[Fit]:
    """What is told of the few that are shown."""
    rows = judged.rows[places]
    day, now = columns.times.day(ask.at), minute(ask.at)
    told = zip(
        rows.tolist(),
        columns.entries(rows),
        judged.misses[places].tolist(),
        judged.doubts[places].tolist(),
        judged.metres[places].tolist(),
        columns.cells["hours"][rows].tolist(),
        strict=True,
    )
    return [
        Fit(
            entry=entry,
            said=columns.said.get(row),
            misses=tuple(name for name in CRITERIA if misses & BIT[name]),
            doubts=tuple(name for name in CRITERIA if doubts & BIT[name]),
            unmet=tuple(need for need in ask.needs if need not in entry.needs),
            wishes_met=tuple(sorted(ask.wishes & entry.offers)),
            distance_m=None if metres < 0 else metres,
            open=day.standing(hours, now),
            unchecked=is_unchecked(entry, at=ask.at),
        )
        for row, entry, misses, doubts, metres, hours in told
    ]


def _first_of(columns: Columns, kind: str, ask: Ask, when: tuple[Array, Array]) -> Fit | None:
    rows = columns.of_kind[kind]
    if not len(rows):
        return None
    judged = _judge(columns, rows, ask, when)
    first = np.lexsort((judged.key, judged.closed))[:1]
    return _fits(columns, judged, first, ask)[0]
