"""
A day and a draft plan as columns of numbers, for the compiled loops.

Visits count from 1, so that 0 can be the base; crews count from 0. A draft is an `order` of visits and
the `crew` of each part: going through the order, each visit is put at the end of its crews' routes. So
any order with any crews is a plan that can be lived, also with two at one door. The other columns
follow from these two and are kept with them (`timing.settle`); those of one row for each place in the
order hold what was so before that place, so that a change is only followed from where it begins.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from nowrongdoor.dispatch.day import AT_ONCE, IN_TURN, Day

WAYS = {"alone": 0, AT_ONCE: 1, IN_TURN: 2}


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


class Draft(NamedTuple):
    """A plan being changed. Everything from `place` on follows from `order` and `crew`."""

    order: np.ndarray  # [place] -> visit
    crew: np.ndarray  # [visit, part] -> crew
    place: np.ndarray  # [visit] -> its place in the order
    start: np.ndarray  # [visit, part] -> minute
    free: np.ndarray  # [place, crew] -> when the crew is free, before this place
    at: np.ndarray  # [place, crew] -> where the crew is, before this place
    next_at: np.ndarray  # [place, crew] -> where the crew goes next, from this place on
    travel: np.ndarray  # [place] -> travelled before this place
    late: np.ndarray  # [place] -> late in all before this place
    worst: np.ndarray  # [place] -> the worst before this place
    late_here: np.ndarray  # [place] -> late at this place
    worst_here: np.ndarray  # [place] -> the worst at this place
    worst_after: np.ndarray  # [place] -> the worst from this place on
    route: np.ndarray  # [crew, number] -> visit
    length: np.ndarray  # [crew] -> visits in its route
    travel_home: np.ndarray  # [0] -> travelled in all, the ways back to the base with it


class Scratch(NamedTuple):
    """Where a change is tried before it is taken."""

    order: np.ndarray
    free: np.ndarray
    at: np.ndarray
    changed: np.ndarray
    out: np.ndarray


def case_of(day: Day) -> Case:
    visits, crews = len(day.visits), len(day.crews)
    able = np.zeros((visits + 1, 2, crews), np.int64)
    able_count = np.zeros((visits + 1, 2), np.int64)
    lasts, gap = np.zeros((visits + 1, 2)), np.zeros((visits + 1, 2))
    for v, visit in enumerate(day.visits, 1):
        gap[v] = visit.gap
        for p, part in enumerate(visit.parts):
            found = day.able(visit, p)
            able[v, p, : len(found)] = found
            able_count[v, p], lasts[v, p] = len(found), part.minutes
    return Case(
        np.array(day.minutes, float),
        np.array([0.0, *(visit.opens for visit in day.visits)]),
        np.array([0.0, *(visit.closes for visit in day.visits)]),
        np.array([0, *(len(visit.parts) for visit in day.visits)], np.int64),
        np.array([0, *(WAYS[visit.way] for visit in day.visits)], np.int64),
        gap,
        lasts,
        able,
        able_count,
    )


def draft_of(case: Case, chance: Any) -> Draft:
    """Visits in the order in which they open, each part with anybody who can do it (`chance`: numpy's)."""
    visits, crews = len(case.opens) - 1, case.able.shape[2]
    order = np.argsort(case.opens[1:], kind="stable").astype(np.int64) + 1
    crew = np.zeros((visits + 1, 2), np.int64)
    for v in range(1, visits + 1):
        able = [list(case.able[v, p, : case.able_count[v, p]]) for p in range(case.parts[v])]
        crew[v, 0] = chance.choice([one for one in able[0] if len(able) == 1 or set(able[1]) - {one}])
        if len(able) == 2:
            crew[v, 1] = chance.choice([one for one in able[1] if one != crew[v, 0]])
    by_place = [np.zeros(visits + 1) for _ in range(6)]
    return Draft(
        order,
        crew,
        np.zeros(visits + 1, np.int64),
        np.zeros((visits + 1, 2)),
        np.zeros((visits + 1, crews)),
        np.zeros((visits + 1, crews), np.int64),
        np.zeros((visits + 1, crews), np.int64),
        *by_place,
        np.zeros((crews, visits + 1), np.int64),
        np.zeros(crews, np.int64),
        np.zeros(1),
    )


def scratch_of(case: Case) -> Scratch:
    visits, crews = len(case.opens) - 1, case.able.shape[2]
    return Scratch(
        np.zeros(visits + 1, np.int64),
        np.zeros(crews),
        np.zeros(crews, np.int64),
        np.zeros(crews, np.bool_),
        np.zeros(2),
    )
