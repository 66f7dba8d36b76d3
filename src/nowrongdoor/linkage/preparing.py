"""
From two files to columns that can be compared: each value written in the one way its kind is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from nowrongdoor.linkage.mapping import IDENTITY, WHOLE, Pairing, date_order
from nowrongdoor.linkage.reading import Table
from nowrongdoor.rules.matching.kinds import Kind, whole_name, written
from nowrongdoor.rules.matching.model import Part

Side = list[list[str]]


@dataclass
class Prepared:
    """Parts, and for each a column of either register; `right` is None when there is one register."""

    parts: list[Part] = field(default_factory=list)
    left: Side = field(default_factory=list)
    right: Side | None = None


def prepared(pairings: Sequence[Pairing], left: Table, right: Table | None, *, on: date) -> Prepared:
    """Both registers written alike, as read on a day; a name in one piece becomes two parts."""
    found = Prepared(right=None if right is None else [])
    for pairing in pairings:
        if pairing.kind == IDENTITY:
            continue
        mine = left.column(pairing.left)
        yours = None if right is None else right.column(pairing.right)
        if pairing.kind == WHOLE:
            for place, kind in enumerate((Kind.GIVEN, Kind.FAMILY)):
                part = Part(f"{pairing.part} {kind}", kind, f"{kind} name")
                _add(found, part, mine, yours, partial(_half, place))
        else:
            kind = Kind(pairing.kind)
            _add(found, Part(pairing.part, kind, pairing.part), mine, yours, partial(_column, kind, on))
    return found


def _add(
    found: Prepared, part: Part, mine: list[str], yours: list[str] | None,
    write: Callable[[list[str]], list[str]],
) -> None:  # fmt: skip
    left = write(mine)
    right = None if yours is None else write(yours)
    # A column that is empty on one side, or says the same of everybody, tells nothing.
    sides = [left] if right is None else [left, right]
    if all(any(side) for side in sides) and len({value for side in sides for value in side if value}) > 1:
        found.parts.append(part)
        found.left.append(left)
        if found.right is not None and right is not None:
            found.right.append(right)


def _column(kind: Kind, on: date, values: list[str]) -> list[str]:
    order = date_order(values) if kind is Kind.DATE else "dmy"
    known: dict[str, str] = {}
    for value in values:
        if value not in known:
            known[value] = written(kind, value, on=on, order=order)
    return [known[value] for value in values]


def _half(place: int, values: list[str]) -> list[str]:
    return [whole_name(value)[place] for value in values]
