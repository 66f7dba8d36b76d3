"""
What a column tells apart: the stretches of values that meet the same rows, each with a name in words.

A column with ">= 18" and "< 65" tells four stretches apart at most, and not known. Each is stood for by
one value in it, so that to look at every case there can be is to look at a few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, DecimalException
from typing import Any

from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.tables import Input
from nowrongdoor.rules.guidance.values import ORDERED, SUMS, Months, Range, kind
from nowrongdoor.rules.guidance.work import Unreadable, spent

TWO = Decimal(2)
NOT_KNOWN = "not known"
CELLS_A_ROUND = 20
OTHER_WORD = "another word"
BESIDE: dict[str, Any] = {
    "number": Decimal(1),
    "date": timedelta(days=1),
    "date and time": timedelta(seconds=1),
    "days and time duration": timedelta(seconds=1),
    "years and months duration": Months(1),
}


@dataclass(frozen=True)
class Region:
    """A stretch of values of one column: its name, one value in it, and the rows it meets."""

    words: str
    value: Any
    rows: int
    or_not_known: bool = False


def regions(column: Input) -> tuple[Region, ...]:
    """Every stretch that a column tells apart, without those it may not have; not known comes last."""
    if not column.settled:
        return ()
    return tuple(_with_unknown(column, list(_known(column))))


def _known(column: Input) -> list[Region]:
    values = _values(column)
    which = _kind(column, values)
    if which == "boolean":
        found: list[tuple[str, Any]] = [("yes", True), ("no", False)]
    elif which in ORDERED and which != "string":
        return _merged_stretches(column, values, which)
    else:
        found = [(_said(value), value) for value in values if value is not None]
        if which == "string":
            found.append((OTHER_WORD, _other_word(values)))
    may = [(words, value) for words, value in found if _may_be(column, value)]
    return _merged(Region(words, value, _rows(column, value)) for words, value in may)


def _rows(column: Input, value: Any) -> int:
    """The rows that a value meets, and what it costs to ask for them."""
    rows = column.rows(value, {})
    spent(column.to_ask() // CELLS_A_ROUND)
    return rows


def _with_unknown(column: Input, known: list[Region]) -> Iterator[Region]:
    """Not known is a stretch of its own, unless some value says the same."""
    rows = column.rows(None, {})
    said = False
    for region in known:
        if region.rows == rows and region.words.startswith("“"):
            said = True
            region = Region(f"{region.words} or {NOT_KNOWN}", region.value, rows, or_not_known=True)
        yield region
    if not said:
        yield Region(NOT_KNOWN, None, rows, or_not_known=True)


def _may_be(column: Input, value: Any) -> bool:
    return column.may_be(value) and column.fitted(value, column.of) is not None


def _said(value: Any) -> str:
    return f"“{value}”" if type(value) is str else written(value, quoted=False)


def _values(column: Input) -> list[Any]:
    """Every value that a column's tests name, without repeats."""
    found: list[Any] = []
    for cell, _ in column.tests:
        found += named(cell.ask, column)
    if column.allowed is not None or column.allowed_words:
        found += _allowed(column)
    kept: dict[Any, Any] = {}
    for value in found:
        kept.setdefault((type(value), value if value.__hash__ else written(value)), value)
    return list(kept.values())


def _allowed(column: Input) -> list[Any]:
    reader = column.of.allowed_words or column.allowed_words
    return list(column.listed) if reader and column.listed else []


def named(ask: Any, column: Input) -> Iterator[Any]:
    """The constants in a test; a constant is what needs no name."""
    if isinstance(ask, tuple):
        for one in ask:
            yield from named(one, column)
        return
    if not isinstance(ask, Ask):
        return
    if ask.kind in ("number", "string", "constant", "temporal", "minus", "call", "range", "side"):
        try:
            value = column.constant(ask)
        except (Unreadable, TypeError, ValueError, KeyError):
            value = None
        if type(value) is Range:
            yield from (end for end in (value.low, value.high) if end is not None)
            return
        if value is not None and type(value) not in (list, dict):
            yield value
            if ask.kind != "call":
                return
    yield from named(ask.parts, column)


def _kind(column: Input, values: list[Any]) -> str:
    if column.of.kind not in ("Any", "list"):
        return column.of.kind
    kinds = {kind(value) for value in values} - {"null"}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _other_word(values: list[Any]) -> str:
    word = "another word"
    while word in values:
        word += "…"
    return word


def _merged(found: Iterator[Region]) -> list[Region]:
    """Values that meet the same rows, as one."""
    by_rows: dict[int, list[Region]] = {}
    for region in found:
        by_rows.setdefault(region.rows, []).append(region)
    return [
        Region(" or ".join(one.words for one in group), group[0].value, rows)
        for rows, group in by_rows.items()
    ]


def _merged_stretches(column: Input, values: list[Any], which: str) -> list[Region]:
    """Neighbouring stretches that meet the same rows, as one, named by its ends."""
    points = sorted(value for value in values if kind(value) == which)
    if not points:
        value = {"number": Decimal(0)}.get(which)
        return [Region("any value", value, _rows(column, value))] if value is not None else []
    stretches = list(_stretches(points, which))
    found: list[Region] = []
    at = 0
    while at < len(stretches):
        low, value, high = stretches[at]
        if not _may_be(column, value):
            at += 1
            continue
        rows = _rows(column, value)
        while at + 1 < len(stretches) and _joins(column, stretches[at + 1][1], rows):
            at += 1
            high = stretches[at][2]
        found.append(Region(_stretch_words(low, high, which), value, rows))
        at += 1
    return found


def _joins(column: Input, value: Any, rows: int) -> bool:
    return _may_be(column, value) and _rows(column, value) == rows


End = tuple[Any, bool] | None


def _stretches(points: list[Any], which: str) -> Iterator[tuple[End, Any, End]]:
    """Below the first point, each point, what lies between two, and above the last; with a value in each."""
    step = BESIDE.get(which)
    below = _moved(points[0], step, -1)
    if below is not None:
        yield None, below, (points[0], False)
    for at, point in enumerate(points):
        yield (point, True), point, (point, True)
        after = points[at + 1] if at + 1 < len(points) else None
        value = _moved(point, step, 1) if after is None else _between(point, after, step)
        if value is not None:
            yield (point, False), value, (after, False) if after is not None else None


def _moved(point: Any, step: Any, sign: int) -> Any:
    if step is None:
        return None
    try:
        if isinstance(point, Months):
            return Months(point.months + sign)
        return SUMS.add(point, SUMS.multiply(sign, step)) if kind(point) == "number" else point + sign * step
    except (OverflowError, DecimalException):
        return None


def _between(one: Any, other: Any, step: Any) -> Any:
    if step is None:
        return None
    if isinstance(one, Months):
        return Months(one.months + 1) if other.months - one.months > 1 else None
    if kind(one) == "number":
        return (
            SUMS.divide(SUMS.add(one, other), TWO)
            if SUMS.subtract(other, one) <= step
            else SUMS.add(one, step)
        )
    beside = one + step
    return beside if beside < other else None


def _stretch_words(low: End, high: End, which: str) -> str:
    in_time = which.startswith(("date", "time"))
    under, over = ("before", "after") if in_time else ("under", "more than")
    less, more = ("earlier", "later") if in_time else ("less", "more")
    if low is None and high is None:
        return "any value"
    if low is None and high is not None:
        return f"{_said(high[0])} or {less}" if high[1] else f"{under} {_said(high[0])}"
    if high is None and low is not None:
        return f"{_said(low[0])} or {more}" if low[1] else f"{over} {_said(low[0])}"
    assert low is not None and high is not None
    if low[0] == high[0]:
        return _said(low[0])
    first = f"from {_said(low[0])}" if low[1] else f"{over} {_said(low[0])}"
    return f"{first} {'up to' if high[1] else 'and ' + under} {_said(high[0])}"
