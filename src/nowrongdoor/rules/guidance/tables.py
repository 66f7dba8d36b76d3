"""
Decision tables: which rows a case meets, and what follows from them.

Every column is asked once for each value and answers with all the rows that value meets, as the bits of
one whole number; a case meets the rows that all its columns share. So one case, a million cases, the
check for gaps and the explanation all rest on the same few questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.cells import MOST_REMEMBERED, Cell, Hit, Input, Output, Rule
from nowrongdoor.rules.guidance.compiling import Scope
from nowrongdoor.rules.guidance.rows import aggregated, listed, numbers
from nowrongdoor.rules.guidance.types import ANY, Type
from nowrongdoor.rules.guidance.values import Function, alike

SINGLE = ("UNIQUE", "ANY", "PRIORITY", "FIRST")
POLICIES = (*SINGLE, "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATIONS = ("", "SUM", "MIN", "MAX", "COUNT")


@dataclass
class Table:
    """A decision table, ready to be asked."""

    decision: str
    place: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    fitted: Callable[[Any, Type], Any]
    kinds: list[Type] = field(default_factory=list)
    all_rows: int = 0
    settled: bool = False  # what it says depends on nothing but the rows met
    said: dict[int, tuple[Any, tuple[int, ...], str]] = field(default_factory=dict)
    answers: dict[tuple[type, str], Any] = field(default_factory=dict)
    by_row: dict[int, Any] = field(default_factory=dict)
    too_much: bool = False  # to look for what would change what it says
    regions: list[Any] = field(default_factory=list)
    changes: dict[Any, Any] = field(default_factory=dict)
    sieves: list[Any] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    silences: dict[int, int] = field(default_factory=dict)
    asked_later: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.all_rows = (1 << len(self.rules)) - 1
        for column, one in enumerate(self.inputs):
            grouped: dict[str, tuple[Cell, int]] = {}
            for rule in self.rules:
                cell = rule.tests[column]
                _, rows = grouped.get(cell.text, (cell, 0))
                grouped[cell.text] = (cell, rows | 1 << (rule.number - 1))
            one.tests = list(grouped.values())
            one.settled = all(cell.settled for cell, _ in one.tests)
        says = [cell for rule in self.rules for cell in rule.says]
        self.settled = all(cell.settled for cell in says)
        self.settled &= all(one.default is None or one.default.settled for one in self.outputs)
        self._order()

    def decide(self, scope: Scope, hits: list[Hit] | None = None) -> Any:
        """What the table says of a case; adds to `hits` how it came about."""
        if len(self.answers) >= MOST_REMEMBERED:
            self.answers.clear()
            self.said.clear()
            self.by_row.clear()
            self.changes.clear()
        seen = tuple([one.value(scope) for one in self.inputs])
        masks = tuple([one.rows(value, scope) for one, value in zip(self.inputs, seen, strict=True)])
        value, speaks, why_null, met = self.said_by(masks, scope)
        if hits is not None:
            hits.append(Hit(self.decision, numbers(met), speaks, seen, masks, why_null))
        return value

    def said_by(self, masks: Sequence[int], scope: Scope) -> tuple[Any, tuple[int, ...], str, int]:
        """What follows from what each column meets: value, rows that speak, why null, rows met."""
        met = self.all_rows
        for column, mask in enumerate(masks):
            if mask < 0:
                name = self.inputs[column].name
                words = self.inputs[column].allowed_words
                return None, (), f"{name} is not one of the values it may have ({words})", 0
            met &= mask
        return (*self.remembered(met, scope), met)

    def said_of(self, met: int) -> Any:
        """What follows from the rows met, where nothing else matters."""
        return self.remembered(met, {})[0]

    def remembered(self, met: int, scope: Scope) -> tuple[Any, tuple[int, ...], str]:
        """What follows from the rows met: worked out once, where nothing else matters."""
        if not self.settled:
            return self.follows(met, scope)
        if self.policy == "FIRST" and met:
            # One answer for each row, whatever else is met.
            met &= -met
        found = self.said.get(met)
        if found is None:
            if len(self.said) >= MOST_REMEMBERED:
                self.said.clear()
            value, speaks, why_null = self.follows(met, scope)
            found = self.said[met] = (self._same(value), speaks, why_null)
        return found

    def follows(self, met: int, scope: Scope) -> tuple[Any, tuple[int, ...], str]:
        """What follows from the rows met, of the kind that the table and its decision have."""
        value, speaks, why_null = self._follows(met, scope)
        for of in self.kinds if value is not None else ():
            value = self.fitted(value, of)
            if value is None:
                return None, speaks, "what the table says is not of the type that it or its decision has"
        return value, speaks, why_null

    def _follows(self, met: int, scope: Scope) -> tuple[Any, tuple[int, ...], str]:
        """What the hit policy makes of the rows met."""
        if not met:
            return self._nothing_met(scope)
        if self.policy == "FIRST":
            first = (met & -met).bit_length()
            return self._says(first, scope), (first,), ""
        rows = numbers(met)
        if self.policy == "UNIQUE":
            if len(rows) > 1:
                return None, (), f"rows {listed(rows)} are all met, and only one may be"
            return self._says(rows[0], scope), rows, ""
        said = [(row, self._says(row, scope)) for row in rows]
        if self.policy == "ANY":
            if any(not alike(value, said[0][1]) for _, value in said):
                return None, (), f"rows {listed(rows)} are all met and do not say the same"
            return said[0][1], rows, ""
        if self.policy in ("PRIORITY", "OUTPUT ORDER"):
            said.sort(key=lambda one: self.rank(one[1]))
            if self.policy == "PRIORITY":
                return said[0][1], (said[0][0],), ""
        values = [value for _, value in said]
        ordered = tuple(row for row, _ in said)
        if self.policy == "COLLECT" and self.aggregation:
            return aggregated(self.aggregation, values), ordered, ""
        return values, ordered, ""

    def _nothing_met(self, scope: Scope) -> tuple[Any, tuple[int, ...], str]:
        if any(one.default for one in self.outputs):
            value = self._shaped([one.default.ready(scope) if one.default else None for one in self.outputs])
            one = self.policy in SINGLE or self.aggregation or type(value) is list
            return (value if one else [value]), (), ""
        if self.policy == "COLLECT" and self.aggregation in ("", "COUNT"):
            return (Decimal(0) if self.aggregation else []), (), ""
        return None, (), "no row is met"

    def _says(self, row: int, scope: Scope) -> Any:
        if row not in self.by_row:
            said = self._shaped([cell.ready(scope) for cell in self.rules[row - 1].says])
            if not self.settled:
                return said
            self.by_row[row] = self._same(said)
        return self.by_row[row]

    def _same(self, value: Any) -> Any:
        """The same answer is the same object, so that to compare answers costs nothing."""
        return value if _calls(value) else self.answers.setdefault((type(value), written(value)), value)

    def _shaped(self, values: list[Any]) -> Any:
        fitted = [self.fitted(value, one.of) for value, one in zip(values, self.outputs, strict=True)]
        if len(self.outputs) == 1:
            return fitted[0]
        return {one.name: value for one, value in zip(self.outputs, fitted, strict=True)}

    def thinned(self, met: int, looked_at: int) -> int:
        """
        The rows met so far, without those that can no longer speak.

        Where one row speaks for all, a row that the columns still to come ask nothing of silences every
        row that it goes before.
        """
        if met <= 0 or self.policy not in ("FIRST", "PRIORITY") or not self.settled:
            return met
        for row in self.order:
            bit = 1 << (row - 1)
            if met & bit and not self.asked_later[looked_at] & bit:
                return met & ~self.silences[row]
        return met

    def _order(self) -> None:
        """Which row goes before which, where one speaks for all; and which rows each later column asks of."""
        if self.policy not in ("FIRST", "PRIORITY") or not self.settled:
            return
        ranks = {rule.number: self.rank(self._says(rule.number, {})) for rule in self.rules}
        first = self.policy == "FIRST"
        self.order = sorted(ranks, key=lambda row: ((), row) if first else (ranks[row], row))
        after = self.all_rows
        for row in self.order:
            after &= ~(1 << (row - 1))
            self.silences[row] = after
        later = 0
        for column in reversed(self.inputs):
            self.asked_later.insert(0, later)
            later |= sum(rows for cell, rows in column.tests if cell.ask.kind != "anything")

    def rank(self, value: Any) -> tuple[int, ...]:
        """Where an answer stands in the order of the outputs' values; the first is the most important."""
        values = list(value.values()) if len(self.outputs) > 1 and type(value) is dict else [value]
        return tuple(
            next((at for at, held in enumerate(one.values) if alike(held, said)), len(one.values))
            for one, said in zip(self.outputs, values, strict=False)
        )


def _calls(value: Any) -> bool:
    """There is a function in it: two that are written alike need not do the same."""
    if type(value) is list or type(value) is dict:
        return any(map(_calls, value.values() if type(value) is dict else value))
    return type(value) is Function


__all__ = ["ANY", "Cell", "Hit", "Input", "Output", "Rule", "Table"]
