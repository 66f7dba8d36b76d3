"""
./nwd prove handover: whatever becomes of each message, one team holds the person, and what nobody answers
comes back to whoever gave it.

Each message of each script is sent as it is, dropped, doubled or delayed, in combinations drawn by a seed.
The controls are what is often built instead: a holder that changes when an offer is sent, and a time that
only the team that was asked is told of.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from nowrongdoor.console.prove.handing import by_link, runs, scripts
from nowrongdoor.console.prove.handing.runs import Fate, Outcome
from nowrongdoor.console.prove.handing.scripts import Script
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.sim.streams import Stream

SEED = 20261128
FATES = tuple(Fate)
SCRIPTS = (*scripts.SCRIPTS, *by_link.SCRIPTS)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help="of the combinations that are drawn")
    parser.add_argument("--runs", type=int, default=5_000, help="combinations that are played (5,000)")
    parser.add_argument("--controls", type=int, default=60, help="combinations each control is given (60)")


def run(options: argparse.Namespace) -> Proof:
    total, fates = Outcome(), Counter[str]()
    wrong: list[dict[str, object]] = []
    for number, (script, drawn) in enumerate(drawn_of(options.seed, options.runs)):
        played = runs.play(script, drawn, Stream(f"{options.seed}/{number}"))
        fates += Counter(drawn)
        for name in ("steps", "refused", "without_holder", "not_accepted", "due", "late_returns",
                     "by_link", "wrong_by_link"):  # fmt: skip
            setattr(total, name, getattr(total, name) + getattr(played, name))
        wrong += [
            {"fault": "F29", "invariant": "I1", "seed": options.seed, "step": number, "words": words}
            for words in played.words
        ]
    possible = sum(len(FATES) ** len(script.posts) for script in SCRIPTS)
    return Proof(
        name="handover",
        seed=options.seed,
        figures={
            "combinations": options.runs,
            "possible": possible,
            "messages": total.steps,
            "refused": total.refused,
            "without_holder": total.without_holder,
            "held_without_acceptance": total.not_accepted,
            "unanswered": total.due,
            "late_returns": total.late_returns,
            "answered_by_link": total.by_link,
            "wrong_by_link": total.wrong_by_link,
        },
        controls={
            "the holder changes when an offer is sent": _fails(
                options, lambda one: one.not_accepted, makes=runs.moved_on_send
            ),
            "only the team that was asked is told": _fails(
                options, lambda one: one.late_returns, looks=runs.only_the_receivers
            ),
            "a link that is over answers": _link_fails(options),
        },
        violations=wrong[:20],
        says=(
            f"{options.runs:,} combinations of {len(SCRIPTS)} scripts (of {possible:,}): of their messages "
            f"{fates[Fate.NEVER]:,} dropped, {fates[Fate.TWICE]:,} doubled, {fates[Fate.LATE]:,} delayed.",
            f"After each of {total.steps:,} messages one team held the person: {total.without_holder} times "
            f"none or two, {total.not_accepted} times one that had not accepted.",
            f"{total.by_link:,} offers were answered by a link: {total.wrong_by_link} once it was over.",
            f"{total.due:,} offers had no answer by their time: {total.late_returns} came back late.",
        ),
    )


def drawn_of(seed: int, count: int) -> Iterator[tuple[Script, tuple[Fate, ...]]]:
    """Scripts in turn, each with a fate for every message; the first of each with nothing wrong."""
    chance = Stream(f"{seed}/fates")
    for number in range(count):
        script = SCRIPTS[number % len(SCRIPTS)]
        calm = number < len(SCRIPTS)
        yield script, tuple(Fate.COMES if calm else chance.one_of(FATES) for _ in script.posts)


def _fails(options: argparse.Namespace, sees: Callable[[Outcome], int], **planted: Any) -> bool:
    """Whether the fault that is planted is seen in some of the combinations."""
    return any(
        sees(runs.play(script, drawn, Stream(f"{options.seed}/{number}"), **planted))
        for number, (script, drawn) in enumerate(drawn_of(options.seed, options.controls))
    )


def _link_fails(options: argparse.Namespace) -> bool:
    with runs.opens_for_ever():
        return _fails(options, lambda one: one.wrong_by_link)
