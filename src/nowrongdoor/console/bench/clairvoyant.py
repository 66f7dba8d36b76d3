"""
A plan of the day by somebody who knew it beforehand: every visit before it is asked for, and how long it is.

Nobody can live by it; it says how much of what was late could have been in time at all. It is searched for,
so that there may be a better one. Visits that would not be in time are left out: only the share is asked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
from numba import njit

from nowrongdoor.console.bench.lived_day import BEGINS, HOUR, MINUTE, LivedDay, Went
from nowrongdoor.rules import travelling
from nowrongdoor.rules.clock import local_date

HOURS = 48
AT_A_TIME = 100_000
HOT, COLD = 0.3, 0.01  # in visits that are late


@njit(cache=True)
def lived(
    route: np.ndarray, many: int, crew: np.ndarray, visits: np.ndarray, ways: np.ndarray, met: np.ndarray
) -> float:
    """
    What a crew's route costs: a visit that is late 1, and a little for the way. `crew` is from, until, base;
    a row of `visits` is asked, due, takes, area. `met` tells which were in time, and when the crew left.
    """
    free, at, home, cost = crew[0], crew[2], crew[2], 0.0
    for number in range(many):
        asked, due, takes, area = visits[route[number]]
        leaves = max(free, asked)
        here = at
        if at != home and leaves >= free + ways[int(free // 60), int(at), int(home)]:
            here = home
        way = ways[int(leaves // 60), int(here), int(area)]
        there = leaves + way
        met[number] = -1.0
        if there > due or there + takes > crew[1]:
            cost += 1.0 + min(1.0, max(0.0, there - due) / 240.0) * 0.5
            continue
        met[number] = leaves
        cost += way / 5000.0
        free, at = there + takes, area
    return cost


@njit(cache=True)
def search(
    routes: np.ndarray, many: np.ndarray, crews: np.ndarray, visits: np.ndarray, able: np.ndarray,
    ways: np.ndarray, best: np.ndarray, best_many: np.ndarray, least: float, hot: float, cold: float,
    tries: int,
) -> float:  # fmt: skip
    """A visit to another place or crew, so many times, while it cools. Keeps the best; answers its cost."""
    count, met = len(crews), np.zeros(len(visits))
    costs = np.zeros(count)
    for c in range(count):
        costs[c] = lived(routes[c], many[c], crews[c], visits, ways, met)
    now, heat, cooling = costs.sum(), hot, (cold / hot) ** (1.0 / tries)
    one, other = np.zeros(len(visits), np.int64), np.zeros(len(visits), np.int64)
    for _ in range(tries):
        heat *= cooling
        a, b = int(np.random.random() * count), int(np.random.random() * count)
        if many[a] == 0:
            continue
        i = int(np.random.random() * many[a])
        v = routes[a, i]
        if not able[v, b]:
            continue
        j = int(np.random.random() * (many[b] + (0 if a == b else 1)))
        one[: many[a]] = routes[a, : many[a]]
        one[i : many[a] - 1] = routes[a, i + 1 : many[a]]
        kept = many[a] - 1
        if a == b:
            one[j + 1 : many[a]] = one[j:kept].copy()
            one[j] = v
            cost, was = lived(one, many[a], crews[a], visits, ways, met), costs[a]
            first = cost
        else:
            other[:j] = routes[b, :j]
            other[j] = v
            other[j + 1 : many[b] + 1] = routes[b, j : many[b]]
            first = lived(one, kept, crews[a], visits, ways, met)
            cost, was = first + lived(other, many[b] + 1, crews[b], visits, ways, met), costs[a] + costs[b]
        if cost - was > -heat * math.log(1e-300 + np.random.random()):
            continue
        routes[a, : many[a]] = one[: many[a]]
        costs[a] = first
        if a != b:
            many[a] -= 1
            many[b] += 1
            routes[b, : many[b]] = other[: many[b]]
            costs[b] = cost - first
        now += cost - was
        if now < least - 1e-9:
            least = now
            best[:], best_many[:] = routes, many
    return least


@njit(cache=True)
def seeded(seed: int) -> None:
    np.random.seed(seed)


def plan(day: LivedDay, *, begin: Sequence[Went], seconds: float, seed: int) -> list[Went]:
    """The best that is found in so many processor seconds, from what somebody lived; only what is in time."""
    crews, visits, able, ways, keys = _columns(day)
    places = {one.visit.id: number for number, one in enumerate(day.coming)}
    numbers = {key: number for number, key in enumerate(keys)}
    routes, many = np.zeros((len(crews), len(visits) + 1), np.int64), np.zeros(len(crews), np.int64)
    first = {one.coming.visit.id: numbers[one.crew.id] for one in sorted(begin, key=lambda one: one.left_at)}
    chance = np.random.default_rng(seed)
    for one in day.coming:
        if one.visit.id not in first:
            first[one.visit.id] = int(chance.choice(np.flatnonzero(able[places[one.visit.id]])))
    for key, number in first.items():
        routes[number, many[number]] = places[key]
        many[number] += 1
    best, best_many, met = routes.copy(), many.copy(), np.zeros(len(visits))
    least = sum(lived(routes[c], many[c], crews[c], visits, ways, met) for c in range(len(crews)))
    seeded(seed)
    search(routes, many, crews, visits, able, ways, best, best_many, least, 1e-3, 1e-4, 1)
    began, gone = time.process_time(), 0.0
    while gone < 1.0:
        before, gone = gone, min(1.0, (time.process_time() - began) / seconds + 0.005)
        heats = [HOT * (COLD / HOT) ** part for part in (before, gone)]
        least = search(routes, many, crews, visits, able, ways, best, best_many, least, *heats, AT_A_TIME)
    return _told(day, best, best_many, crews, visits, ways, keys)


def _columns(day: LivedDay) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[UUID]]:
    """Minutes from the beginning of the day, and areas by their places in the list."""
    areas = [one.code for one in travelling.areas(on=local_date(BEGINS))]
    keys = list(day.crews)
    own = [day.crews[key][0] for key in keys]
    crews = np.array([[_since(one.from_at), _since(one.ends_at), areas.index(one.base)] for one in own])
    visits = np.array(
        [
            [_since(one.at), _since(one.visit.due_at), one.lasts, areas.index(one.visit.area)]
            for one in day.coming
        ]
    )
    able = np.array([[key in day.able[one.visit.id] for key in keys] for one in day.coming])
    ways = np.array(
        [
            [[day.minutes(a, b, BEGINS + hour * HOUR) for b in areas] for a in areas]
            for hour in range(HOURS)
        ],
        float,
    )
    return crews.astype(float), visits.astype(float), able, ways, keys


def _told(
    day: LivedDay, routes: np.ndarray, many: np.ndarray, crews: np.ndarray, visits: np.ndarray,
    ways: np.ndarray, keys: list[UUID],
) -> list[Went]:  # fmt: skip
    """As it would be lived, by the same rules of travel as everybody's day."""
    told, met = [], np.zeros(len(visits))
    for number, key in enumerate(keys):
        lived(routes[number], many[number], crews[number], visits, ways, met)
        last: Went | None = None
        for place in range(many[number]):
            if met[place] >= 0:
                at = BEGINS + float(met[place]) * MINUTE
                last = day.go(day.coming[int(routes[number, place])], day.crews[key][0], last, at)
                told.append(last)
    return told


def _since(at: datetime) -> float:
    return (at - BEGINS) / MINUTE
