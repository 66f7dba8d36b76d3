"""Invented days in the published shape, and a slow way to plan a tiny one that cannot miss."""

from __future__ import annotations

import math
import random
from functools import cache
from itertools import permutations, product
from pathlib import Path
from typing import Any

from nowrongdoor.dispatch.day import AT_ONCE, IN_TURN, Day, of

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "home_visits"
SERVICES = ("dressing", "insulin", "company", "rehabilitation")


def as_published(seed: int, patients: int, caregivers: int = 3) -> dict[str, Any]:
    """A file's contents: a third of the visits need two people, by turns at once and one after the other."""
    chance = random.Random(seed)
    places = [(chance.randint(0, 60), chance.randint(0, 60)) for _ in range(patients + 1)]
    found: dict[str, Any] = {
        "services": [{"id": name, "default_duration": 15} for name in SERVICES],
        "caregivers": [
            {"id": f"c{number}", "abilities": list(SERVICES if number < 2 else chance.sample(SERVICES, 2))}
            for number in range(caregivers)
        ],
        "patients": [],
        "distances": [[round(math.dist(here, there), 3) for there in places] for here in places],
    }
    for number in range(patients):
        opens = chance.randint(0, 300)
        one = {"id": f"p{number}", "time_window": [opens, opens + 90]}
        wanted = chance.sample(SERVICES, 2)
        if number % 3 == 2:
            one["required_caregivers"] = [{"service": name, "duration": 20} for name in wanted]
            one["synchronization"] = (
                {"type": IN_TURN, "distance": [10, 30]} if number % 2 else {"type": AT_ONCE}
            )
        else:
            one["required_caregivers"] = [{"service": wanted[0]}]
        found["patients"].append(one)
    return found


@cache
def invented(seed: int, patients: int, caregivers: int = 3) -> Day:
    return of(as_published(seed, patients, caregivers))


def least_cost(day: Day) -> float:
    """Every order of the visits with every crew that can: for tiny days only."""
    staff = [
        [who for who in product(*(day.able(visit, part) for part in range(len(visit.parts)))) if _two(who)]
        for visit in day.visits
    ]
    return min(
        _cost(day, order, crews)
        for order in permutations(range(len(day.visits)))
        for crews in product(*staff)
    )


def _two(who: tuple[int, ...]) -> bool:
    return len(set(who)) == len(who)


def _cost(day: Day, order: tuple[int, ...], crews: tuple[tuple[int, ...], ...]) -> float:
    free, at = [0.0] * len(day.crews), [0] * len(day.crews)
    travel = late = worst = 0.0
    for place in order:
        visit, who = day.visits[place], crews[place]
        there = [free[crew] + day.minutes[at[crew]][place + 1] for crew in who]
        travel += sum(day.minutes[at[crew]][place + 1] for crew in who)
        starts = [max(there[0], visit.opens)]
        if visit.way == AT_ONCE:
            starts = [max(*there, visit.opens)] * 2
        elif visit.way == IN_TURN:
            second = max(there[1], starts[0] + visit.gap[0])
            starts = [max(starts[0], second - visit.gap[1]), second]
        for part, crew in enumerate(who):
            free[crew], at[crew] = starts[part] + visit.parts[part].minutes, place + 1
            late += max(0.0, starts[part] - visit.closes)
            worst = max(worst, starts[part] - visit.closes)
    travel += sum(day.minutes[place][0] for place in at)
    return (travel + late + worst) / 3
