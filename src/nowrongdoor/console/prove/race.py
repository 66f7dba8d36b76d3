"""
./nwd prove race: whoever acts at the same instant as another, one wins, and the other is told who and when.

For each kind of pair, two people act on two real connections, many times over. Exactly one must win; the
other must be told by whom and at what instant it was done; and afterwards the invariants hold, asked by
SQL of their own, and the journal still tells every row.

The walls are then taken down to see that this would be noticed.

* Without any, both win in every kind.
* Without locks alone, versions and constraints still keep most rows right, but people get an error or a
  bare no instead of who and when; and two register one person under one name, which no constraint knows.
* Without versions alone, a correction is overwritten by someone who never saw it, as no constraint knows.
* Without constraints alone, a form that is sent twice at once is recorded twice: there is no row yet to
  lock. Elsewhere locks let nobody so far; constraints are the wall against all that is no journey, and what
  they refuse then is tested where they are made. Alone, they keep both from winning wherever one knows how.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.proof import Proof

SEED = 20261125
SHOWN = 20  # violations that are told one by one
ENOUGH = 50  # pairs of each kind with all walls down, at least: the control that the proof rests on
RARELY = 0.1  # of the acts of a kind may break where nothing is locked
FEW = 20  # pairs of each kind with one wall down
WALLED = "all walls"
NO_WALLS = "without locks, versions and constraints"
CONSTRAINTS_ALONE = "constraints alone"
CONTROLS = {
    NO_WALLS: ("locks", "versions", "constraints"),
    "without locks": ("locks",),
    "without versions": ("versions",),
    "without constraints": ("constraints",),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pairs", type=int, default=200, help="pairs of each kind (200)")
    parser.add_argument(
        "--control-pairs",
        type=int,
        help=f"pairs of each kind in a control (without any wall a quarter of the pairs, at least {ENOUGH}; "
        f"else {FEW})",
    )
    parser.add_argument("--seed", type=int, default=SEED, help="who comes first, and who is invented")


def run(options: argparse.Namespace) -> Proof:
    runs = {}
    with grounds.migrated("race") as ground:
        base = ground.made[0]
        for name, down in {WALLED: (), **CONTROLS, CONSTRAINTS_ALONE: ("locks", "versions")}.items():
            ground.stand_on(ground.make(f"race_{len(runs)}", like=base))
            pairs = pairs_of(name, options) if down else options.pairs
            runs[name] = race(ground, pairs=pairs, seed=options.seed, down=down)
    return concluded(runs, seed=options.seed)


def pairs_of(control: str, options: argparse.Namespace) -> int:
    """Pairs of each kind in a control: as many as were asked for, else what it needs."""
    if options.control_pairs is not None:
        return int(options.control_pairs)
    return max(ENOUGH, options.pairs // 4) if control == NO_WALLS else FEW


@dataclass
class Tally:
    """What came of the pairs of one kind. `broken` are acts that ended in a fault no wall of ours raised."""

    pairs: int = 0
    both_won: int = 0
    none_won: int = 0
    told: int = 0
    met: int = 0
    broken: int = 0
    milliseconds: float = 0.0
    violations: list[dict[str, Any]] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        return {
            "pairs": self.pairs,
            "both_won": self.both_won,
            "none_won": self.none_won,
            "told": self.told,
            "met": self.met,
            "broken": self.broken,
            "ms_a_pair": round(self.milliseconds / max(self.pairs, 1), 1),
        }


def race(ground: grounds.Ground, *, pairs: int, seed: int, down: Sequence[str]) -> dict[str, Tally]:
    """So many pairs of every kind, in the database this process stands on, with these walls down."""
    from nowrongdoor.console.prove import invariants, kinds, replay
    from nowrongdoor.console.prove.pairs import Two
    from nowrongdoor.console.prove.place import Place

    place = Place(seed)
    tallies = {}
    with standing(ground, down) as wrappers, Two(wrappers) as two:
        for kind in kinds.KINDS:
            tallies[kind.name] = race_kind(place, two, kind, pairs=pairs, seed=seed, must_meet=not down)
    if not down:
        faults = [*invariants.broken(), *replay.compared().violations]
        tallies["afterwards"] = Tally(violations=[{"invariant": "I7", "words": words} for words in faults])
    grounds.leave()
    return tallies


@contextlib.contextmanager
def standing(ground: grounds.Ground, down: Sequence[str]) -> Iterator[list[Any]]:
    """What rewrites the questions of the racing connections while these walls are down."""
    from nowrongdoor.console.prove import walls

    if "constraints" in down:
        with ground.as_owner() as owner:
            walls.take_down_constraints(owner)
    wrappers = []
    with contextlib.ExitStack() as stack:
        if "locks" in down:
            wrappers.append(walls.without_locks)
        if "versions" in down:
            wrappers.append(walls.without_versions)
            stack.enter_context(walls.seen_by_nobody())
        yield wrappers


def race_kind(place: Any, two: Any, kind: Any, *, pairs: int, seed: int, must_meet: bool) -> Tally:
    """The first half of the pairs run free, the second half meet; who comes first is drawn."""
    chance = Random(f"{seed}/{kind.name}")
    tally = Tally()
    began = perf_counter()
    for step in range(pairs):
        pair = kind.arrange(place)
        acts = [pair.one, pair.other]
        chance.shuffle(acts)
        meets = step >= pairs // 2
        met = two.met
        answers = (two.meeting if meets else two.at_once)(*acts)
        faults = judge(tally, pair, answers)
        if meets and must_meet and two.met == met:
            faults.append(("", "the second never waited for the first"))
        for invariant, words in faults:
            tally.violations.append(
                {"fault": kind.fault, "invariant": invariant, "kind": kind.name, "seed": seed, "step": step,
                 "words": words}
            )  # fmt: skip
        tally.met += two.met - met
    tally.milliseconds = 1000 * (perf_counter() - began)
    return tally


def judge(tally: Tally, pair: Any, answers: Sequence[Any]) -> list[tuple[str, str]]:
    """Counts one pair; what was wrong with it, as invariant and words."""
    from nowrongdoor.console.prove import invariants

    tally.pairs += 1
    tally.broken += sum(one.broke for one in answers)
    won = [one for one in answers if one.won]
    lost = [one for one in answers if not one.won]
    in_words = "; ".join(one.in_words() for one in answers)
    faults = []
    if len(won) == 2:
        tally.both_won += 1
        faults.append(("", f"both won: {in_words}"))
    elif not won:
        tally.none_won += 1
        faults.append(("", f"none won: {in_words}"))
    elif lost[0].told_of(won[0].act):
        tally.told += 1
    else:
        faults.append(("", f"the loser was not told who and when: {in_words}"))
    if pair.referrals:
        faults += [(one[:2], one) for one in invariants.broken(pair.referrals)]
    if pair.people and (records := invariants.records_of(pair.people)) != 1:
        faults.append(("I4", f"{records} records of one person"))
    return faults


def concluded(runs: dict[str, dict[str, Tally]], *, seed: int) -> Proof:
    real = runs[WALLED]
    violations = [violation for tally in real.values() for violation in tally.violations]
    violations += kept_by_no_constraint(runs[CONSTRAINTS_ALONE])
    kinds = {name: tally.figures() for name, tally in real.items() if tally.pairs}
    total = {
        name: sum(kind[name] for kind in kinds.values())
        for name in ("pairs", "both_won", "none_won", "told", "met")
    }
    return Proof(
        name="race",
        seed=seed,
        figures={
            **total,
            "control_pairs": {name: max(one.pairs for one in runs[name].values()) for name in CONTROLS},
            "kinds": kinds,
            "walls_down": {
                name: {kind: tally.figures() for kind, tally in tallies.items()}
                for name, tallies in runs.items()
                if name != WALLED
            },
        },
        controls={name: failed_as_it_must(name, runs[name]) for name in CONTROLS},
        violations=violations[:SHOWN],
        says=tuple(in_sentences(total, kinds, runs)),
    )


def failed_as_it_must(name: str, tallies: dict[str, Tally]) -> bool:
    """
    The walls that were down were missed, and nothing else went wrong instead.

    Without locks an act may read half of what another has written, and break on it: now and then, at most.
    """
    rare = RARELY if "locks" in CONTROLS[name] else 0
    if any(tally.broken > rare * tally.pairs for tally in tallies.values()):
        return False
    both_won = [bool(tally.both_won) for tally in tallies.values()]
    return all(both_won) if name == NO_WALLS else any(both_won)


def kept_by_no_constraint(tallies: dict[str, Tally]) -> list[dict[str, Any]]:
    """Constraints alone keep both from winning, wherever one of them knows what must not be."""
    from nowrongdoor.console.prove.kinds import KINDS

    return [
        {"fault": kind.fault, "invariant": "", "kind": kind.name,
         "words": f"constraints as the only wall: {tallies[kind.name].figures()}"}
        for kind in KINDS
        if kind.one_constraint_knows and (tallies[kind.name].both_won or tallies[kind.name].broken)
    ]  # fmt: skip


def in_sentences(
    total: dict[str, int], kinds: dict[str, Any], runs: dict[str, dict[str, Tally]]
) -> Iterator[str]:
    yield (
        f"{total['pairs']:,} pairs raced on two connections: both won in {total['both_won']}, nobody in "
        f"{total['none_won']}; {total['told']:,} losers were told who won and when."
    )
    for name, kind in kinds.items():
        yield (
            f"  {name}: {kind['pairs']} pairs, {kind['told']} told, {kind['met']} seen waiting, "
            f"{kind['ms_a_pair']} ms a pair"
        )
    for name, tallies in runs.items():
        if name != WALLED:
            both, untold = (
                sum(bool(tally.both_won) for tally in tallies.values()),
                sum(tally.told + tally.both_won < tally.pairs for tally in tallies.values()),
            )
            pairs = max(tally.pairs for tally in tallies.values())
            yield (
                f"  {name}, {pairs} pairs of each kind: of {len(tallies)} kinds both won in {both}, "
                f"in {untold} losers were not told."
            )
