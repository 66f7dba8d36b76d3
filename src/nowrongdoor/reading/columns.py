"""Facts from a joined row: which columns to ask for, and the facts in what came back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from nowrongdoor.kernel.tables import Table

Facts = TypeVar("Facts")


def under(table: Table[Any], path: str = "") -> tuple[str, ...]:
    """The columns of a table, reached by a path of foreign keys such as `referral__person`."""
    return tuple(f"{path}__{column}" if path else column for column in table.columns)


def of_json(table: Table[Facts], found: Mapping[str, Any]) -> Facts:
    """The facts in a row that another statement read along with its own, as a JSON object of its columns."""
    ways = _out_of_json(table.facts)
    return table.of([
        ways[name](found[name]) if name in ways and found[name] is not None else found[name]
        for name in table.columns
    ])  # fmt: skip


@cache
def _out_of_json(kind: type) -> dict[str, Callable[[str], Any]]:
    """By column, how what JSON has as text becomes what it was."""
    from_text = {UUID: UUID, datetime: datetime.fromisoformat, date: date.fromisoformat}
    return {
        name: from_text[one]
        for name, hint in get_type_hints(kind).items()
        for one in (hint, *get_args(hint))
        if one in from_text
    }


class Cells:
    """The values of one joined row, taken from left to right as they were asked for."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values
        self.place = 0

    def take(self) -> Any:
        self.place += 1
        return self.values[self.place - 1]

    def facts(self, table: Table[Facts]) -> Facts:
        first = self.place
        self.place += len(table.columns)
        return table.of(self.values[first : self.place])

    def facts_if_any(self, table: Table[Facts]) -> Facts | None:
        """None where the join found no row: its key, like all its columns, is empty."""
        first = self.place
        if self.values[first + table.columns.index("id")] is None:
            self.place += len(table.columns)
            return None
        return self.facts(table)
