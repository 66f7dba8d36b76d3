"""
Which rows a number or a text meets in a column, looked up instead of asked, where its tests are plain.

Numbers fall between the ends that the tests name; each stretch between two ends, and each end, meets the same
rows wherever in it a number lies. What is no plain test is left to be asked one by one.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance.pieces import Ask

PLAIN = ("number", "string", "minus")
# Below these many cells asking is as quick.
FEWEST = 12


class Spans:
    """The plain tests of a column, laid out by their ends; and the cells that are still to be asked."""

    def __init__(self, tests: Sequence[tuple[Any, int]], constant: Callable[[Ask], Any]) -> None:
        self.constant = constant
        self.always = 0
        self.words: dict[str, int] = {}
        self.others: list[tuple[Any, int]] = []
        ranges: list[tuple[list[Any], int]] = []
        for cell, rows in tests:
            if cell.ask.kind == "anything":
                self.always |= rows
                continue
            found = self._plain(cell.ask)
            if found is None:
                self.others.append((cell, rows))
                continue
            ranges.append(([one for one in found if type(one) is tuple], rows))
            for word in (one for one in found if type(one) is str):
                self.words[word] = self.words.get(word, 0) | rows
        ends = {end for found, _ in ranges for one in found for end in (one[0], one[2]) if end is not None}
        self.points: list[Decimal] = sorted(ends)
        self.masks = self._laid(ranges)

    def met(self, value: Any) -> int:
        """The rows met by a number or a text, but for those of the other cells."""
        if type(value) is str:
            return self.always | self.words.get(value, 0)
        at = bisect_left(self.points, value)
        on_it = at < len(self.points) and self.points[at] == value
        return self.always | self.masks[2 * at + 1 if on_it else 2 * at]

    def _plain(self, ask: Ask) -> list[Any] | None:
        """Its texts, and its ranges of numbers (low, is it in, high, is it in); None if it holds more."""
        if ask.kind != "one of":
            return None
        found: list[Any] = []
        for test in ask.parts:
            one = self._test(*test.parts)
            if one is None:
                return None
            found.append(one)
        return found

    def _test(self, sign: str, what: Ask) -> Any:
        if what.kind == "range" and sign == "in":
            ends = [self._constant(one) for one in what.parts[:2]]
            if any(type(one) is not Decimal for one in ends):
                return None
            return ends[0], what.parts[2], ends[1], what.parts[3]
        value = self._constant(what)
        if type(value) is str and sign in ("in", "="):
            return value
        if type(value) is not Decimal or sign == "!=":
            return None
        if sign in ("in", "="):
            return value, True, value, True
        return (None, False, value, sign == "<=") if sign[0] == "<" else (value, sign == ">=", None, False)

    def _constant(self, ask: Ask) -> Any:
        return self.constant(ask) if ask.kind in PLAIN else None

    def _laid(self, ranges: Sequence[tuple[list[Any], int]]) -> list[int]:
        """For each end, and each stretch beside ends, the rows it meets."""
        size = 2 * len(self.points) + 1
        place = {point: 2 * at + 1 for at, point in enumerate(self.points)}
        begins, ends = [0] * (size + 1), [0] * (size + 1)
        for found, rows in ranges:
            reached = -1
            for first, last in sorted(self._places(one, place, size) for one in found):
                first = max(first, reached + 1)
                if first <= last:
                    begins[first] |= rows
                    ends[last + 1] |= rows
                    reached = last
        masks, met = [], 0
        for at in range(size):
            # A row that ends here and begins here again is met throughout.
            met = met & ~ends[at] | begins[at]
            masks.append(met)
        return masks

    @staticmethod
    def _places(one: tuple[Any, bool, Any, bool], place: dict[Any, int], size: int) -> tuple[int, int]:
        low, with_low, high, with_high = one
        first = 0 if low is None else place[low] + (0 if with_low else 1)
        last = size - 1 if high is None else place[high] - (0 if with_high else 1)
        return first, last
