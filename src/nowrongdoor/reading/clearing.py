"""
What a viewer may not see of a row is taken out of it before anything is made of it.

Which columns tell what is said once, where each column is classified (`kernel.classes`); which of that a
viewer sees is in their `Sight`. A column that is added later is cleared by its class, whoever forgets it.
"""

from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from nowrongdoor.kernel.classes import Class, Sensitivity, class_of
from nowrongdoor.kernel.rows import Row
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.person import Person

Facts = TypeVar("Facts")
TELLS = {
    Sensitivity.IDENTITY: Element.IDENTITY,
    Sensitivity.WHEREABOUTS: Element.WHEREABOUTS,
    Sensitivity.RESPONSE: Element.RESPONSE,
    Sensitivity.CARE: Element.STORY,
}
HIDDEN = "hidden"
"""The kind of unknown that is known here, and not to this viewer."""


def cleared(table: Table[Facts], facts: Facts, sight: Sight) -> Facts:
    """The facts without what this viewer may not see; the same facts where they may see all of it."""
    without = hidden(table, sight)
    if not without:
        return facts
    blank = {name: _blank(getattr(facts, name)) for name in without}
    if isinstance(facts, Person) and Element.WHEREABOUTS not in sight.elements:
        blank |= {"address_unknown": HIDDEN, "phone_unknown": HIDDEN}
    return replace(facts, **blank)  # type: ignore[type-var]


def hidden(table: Table[Any], sight: Sight) -> tuple[str, ...]:
    """The columns of this table that this viewer may not see."""
    return _hidden(table.model, table.columns, sight.elements)


@cache
def _hidden(model: type[Row], columns: tuple[str, ...], elements: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if not _may_show(class_of(model, name), elements))


def _may_show(kind: Class | None, elements: frozenset[str]) -> bool:
    """Nobody sees a column that nobody has classified; who acted and when is shown with the row."""
    return kind is not None and (kind.sensitivity not in TELLS or TELLS[kind.sensitivity] in elements)


def _blank(value: Any) -> Any:
    if isinstance(value, str):
        return ""
    if isinstance(value, tuple | dict):
        return type(value)()
    return None
