"""Registers of an invented county, linked once for all tests that only look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nowrongdoor.linkage import linking
from nowrongdoor.linkage.mapping import paired
from nowrongdoor.linkage.preparing import Prepared, prepared
from nowrongdoor.linkage.reading import Table
from nowrongdoor.rules.matching.short_forms import known
from nowrongdoor.sim import registers
from nowrongdoor.sim.streams import Stream
from tests.worlds.facts import NINE

TODAY = NINE.date()
SHORT = known(on=TODAY)


@dataclass(frozen=True)
class County:
    """What was linked, what is true, and what came of it."""

    known: registers.Known
    ready: Prepared
    linked: linking.Linked

    @property
    def f1(self) -> float:
        found = set(self.linked.stand)
        return 2 * len(found & self.known.truth) / (len(found) + len(self.known.truth))


@cache
def linked(purpose: str, *, alone: bool = False, without: tuple[str, ...] = ("nhs_number",)) -> County:
    stream = Stream(purpose)
    made = (
        registers.one(stream, 500, 350, registers.Faults(), without=without)
        if alone
        else registers.two(stream, 500, 450, 300, registers.Faults(), without=without)
    )
    left = Table("left", list(registers.COLUMNS), made.left)
    right = None if alone else Table("right", list(registers.COLUMNS), made.right)
    pairings = [one for one in paired(left, right or left) if one.left not in without]
    ready = prepared(pairings, left, right, on=TODAY)
    return County(made, ready, linking.link(ready.parts, ready.left, ready.right, short_forms=SHORT))
