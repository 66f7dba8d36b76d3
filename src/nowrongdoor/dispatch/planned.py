"""
A plan: for each crew the visits in order, with the minute at which each starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nowrongdoor.dispatch.day import Day


@dataclass(frozen=True)
class Stop:
    """One crew's part of one visit: places in `Day.visits` and in its parts, and the minute it starts."""

    visit: int
    part: int
    starts: float


@dataclass(frozen=True)
class Cost:
    """What the published instances count: a third each of minutes travelled, late in all, late at worst."""

    travel: float
    late: float
    worst: float

    @property
    def total(self) -> float:
        return (self.travel + self.late + self.worst) / 3


@dataclass(frozen=True)
class Plan:
    """`routes[c]` is what crew c does, first to last."""

    routes: tuple[tuple[Stop, ...], ...]
    cost: Cost


def told(day: Day, plan: Plan, **more: Any) -> dict[str, Any]:
    """For a file: the published shape of a solution, with what it costs beside it."""
    routes = []
    for crew, stops in zip(day.crews, plan.routes, strict=True):
        locations = []
        for stop in stops:
            visit = day.visits[stop.visit]
            part = visit.parts[stop.part]
            locations.append(
                {
                    "patient": visit.id,
                    "service": part.service,
                    "arrival_time": stop.starts,
                    "departure_time": stop.starts + part.minutes,
                }
            )
        routes.append({"caregiver_id": crew.id, "locations": locations})
    cost = {
        "cost": plan.cost.total,
        "distance_traveled": plan.cost.travel,
        "total_tardiness": plan.cost.late,
        "max_tardiness": plan.cost.worst,
    }
    return {**more, **cost, "routes": routes}
