"""
Our plans of a day beside those of PyVRP and VROOM, in the same run and in equal processor time.

Only on days that all three can be told: the published ones without their visits by two, and the same with
each visit by two parted into two by one. Every plan is judged by our checker, which shares nothing with any
planner.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

from nowrongdoor.console.bench.planners import OTHERS, Planner, kept, parted
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.dispatch import checking, search
from nowrongdoor.dispatch.day import Day
from nowrongdoor.dispatch.nearest import nearest
from nowrongdoor.dispatch.planned import Plan

OURS = "nowrongdoor"
FAMILIES = {"only_by_one": kept, "parted": parted}
TINY_PCT = 0.005  # two plans that differ by less are the same plan, counted in another order
Gaps = dict[str, list[float]]


def measure(days: Mapping[str, Day], found: Found, *, seconds: float, seed: int) -> None:
    """Each planner's gap to the best of all, in per cent, into `figures`; a miss where ours is behind."""
    planners: dict[str, Planner] = {OURS: _ours, **OTHERS}
    spent: dict[str, list[float]] = {name: [] for name in planners}
    told: dict[str, dict[str, float]] = {name: {} for name in planners}
    everything: Gaps = {}
    plain: list[float] = []
    for family, of in FAMILIES.items():
        gaps: Gaps = {}
        for name, one in days.items():
            costs = _costs(f"{name}, {family}", of(one), planners, spent, found, seconds=seconds, seed=seed)
            plain.append(100 * (nearest(of(one)).cost.total / min(costs.values()) - 1))
            for planner, gap in gaps_of(costs).items():
                gaps.setdefault(planner, []).append(gap)
                everything.setdefault(planner, []).append(gap)
        for planner, each in gaps.items():
            told[planner][f"{family}_gap_pct"] = round(statistics.fmean(each), 2)
        found.misses += behind(gaps, family)
        found.say(f"Days without pairs ({family}, {len(days)}), mean gap to the best: {_in_words(gaps)}.")
    for planner, each in everything.items():
        told[planner]["mean_gap_pct"] = round(statistics.fmean(each), 2)
        told[planner]["seconds"] = round(statistics.fmean(spent[planner]), 2)
    found.figures["without_pairs"] = {"days": len(days) * len(FAMILIES), **told[OURS]}
    others = {name: told[name] or None for name in OTHERS}
    found.figures["others"] = {**found.figures.get("others", {}), **others}
    if any(told[name] for name in OTHERS):
        noticed = bool(behind({**everything, OURS: plain}, "control"))
        found.controls["a planner that does not search is found to be behind"] = noticed


def gaps_of(costs: Mapping[str, float]) -> dict[str, float]:
    """By how many per cent each is above the least."""
    least = min(costs.values())
    return {name: 100 * (cost / least - 1) for name, cost in costs.items()}


def behind(gaps: Gaps, family: str) -> list[str]:
    """Whom our mean is above, in words."""
    means = {name: statistics.fmean(each) for name, each in gaps.items()}
    return [
        f"days without pairs ({family}): {means[OURS]:+.2f} % in the mean, {name} {mean:+.2f} %"
        for name, mean in means.items()
        if means[OURS] > mean + TINY_PCT
    ]


def _costs(
    name: str,
    one: Day,
    planners: Mapping[str, Planner],
    spent: dict[str, list[float]],
    found: Found,
    *,
    seconds: float,
    seed: int,
) -> dict[str, float]:
    """What each plan costs. One that is not installed has none; one without a plan pays as nearest first."""
    costs = {}
    for planner, plan_of in planners.items():
        began = time.process_time()
        try:
            plan = plan_of(one, seconds, seed, time.process_time)
        except ImportError:
            found.say(f"{planner}: not installed")
            continue
        spent[planner].append(time.process_time() - began)
        if plan is None:
            found.say(f"{name}: {planner} found no plan that leaves nobody out")
            plan = nearest(one)
        if faults := checking.faults(one, plan):
            found.misses.append(f"{name}, {planner}: {faults[0]}")
        costs[planner] = plan.cost.total
    return costs


def _ours(one: Day, seconds: float, seed: int, clock: object) -> Plan:
    return search.plan(one, seconds=seconds, seed=seed, clock=time.process_time)


def _in_words(gaps: Gaps) -> str:
    return ", ".join(f"{name} {statistics.fmean(each):+.2f} %" for name, each in gaps.items())
