"""
What each screen and act costs in a place of 100,000 people: statements, processor time, duration.

The place is made by the simulator and loaded once; it is kept between runs, for it takes minutes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from typing import Any

from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.prove.ground import set_up_django

SEED = 4711
TIMES = 40


@dataclass
class Found:
    """Figures by screen, and every goal that was not reached."""

    seed: int
    figures: dict[str, Any] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Told as soon as it is known: a whole run takes minutes."""
        print(sentence, flush=True)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=100_000, help="how many people the place has")
    parser.add_argument("--times", type=int, default=TIMES, help="how often each is done")
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    with database_for("bench", fast=True):
        set_up_django()
        from nowrongdoor.console.bench import place, work
        from nowrongdoor.console.bench.measure import cost_of

        size = place.ready(people=asked.people, seed=asked.seed, say=on_screen)
        found = Found(asked.seed, figures={"place": size, "screens": {}})
        found.say(
            f"In a place of {size['people']:,} people and {size['referrals']:,} referrals, "
            f"{size['open_referrals']:,} of them open:"
        )
        for one in work.everything():
            cost = cost_of(one.do, times=asked.times, undone=one.undone)
            found.figures["screens"][one.name] = cost.as_figures()
            found.misses += one.goal.missed(one.name, cost)
            found.say(
                f"{one.name}: {cost.statements} statements, {cost.cpu_ms:.1f} ms of processor, "
                f"p50 {cost.p50_ms:.1f} ms, p95 {cost.p95_ms:.1f} ms; bare SQL {cost.bare_ms:.1f} ms "
                f"({cost.p50_ms / max(cost.bare_ms, 0.001):.1f} times)."
            )
        return found
