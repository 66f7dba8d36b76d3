"""./nwd plan FILE: who goes to whom on one day, from a file in the published home-visit format."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from nowrongdoor.console.progress import Progress
from nowrongdoor.dispatch import checking, day, search
from nowrongdoor.dispatch.planned import Plan, told

SECONDS = 18.5  # in all but starting and ending; a machine that has never planned compiles for ten of them


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./nwd plan",
        description="Plan one day of visits. It proposes; people decide. The first run compiles for a while, "
        "and has so much less time to search; at least a tenth of it is left for that.",
    )
    parser.add_argument("file", type=Path, help="patients, caregivers and distances, as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="processor seconds in all")
    parser.add_argument("--seed", type=int, default=0, help="the same seed and work give the same plan")
    parser.add_argument("--json", action="store_true", help="print the plan as JSON, in the published shape")
    asked = parser.parse_args(arguments)
    if not asked.seconds > 0:
        parser.error("--seconds: more than nothing is needed")
    try:
        read = day.read(asked.file)
    except day.Unreadable as refusal:
        print(refusal, file=sys.stderr)
        return 2
    bar = Progress()
    bar.says("Getting ready (the first run compiles the search) …")
    found = search.plan(
        read,
        seconds=asked.seconds,
        seed=asked.seed,
        clock=time.process_time,
        since=0.0,
        say=lambda share, cost: bar(int(share * 100), 100),
    )
    used = time.process_time()
    if faults := checking.faults(read, found):
        print("The plan that was found cannot be lived; please report this:", file=sys.stderr)
        print("\n".join(f"  {fault}" for fault in faults), file=sys.stderr)
        return 1
    if asked.json:
        print(json.dumps(told(read, found, instance=asked.file.stem, cpu_seconds=round(used, 1)), indent=2))
    else:
        print(in_words(read, found))
    return 0


def in_words(read: day.Day, found: Plan) -> str:
    """A sheet to read: a line for each crew, each visit with the minute it starts and how late that is."""
    lines = []
    for crew, stops in zip(read.crews, found.routes, strict=True):
        told_stops = []
        for stop in stops:
            visit = read.visits[stop.visit]
            late = stop.starts - visit.closes
            told_stops.append(
                f"{visit.id} at {stop.starts:.0f}" + (f" ({late:.0f} late)" if late >= 0.5 else "")
            )
        lines.append(f"{crew.id}: {', '.join(told_stops) or 'nothing'}")
    cost = found.cost
    lines.append(
        f"Travelled {cost.travel:.1f} minutes, late {cost.late:.1f} in all and {cost.worst:.1f} at worst;"
        f" a third of their sum: {cost.total:.3f}."
    )
    return "\n".join(lines)
