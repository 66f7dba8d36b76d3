"""
How long a crew travels: straight line between two areas, times a road factor, at the pace of that hour.

Areas, paces and factors are dated rows, so that a place brings its own. No map of anybody else is asked.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from math import ceil, hypot

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date, local_hour
from nowrongdoor.rules.law import Provenance


@dataclass(frozen=True)
class Area:
    """A part of the place, by a point in it, in kilometres east and north of a point they all share."""

    code: str
    label: str
    east_km: float
    north_km: float
    order: int
    provenance: Provenance


@dataclass(frozen=True)
class Pace:
    """How fast one travels from one hour of the day up to another, and what each journey costs beside."""

    mode: str
    from_hour: int
    until_hour: int
    kmh: float
    road_factor: float
    fixed_minutes: int
    provenance: Provenance


def area(code: str, *, at: datetime, field: str = "area") -> Area:
    """The area of that code as the list stands; refuses any other."""
    for one in areas(on=local_date(at)):
        if one.code == code:
            return one
    raise Refused("Choose one of the areas in the list.", code="area_unknown", field=field)


@cache
def areas(*, on: date) -> tuple[Area, ...]:
    """Every area on that day, in order."""
    return tuple(sorted((one for one in _areas() if one.provenance.stands(on)), key=lambda one: one.order))


def kilometres(start: str, end: str, *, at: datetime) -> float:
    """Straight from one area to another, as a bird flies."""
    a, b = area(start, at=at), area(end, at=at)
    return hypot(a.east_km - b.east_km, a.north_km - b.north_km)


def travel(mode: str, start: str, end: str, *, at: datetime) -> timedelta:
    """
    How long it takes whoever sets off at `at`, in whole minutes rounded up; between two doors of one area,
    what each journey costs.
    """
    hour = local_hour(at)
    for pace in _paces():
        stands = pace.provenance.stands(local_date(at))
        if stands and pace.mode == mode and pace.from_hour <= hour < pace.until_hour:
            hours = kilometres(start, end, at=at) * pace.road_factor / pace.kmh
            return timedelta(minutes=pace.fixed_minutes + ceil(hours * 60))
    raise Refused("Choose how they travel.", code="travel_mode_unknown", field="travel")


@cache
def _areas() -> tuple[Area, ...]:
    return tuple(
        Area(
            row["code"], row["label"], float(row["east_km"]), float(row["north_km"]), int(row["order"]),
            law.provenance(row),
        )
        for row in law.rows("areas")
    )  # fmt: skip


@cache
def _paces() -> tuple[Pace, ...]:
    return tuple(
        Pace(
            row["mode"], int(row["from_hour"]), int(row["until_hour"]), float(row["kmh"]),
            float(row["road_factor"]), int(row["fixed_minutes"]), law.provenance(row),
        )
        for row in law.rows("travel_times")
    )  # fmt: skip
