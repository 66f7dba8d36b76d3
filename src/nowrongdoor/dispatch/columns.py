"""
A day and a draft plan as columns of numbers, for the compiled loops.

Visits count from 1, so that 0 can be the base; crews count from 0. A draft is a `key` for each visit and a
`crew` for each part: going through the visits by their keys, each is put at the end of its crews' routes. So
any keys with any crews are a plan that can be lived, also with two at one door. Everything else in a draft
follows from these two and is kept with them (`timing`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from nowrongdoor.dispatch.day import AT_ONCE, IN_TURN, Day

WAYS = {"alone": 0, AT_ONCE: 1, IN_TURN: 2}
NEAR = 24  # so many visits are known as those that could come next before or behind another
NOBODY = -1
WHO, ACTIVE, SEEN, MOVED, TO_LAY = range(5)


class Case(NamedTuple):
    """The day. `able[v, p, :able_count[v, p]]` are the crews who can do part p of visit v."""

    minutes: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    parts: np.ndarray
    way: np.ndarray
    gap: np.ndarray
    lasts: np.ndarray
    able: np.ndarray
    able_count: np.ndarray
    can: np.ndarray  # [visit, part, crew]
    before: np.ndarray  # [visit, number] -> the visits it may best follow, the best first
    after: np.ndarray  # [visit, number] -> the visits that may best follow it


class Draft(NamedTuple):
    """A plan being changed. Everything from `route` on follows from `key` and `crew`."""

    key: np.ndarray  # [visit]
    crew: np.ndarray  # [visit, part] -> crew; NOBODY where there is no such part
    route: np.ndarray  # [crew, number] -> visit
    length: np.ndarray  # [crew] -> visits in its route
    number: np.ndarray  # [visit, part] -> where in its crew's route
    start: np.ndarray  # [visit, part] -> minute
    late: np.ndarray  # [visit] -> late in all its parts
    worst: np.ndarray  # [visit] -> the later of its parts
    travel: np.ndarray  # [crew] -> minutes travelled, the way back with them
    sums: np.ndarray  # travelled, late and worst of all


class Scratch(NamedTuple):
    """Where a change is tried before it is taken."""

    route: np.ndarray  # [crew, number] -> visit, of the crews in `who`
    length: np.ndarray
    first: np.ndarray  # [crew] -> the first number that differs from the draft's
    tail: np.ndarray  # [crew] -> from here on its route is the end of the draft's
    is_new: np.ndarray  # [crew] -> its route is the one here
    who: np.ndarray  # crews whose route is here
    many: np.ndarray  # [WHO] and so on: how many there are of each
    travel: np.ndarray  # [crew]
    active: np.ndarray  # crews still to be followed
    is_active: np.ndarray
    next: np.ndarray  # [crew] -> number of its next visit
    start: np.ndarray
    late: np.ndarray
    worst: np.ndarray
    seen: np.ndarray  # visits whose times were reckoned anew
    is_seen: np.ndarray
    moved: np.ndarray  # [number] -> visit, part, crew before
    keyed: np.ndarray  # the one or two visits that are put elsewhere, 0 for none
    keys: np.ndarray  # their keys before
    to_lay: np.ndarray  # crews whose routes they leave or join
    sums: np.ndarray
    order: np.ndarray  # visits by their keys, as they were last settled
    free: np.ndarray  # [crew] -> when and where it is free, while all is settled
    at: np.ndarray


def case_of(day: Day) -> Case:
    visits, crews = len(day.visits), len(day.crews)
    able = np.zeros((visits + 1, 2, crews), np.int64)
    able_count = np.zeros((visits + 1, 2), np.int64)
    can = np.zeros((visits + 1, 2, crews), np.bool_)
    lasts, gap = np.zeros((visits + 1, 2)), np.zeros((visits + 1, 2))
    for v, visit in enumerate(day.visits, 1):
        gap[v] = visit.gap
        for p, part in enumerate(visit.parts):
            found = day.able(visit, p)
            able[v, p, : len(found)] = found
            can[v, p, found] = True
            able_count[v, p], lasts[v, p] = len(found), part.minutes
    minutes = np.array(day.minutes, float)
    opens = np.array([0.0, *(visit.opens for visit in day.visits)])
    closes = np.array([0.0, *(visit.closes for visit in day.visits)])
    parts = np.array([0, *(len(visit.parts) for visit in day.visits)], np.int64)
    way = np.array([0, *(WAYS[visit.way] for visit in day.visits)], np.int64)
    before, after = _near(minutes, opens, closes, lasts, can)
    return Case(minutes, opens, closes, parts, way, gap, lasts, able, able_count, can, before, after)


def _near(
    minutes: np.ndarray, opens: np.ndarray, closes: np.ndarray, lasts: np.ndarray, can: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """By the way to the next and the lateness that cannot be helped; only where one crew can do both."""
    some = can.any(axis=1).astype(np.int64)
    there = (opens + lasts.max(axis=1))[:, None] + minutes
    follows = minutes + np.maximum(0.0, there - closes[None, :])
    follows = np.where(some @ some.T > 0, follows, np.inf)
    np.fill_diagonal(follows, np.inf)
    visits = len(opens) - 1
    width = max(1, min(NEAR, visits - 1))
    found = []
    for table in (follows.T, follows):
        inner = table[1:, 1:]
        order = np.argsort(inner, axis=1, kind="stable")[:, :width] + 1
        order[~np.isfinite(np.take_along_axis(inner, order - 1, axis=1))] = 0
        found.append(np.vstack([np.zeros((1, order.shape[1]), np.int64), order]).astype(np.int64))
    return found[0], found[1]


def draft_of(case: Case, chance: Any) -> Draft:
    """Visits in the order in which they open, each part with anybody who can do it (`chance`: numpy's)."""
    visits, crews = len(case.opens) - 1, case.able.shape[2]
    key = np.zeros(visits + 1)
    key[np.argsort(case.opens[1:], kind="stable") + 1] = np.arange(visits)
    crew = np.full((visits + 1, 2), NOBODY, np.int64)
    for v in range(1, visits + 1):
        able = [list(case.able[v, p, : case.able_count[v, p]]) for p in range(case.parts[v])]
        crew[v, 0] = chance.choice([one for one in able[0] if len(able) == 1 or set(able[1]) - {one}])
        if len(able) == 2:
            crew[v, 1] = chance.choice([one for one in able[1] if one != crew[v, 0]])
    return Draft(
        key,
        crew,
        np.zeros((crews, visits + 1), np.int64),
        np.zeros(crews, np.int64),
        np.zeros((visits + 1, 2), np.int64),
        np.zeros((visits + 1, 2)),
        np.zeros(visits + 1),
        np.zeros(visits + 1),
        np.zeros(crews),
        np.zeros(3),
    )


def scratch_of(case: Case) -> Scratch:
    visits, crews = len(case.opens) - 1, case.able.shape[2]
    return Scratch(
        np.zeros((crews, visits + 1), np.int64),
        np.zeros(crews, np.int64),
        np.zeros(crews, np.int64),
        np.zeros(crews, np.int64),
        np.zeros(crews, np.bool_),
        np.zeros(crews, np.int64),
        np.zeros(5, np.int64),
        np.zeros(crews),
        np.zeros(crews, np.int64),
        np.zeros(crews, np.bool_),
        np.zeros(crews, np.int64),
        np.zeros((visits + 1, 2)),
        np.zeros(visits + 1),
        np.zeros(visits + 1),
        np.zeros(visits + 1, np.int64),
        np.zeros(visits + 1, np.bool_),
        np.zeros((2 * visits + 2, 3), np.int64),
        np.zeros(2, np.int64),
        np.zeros(2),
        np.zeros(4, np.int64),
        np.zeros(3),
        np.arange(1, visits + 1),
        np.zeros(crews),
        np.zeros(crews, np.int64),
    )
