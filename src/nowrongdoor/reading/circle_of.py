"""
Who matters to a person, as this viewer may see them: also those who must not be contacted. One statement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Expression, F, Func, OuterRef
from django.db.models.functions import JSONObject

from nowrongdoor.data.people.facts import CIRCLE
from nowrongdoor.data.people.models import InCircle as CircleRow
from nowrongdoor.reading.clearing import cleared, hidden
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.about_me import BY_THEMSELVES
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.circle import InCircle

NAMES = ("entered_by__name", "team__name", "withdrawn_by__name")


@dataclass(frozen=True)
class CircleLine:
    """Somebody who matters, and who wrote them down. `shows_number`: this viewer may see numbers."""

    entry: InCircle
    entered_by: str
    team_name: str
    withdrawn_by: str
    shows_number: bool = True


def of(person_id: UUID, *, seen: Vantage) -> tuple[CircleLine, ...]:
    """Everybody, the first written down first."""
    sight = seen.of_person()
    return _as_seen(_lines(person_id), {person_id: sight}) if sight.shows(Element.RESPONSE) else ()


def told(found: Iterable[dict[str, Any]], may_see: Mapping[UUID, Sight]) -> tuple[CircleLine, ...]:
    """The same from what another statement read along with it as `along`."""
    lines = [CircleLine(of_json(CIRCLE, one), *(one[name] or "" for name in NAMES)) for one in found]
    return _as_seen(sorted(lines, key=lambda one: (one.entry.entered_at, one.entry.id)), may_see)


def along(person: str) -> ArraySubquery:
    """Who matters to the person an outer query leads to, for `told`."""
    rows = CircleRow.objects.filter(person_id=OuterRef(person))
    return ArraySubquery(rows.values(it=JSONObject(**{name: name for name in (*CIRCLE.columns, *NAMES)})))


def _as_seen(lines: Iterable[CircleLine], may_see: Mapping[UUID, Sight]) -> tuple[CircleLine, ...]:
    return tuple(
        replace(
            one,
            entry=cleared(CIRCLE, one.entry, may_see[one.entry.person_id]),
            shows_number="phone" not in hidden(CIRCLE, may_see[one.entry.person_id]),
        )
        for one in lines
    )


def one(entry_id: UUID, *, person_id: UUID, seen: Vantage) -> CircleLine:
    """One of them. Raises `Missing` for somebody of another person."""
    line = next((line for line in of(person_id, seen=seen) if line.entry.id == entry_id), None)
    if line is None:
        raise Missing(CIRCLE.name)
    return line


def own(person_id: UUID) -> tuple[InCircle, ...]:
    """Whom the person themselves named, for them to read."""
    lines = _lines(person_id)
    return tuple(
        one.entry for one in lines if one.entry.said_by == BY_THEMSELVES and one.entry.withdrawn_at is None
    )


def may_ring(contact: str = "") -> Expression:
    """
    Of the contact an outer query leads to: whether the number that was given may be rung. A no of the person
    to whoever has that number goes before what was said in the contact.
    """
    columns = (f"{contact}person_id", f"{contact}callback_number", f"{contact}safe_to_call")
    return Func(*map(F, columns), function="may_ring", output_field=CharField())


def _lines(person_id: UUID) -> list[CircleLine]:
    rows = CircleRow.objects.filter(person_id=person_id).order_by("entered_at", "pk")
    found = []
    for values in rows.values_list(*under(CIRCLE), *NAMES):
        cells = Cells(values)
        found.append(CircleLine(cells.facts(CIRCLE), *(cells.take() or "" for _ in NAMES)))
    return found
