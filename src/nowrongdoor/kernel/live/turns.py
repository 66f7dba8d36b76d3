"""
Whose screens are made next: first told, first made, and nobody's so often that the others wait for it.

Screens that show the whole place change with every act. They are let in between those of a team, and take no
more than their share of the time.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

GAP = 0.25  # seconds from the end of a making to the next of the same: what comes meanwhile is shown at once
GAP_OF_PLACE = 0.5  # the same for screens of the whole place, which change with whatever anybody does
OF_PLACE = 3.0  # times as long as it took to make them, screens of the whole place rest


One = TypeVar("One", bound=Hashable)


@dataclass
class Turns(Generic[One]):
    """
    What waits to be made, and since when; what is being made, and what has been made and rests. Instants are
    of one steady clock.
    """

    waits: dict[One, float] = field(default_factory=dict)
    rests: dict[One, float] = field(default_factory=dict)
    making: set[One] = field(default_factory=set)

    def ask(self, one: One, *, at: float) -> None:
        self.waits.setdefault(one, at)

    def next(self, *, at: float) -> tuple[One | None, float | None]:
        """What is to be made now; or else in how many seconds something will be, if anything waits at all."""
        waits = {one: since for one, since in self.waits.items() if one not in self.making}
        ready = [(since, one) for one, since in waits.items() if self.rests.get(one, at) <= at]
        if ready:
            one = min(ready, key=lambda each: each[0])[1]
            del self.waits[one]
            self.making.add(one)
            return one, None
        return None, min((self.rests[one] - at for one in waits), default=None)

    def made(self, one: One, *, began: float, at: float, of_place: bool) -> None:
        self.making.discard(one)
        self.rests[one] = at + (max(GAP_OF_PLACE, OF_PLACE * (at - began)) if of_place else GAP)
        for each in [each for each, until in self.rests.items() if until <= at and each not in self.waits]:
            del self.rests[each]
