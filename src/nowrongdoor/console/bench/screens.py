"""
What each screen and act costs in a place of 100,000 people: statements, processor time, duration.

The place is made by the simulator and loaded once; it is kept between runs, for it takes minutes.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field
from typing import Any

from nowrongdoor.console.bench import goals
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.prove.ground import set_up_django

SEED = 4711
TIMES = 40
# A little above the size the goals are for: how many referrals are open on the day that the place is made
# swings by a few in a thousand.
PEOPLE = 102_000


@dataclass
class Found:
    """Figures by screen, every goal that was not reached, and whether what must fail did."""

    seed: int
    figures: dict[str, Any] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        """Told as soon as it is known: a whole run takes minutes."""
        print(sentence, flush=True)

    @property
    def ok(self) -> bool:
        """Without a control that failed, nothing is known by a goal that was reached."""
        return not self.misses and bool(self.controls) and all(self.controls.values())


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people the place has")
    parser.add_argument("--times", type=int, default=TIMES, help="how often each is done")
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    # The sign-in page that is measured is the demonstration's; the people of this place are invented too.
    os.environ.setdefault("NWD_DEMO", "1")
    with database_for("bench", fast=True):
        set_up_django()
        from nowrongdoor.console.bench import place, work

        size = place.ready(people=asked.people, seed=asked.seed, say=on_screen)
        found = Found(asked.seed, figures={"place": size, "screens": {}})
        judge_size(found, size, wanted=asked.people)
        for one in work.everything():
            measure(found, one, times=asked.times)
        control(found, work)
        return found


def judge_size(found: Found, size: dict[str, int], *, wanted: int) -> None:
    """The goals are for one size. A place that should be of it and is smaller has missed one."""
    short = goals.too_small(size)
    found.figures["at_size"] = not short
    if wanted >= goals.SIZE["people"]:
        found.misses += short
    found.say(
        f"In a place of {size['people']:,} people and {size['referrals']:,} referrals, "
        f"{size['open_referrals']:,} of them open:"
    )
    if short:
        found.say("Not the size the goals are for: only the statements are held to theirs.")


def measure(found: Found, one: Any, *, times: int) -> None:
    from nowrongdoor.console.bench.measure import cost_of
    from nowrongdoor.console.bench.without import without_access

    cost = cost_of(one.do, times=times, prepare=one.prepare)
    with without_access():
        bare = cost_of(one.do, times=times, prepare=one.prepare)
    found.figures["screens"][one.name] = {**cost.as_figures(), "without_access": bare.as_figures()}
    found.misses += one.goal.missed(one.name, cost, at_size=found.figures["at_size"])
    found.say(
        f"{one.name}: {cost.statements} statements, {cost.cpu_ms:.1f} ms of processor, "
        f"p50 {cost.p50_ms:.1f} ms, p95 {cost.p95_ms:.1f} ms; bare SQL {cost.bare_ms:.1f} ms "
        f"({cost.p50_ms / max(cost.bare_ms, 0.001):.1f} times). "
        f"Without access, the record of looks and the second wall: {bare.statements} statements, "
        f"{bare.cpu_ms:.1f} ms of processor, p50 {bare.p50_ms:.1f} ms."
    )


def control(found: Found, work: Any) -> None:
    """The same list, asking anew for each of its rows, must miss the goal of a list."""
    from nowrongdoor.console.bench.measure import cost_of

    board = work.the_board(work.signed_in(work.busiest()[0]))
    with work.a_query_for_each_row():
        cost = cost_of(board.do, times=1)
    missed = bool(list(board.goal.missed(board.name, cost, at_size=False)))
    found.controls["a query for each row"] = missed
    found.figures["statements_with_a_query_for_each_row"] = cost.statements
    found.say(
        f"Control 'a query for each row': {cost.statements} statements, "
        + ("more than a list may, as it must." if missed else "WITHIN THE GOAL: nothing would be noticed.")
    )
