"""
Whether a plan can be lived, and what it costs: asked of the plan alone, in plain loops.

Nothing here is shared with what finds plans, so that a fault there is not repeated here.
"""

from __future__ import annotations

from itertools import pairwise

from nowrongdoor.dispatch.day import AT_ONCE, IN_TURN, Day
from nowrongdoor.dispatch.planned import Cost, Plan

TINY = 1e-6  # minutes: what adding up decimals may differ by


def faults(day: Day, plan: Plan) -> list[str]:
    """
    What about the plan cannot be so, in words; empty when it can be lived as it says. Times are asked
    only of a plan that sends the right people.
    """
    if len(plan.routes) != len(day.crews):
        return [f"{len(plan.routes)} routes for {len(day.crews)} crews"]
    return _staffing(day, plan) or [*_times(day, plan), *_both_at_the_door(day, plan), *_sums(day, plan)]


def cost(day: Day, plan: Plan) -> Cost:
    """Recomputed from where the crews go and when each part starts."""
    travel = 0.0
    late = []
    for stops in plan.routes:
        places = [0, *(stop.visit + 1 for stop in stops), 0]
        travel += sum(day.minutes[here][there] for here, there in pairwise(places))
        late += [max(0.0, stop.starts - day.visits[stop.visit].closes) for stop in stops]
    return Cost(travel, sum(late), max(late, default=0.0))


def _staffing(day: Day, plan: Plan) -> list[str]:
    wanted = {(v, p) for v, visit in enumerate(day.visits) for p in range(len(visit.parts))}
    done: dict[tuple[int, int], int] = {}
    wrong = []
    for crew, stops in zip(day.crews, plan.routes, strict=True):
        for stop in stops:
            key = (stop.visit, stop.part)
            if key not in wanted:
                wrong.append(f"{crew.id} does part {stop.part} of visit {stop.visit}, which nobody asked for")
                continue
            done[key] = done.get(key, 0) + 1
            visit = day.visits[stop.visit]
            if visit.parts[stop.part].service not in crew.services:
                wrong.append(f"{crew.id} cannot do {visit.parts[stop.part].service} for {visit.id}")
        visits = [stop.visit for stop in stops]
        if len(set(visits)) < len(visits):
            wrong.append(f"{crew.id} is both of two people at one door")
    wrong += [f"part {p} of {day.visits[v].id} is done {n} times" for (v, p), n in done.items() if n > 1]
    return wrong + [f"part {p} of {day.visits[v].id} is left out" for v, p in sorted(wanted - set(done))]


def _times(day: Day, plan: Plan) -> list[str]:
    wrong = []
    for crew, stops in zip(day.crews, plan.routes, strict=True):
        free, at = 0.0, 0
        for stop in stops:
            visit = day.visits[stop.visit]
            if stop.starts < visit.opens - TINY:
                wrong.append(f"{crew.id} starts with {visit.id} before it opens")
            if stop.starts < free + day.minutes[at][stop.visit + 1] - TINY:
                wrong.append(f"{crew.id} cannot be with {visit.id} so soon")
            free, at = stop.starts + visit.parts[stop.part].minutes, stop.visit + 1
    return wrong


def _both_at_the_door(day: Day, plan: Plan) -> list[str]:
    starts = {(stop.visit, stop.part): stop.starts for stops in plan.routes for stop in stops}
    wrong = []
    for place, visit in enumerate(day.visits):
        first, second = starts.get((place, 0)), starts.get((place, 1))
        if first is None or second is None:
            continue
        least, most = visit.gap
        if visit.way == AT_ONCE and abs(first - second) > TINY:
            wrong.append(f"the two do not come to {visit.id} at once")
        if visit.way == IN_TURN and not least - TINY <= second - first <= most + TINY:
            wrong.append(f"the second comes to {visit.id} {second - first:g} minutes after the first")
    return wrong


def _sums(day: Day, plan: Plan) -> list[str]:
    again = cost(day, plan)
    return [
        f"{what} is said to be {said:g} and is {found:g}"
        for what, said, found in (
            ("travel", plan.cost.travel, again.travel),
            ("lateness", plan.cost.late, again.late),
            ("the worst lateness", plan.cost.worst, again.worst),
        )
        if abs(said - found) > 1e-4
    ]
