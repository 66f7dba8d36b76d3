"""
How well records that are one person's are found, beside Splink's usual set-up on the same records.

Labelled sets that others published (FEBRL 1 and 3), invented ones with the households and moves that
those lack, or any two files with labels. Both are given the same values, written the same way.
"""

from __future__ import annotations

import argparse
import importlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import local_date

ROOM = 0.004  # this much better than Splink, wherever it leaves so much to be better by
SLOWER = 1.3  # and at no more than so many times its time
SEED = 4711


@dataclass
class Found:
    """Figures by set, every goal that was not reached, and whether what must fail did."""

    seed: int
    figures: dict[str, Any] = field(default_factory=lambda: {"sets": {}})
    misses: list[str] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.misses and bool(self.controls) and all(self.controls.values())


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--left", type=Path, help="one register, a CSV file")
    parser.add_argument("--right", type=Path, help="the other; without it, people one register knows twice")
    parser.add_argument("--truth", type=Path, help="labels: two ids a row, or an id and whose it is")
    parser.add_argument(
        "--columns", default="", metavar="MAP",
        help="which column is which: a JSON or CSV file, or 'left=right:kind, ...'; else told from headings",
    )  # fmt: skip
    parser.add_argument("--weights", action="store_true", help="print what each step of agreement weighs")
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    from nowrongdoor.linkage.reading import CannotRead

    found = Found(asked.seed)
    try:
        for one in _sets(asked):
            _measure(found, one, weights=asked.weights)
    except CannotRead as fault:
        found.misses.append(str(fault))
    return found


def _sets(asked: argparse.Namespace) -> Any:
    labelled = importlib.import_module("nowrongdoor.console.bench.labelled")
    if asked.left or asked.right or asked.truth:
        yield labelled.of_files(asked.left, asked.right, asked.truth, asked.columns)
        return
    yield from labelled.published()
    yield from labelled.invented(asked.seed)


def _measure(found: Found, one: Any, *, weights: bool) -> None:
    from nowrongdoor.console.bench import splink_usual
    from nowrongdoor.linkage import linking
    from nowrongdoor.rules.matching import short_forms

    for number, fault in one.faults[:20]:
        print(f"  row {number}: {fault}")
    told = ", ".join(f"{part.name} ({part.kind})" for part in one.prepared.parts)
    print(
        f"{one.name}: {one.records:,} records, {len(one.truth):,} true pairs; compared by {told}.", flush=True
    )
    splink_usual.warm()
    began = time.perf_counter()
    ours = linking.link(
        one.prepared.parts,
        one.prepared.left,
        one.prepared.right,
        short_forms=short_forms.known(on=local_date(now())),
    )
    seconds = time.perf_counter() - began
    precision, recall, f1 = judged(set(ours.stand), one.truth)
    figures = {"precision": precision, "recall": recall, "f1": f1, "seconds": round(seconds, 2)}
    figures |= _splink(splink_usual, one)
    found.figures["sets"][one.name] = figures
    found.controls[f"{one.name}: labels of other records"] = _control(ours.stand, one)
    found.misses += missed(one.name, figures)
    print(in_words(figures), flush=True)
    if weights:
        from nowrongdoor.linkage.telling import table

        print(table(ours.model))


def _splink(splink_usual: Any, one: Any) -> dict[str, float]:
    from nowrongdoor.linkage.resolving import best_of_each

    usual = splink_usual.link(one.prepared.parts, one.prepared.left, one.prepared.right)
    precision, recall, f1 = judged(usual.above(splink_usual.LIKELY), one.truth)
    figures = {"splink_precision": precision, "splink_recall": recall, "splink_f1": f1,
               "splink_seconds": round(usual.seconds, 2)}  # fmt: skip
    if one.prepared.right is not None:
        alone = best_of_each([pair for pair in usual.pairs if pair[2] >= splink_usual.LIKELY])
        figures["splink_one_to_one_f1"] = judged(alone, one.truth)[2]
    return figures


def _control(stand: list[tuple[int, int]], one: Any) -> bool:
    """The same pairs, judged by labels that belong to other records, must be found to be wrong."""
    turned = {(left, (right + 1) % one.records) for left, right in one.truth}
    return judged(set(stand), turned)[2] < 0.5


def judged(found: set[tuple[int, int]], truth: set[tuple[int, int]]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean, of pairs that were found against those that are true."""
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    return round(precision, 5), round(recall, 5), round(2 * right / max(len(found) + len(truth), 1), 5)


def missed(name: str, figures: dict[str, float]) -> list[str]:
    """Which goal was not reached: never below Splink, better where there is room, and not much slower."""
    found = []
    f1, theirs = figures["f1"], figures["splink_f1"]
    if f1 < theirs:
        found.append(f"{name}: F1 {f1:.4f}, below Splink's {theirs:.4f}")
    elif theirs + ROOM <= 1 and f1 < theirs + ROOM:
        found.append(f"{name}: F1 {f1:.4f}, at least {theirs + ROOM:.4f} wanted")
    if figures["seconds"] > SLOWER * figures["splink_seconds"]:
        found.append(
            f"{name}: {figures['seconds']} s, at most {SLOWER} times Splink's {figures['splink_seconds']} s"
        )
    return found


def in_words(figures: dict[str, float]) -> str:
    beside = (
        f"; {figures['splink_one_to_one_f1']:.4f} when each record takes its best partner only"
        if "splink_one_to_one_f1" in figures
        else ""
    )
    return (
        f"  precision {figures['precision']:.4f}, recall {figures['recall']:.4f}, F1 {figures['f1']:.4f} in "
        f"{figures['seconds']:.1f} s. Splink as usual: F1 {figures['splink_f1']:.4f} in "
        f"{figures['splink_seconds']:.1f} s{beside}."
    )
