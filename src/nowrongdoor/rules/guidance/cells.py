"""The parts of a decision table: cells, columns and rows as they were read, and what a case met in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance.compiling import Ready, Scope
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.spans import FEWEST, Spans
from nowrongdoor.rules.guidance.types import Type
from nowrongdoor.rules.guidance.values import Function, Range

MOST_REMEMBERED = 20_000
# Equal to Python does not mean the same here: one instant in two zones, or a list that has no hash.
UNLIKE = (list, dict, datetime, time, Range, Function)


@dataclass(frozen=True)
class Cell:
    """One cell as written, and the place it stands in."""

    text: str
    ask: Ask
    ready: Ready
    line: int
    settled: bool  # it says the same whatever the other inputs are


@dataclass
class Input:
    """One input column: what it looks at, and for each value the rows it meets."""

    name: str
    text: str
    ask: Ask
    ready: Ready
    of: Type
    allowed: Ready | None
    allowed_words: str
    fitted: Callable[[Any, Type], Any]
    tests: list[tuple[Cell, int]] = field(default_factory=list)
    settled: bool = True
    met: dict[tuple[type, Any], int] = field(default_factory=dict)
    constant: Callable[[Ask], Any] = lambda ask: None
    listed: tuple[Any, ...] = ()
    built_in: frozenset[str] = frozenset()
    spans: Spans | None = None
    fits: bool = False  # what it looks at has been made to fit the same type before

    def rows(self, value: Any, scope: Scope) -> int:
        """The rows whose test here the value meets, as bits; -1 when it may not stand here at all."""
        if not self.settled or type(value) in UNLIKE:
            return self._rows(value, scope)
        key = (type(value), value)
        try:
            return self.met[key]
        except KeyError:
            if len(self.met) >= MOST_REMEMBERED:
                self.met.clear()
            found = self.met[key] = self._rows(value, scope)
            return found

    def _rows(self, value: Any, scope: Scope) -> int:
        if value is not None and self.allowed is not None and not self.may_be(value):
            return -1
        tests, met = self.tests, 0
        if len(tests) >= FEWEST and type(value) in (Decimal, str):
            if self.spans is None:
                self.spans = Spans(tests, self.constant)
            tests, met = self.spans.others, self.spans.met(value)
        inner = {**scope, "?": value}
        for cell, rows in tests:
            if cell.ready(inner) is True:
                met |= rows
        return met

    def to_ask(self) -> int:
        """What it costs to ask one value of this column, by how much is written in its cells."""
        tests = self.tests if self.spans is None else self.spans.others
        return sum(1 + len(cell.text) // 20 for cell, _ in tests)

    def may_be(self, value: Any) -> bool:
        if self.allowed is None:
            return True
        values = value if type(value) is list and self.of.kind == "list" else [value]
        return all(self.allowed({"?": one}) is True for one in values)

    def value(self, scope: Scope) -> Any:
        found = self.ready(scope)
        return found if self.fits else self.fitted(found, self.of)


@dataclass(frozen=True)
class Output:
    """One output column, the values it may have in their order, and what it says when no row is met."""

    name: str
    of: Type
    values: tuple[Any, ...]
    words: str
    default: Cell | None
    ask: Ask | None = None


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    number: int
    line: int
    tests: tuple[Cell, ...]
    says: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A table was asked: which rows the case met, which of them speak, and what each column saw."""

    decision: str
    rows: tuple[int, ...]
    speaks: tuple[int, ...]
    seen: tuple[Any, ...]
    masks: tuple[int, ...]
    why_null: str = ""
