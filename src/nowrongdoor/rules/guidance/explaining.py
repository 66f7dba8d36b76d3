"""Why guidance says what it says: the rows that speak, and what would have to be different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import and_
from typing import Any, NamedTuple

from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.regions import Region, regions
from nowrongdoor.rules.guidance.rows import listed
from nowrongdoor.rules.guidance.tables import Hit, Table
from nowrongdoor.rules.guidance.values import same


class Change(NamedTuple):
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


def _changes(table: Table, hit: Hit, value: Any) -> Iterator[Change]:
    """Each column in turn at each of its other stretches, all else as it is."""
    if not table.settled:
        return
    now = table.said_by(hit.masks, {})[0]
    # What all columns before one meet together, and all after it.
    before = list(accumulate(hit.masks, and_, initial=table.all_rows))
    after = list(accumulate(reversed(hit.masks), and_, initial=table.all_rows))[::-1]
    forbidden = min(hit.masks, default=0) < 0
    # Where the first row that is met speaks, whatever meets that row first says the same.
    first, held = table.policy == "FIRST", before[-1]
    held = held & -held if first else held
    for at, column in enumerate(table.inputs):
        others = before[at] & after[at + 1]
        for region in told_apart(table, at):
            if region.rows == hit.masks[at]:
                continue
            both = others & region.rows
            if both and not forbidden and (both & -both if first else both) == held:
                continue
            if forbidden or region.rows < 0:
                masks = [*hit.masks[:at], region.rows, *hit.masks[at + 1 :]]
                then = table.said_by(masks, {})[0]
            else:
                then = table.said_of(both)
            if then is not now:
                yield Change(column.name, region.words, then, value)


def told_apart(table: Table, at: int) -> tuple[Region, ...]:
    """The stretches one column tells apart, found once."""
    if not table.regions:
        table.regions = [regions(column) for column in table.inputs]
    return table.regions[at]
