"""Why guidance says what it says: the rows that speak, and what would have to be different."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.regions import Region, regions
from nowrongdoor.rules.guidance.rows import listed
from nowrongdoor.rules.guidance.tables import Hit, Table
from nowrongdoor.rules.guidance.values import same


@dataclass(frozen=True)
class Change:
    """One input that, were it otherwise, would change the answer: how, and to what."""

    input: str
    if_it_were: str
    then: Any
    instead_of: Any

    @property
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

    @property
    def words(self) -> str:
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
    return Explanation(hit.speaks, because, tuple(_changes(table, hit, value)))


def _rows(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {listed(rows)}"


def _changes(table: Table, hit: Hit, value: Any) -> list[Change]:
    if not table.settled:
        return []
    found = []
    masks = list(hit.masks)
    for at, column in enumerate(table.inputs):
        held = masks[at]
        for region in told_apart(table, at):
            if region.rows == held:
                continue
            masks[at] = region.rows
            then = table.said_by(masks, {})[0]
            if not same(then, value):
                found.append(Change(column.name, region.words, then, value))
        masks[at] = held
    return found


def told_apart(table: Table, at: int) -> tuple[Region, ...]:
    """The stretches one column tells apart, found once."""
    if not table.regions:
        table.regions = [regions(column) for column in table.inputs]
    return table.regions[at]
