"""Facts from a joined row: which columns to ask for, and the facts in what came back."""

from collections.abc import Sequence
from typing import Any, TypeVar

from nowrongdoor.kernel.tables import Table

Facts = TypeVar("Facts")


def under(table: Table[Any], path: str = "") -> tuple[str, ...]:
    """The columns of a table, reached by a path of foreign keys such as `referral__person`."""
    return tuple(f"{path}__{column}" if path else column for column in table.columns)


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
