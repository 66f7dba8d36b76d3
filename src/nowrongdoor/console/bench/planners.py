"""
Other planners of rounds, PyVRP and VROOM, given a day on which nobody is visited by two.

Neither can be told what the published instances count (a third each of travel, lateness in all and at worst):
both take windows as a line that may not be crossed, and shorten the way. So each plans the day many times
over, with windows that close later by an allowance, and keeps the plan that costs least as our checker counts
it. How the time goes to allowances is told in docs/adr/0048.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from nowrongdoor.dispatch import checking
from nowrongdoor.dispatch.day import ALONE, Day, Visit
from nowrongdoor.dispatch.planned import Cost, Plan, Stop

Clock = Callable[[], float]
Planner = Callable[[Day, float, int, Clock], Plan | None]
FINE = 1000  # whole numbers are asked for: thousandths of a minute, as the published distances have
FIRST = (0.0, 10.0, 20.0, 40.0, 80.0, 160.0)  # minutes by which windows close later
LONG = 10**9  # an hour that never comes, in FINE; all that either adds up stays far below what it can hold


def kept(day: Day) -> Day:
    """Only the visits by one person; all crews stay."""
    stay = [place for place, visit in enumerate(day.visits) if visit.way == ALONE]
    return _with(day, [(day.visits[place], place) for place in stay])


def parted(day: Day) -> Day:
    """Each visit by two becomes two by one at the same place, in the same window, free of each other."""
    told = []
    for place, visit in enumerate(day.visits):
        for part, one in enumerate(visit.parts):
            alone = replace(visit, id=f"{visit.id}.{part}", parts=(one,), way=ALONE, gap=(0.0, 0.0))
            told.append((alone, place))
    return _with(day, told)


def _with(day: Day, told: Sequence[tuple[Visit, int]]) -> Day:
    places = [0, *(place + 1 for _, place in told)]
    minutes = tuple(tuple(day.minutes[here][there] for there in places) for here in places)
    return Day(tuple(visit for visit, _ in told), day.crews, minutes)


def pyvrp(day: Day, seconds: float, seed: int, clock: Clock) -> Plan | None:
    """
    Skills as vehicle profiles that have no way to a visit they cannot do. Half the time goes to all
    allowances alike; the other half to the best of them and what lies around it, each from the best plan.
    """
    module = importlib.import_module("pyvrp")
    best, begun, began, allowed = None, None, clock(), 0.0

    def look(allowance: float, until: float) -> None:
        nonlocal best, begun, allowed
        data, crews = _for_pyvrp(module, day, allowance)
        stop: Callable[[float], bool] = lambda _: clock() - began > until  # noqa: E731 - what is asked for
        again = begun if begun is not None and allowance >= allowed else None
        found = module.solve(data, stop, seed=seed, collect_stats=False, initial_solution=again)
        if not found.is_feasible():
            return
        orders: list[list[int]] = [[] for _ in day.crews]
        left = [list(some) for some in crews]
        for route in found.best.routes():
            order = [one.idx for one in route.schedule() if one.is_client()]
            orders[left[route.vehicle_type()].pop()] = order
        plan = as_early(day, orders)
        if best is None or plan.cost.total < best.cost.total:
            best, begun, allowed = plan, found.best, allowance

    for number, allowance in enumerate(FIRST, 1):
        look(allowance, 0.5 * seconds * number / len(FIRST))
    near = sorted({max(0.0, allowed + more) for more in (0.0, 5.0, -5.0)})
    for number, allowance in enumerate(near, 1):
        look(allowance, seconds * (0.5 + 0.5 * number / len(near)))
    return best


def _for_pyvrp(module: Any, day: Day, allowance: float) -> tuple[Any, list[list[int]]]:
    """The day in its words, and for each kind of its vehicles the crews that are of it."""
    numpy = importlib.import_module("numpy")
    size = len(day.minutes)
    minutes = numpy.rint(numpy.array(day.minutes) * FINE).astype(numpy.int64)
    kinds: dict[frozenset[str], list[int]] = {}
    for number, crew in enumerate(day.crews):
        kinds.setdefault(crew.services, []).append(number)
    ways = []
    for can in kinds:
        way = minutes.copy()
        for place, visit in enumerate(day.visits, 1):
            if visit.parts[0].service not in can:
                way[place, :] = way[:, place] = LONG
        numpy.fill_diagonal(way, 0)
        ways.append(way)
    clients = [
        module.Client(
            location=place, service_duration=_fine(visit.parts[0].minutes), tw_early=_fine(visit.opens),
            tw_late=_fine(visit.closes + allowance),
        )
        for place, visit in enumerate(day.visits, 1)
    ]  # fmt: skip
    vehicles = [
        module.VehicleType(num_available=len(crews), profile=number)
        for number, crews in enumerate(kinds.values())
    ]
    places = [module.Location(0, 0) for _ in range(size)]
    data = module.ProblemData(places, clients, [module.Depot(location=0)], vehicles, ways, ways)
    return data, list(kinds.values())


def vroom(day: Day, seconds: float, seed: int, clock: Clock) -> Plan | None:
    """
    Skills as its own. It leaves nothing to chance and is done soon, so that it is given every allowance it
    has time for, at its deepest: first those in FIRST, then by quarters of a minute out from the best.
    """
    module = importlib.import_module("vroom")
    best, began, allowed = None, clock(), 0.0
    tried: set[float] = set()

    def look(allowance: float) -> None:
        nonlocal best, allowed
        tried.add(allowance)
        orders = _by_vroom(module, day, allowance)
        if orders is None:
            return
        plan = as_early(day, orders)
        if best is None or plan.cost.total < best.cost.total:
            best, allowed = plan, allowance

    def still_to_try() -> Iterable[float]:
        yield from FIRST
        for away in range(1, 4 * int(max(FIRST))):
            for allowance in (allowed + away / 4, allowed - away / 4):
                if allowance >= 0 and allowance not in tried:
                    yield allowance

    for allowance in still_to_try():
        if clock() - began > seconds:
            break
        look(allowance)
    return best


def _by_vroom(module: Any, day: Day, allowance: float) -> list[list[int]] | None:
    """The visits of each crew in order, by its plan; none where it leaves anybody out."""
    names = sorted({service for crew in day.crews for service in crew.services})
    asked = module.Input()
    for number, crew in enumerate(day.crews):
        can = {names.index(service) for service in crew.services}
        asked.add_vehicle(module.Vehicle(number, start=0, end=0, skills=can))
    for place, visit in enumerate(day.visits, 1):
        window = module.TimeWindow(_fine(visit.opens), _fine(visit.closes + allowance))
        asked.add_job(
            module.Job(
                place, location=place, default_service=_fine(visit.parts[0].minutes),
                skills={names.index(visit.parts[0].service)}, time_windows=[window],
            )
        )  # fmt: skip
    asked.set_durations_matrix("car", [[_fine(one) for one in row] for row in day.minutes])
    found = asked.solve(exploration_level=5, nb_threads=1)
    orders: list[list[int]] = [[] for _ in day.crews]
    steps = found.routes
    for crew, kind, place in zip(steps["vehicle_id"], steps["type"], steps["id"], strict=True):
        if kind == "job":
            orders[int(crew)].append(int(place) - 1)
    return orders if sum(map(len, orders)) == len(day.visits) else None


def as_early(day: Day, orders: Sequence[Sequence[int]]) -> Plan:
    """The plan in which each crew goes through its visits (places in `day.visits`) as early as it can."""
    routes = []
    for order in orders:
        free, at, stops = 0.0, 0, []
        for visit in order:
            starts = max(day.visits[visit].opens, free + day.minutes[at][visit + 1])
            stops.append(Stop(visit, 0, starts))
            free, at = starts + day.visits[visit].parts[0].minutes, visit + 1
        routes.append(tuple(stops))
    plan = Plan(tuple(routes), Cost(0.0, 0.0, 0.0))
    return replace(plan, cost=checking.cost(day, plan))


def _fine(minutes: float) -> int:
    return round(minutes * FINE)


OTHERS: dict[str, Planner] = {"PyVRP": pyvrp, "VROOM": vroom}
