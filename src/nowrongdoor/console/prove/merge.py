"""
./nwd prove merge: whatever is merged and parted, nothing moves, nothing opens, and undoing gives what was.

Each sequence is a small place in which people are on record more than once, and random acts on it: records
proposed, merged, parted and kept apart, sealed and unsealed, referred. After every act there is no ring, each
restriction holds on all records of the person, and every open referral has its holder. After every merge each
row but the merge itself is what it was, and nobody sees what they did not; undone at once, all is as before.
The controls are what is often built instead.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nowrongdoor.console.prove.one_person import holding, places, planted
from nowrongdoor.console.prove.one_person.places import Acts, Place
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.rules.merging import MERGED, Merge
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.verbs.merges import Merges

SEED = 20261129
STEPS = 14


@dataclass
class Played:
    """What sequences came to."""

    acts: Counter[str] = field(default_factory=Counter)
    most: int = 1
    undone: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help="of the sequences that are drawn")
    parser.add_argument("--sequences", type=int, default=10_000, help="sequences of acts (10,000)")
    parser.add_argument("--controls", type=int, default=150, help="sequences each control is given (150)")


def run(options: argparse.Namespace) -> Proof:
    total = Played()
    for number in range(options.sequences):
        play(f"{options.seed}/{number}", number, Merges, total)
    done = total.acts
    return Proof(
        name="merge",
        seed=options.seed,
        figures={
            "sequences": options.sequences,
            "violations": len(total.wrong),
            "acts": done.total(),
            "merged": done["merges.merge"],
            "unmerged": done["merges.unmerge"],
            "undone_at_once": total.undone,
            "sealed": done["seals.put"],
            "most_records_of_one_person": total.most,
        },
        controls={words: _fails(options, acts) for words, acts in planted.FAULTS.items()},
        violations=[
            {"fault": "F38", "invariant": "I6", "seed": options.seed, "step": number, "words": words}
            for number, words in total.wrong[:20]
        ],
        says=(
            f"{options.sequences:,} sequences of {done.total():,} acts: {done['merges.merge']:,} merges, "
            f"{done['merges.unmerge']:,} undone, {done['seals.put']:,} seals put; up to {total.most} records "
            "of one person.",
            f"After {total.undone:,} merges undone at once, every row, seal and sight was what it had been.",
            f"{len(total.wrong)} times a ring, a row that moved, a restriction that did not hold on every "
            "record, or somebody who saw what they had not seen before.",
        ),
    )


def play(seed: str, number: int, acts: Acts, total: Played) -> None:
    """One sequence; what does not hold is added to `total.wrong` with the number of the sequence."""
    place = places.found(Stream(seed), acts)
    for _ in range(STEPS):
        act = place.chance.weighed(places.ACTS)
        found = _merge_and_part(place, total) if act is places.merge else _act(place, act)
        if found:
            total.wrong += [(number, words) for words in dict.fromkeys(found)]
            break
    total.acts += Counter(place.did)
    total.most = max(total.most, *map(len, holding.people(place.rows, place.people).values()))


def _act(place: Place, act: Callable[[Place], None]) -> list[str]:
    act(place)
    return list(holding.wrong(place))


def _merge_and_part(place: Place, total: Played) -> list[str]:
    """A merge; where it was done, undone at once, and mostly done again."""
    rows_before, merges_before = holding.all_rows(place.rows), _merged(place.rows)
    before = holding.seen(place, place.at)
    found = _act(place, places.merge)
    new = _merged(place.rows).keys() - merges_before.keys()
    if not new:
        return found
    total.undone += 1
    merge_id = new.pop()
    found += _nothing_moved(place, rows_before, before) + _undone(place, merge_id, rows_before, before)
    if place.chance.happens(0.8):
        places.again(place, merge_id)
        found += holding.wrong(place)
    return found


def _nothing_moved(place: Place, rows_before: dict[str, Any], seen_before: holding.Seen) -> list[str]:
    moved = holding.moved(rows_before, holding.all_rows(place.rows), but_for=("Seal",))
    words = [f"merging changed a {kind.lower()}" for kind in moved]
    if not holding.seen(place, place.at) <= seen_before:
        words.append("merging showed somebody what they had not seen")
    return words


def _undone(place: Place, merge_id: Any, rows_before: dict[str, Any], seen_before: holding.Seen) -> list[str]:
    """The same merge, undone by whoever decided it: what was before, exactly."""
    if not places.undo(place, merge_id):
        return ["whoever merged two records could not undo it"]
    moved = holding.moved(rows_before, holding.all_rows(place.rows))
    words = [f"undoing a merge did not give back a {kind.lower()}" for kind in moved]
    if holding.seen(place, place.at) != seen_before:
        words.append("after undoing a merge somebody sees more or less than before it")
    return words


def _merged(rows: Rows) -> dict[Any, Merge]:
    return {one.id: one for one in rows.every(Merge) if one.state == MERGED}


def _fails(options: argparse.Namespace, acts: Acts) -> bool:
    """Whether what is planted is seen in some of the sequences."""
    for number in range(options.controls):
        found = Played()
        play(f"{options.seed}/{number}", number, acts, found)
        if found.wrong:
            return True
    return False
