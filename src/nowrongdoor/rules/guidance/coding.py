"""
Columns told by classes: one byte a case, or two, for what a column tells apart.

Two columns meet by one multiplication and one addition of whole columns, because a column of bytes is also
one long number.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from operator import and_, neg
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.rows import numbers
from nowrongdoor.rules.guidance.work import Unreadable

BYTE = 256
WORD = 65_536
# So many cases at once stay near the processor.
AT_ONCE = 1 << 18


class Coded:
    """A column told by few values: for each case the place of its value among them, one byte a case."""

    def __init__(self, codes: bytes, values: Sequence[Any]) -> None:
        if len(values) > BYTE or (codes and max(codes) >= len(values)):
            raise Unreadable("A coded column names a value that it does not hold.")
        self.codes = codes
        self.values = values

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterable[Any]:
        return map(self.values.__getitem__, self.codes)

    @classmethod
    def of(cls, column: Iterable[Any]) -> "Coded":
        """A column of at most 256 different values, coded once so that it can be asked again and again."""
        codes, kept = classed(list(column), lambda value: (type(value), exact(value)), lambda value: value)
        if not isinstance(codes, bytes):
            raise Unreadable(f"This column has more than {BYTE} different values.")
        return cls(codes, kept)


class Classes(dict[Any, int]):
    """Values to the class they are in, worked out when a value is first seen."""

    def __init__(self, told: Callable[[Any], Any], kept: Callable[[Any], Any]) -> None:
        super().__init__()
        self.told, self.kept = told, kept
        self.numbers: dict[Any, int] = {}
        self.found: list[Any] = []

    def __missing__(self, value: Any) -> int:
        found = self[value] = self.number(value)
        return found

    def number(self, value: Any) -> int:
        found = self.numbers.setdefault(self.told(value), len(self.found))
        if found == len(self.found):
            self.found.append(self.kept(value))
        return found

    def exactly(self, value: Any) -> int:
        """The class of a value, where values that Python calls equal are told apart."""
        key = (type(value), exact(value))
        found = self.get(key)
        if found is None:
            found = self[key] = self.number(value)
        return found


def exact(value: Any) -> Any:
    """What stands for a value where equal is not enough: 10:00 in London is not 09:00 in UTC."""
    if isinstance(value, datetime | time):
        return temporal.words(value)
    if isinstance(value, list | tuple | dict):
        return written(list(value)) if not isinstance(value, dict) else written(value)
    return value


def classed(
    column: Sequence[Any], told: Callable[[Any], Any], kept: Callable[[Any], Any]
) -> tuple[Sequence[int], list[Any]]:
    """For each case the class of its value, and one thing kept of each class."""
    classes = Classes(told, kept)
    try:
        codes = compact(map(classes.__getitem__, column))
        # Yes and 1 are equal to Python, and so is one instant in two zones: look again where they may be.
        if not (0 in classes or 1 in classes or any(isinstance(one, datetime | time) for one in classes)):
            return codes, classes.found
        kinds = set(map(type, column))
        if not (bool in kinds and len(kinds - {bool, type(None), str}) > 0) and not kinds & {datetime, time}:
            return codes, classes.found
    except TypeError:  # a list or a context, which has no hash
        pass
    strict = Classes(told, kept)
    return compact(map(strict.exactly, column)), strict.found


def compact(numbers: Iterable[int]) -> Sequence[int]:
    """One byte a case where 256 classes are enough, and two where they are not."""
    found = list(numbers)
    try:
        return bytes(found)
    except ValueError:
        return array("H", found) if max(found) < WORD else found


def renamed(codes: Sequence[int], marks: list[int]) -> tuple[Sequence[int], list[int]]:
    """Classes that meet the same rows become one."""
    kept: dict[int, int] = {}
    table = [kept.setdefault(mark, len(kept)) for mark in marks]
    if isinstance(codes, bytes):
        return codes.translate(bytes(table).ljust(BYTE, b"\0")), list(kept)
    return compact(map(table.__getitem__, codes)), list(kept)


def joined(
    codes: Sequence[int],
    masks: list[int],
    more: Sequence[int],
    met: list[int],
    thinned: Callable[[int], int],
) -> tuple[Sequence[int], list[int]]:
    """Two columns met: for each case the class of the rows that both meet and that may still speak."""
    pairs = [thinned(_both(one, other)) for one in masks for other in met]
    if len(masks) == 1 or len(met) == 1:
        return renamed(codes if len(met) == 1 else more, pairs)
    if len(pairs) <= BYTE and isinstance(codes, bytes) and isinstance(more, bytes):
        return renamed(_paired(codes, len(met), more), pairs)
    if len(pairs) <= WORD and isinstance(codes, bytes | array) and isinstance(more, bytes | array):
        paired: array[int] = array("H", _paired(_words(codes), len(met), _words(more)))
        if sys.byteorder == "big":
            paired.byteswap()
        return renamed(paired, pairs)
    wide = len(met)
    classes = Classes(
        lambda pair: pairs[pair[0] * wide + pair[1]], lambda pair: pairs[pair[0] * wide + pair[1]]
    )
    return compact(map(classes.__getitem__, zip(codes, more, strict=True))), classes.found


Group = tuple[Sequence[int], list[int]]


def gathered(groups: Sequence[Group], order: Sequence[int], rows: int) -> Group:
    """
    Several groups of columns met, case by case: the classes are too many to meet one another.

    A bit above all rows says that a case may stand at all. Where one row speaks for all (`order`), the bits
    are laid in that order first, so that the lowest bit is the row that speaks and nothing else is kept.
    """
    stands = 1 << rows
    place = {row: at for at, row in enumerate(order or range(1, rows + 1))}
    as_they_are = all(at == row - 1 for row, at in place.items())

    def laid(mask: int) -> int:
        if as_they_are:
            return mask | stands if mask >= 0 else 0
        return sum(1 << place[row] for row in numbers(mask)) | stands if mask >= 0 else 0

    met: Iterable[int] = ()
    for at, (codes, masks) in enumerate(groups):
        here = map([laid(mask) for mask in masks].__getitem__, codes)
        met = map(and_, met, here) if at else here
    if order:
        all_met = list(met)
        met = map(and_, all_met, map(neg, all_met))
    back = {at: row for row, at in place.items()}

    def rows_of(laid: int) -> int:
        return sum(1 << (back[bit - 1] - 1) for bit in numbers(laid & ~stands)) if laid else -1

    classes = Classes(rows_of, rows_of)
    return compact(map(classes.__getitem__, met)), classes.found


def _words(codes: "bytes | array[int]") -> bytes:
    """Two bytes a case, the lesser first."""
    if isinstance(codes, bytes):
        words = bytearray(2 * len(codes))
        words[::2] = codes
        return bytes(words)
    return array("H", codes).tobytes() if sys.byteorder == "little" else _swapped(codes)


def _swapped(codes: "array[int]") -> bytes:
    turned = array("H", codes)
    turned.byteswap()
    return turned.tobytes()


def _paired(codes: bytes, wide: int, more: bytes) -> bytes:
    """Each case's class times `wide` plus its class in the other column, all at once: none can run over."""
    parts = []
    for begin in range(0, len(codes), AT_ONCE):
        one = int.from_bytes(codes[begin : begin + AT_ONCE], "little")
        other = int.from_bytes(more[begin : begin + AT_ONCE], "little")
        size = min(AT_ONCE, len(codes) - begin)
        parts.append((one * wide + other).to_bytes(size, "little"))
    return b"".join(parts)


def _both(one: int, other: int) -> int:
    """The rows that both meet; -1 where a value may not stand at all."""
    return -1 if one < 0 or other < 0 else one & other
