"""Why guidance says what it says: the rows that speak, and what would have to be different."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import and_
from typing import Any

from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.cells import MOST_REMEMBERED
from nowrongdoor.rules.guidance.regions import Region, regions
from nowrongdoor.rules.guidance.rows import listed, numbers
from nowrongdoor.rules.guidance.tables import Hit, Table
from nowrongdoor.rules.guidance.values import same
from nowrongdoor.rules.guidance.work import Unreadable

# So many stretches times rows are laid out beforehand; of more, each is looked at when it is asked.
MOST_SIEVED = 1_000_000


@dataclass(frozen=True)
class Change:
    """One input that, were it otherwise, would change the answer: how, and to what."""

    input: str
    if_it_were: str
    then: Any
    instead_of: Any

    @cached_property
    def words(self) -> str:
        return f"if {self.input} were {self.if_it_were} (then {self._otherwise()})"

    def _otherwise(self) -> str:
        """What would be said; of several outputs, those that would be said differently."""
        if type(self.then) is not dict or type(self.instead_of) is not dict:
            return said(self.then)
        other = {key: value for key, value in self.then.items() if not same(value, self.instead_of.get(key))}
        return ", ".join(f"{key}: {said(value)}" for key, value in other.items())


@dataclass(frozen=True)
class Explanation:
    """The rows that speak, and every single input that would change the answer."""

    rows: tuple[int, ...]
    because: str
    changes: tuple[Change, ...]
    looked: bool = True  # for what would change it

    @property
    def words(self) -> str:
        if not self.looked:
            return f"{self.because}. What would change it is not looked for: the table tells too much apart."
        if not self.changes:
            return f"{self.because}."
        would = "; or ".join(change.words for change in self.changes)
        return f"{self.because}. Would change {would}."


def said(value: Any) -> str:
    return f"“{value}”" if type(value) is str else "nothing" if value is None else written(value)


def explain(table: Table | None, hits: Sequence[Hit], decision: str, value: Any) -> Explanation:
    """Why a decision came out as it did."""
    hit = next((one for one in reversed(hits) if one.decision == decision), None)
    if table is None or hit is None:
        others = [f"{one.decision} ({_rows(one.speaks)})" for one in hits if one.speaks]
        return Explanation(
            (), f"Because of {', '.join(others)}" if others else "Worked out, not looked up", ()
        )
    if hit.why_null:
        because = f"Because {hit.why_null}"
    elif hit.speaks:
        because = f"Because of {_rows(hit.speaks)}"
    else:
        because = "Because no row is met, so what holds otherwise holds"
    try:
        return Explanation(hit.speaks, because, tuple(_changes(table, hit, value)))
    except Unreadable:
        return Explanation(hit.speaks, because, (), looked=False)


def _rows(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {listed(rows)}"


def _changes(table: Table, hit: Hit, value: Any) -> list[Change]:
    """Each column in turn at each of its other stretches, all else as it is."""
    if not table.settled:
        return []
    if min(hit.masks, default=0) < 0:
        return _from_forbidden(table, hit, value)
    # What all columns before one meet together, and all after it.
    before = list(accumulate(hit.masks, and_, initial=table.all_rows))
    after = list(accumulate(reversed(hit.masks), and_, initial=table.all_rows))[::-1]
    first = table.policy == "FIRST"
    if first and sum(len(one) for one in _every(table)) * len(table.rules) <= MOST_SIEVED:
        return _first_speaks(table, before, after)
    found: list[Change] = []
    held = before[-1] & -before[-1] if first else before[-1]
    for at in range(len(table.inputs)):
        others, mine = before[at] & after[at + 1], hit.masks[at]
        for which, region in enumerate(told_apart(table, at)):
            if region.rows == mine:
                continue
            met = others & region.rows
            met = met & -met if first else met
            if met != held:
                changes = table.changes.get((at, 1 << which, met, held))
                found += _change(table, at, 1 << which, met, held) if changes is None else changes
    return found


def _first_speaks(table: Table, before: list[int], after: list[int]) -> list[Change]:
    """The same where the first row that is met speaks: row by row, until every stretch has met one."""
    held = before[-1] & -before[-1]
    found: list[Change] = []
    for at, (left, by_row) in enumerate(table.sieves or _sieves(table)):
        others = before[at] & after[at + 1]
        groups = []
        while left and others:
            row = others & -others
            others ^= row
            here = by_row.get(row, 0) & left
            if here:
                left ^= here
                if row != held:
                    groups.append((here, row))
        if left and held:
            groups.append((left, 0))
        if len(groups) > 1:
            # In the order of the stretches.
            groups = sorted((1 << which - 1, row) for here, row in groups for which in numbers(here))
        for here, row in groups:
            changes = table.changes.get((at, here, row, held))
            found += _change(table, at, here, row, held) if changes is None else changes
    return found


def _sieves(table: Table) -> list[tuple[int, dict[int, int]]]:
    """Of each column its stretches as bits: all of them, and for each row (a bit too) those that meet it."""
    for at in range(len(table.inputs)):
        by_row: dict[int, int] = {}
        for which, region in enumerate(told_apart(table, at)):
            for row in numbers(region.rows):
                bit = 1 << row - 1
                by_row[bit] = by_row.get(bit, 0) | 1 << which
        table.sieves.append(((1 << len(told_apart(table, at))) - 1, by_row))
    return table.sieves


def _change(table: Table, at: int, which: int, met: int, held: int) -> tuple[Change, ...]:
    """What would be said at these stretches, if rows were met other than are; worked out once."""
    now, then = table.said_of(held), table.said_of(met)
    name, stretches = table.inputs[at].name, told_apart(table, at)
    changes = (
        ()
        if then is now
        else tuple(Change(name, stretches[one - 1].words, then, now) for one in numbers(which))
    )
    if len(table.changes) >= MOST_REMEMBERED:
        table.changes.clear()
    table.changes[at, which, met, held] = changes
    return changes


def _from_forbidden(table: Table, hit: Hit, value: Any) -> list[Change]:
    """A value stands where it may not: what would be said if it were another."""
    found = []
    for at, column in enumerate(table.inputs):
        for region in told_apart(table, at):
            masks = [*hit.masks[:at], region.rows, *hit.masks[at + 1 :]]
            then = table.said_by(masks, {})[0] if region.rows != hit.masks[at] else value
            if not same(then, value):
                found.append(Change(column.name, region.words, then, value))
    return found


def told_apart(table: Table, at: int) -> tuple[Region, ...]:
    """The stretches one column tells apart, found once."""
    return _every(table)[at]


def _every(table: Table) -> list[tuple[Region, ...]]:
    """The stretches of every column; a table that tells too much apart is not looked at again."""
    if table.too_much:
        raise Unreadable("This tells too much apart.")
    if not table.regions:
        table.too_much = True
        table.regions = [regions(column) for column in table.inputs]
        table.too_much = False
    return table.regions
