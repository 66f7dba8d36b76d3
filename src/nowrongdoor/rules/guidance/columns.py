"""
The same answers for very many cases: what `decide` says of each, worked out a column at a time.

A column is told apart into the few classes its tests tell apart, one byte a case. Two columns meet by one
multiplication and one addition of whole columns (a column of bytes is one long number), and the classes of
both are thinned to those that differ. Nothing is decided here: which rows a value meets, and what follows
from rows, is asked of the same table that decides one case.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from nowrongdoor.rules.guidance import work
from nowrongdoor.rules.guidance.coding import Coded, classed, exact, gathered, joined, renamed
from nowrongdoor.rules.guidance.model import Decision, Decisions
from nowrongdoor.rules.guidance.tables import Input, Table
from nowrongdoor.rules.guidance.wording import names
from nowrongdoor.rules.guidance.work import Unreadable

# More classes than this are not told together; they meet case by case.
MOST_PAIRS = 1_024
# These tell their values in no order, or are one value.
UNORDERED = (str, Mapping, Set)


class Answers(dict[str, list[Any]]):
    """The decision's name and what it says of each case; the rows that spoke, on asking."""

    codes: Sequence[int] | None = None
    kinds: Sequence[tuple[Any, tuple[int, ...]]] = ()

    def __init__(self, decision: str, said: list[Any], rows: Callable[[], list[tuple[int, ...]]]) -> None:
        super().__init__({decision: said})
        self._rows = rows

    @property
    def rows(self) -> list[tuple[int, ...]]:
        """For each case the rows that speak."""
        return self._rows()


def decide_columns(model: Decisions, decision_name: str, columns: Mapping[str, Any]) -> Answers:
    """What the decision says of each case, in the order of the cases. A missing column is not known."""
    model.decision(decision_name)
    for name, column in columns.items():
        if not isinstance(column, Coded) and (
            isinstance(column, UNORDERED) or not hasattr(column, "__getitem__")
        ):
            words = "A column is a list: a value for each case, in the order of the cases."
            raise Unreadable(words, place=name)
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) != 1:
        told = ", ".join(f"“{name}” {length:,}" for name, length in lengths.items())
        raise Unreadable(
            f"The columns are not of one length: {told or 'there are none'}.", place=decision_name
        )
    for name in columns:
        if name not in model.inputs and name not in model.decisions:
            raise Unreadable(f"The guidance has no input “{name}”.", place=name)
    held = {
        name: column if isinstance(column, Coded | list | tuple) else list(column)
        for name, column in columns.items()
    }
    asked = _Work(model, held, next(iter(lengths.values())))
    codes, said = asked.decided(decision_name)
    values = [one[0] for one in said]
    rows = [one[1] for one in said]
    answers = Answers(
        decision_name, list(map(values.__getitem__, codes)), lambda: list(map(rows.__getitem__, codes))
    )
    answers.codes, answers.kinds = codes, said
    return answers


Said = tuple[Any, tuple[int, ...]]


def _same(met: int) -> int:
    return met


def _thinned(table: Table, at: int) -> Callable[[int], int]:
    return lambda met: table.thinned(met, at)


class _Work:
    def __init__(self, model: Decisions, columns: Mapping[str, Any], length: int) -> None:
        self.model = model
        self.columns = columns
        self.length = length
        self.done: dict[str, tuple[Sequence[int], list[Said]]] = {}

    def decided(self, name: str) -> tuple[Sequence[int], list[Said]]:
        """For each case the class of its answer, and for each class the answer and the rows that speak."""
        if name not in self.done:
            decision = self.model.decisions[name]
            table = decision.table
            leaves = [self.leaf(decision, column) for column in table.inputs] if table else []
            together = table is not None and table.settled and None not in leaves
            self.done[name] = (
                self.by_columns(decision, table, leaves) if together and table else self.by_case(name)
            )
        return self.done[name]

    def leaf(self, decision: Decision, column: Input) -> str | None:
        """The one input or decision that a column looks at; None when it is not as simple as that."""
        looked = {name for name, _ in names(column.ask)} - column.built_in
        needs = {need.name: need.kind for need in decision.needs}
        if len(looked) != 1 or not column.settled or not looked <= needs.keys():
            return None
        name = looked.pop()
        if needs[name] not in ("input", "decision") or (needs[name] == "decision" and name in self.columns):
            return None
        return name

    def by_columns(
        self, decision: Decision, table: Table, leaves: Sequence[str | None]
    ) -> tuple[Sequence[int], list[Said]]:
        codes: Sequence[int] = bytes(self.length)
        masks = [table.all_rows]
        groups: list[tuple[Sequence[int], list[int]]] = []
        for at, (column, leaf) in enumerate(zip(table.inputs, leaves, strict=True)):
            more, met = self.met(column, str(leaf))
            if len(masks) * len(met) > MOST_PAIRS:
                groups.append((codes, masks))
                codes, masks = more, met
            else:
                # Only where all columns so far are together is it known which rows can no longer speak.
                codes, masks = joined(codes, masks, more, met, _same if groups else _thinned(table, at))
        if groups:
            codes, masks = gathered([*groups, (codes, masks)], table.order, len(table.rules))
        return codes, [self.said(table, mask) for mask in masks]

    def said(self, table: Table, mask: int) -> Said:
        if mask < 0:
            return None, ()
        value, speaks, _ = table.remembered(mask, {})
        return value, speaks

    def met(self, column: Input, leaf: str) -> tuple[Sequence[int], list[int]]:
        """For each case the class of what it meets in a column, and the rows of each class."""
        of = self.model.inputs.get(leaf)
        fitted = self.model.types.fitted

        def rows(value: Any) -> int:
            token = work.begin()
            try:
                return column.rows(column.value({leaf: value}), {})
            finally:
                work.end(token)

        def rows_of_input(value: Any) -> int:
            return rows(self.model.read_inputs({leaf: value}, [])[leaf])

        if leaf not in self.model.inputs:
            codes, said = self.decided(leaf)
            return renamed(codes, [rows(value) for value, _ in said])
        if leaf not in self.columns:
            return bytes(self.length), [rows(fitted(None, of))]
        given = self.columns[leaf]
        if isinstance(given, Coded):
            return renamed(given.codes, [rows_of_input(value) for value in given.values])
        return classed(given, rows_of_input, rows_of_input)

    def by_case(self, name: str) -> tuple[Sequence[int], list[Said]]:
        """One case at a time, each different case once."""
        leaves = [one for one in (*self.model.inputs_of(name), *self.model.decisions) if one in self.columns]
        known: dict[Any, int] = {}
        said: list[Said] = []
        codes = []
        columns = [self.columns[one] for one in leaves]
        cases = zip(*columns, strict=True) if columns else ((),) * self.length
        for case in cases:
            key = tuple((type(value), exact(value)) for value in case)
            if key not in known:
                outcome = self.model.decide(name, dict(zip(leaves, case, strict=True)))
                known[key] = len(said)
                said.append((outcome.value, outcome.rows))
            codes.append(known[key])
        return codes, said


__all__ = ["Answers", "Coded", "decide_columns"]
