"""
What happens without a plan: visits as they open, each to whoever who can do it is there first.
"""

from __future__ import annotations

from itertools import product

from nowrongdoor.dispatch import checking
from nowrongdoor.dispatch.day import ALONE, AT_ONCE, Day, Visit
from nowrongdoor.dispatch.planned import Cost, Plan, Stop


def nearest(day: Day) -> Plan:
    """A plan that can be lived, and that nobody has thought about."""
    free, at = [0.0] * len(day.crews), [0] * len(day.crews)
    routes: list[list[Stop]] = [[] for _ in day.crews]
    for place in sorted(range(len(day.visits)), key=lambda place: (day.visits[place].opens, place)):
        visit = day.visits[place]
        ways = product(*(day.able(visit, part) for part in range(len(visit.parts))))
        there = {
            crews: _starts(visit, [free[crew] + day.minutes[at[crew]][place + 1] for crew in crews])
            for crews in ways
            if len(set(crews)) == len(crews)
        }
        crews = min(there, key=lambda crews: (there[crews], crews))
        for part, (crew, starts) in enumerate(zip(crews, there[crews], strict=True)):
            routes[crew].append(Stop(place, part, starts))
            free[crew], at[crew] = starts + visit.parts[part].minutes, place + 1
    plan = Plan(tuple(map(tuple, routes)), Cost(0.0, 0.0, 0.0))
    return Plan(plan.routes, checking.cost(day, plan))


def _starts(visit: Visit, arrive: list[float]) -> tuple[float, ...]:
    first = max(arrive[0], visit.opens)
    if visit.way == ALONE:
        return (first,)
    if visit.way == AT_ONCE:
        return (max(first, arrive[1]),) * 2
    second = max(arrive[1], first + visit.gap[0])
    return max(first, second - visit.gap[1]), second
