"""
A table: which row class holds which facts, column by column of the same name.

Declaring a table is all a context does to be stored. `rank` is its place in the order in which
acts lock tables, the same for everyone, so that two acts wait for each other but never in a ring.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from nowrongdoor.kernel.rows import Row

Facts = TypeVar("Facts")
_tables: dict[type, "Table[Any]"] = {}


@dataclass(frozen=True)
class Table(Generic[Facts]):
    """
    `about` names the columns that say whom a row is about, for the journal: person, referral.
    `refusals` words the database's own refusals, by the name of the constraint: (words, code, field).
    `scratch` rows are not records: they leave no journal entry.
    """

    model: type[Row]
    facts: type[Facts]
    rank: int
    person: str = ""
    referral: str = ""
    refusals: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    scratch: bool = False

    def __post_init__(self) -> None:
        _tables[self.facts] = self

    @property
    def name(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def stored_as(self) -> str:
        """The table's name in the database."""
        return str(self.model._meta.db_table)

    @property
    def columns(self) -> tuple[str, ...]:
        return _columns(self.facts)

    def of(self, values: Sequence[Any]) -> Facts:
        """The facts in a row's values, in the order of `columns`."""
        ways = _ways_back(self.facts)
        return self.facts(*(ways[i](v) if i in ways else v for i, v in enumerate(values)))

    def about(self, facts: Facts) -> tuple[UUID | None, UUID | None]:
        """The person and the referral a row is about, where it says so."""
        return (
            getattr(facts, self.person) if self.person else None,
            getattr(facts, self.referral) if self.referral else None,
        )


def table_of(kind: type) -> Table[Any]:
    """The table that stores facts of this kind."""
    return _tables[kind]


def has_table(kind: type) -> bool:
    """Whether facts of this kind are stored at all."""
    return kind in _tables


def table_named(name: str) -> Table[Any] | None:
    """The table of a name such as `handovers.handover`, as the journal says it; none if there is none."""
    return next((table for table in _tables.values() if table.name == name), None)


def all_tables() -> list[Table[Any]]:
    return sorted(_tables.values(), key=lambda table: (table.rank, table.name))


_COLUMNS: dict[type, tuple[str, ...]] = {}
_WAYS_BACK: dict[type, dict[int, Callable[[Any], Any]]] = {}


def _columns(kind: type) -> tuple[str, ...]:
    if kind not in _COLUMNS:
        _COLUMNS[kind] = tuple(one.name for one in fields(kind))
    return _COLUMNS[kind]


def _ways_back(kind: type) -> dict[int, Callable[[Any], Any]]:
    """By place, what the database gives back otherwise than it was: a tuple as a list, a document as text."""
    if kind not in _WAYS_BACK:
        hints = get_type_hints(kind)
        _WAYS_BACK[kind] = {
            i: tuple if _holds(hints[name], tuple) else _document
            for i, name in enumerate(_columns(kind))
            if _holds(hints[name], tuple) or _holds(hints[name], dict)
        }
    return _WAYS_BACK[kind]


def _holds(hint: Any, what: type) -> bool:
    return get_origin(hint) is what or any(_holds(part, what) for part in get_args(hint))


def _document(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
