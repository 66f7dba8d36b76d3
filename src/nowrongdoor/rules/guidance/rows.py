"""Rows met, as the bits of one whole number; and what is made of what several rows say."""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from nowrongdoor.rules.guidance.operations import plus
from nowrongdoor.rules.guidance.values import before, kind

SUMMED = {"number", "days and time duration", "years and months duration"}


def numbers(rows: int) -> tuple[int, ...]:
    """The numbers of the rows in a set of bits, the first row being 1."""
    found = []
    while rows:
        lowest = rows & -rows
        found.append(lowest.bit_length())
        rows ^= lowest
    return tuple(found)


def listed(rows: Sequence[int]) -> str:
    """3; 3 and 7; 3, 7 and 9."""
    *most, last = (str(row) for row in rows)
    return f"{', '.join(most)} and {last}" if most else last


def aggregated(how: str, values: list[Any]) -> Any:
    """One answer out of several."""
    if how == "COUNT":
        return Decimal(len(values))
    if how == "SUM":
        kinds = {kind(one) for one in values}
        return reduce(plus, values) if len(kinds) == 1 and kinds <= SUMMED else None
    best = values[0]
    for value in values[1:]:
        first = before(value, best) if how == "MIN" else before(best, value)
        if first is None:
            return None
        best = value if first else best
    return best if before(best, best, or_equal=True) is not None else None
