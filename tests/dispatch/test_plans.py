"""Plans can be lived, are as cheap as any for a tiny day, and a fault in one is found out."""

from __future__ import annotations

import csv
import time
from dataclasses import replace

import numpy as np
import pytest

from nowrongdoor.dispatch import checking, day, search
from nowrongdoor.dispatch.columns import case_of, draft_of, scratch_of
from nowrongdoor.dispatch.nearest import nearest
from nowrongdoor.dispatch.planned import Plan, Stop
from nowrongdoor.dispatch.timing import in_order_of_time, settle
from tests.dispatch.days import PUBLISHED, invented, least_cost


def planned(of: day.Day, *, seconds: float, seed: int = 0) -> Plan:
    return search.plan(of, seconds=seconds, seed=seed, clock=time.process_time)


@pytest.mark.parametrize("seed", range(6))
def test_a_tiny_day_is_planned_as_well_as_trying_everything(seed: int) -> None:
    tiny = invented(seed, 4)
    assert planned(tiny, seconds=0.2, seed=seed).cost.total == pytest.approx(least_cost(tiny))


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_day_can_be_lived_and_beats_going_to_whoever_is_next(seed: int) -> None:
    large = invented(seed, 24, 6)
    found, unplanned = planned(large, seconds=0.5, seed=seed), nearest(large)
    assert checking.faults(large, found) == [] == checking.faults(large, unplanned)
    assert found.cost.total < 0.9 * unplanned.cost.total


def test_time_that_is_gone_before_is_not_searched() -> None:
    """Whoever gives so many seconds in all gets an answer by then; a tenth is searched in any case."""
    small, ticks = invented(1, 6), iter(range(10_000))
    assert checking.faults(small, search.plan(small, seconds=60, clock=lambda: next(ticks), since=0.0)) == []
    used = next(ticks)
    assert used < 85
    late = iter(range(100, 10_000))
    assert checking.faults(small, search.plan(small, seconds=60, clock=lambda: next(late), since=0.0)) == []
    assert next(late) - 100 < 30


def test_a_day_without_visits_needs_nobody() -> None:
    empty = replace(invented(0, 4), visits=(), minutes=((0.0,),))
    found = planned(empty, seconds=0.1)
    assert found.cost.total == 0 and found.routes == ((), (), ())


@pytest.mark.parametrize("seed", range(20))
def test_sorting_by_time_leaves_every_route_as_it_was(seed: int) -> None:
    case = case_of(invented(seed, 24, 6))
    scratch = scratch_of(case)
    draft = draft_of(case, np.random.default_rng(seed))
    np.random.default_rng(seed).shuffle(draft.key[1:])
    before = settle(case, draft, scratch)
    routes = [list(draft.route[c, : draft.length[c]]) for c in range(6)]
    in_order_of_time(case, draft, scratch)
    assert settle(case, draft, scratch) == pytest.approx(before)
    assert routes == [list(draft.route[c, : draft.length[c]]) for c in range(6)]


def test_what_is_counted_on_the_way_is_what_is_counted_anew() -> None:
    """The cost that thousands of changes arrive at is the cost of the plan that is left."""
    large = invented(5, 24, 6)
    case = case_of(large)
    chance, scratch = np.random.default_rng(5), scratch_of(case)
    draft, best = draft_of(case, chance), draft_of(case, chance)
    search.seeded(5)
    least = search.anneal(case, draft, scratch, best, 1e18, 30.0, 10.0, 20_000)
    assert settle(case, best, scratch) == pytest.approx(least)


@pytest.mark.parametrize("seed", range(4))
def test_every_column_of_a_draft_is_what_it_is_reckoned_anew(seed: int) -> None:
    """Changes follow only what they change; whatever they left alone must still be true."""
    case = case_of(invented(seed, 24, 6))
    chance, scratch = np.random.default_rng(seed), scratch_of(case)
    draft, best = draft_of(case, chance), draft_of(case, chance)
    search.seeded(seed)
    for _ in range(30):
        search.anneal(case, draft, scratch, best, 1e18, 20.0, 10.0, 300)
        kept = [column.copy() for column in draft]
        settle(case, draft, scratch)
        for was, now, name in zip(kept, draft, draft._fields, strict=True):
            if name != "route":
                assert np.allclose(was, now), name
        for c, many in enumerate(draft.length):
            assert (kept[2][c, :many] == draft.route[c, :many]).all()


def _faulty() -> tuple[day.Day, Plan]:
    large = invented(1, 12, 4)
    return large, planned(large, seconds=0.2)


def _with(plan: Plan, crew: int, stops: list[Stop]) -> Plan:
    return replace(plan, routes=(*plan.routes[:crew], tuple(stops), *plan.routes[crew + 1 :]))


def test_each_way_in_which_a_plan_cannot_be_lived_is_found_out() -> None:
    large, plan = _faulty()
    assert checking.faults(large, plan) == []
    crew = max(range(4), key=lambda place: len(plan.routes[place]))
    first, *rest = plan.routes[crew]
    two = next(v for v, visit in enumerate(large.visits) if visit.way == day.AT_ONCE)
    turn = next(v for v, visit in enumerate(large.visits) if visit.way == day.IN_TURN)

    def told(changed: Plan) -> str:
        return "; ".join(checking.faults(large, changed))

    assert "is left out" in told(_with(plan, crew, rest))
    assert "is done 2 times" in told(_with(plan, crew, [first, first, *rest]))
    assert "before it opens" in told(
        _with(plan, crew, [replace(first, starts=large.visits[first.visit].opens - 5), *rest])
    )
    assert "so soon" in told(_with(plan, crew, [*reversed(plan.routes[crew])]))
    assert "which nobody asked for" in told(_with(plan, crew, [replace(first, part=7), *rest]))
    assert "is said to be" in told(replace(plan, cost=replace(plan.cost, travel=plan.cost.travel - 1)))
    assert "routes for" in told(replace(plan, routes=plan.routes[1:]))
    assert "both of two people" in told(_both(plan, two))
    assert "do not come to" in told(_moved(plan, two, 3))
    assert "minutes after the first" in told(_moved(plan, turn, 300))
    unable = replace(
        large,
        crews=(
            *large.crews[:crew],
            replace(large.crews[crew], services=frozenset()),
            *large.crews[crew + 1 :],
        ),
    )
    assert "cannot do" in "; ".join(checking.faults(unable, plan))


def _moved(plan: Plan, visit: int, minutes: float) -> Plan:
    """The second of two at a door comes so much later than the plan says."""
    routes = tuple(
        tuple(
            replace(stop, starts=stop.starts + minutes) if (stop.visit, stop.part) == (visit, 1) else stop
            for stop in stops
        )
        for stops in plan.routes
    )
    return replace(plan, routes=routes)


def _both(plan: Plan, visit: int) -> Plan:
    crew = next(c for c, stops in enumerate(plan.routes) if any(stop.visit == visit for stop in stops))
    stop = next(stop for stop in plan.routes[crew] if stop.visit == visit)
    return _with(plan, crew, [*plan.routes[crew], replace(stop, part=1 - stop.part)])


@pytest.mark.skipif(
    not PUBLISHED.is_dir(),
    reason="only where the published home-visit instances are at ../shared/data/home_visits",
)
@pytest.mark.parametrize("number", range(1, 6))
def test_the_published_days_of_ten_are_planned_as_well_as_is_known(number: int) -> None:
    name = f"InstanzCPLEX_HCSRP_10_{number}.json"
    with (PUBLISHED / "best_known.csv").open(encoding="utf-8-sig", newline="") as opened:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(opened)}[name]
    read = day.read(PUBLISHED / name)
    found = planned(read, seconds=0.7)
    assert checking.faults(read, found) == []
    assert found.cost.total == pytest.approx(best, abs=1e-3)
