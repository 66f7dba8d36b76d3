"""
How good a day's plan is: the published home-visit instances, whose best known plans are printed.

Each plan is checked by what knows nothing of how it was found. Beside it stands what happens without a
plan: visits in the order in which they open, each to whoever can be there first. Beside them a
board is planned anew as things happen, as a lead asks for it.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nowrongdoor.console.bench import beside, in_time, invented_days, replanning
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.dispatch import checking, day, search
from nowrongdoor.dispatch.day import Day
from nowrongdoor.dispatch.nearest import nearest
from nowrongdoor.dispatch.planned import Plan

GENERATED = Path(__file__).with_name("generated_best.csv")
PUBLISHED = Path(__file__).resolve().parents[5] / "shared" / "data" / "home_visits"
SECONDS = 18.0
BESIDE = 5.0
FORESEEING = 8.0  # for the plan of somebody who knew the whole day
# The goals: how far above the best known plans may be in the mean, per cent, by number of patients.
MOST_PCT = {50: 1.0, 100: 1.5}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=PUBLISHED, help="instances and best_known.csv")
    parser.add_argument("--patients", type=int, default=50, help="only instances of this size")
    parser.add_argument(
        "--generated", type=int, metavar="PATIENTS", help="only days like the published ones, made by us"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="processor seconds for each")
    parser.add_argument(
        "--beside-seconds", type=float, default=BESIDE, help="the same for each, on days without pairs"
    )
    parser.add_argument("--replans", type=int, default=40, help="how often a board is planned anew; 0: never")
    parser.add_argument(
        "--days", type=int, default=3, help="how many days of rapid response are lived; 0: none"
    )
    parser.add_argument("--visits", type=int, default=300, help="visits of each such day")
    parser.add_argument("--crews", type=int, default=18, help="crews who are out at once")
    parser.add_argument("--seed", type=int, default=0)


def run(asked: argparse.Namespace) -> Found:
    found = Found(asked.seed)
    if asked.generated:
        if instances := _generated(asked.generated, found):
            _plans(instances, asked.generated, asked, found)
        return found
    if asked.replans:
        _replan(asked, found)
    if asked.days:
        lived = {"days": asked.days, "visits": asked.visits, "crews": asked.crews}
        in_time.measure(found, **lived, seed=asked.seed, seconds=FORESEEING)
    if instances := _instances(asked, found):
        _plans(instances, asked.patients, asked, found)
        days = {name: one for name, (one, _) in instances.items()}
        beside.measure(days, found, seconds=asked.beside_seconds, seed=asked.seed)
    return found


def _plans(
    instances: Mapping[str, tuple[Day, float]], patients: int, asked: argparse.Namespace, found: Found
) -> None:
    """Each day planned, checked and held to its best known cost."""
    gaps, spent, plain = [], [], []
    for name, (one, best) in instances.items():
        began = time.process_time()
        plan = search.plan(
            one, seconds=asked.seconds, seed=asked.seed, clock=time.process_time, since=began
        )
        spent.append(time.process_time() - began)
        gaps.append(_gap(plan, best))
        unplanned = nearest(one)
        plain.append(_gap(unplanned, best))
        for each, who in ((plan, "the plan"), (unplanned, "nearest first")):
            if faults := checking.faults(one, each):
                found.misses.append(f"{name}, {who}: {faults[0]}")
        found.say(f"{name}: {plan.cost.total:.3f}, best known {best:.3f}, {gaps[-1]:+.2f} %")
        found.controls[f"{name}: a plan that nobody could live is found out"] = _found_out(one, plan)
    mean = statistics.fmean(gaps)
    found.figures |= {
        "patients": patients,
        "instances": len(instances),
        "mean_gap_pct": round(mean, 2),
        "median_gap_pct": round(statistics.median(gaps), 2),
        "worst_gap_pct": round(max(gaps), 2),
        "seconds": round(statistics.fmean(spent), 1),
    }
    others = found.figures.setdefault("others", {})
    others["nearest_first"] = {"mean_gap_pct": round(statistics.fmean(plain), 2)}
    found.say(
        f"{len(instances)} days: {mean:+.2f} % in the mean at {found.figures['seconds']} processor seconds"
        f" each; nearest first, without a plan: {statistics.fmean(plain):+.0f} %."
    )
    most = MOST_PCT.get(patients)
    if most is not None and mean > most:
        found.misses.append(f"{mean:+.2f} % above the best known in the mean, at most {most:+.1f} %")


def _replan(asked: argparse.Namespace, found: Found) -> None:
    """Sixty open visits and eighteen crews; what a crew has and can keep is kept."""
    told = replanning.measure(seed=asked.seed, times=asked.replans)
    found.figures |= told
    found.say(
        f"60 visits and 18 crews, planned anew {told['replans']} times: "
        f"{told['replan_p95_s']} processor seconds (p95), "
        f"{told['proposed']:,} proposed, {told['proposed_late']} of them late and {told['unmet']} not met; "
        f"{told['moved_to_another_crew']} moved to another crew, "
        f"{told['promises_broken_needlessly'] or 'none'} needlessly."
    )
    if told["replan_p95_s"] > replanning.MOST_SECONDS:
        most = replanning.MOST_SECONDS
        found.misses.append(f"a board took {told['replan_p95_s']} s (p95), at most {most} s")
    if told["promises_broken_needlessly"] or told["refused_by_the_rule"]:
        found.misses.append("a plan took a visit from a crew needlessly, or proposed what the rule refuses")


def _instances(asked: argparse.Namespace, found: Found) -> dict[str, tuple[Day, float]]:
    listed = asked.folder / "best_known.csv"
    if not listed.is_file():
        found.misses.append(f"there is no best_known.csv in {asked.folder.name}: nothing to measure by")
        return {}
    chosen: dict[str, tuple[Day, float]] = {}
    with listed.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            try:
                one = day.read(asked.folder / row["instance"])
            except day.Unreadable as refusal:
                found.misses.append(str(refusal))
                continue
            if len(one.visits) == asked.patients:
                chosen[row["instance"]] = one, float(row["best_known"])
    if not chosen:
        found.misses.append(f"no instance has {asked.patients} patients")
    return chosen


def _generated(patients: int, found: Found) -> dict[str, tuple[Day, float]]:
    """Days of this size whose best cost is listed: the least that a few runs of ours have found."""
    with GENERATED.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if int(row["patients"]) == patients]
    if not rows:
        found.misses.append(f"no generated day of {patients} patients is listed in {GENERATED.name}")
    return {
        f"generated {patients}, seed {row['seed']}": (
            day.of(invented_days.as_published(patients, int(row["seed"]))), float(row["best"])
        )
        for row in rows
    }  # fmt: skip


def _gap(plan: Plan, best: float) -> float:
    return 100 * (plan.cost.total / best - 1)


def _found_out(one: Day, plan: Plan) -> bool:
    """The first stop of the longest route begins an hour before it opens: the checker must say so."""
    route = max(range(len(plan.routes)), key=lambda place: len(plan.routes[place]))
    first, *rest = plan.routes[route]
    early: Any = replace(first, starts=one.visits[first.visit].opens - 60)
    routes = (*plan.routes[:route], (early, *rest), *plan.routes[route + 1 :])
    return bool(checking.faults(one, replace(plan, routes=routes)))
