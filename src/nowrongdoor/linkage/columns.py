"""
A register as columns: every different value once, and which record holds which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import adler32, crc32

import numpy as np

from nowrongdoor.rules.matching.model import Part

NONE = -1


@dataclass(frozen=True)
class Column:
    """One part of every record of both registers: `left` and `right` are places in `values`."""

    part: Part
    values: list[str]
    left: np.ndarray
    right: np.ndarray

    @property
    def size(self) -> int:
        return len(self.values)

    @cached_property
    def texts(self) -> np.ndarray:
        """The values, to be taken many at a time."""
        return np.array([*self.values, ""], object)[:-1]

    @cached_property
    def words(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """
        Of each value a number: of its letters run together, of its words in any order, and, in as many
        columns as the longest has, of each word of more than three letters; 0 for none.
        """
        long = [sorted({word for word in value.split() if len(word) > 3}) for value in self.values]
        table = np.zeros((max(self.size, 1), max(map(len, long), default=1) or 1), np.int64)
        for row, found in enumerate(long):
            table[row, : len(found)] = [_number(word) for word in found]
        run = np.array([_number(value.replace(" ", "")) for value in self.values], np.int64)
        bag = np.array([_number(" ".join(sorted(set(value.split())))) for value in self.values], np.int64)
        return run, bag, table


@dataclass(frozen=True)
class Registers:
    """Two registers, or one beside itself (`alone`): then a pair is two of its records, once."""

    columns: tuple[Column, ...]
    left: int
    right: int
    alone: bool

    @property
    def pairs(self) -> int:
        """How many pairs there are, compared or not; never none, so that shares of them can be told."""
        return max(self.left * (self.left - 1) // 2 if self.alone else self.left * self.right, 1)


def registers(
    parts: Sequence[Part], left: Sequence[Sequence[str]], right: Sequence[Sequence[str]] | None
) -> Registers:
    """Registers from their columns, each in the order of the parts and written as they are compared."""
    alone = right is None
    other = left if right is None else right
    columns = tuple(
        _column(part, mine, mine if alone else yours)
        for part, mine, yours in zip(parts, left, other, strict=True)
    )
    return Registers(columns, len(left[0]), len(other[0]), alone)


def _column(part: Part, left: Sequence[str], right: Sequence[str]) -> Column:
    places: dict[str, int] = {"": NONE}
    values: list[str] = []

    def place(value: str) -> int:
        found = places.get(value)
        if found is None:
            found = places[value] = len(values)
            values.append(value)
        return found

    mine = np.fromiter((place(value) for value in left), np.int64, len(left))
    yours = mine if right is left else np.fromiter((place(value) for value in right), np.int64, len(right))
    return Column(part, values, mine, yours)


def _number(word: str) -> int:
    """The same number for the same word, in every column and every run."""
    told = word.encode()
    return crc32(told) << 31 | adler32(told) & 0x7FFFFFFF
