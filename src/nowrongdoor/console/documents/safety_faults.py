"""The table of faults: what may break or be tried, what must then be so, and which test shows it, if any."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nowrongdoor.console.documents.safety import Unreadable
from nowrongdoor.console.documents.safety_evidence import no_test
from nowrongdoor.console.documents.text import document, table
from nowrongdoor.console.proving import PROOFS

FILE = "docs/safety/faults.csv"
COLUMNS = ["fault", "part", "what", "expected", "proof", "tests", "missing"]
LAST = 74
NOT_YET = "not yet"
# Proofs that are designed and not built; one that is built joins PROOFS and counts from then on.
DESIGNED = ("clocks", "handover", "matrix", "fuzz", "audit", "isolation", "accessibility")


@dataclass(frozen=True)
class Fault:
    """One line of the table. `tests` is empty where no test carries it yet; `missing` is what none shows."""

    id: str
    part: str
    what: str
    expected: str
    proof: str
    tests: tuple[str, ...]
    missing: str

    @property
    def shown(self) -> str:
        """Whether it is shown `whole`, in `part`, or `not yet`."""
        if not self.tests:
            return NOT_YET
        return "part" if self.missing else "whole"


def problems(root: Path) -> list[str]:
    """What is wrong with the table, one line each."""
    path = root / FILE
    if not path.exists():
        return [f"{FILE} is missing"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != COLUMNS:
        return [f"{FILE}: its columns are not {', '.join(COLUMNS)}"]
    found = [
        f"{FILE}, line {n}: {len(row)} columns" for n, row in enumerate(rows, 1) if len(row) != len(COLUMNS)
    ]
    if found:
        return found
    ids = [row[0] for row in rows[1:]]
    found += [
        f"{FILE}: {one} is there {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1
    ]
    wanted = [f"F{number}" for number in range(1, LAST + 1)]
    found += [f"{FILE}: {one} is missing" for one in wanted if one not in ids]
    found += [f"{FILE}: there is no fault {one}" for one in ids if one not in wanted]
    for row in rows[1:]:
        found += [
            f"{FILE}, {row[0]}: {words}" for words in _of_one(root, dict(zip(COLUMNS, row, strict=True)))
        ]
    return found


def _of_one(root: Path, row: dict[str, str]) -> Iterator[str]:
    for name in ("part", "what", "expected", "proof", "tests"):
        if not row[name].strip():
            yield f"{name} says nothing"
    if row["proof"] not in (*PROOFS, *DESIGNED):
        yield f"there is no proof {row['proof']!r}"
    if row["tests"] == NOT_YET:
        if not row["missing"].strip():
            yield "nothing shows it, and it does not say what is missing"
        return
    yield from filter(None, (no_test(root, node) for node in row["tests"].split()))


def faults(root: Path) -> list[Fault]:
    """The table as it stands; what is wrong with it is said by `problems`."""
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise Unreadable(f"{FILE}: its columns are not {', '.join(COLUMNS)}")
        return [
            Fault(
                row["fault"],
                row["part"],
                row["what"],
                row["expected"],
                row["proof"],
                () if row["tests"] == NOT_YET else tuple(row["tests"].split()),
                row["missing"],
            )
            for row in rows
        ]


def counts(known: list[Fault]) -> dict[str, int]:
    return {kind: sum(one.shown == kind for one in known) for kind in ("whole", "part", NOT_YET)}


def page(root: Path) -> str:
    known = faults(root)
    many = counts(known)
    parts = []
    for part in dict.fromkeys(one.part for one in known):
        parts += [
            f"## {part}",
            table(
                ("Fault", "What happens", "What must then be so", "Proof", "Shown by"),
                (
                    (one.id, one.what, one.expected, proof_words(one.proof), _shown_by(one))
                    for one in known
                    if one.part == part
                ),
            ),
        ]
    return document(
        "Faults and attacks",
        FILE,
        "What may break and what may be tried, what must then be so, and what shows that it is. Each fault "
        "has one proof that is meant to show it under load or in its thousands; a test of `./nwd test` shows "
        "it once, each time. “Not yet” means that nothing shows it.",
        f"Of {len(known)} faults **{many['whole']} are shown whole, {many['part']} in part and "
        f"{many[NOT_YET]} not yet**. `./nwd check` fails when a fault is missing or there twice, or names a "
        "test that is not there.",
        *parts,
    )


def proof_words(name: str) -> str:
    return f"`./nwd prove {name}`" if name in PROOFS else f"`{name}` (not built yet)"


def _shown_by(fault: Fault) -> str:
    said = [f"`{node}`" for node in fault.tests]
    if fault.missing:
        said.append(f"{'**In part.** Not shown' if fault.tests else '**Not yet**'}: {fault.missing}")
    return "<br>".join(said)
