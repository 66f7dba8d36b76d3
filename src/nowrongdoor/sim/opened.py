"""Ids under a key for as long as something is open there, in the order in which they came."""

from collections.abc import Hashable
from uuid import UUID

Ids = dict[UUID, None]
NONE: Ids = {}


class Open:
    """Ids under a key for as long as a row belongs there."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, Ids] = {}

    def of(self, key: Hashable) -> Ids:
        return self._ids.get(key, NONE)

    def move(self, row: UUID, *, out_of: Hashable, into: Hashable) -> None:
        """The row leaves one key and joins another; None is nowhere."""
        if out_of == into:
            return
        if out_of is not None:
            self._ids.get(out_of, {}).pop(row, None)
        if into is not None:
            self._ids.setdefault(into, {})[row] = None
