"""
What the law gives a time on a referral: from when, by when, extended and ended by whom.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import JSONObject

from nowrongdoor.data.stages.facts import STATUTORY
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.statutory import StatutoryClock


@dataclass(frozen=True)
class StatutoryLine:
    """One such clock with the names of whoever recorded its beginning, its extension and its end."""

    clock: StatutoryClock
    begun_by: str
    extended_by: str
    ended_by: str


def of(referral_id: UUID, *, seen: Vantage) -> tuple[StatutoryLine, ...]:
    """Of one referral, as this viewer may read it: what runs first, then the latest. One statement."""
    sight = seen.of_item(referral_id=referral_id)
    if not sight.shows(Element.RESPONSE):
        return ()
    return tuple(sorted((_as_seen(one, sight) for one in _lines(referral_id=referral_id)), key=_order))


def one(clock_id: UUID, *, seen: Vantage) -> StatutoryLine:
    """One by its key. Raises `Missing` where there is none, or where it is another clock that is not one."""
    found = _lines(pk=clock_id)
    if not found:
        raise Missing(STATUTORY.name)
    return _as_seen(found[0], seen.of_item(referral_id=found[0].clock.referral_id))


def told(found: list[dict[str, Any]], sight: Sight) -> tuple[StatutoryLine, ...]:
    """The same from what another statement read along with it as `ALONG`."""
    return tuple(sorted((_as_seen(_of_json(one), sight) for one in found), key=_order))


def _order(one: StatutoryLine) -> tuple[bool, datetime]:
    return one.clock.ended_at is not None, one.clock.due_at


def _of_json(found: dict[str, Any]) -> StatutoryLine:
    clock = of_json(STATUTORY, found)
    return StatutoryLine(clock, *(found[name] or "" for name in ("begun_by", "extended_by", "ended_by")))


def _lines(**which: UUID) -> list[StatutoryLine]:
    names = ("begun_by__name", "extended_by__name", "ended_by__name")
    rows = STATUTORY.model.objects.filter(**which).order_by("started_at", "pk")
    return [_line(values) for values in rows.values_list(*under(STATUTORY), *names)]


def _line(values: tuple[object, ...]) -> StatutoryLine:
    cells = Cells(values)
    return StatutoryLine(cells.facts(STATUTORY), *(cells.take() or "" for _ in range(3)))


def _as_seen(line: StatutoryLine, sight: Sight) -> StatutoryLine:
    if sight.shows(Element.STORY):
        return line
    return replace(line, clock=replace(line.clock, words="", doctor="", extension_words="", ending_words=""))


ALONG = JSONObject(
    **{name: F(name) for name in STATUTORY.columns},
    begun_by="begun_by__name",
    extended_by="extended_by__name",
    ended_by="ended_by__name",
)
