"""
How many of a day's visits are met in time: our live plan, the nearest free crew, and who knew it all.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace

from nowrongdoor.console.bench import clairvoyant, lived_day
from nowrongdoor.console.bench.lived_day import HOUR, LivedDay, Went
from nowrongdoor.console.bench.replanning import MOST_SECONDS
from nowrongdoor.console.bench.running_day import LiveBoard, first_come, nearest_free
from nowrongdoor.console.bench.screens import Found

OURS, FORESEEN = "nowrongdoor", "clairvoyant"
BY_RULE: dict[str, Callable[[LivedDay], list[Went]]] = {
    "nearest_free_crew": nearest_free,
    "first_come": first_come,
}


def measure(found: Found, *, days: int, visits: int, crews: int, seed: int, seconds: float) -> None:
    """Whole days, one after another: shares in time by who ran them, and what a decision takes."""
    shares: dict[str, list[float]] = {}
    took: list[float] = []
    broken = refused = 0
    noticed = True
    for number in range(days):
        day = lived_day.made(seed + number, visits, crews)
        board = LiveBoard(seed, day=day)
        ours = board.run()
        took += board.took
        broken, refused = broken + board.broken, refused + board.refused
        lived = {OURS: ours, **{name: by_rule(day) for name, by_rule in BY_RULE.items()}}
        begin = max(lived.values(), key=lambda one: lived_day.share(day, one))
        lived[FORESEEN] = clairvoyant.plan(day, begin=begin, seconds=seconds, seed=seed)
        for name, each in lived.items():
            shares.setdefault(name, []).append(lived_day.share(day, each))
            if wrong := lived_day.faults(day, each):
                found.misses.append(f"day {seed + number}, {name}: {wrong[0]}")
        noticed = noticed and _found_out(day, ours)
    found.controls["a day that nobody could live is found out"] = noticed
    took.sort()
    told = {name: round(statistics.fmean(each), 3) for name, each in shares.items()}
    p99 = took[min(len(took) - 1, int(0.99 * len(took)))]
    found.figures |= {
        "in_time_share": told[OURS],
        "decisions": len(took),
        "decision_p50_s": round(took[len(took) // 2], 3),
        "decision_p99_s": round(p99, 3),
        "day_promises_broken_needlessly": broken,
    }
    others = found.figures.setdefault("others", {})
    for name in (*BY_RULE, FORESEEN):
        others.setdefault(name, {})["in_time_share"] = told[name]
    found.say(
        f"{days} days of {visits} visits, {crews} crews out at once: in time {told[OURS]:.3f}; "
        + ", ".join(f"{name} {told[name]:.3f}" for name in (*BY_RULE, FORESEEN))
        + f". {len(took)} decisions, 99 of 100 within {1000 * p99:.0f} ms of processor."
    )
    found.misses += misses(told, p99=p99, broken=broken, refused=refused)
    # With the nearest free crew in our place, somebody who does not plan would have to be seen as no better.
    no_better = {**told, OURS: told["nearest_free_crew"]}
    found.controls["a day without a plan is found to be no better"] = bool(
        misses(no_better, p99=p99, broken=0, refused=0)
    )


def misses(told: dict[str, float], *, p99: float, broken: int, refused: int) -> list[str]:
    """What was not reached, in words."""
    wrong = [
        f"in time {told[OURS]:.3f} of visits, {name} {told[name]:.3f}"
        for name in BY_RULE
        if told[OURS] <= told[name]
    ]
    if p99 > MOST_SECONDS:
        wrong.append(f"a decision took {p99:.2f} s (99 of 100), at most {MOST_SECONDS} s")
    if broken or refused:
        wrong.append(f"{broken} promises broken needlessly, {refused} proposals the rule refused")
    return wrong


def _found_out(day: LivedDay, lived: list[Went]) -> bool:
    """Somebody there an hour before they can have been, or a visit made twice: the check must say so."""
    first, *rest = lived
    sooner = replace(first, there_at=first.there_at - HOUR)
    return bool(lived_day.faults(day, [sooner, *rest])) and bool(lived_day.faults(day, [first, first, *rest]))
