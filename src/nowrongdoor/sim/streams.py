"""
Chance, one stream a purpose: more arrivals do not change who is invented, or what is said.

Every stream is seeded by the seed and its own name, so that a run can be replayed from one number
and a change in one purpose leaves the luck of all others as it was.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Stream(Random):
    """One purpose's chance. Only the acts of drawing that the place needs."""

    def happens(self, chance: float) -> bool:
        return self.random() < chance

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[int(self.random() * len(choices))]

    def weighed(self, choices: Sequence[tuple[float, T]]) -> T:
        """One of the choices, each as likely as its weight says."""
        left = self.random() * sum(weight for weight, _ in choices)
        for weight, choice in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][1]

    def id(self) -> UUID:
        return UUID(int=self.getrandbits(128), version=4)


class Streams:
    """The streams of one seed, each made when it is first asked for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._streams: dict[str, Stream] = {}

    def __getitem__(self, purpose: str) -> Stream:
        if purpose not in self._streams:
            self._streams[purpose] = Stream(f"{self.seed}/{purpose}")
        return self._streams[purpose]
