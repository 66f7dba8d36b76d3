"""
./nwd prove simulate: whatever anyone does, and however wrongly, the invariants hold after every step.

Random actors walk through the pure rules, seed after seed, and an inspector that knows only facts
looks at each step. Then faults are planted in the rules, one at a time, and each must be seen. Last,
one history and one walk, refusals included, are lived in memory and through the real journeys, and
both must answer alike and end in the same world.

A violation names its seed and step, and the one command that shows it again.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from time import monotonic
from typing import Any

from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.sim.faults import FAULTS, Caught, hunt
from nowrongdoor.sim.walk import Walked, walk

SEED = 1
UNTIL = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LAST_ENTRY_MISSING = "a journal entry is missing"


@dataclass
class Part:
    """What one part of the proof adds to it."""

    figures: dict[str, Any] = field(default_factory=dict)
    controls: dict[str, bool] = field(default_factory=dict)
    violations: list[dict[str, Any]] = field(default_factory=list)
    says: tuple[str, ...] = ()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, default=200, help="how many walks (200)")
    parser.add_argument("--steps", type=int, default=1000, help="how many steps each (1000)")
    parser.add_argument("--seed", type=int, default=SEED, help="the first seed; the others follow it")
    parser.add_argument("--hunt", type=int, default=60, help="walks each planted fault is given (60)")
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1), help="processes at once")
    parser.add_argument("--people", type=int, default=40, help="people of the history lived twice (40)")
    parser.add_argument("--lockstep", type=int, default=400, help="steps of the walk made in both (400)")
    parser.add_argument("--pure", action="store_true", help="in memory only: no database is started")


def run(options: argparse.Namespace) -> Proof:
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
        parts = [walked(pool, options), planted(pool, options)]
    if not options.pure:
        parts.append(real_journeys_part(options))
    proof = Part()
    for part in parts:
        proof.figures |= part.figures
        proof.controls |= part.controls
        proof.violations += part.violations
        proof.says += part.says
    proof.figures["violations"] = len(proof.violations)
    return Proof("simulate", options.seed, proof.figures, proof.controls, proof.violations, proof.says)


def walked(pool: ProcessPoolExecutor, options: argparse.Namespace) -> Part:
    """All walks, shared out among the workers."""
    since = monotonic()
    seeds = range(options.seed, options.seed + options.seeds)
    walks = list(pool.map(partial(walk, steps=options.steps), seeds, chunksize=4))
    seconds = monotonic() - since
    steps = sum(one.steps for one in walks)
    done, refused = _counted(walks)
    violations = [_violation(one) for one in walks if one.broken]
    declined, gaps = (sum(one.declined[part] for one in walks) for part in (0, 1))
    nobody, silent = (sum(one.missed[part] for one in walks) for part in (0, 1))
    given, sick = done["visits.assign"], done["crews.end"]
    return Part(
        figures={
            "seeds": len(walks),
            "steps": steps,
            "acts": done.total(),
            "refusals": refused.total(),
            "steps_per_second": round(steps / seconds),
            "police_declined": declined,
            "declined_without_a_holder": gaps,
            "calls_asked_for": done["talks.ask"],
            "calls_stopped": done["talks.withdraw"],
            "crews_sent": given,
            "shifts_ended_early": sick,
            "not_at_home": nobody,
            "telephones_silent": silent,
        },
        violations=violations,
        says=(
            f"{len(walks):,} walks of {options.steps:,} steps: of {steps:,} steps {done.total():,} were done "
            f"and {refused.total():,} refused in words.",
            f"Calls just to talk were asked for {done['talks.ask']:,} times, and {done['talks.withdraw']:,} "
            "stopped.",
            f"Crews were sent {given:,} times; {sick:,} shifts ended early, {nobody:,} times nobody was "
            f"at home, {silent:,} times whoever was alone was not heard of.",
            f"The police did not attend {declined:,} times; {gaps or 'never'} without a holder who accepted.",
            f"Every step was inspected; {len(violations) or 'none'} broke an invariant "
            f"({round(steps / seconds):,} steps a second).",
        ),
    )


def planted(pool: ProcessPoolExecutor, options: argparse.Namespace) -> Part:
    """Each planted fault, hunted until it is seen."""
    look = partial(hunt, first_seed=options.seed, seeds=options.hunt, steps=1000)
    found: dict[str, Caught | None] = dict(zip(FAULTS, pool.map(look, FAULTS), strict=True))
    caught = {name: one for name, one in found.items() if one is not None}
    latest = max((one.seed - options.seed + 1 for one in caught.values()), default=0)
    return Part(
        figures={
            "faults_planted": len(found),
            "faults_caught": len(caught),
            "faults": {name: one and [one.seed, one.step, one.broken] for name, one in found.items()},
        },
        controls={name: one is not None for name, one in found.items()},
        says=(
            f"{len(caught)} of {len(found)} faults planted in the rules were caught, the slowest in "
            f"walk {latest}.",
        ),
    )


def real_journeys_part(options: argparse.Namespace) -> Part:
    """The same history and the same mischief, in memory and through the journeys on databases of its own."""
    # Only here, so that the walks need neither Django nor a database.
    from nowrongdoor.console.prove import ground as grounds

    part = Part()
    with grounds.migrated("simulate") as ground:
        base = ground.made[0]
        for number, told in enumerate((_history_twice, _mischief_twice)):
            ground.stand_on(ground.make(f"simulate_{number}", like=base))
            more = told(options)
            part.figures |= more.figures
            part.controls |= more.controls
            part.violations += more.violations
            part.says += more.says
    return part


def _history_twice(options: argparse.Namespace) -> Part:
    from nowrongdoor.console.prove import parity
    from nowrongdoor.console.real_place import RealPlace
    from nowrongdoor.sim.rows import Entry
    from nowrongdoor.sim.scenario import history
    from nowrongdoor.sim.world import PureWorld

    journal: list[Entry] = []
    pure = PureWorld(journal)
    lived = history(pure, people=options.people, until=UNTIL, days=28, seed=options.seed)
    history(RealPlace(), people=options.people, until=UNTIL, days=28, seed=options.seed)
    ended = parity.compare(pure, journal)
    return Part(
        figures={
            "journey_acts": lived.acts,
            "rows_compared": ended.rows,
            "entries_compared": ended.entries,
            "differences": len(ended.differences),
        },
        controls={LAST_ENTRY_MISSING: bool(parity.compare(pure, journal[:-1]).differences)},
        violations=[_apart("memory and database end alike", options, one) for one in ended.differences],
        says=(
            f"{lived.acts:,} acts lived in memory and through the real journeys: {ended.rows:,} rows and "
            f"{ended.entries:,} journal entries, {len(ended.differences) or 'no'} difference.",
        ),
    )


def _mischief_twice(options: argparse.Namespace) -> Part:
    from nowrongdoor.console.prove import parity
    from nowrongdoor.console.prove.lockstep import in_lockstep

    places = in_lockstep(options.seed, steps=options.lockstep)
    ended = parity.compare(places, places.told)
    apart = [*places.apart, *ended.differences]
    return Part(
        figures={"lockstep_steps": places.acts, "answered_otherwise": len(apart)},
        violations=[_apart("memory and database answer alike", options, one) for one in apart],
        says=(
            f"{places.acts:,} attempts of a walk made in both, refusals included: {len(apart) or 'none'} was "
            "answered otherwise.",
        ),
    )


def _apart(invariant: str, options: argparse.Namespace, says: str) -> dict[str, Any]:
    again = f"./nwd prove simulate --seed {options.seed} --seeds 1"
    return {"invariant": invariant, "seed": options.seed, "says": says, "again": again}


def _counted(walks: Iterable[Walked]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    done: Counter[str] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    for one in walks:
        done += one.done
        refused += one.refused
    return done, refused


def _violation(one: Walked) -> dict[str, Any]:
    return {
        "invariant": one.broken[0].split(":")[0],
        "says": one.broken[0],
        "seed": one.seed,
        "step": one.steps,
        "again": f"./nwd prove simulate --pure --seed {one.seed} --seeds 1 --steps {one.steps}",
    }
