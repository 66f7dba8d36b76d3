"""
What was said about a person, heading by heading, as this viewer may see it: the answer that stands and those
before it. One statement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from nowrongdoor.data.people.facts import ABOUT
from nowrongdoor.data.people.models import AboutAnswer as AnswerRow
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import about_me
from nowrongdoor.rules.about_me import AboutAnswer
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import headings
from nowrongdoor.rules.law.headings import Heading

NAMES = ("written_by__name", "team__name")


@dataclass(frozen=True)
class AnswerLine:
    """An answer, and who wrote it down for which team."""

    answer: AboutAnswer
    written_by: str
    team_name: str


@dataclass(frozen=True)
class AboutLine:
    """A heading, the answer that stands to it, others that stand beside it, and those it replaced."""

    heading: Heading
    stands: AnswerLine | None
    beside: tuple[AnswerLine, ...] = ()
    before: tuple[AnswerLine, ...] = ()

    @property
    def state(self) -> str:
        return about_me.state_of(self.stands.answer if self.stands else None)


def of(person_id: UUID, *, seen: Vantage) -> tuple[AboutLine, ...]:
    """Every heading of today, in order; none at all where this viewer may not know what was answered."""
    sight = seen.of_person()
    if not sight.shows(Element.RESPONSE):
        return ()
    return _as_seen(_answers(person_id), {person_id: sight}, seen.at)


def told(
    found: Iterable[dict[str, Any]], may_see: Mapping[UUID, Sight], at: datetime
) -> tuple[AboutLine, ...]:
    """The same from what another statement read along with it as `along`."""
    lines = [AnswerLine(of_json(ABOUT, one), *(one[name] for name in NAMES)) for one in found]
    lines.sort(key=lambda one: (one.answer.written_at, one.answer.id), reverse=True)
    return _as_seen(lines, may_see, at) if may_see else ()


def along(person: str) -> ArraySubquery:
    """Every answer about the person an outer query leads to, for `told`."""
    rows = AnswerRow.objects.filter(person_id=OuterRef(person))
    return ArraySubquery(rows.values(it=JSONObject(**{name: name for name in (*ABOUT.columns, *NAMES)})))


def _as_seen(
    lines: Iterable[AnswerLine], may_see: Mapping[UUID, Sight], at: datetime
) -> tuple[AboutLine, ...]:
    seen = [
        replace(one, answer=cleared(ABOUT, one.answer, sight))
        for one in lines
        if may_know(one.answer.heading, sight := may_see[one.answer.person_id], on=local_date(at))
    ]
    return tuple(
        one
        for one in by_heading(seen, on=local_date(at))
        if any(may_know(one.heading.code, sight, on=local_date(at)) for sight in may_see.values())
    )


def may_know(heading: str, sight: Sight, *, on: date) -> bool:
    """Some headings are for a role that sees more of a record: to others they are as if nobody had them."""
    need = next((one.element for one in headings.standing(on=on) if one.code == heading), Element.RESPONSE)
    return sight.shows(Element(need))


def is_kept_back(entry: Mapping[str, Any], sight: Sight, *, at: datetime) -> bool:
    """The same of an entry of the journal: that such an answer was written down is part of it."""
    _, heading = entry["changes"].get("heading", ("", ""))
    return entry["subject"] == ABOUT.name and not may_know(heading, sight, on=local_date(at))


def of_several(
    people: Iterable[UUID], headed: Iterable[str], *, on: date
) -> dict[UUID, tuple[AboutLine, ...]]:
    """What stands to these headings for each of several people. One statement."""
    rows = AnswerRow.objects.filter(person_id__in=list(people), heading__in=list(headed))
    by_person: dict[UUID, list[AnswerLine]] = {}
    for line in _lines(rows):
        by_person.setdefault(line.answer.person_id, []).append(line)
    return {key: by_heading(lines, on=on) for key, lines in by_person.items()}


def own(person_id: UUID, *, on: date) -> tuple[AboutLine, ...]:
    """Every heading for the person it is about, with what they said themselves and nothing of others."""
    return by_heading((one for one in _answers(person_id) if about_me.may_read_own(one.answer)), on=on)


def by_heading(lines: Iterable[AnswerLine], *, on: date) -> tuple[AboutLine, ...]:
    every = list(lines)
    standing = about_me.standing(one.answer for one in every)
    replaced = {one.answer.replaces_id for one in every}
    found = []
    for heading in headings.standing(on=on):
        mine = [one for one in every if one.answer.heading == heading.code]
        now = next((one for one in mine if one.answer is standing.get(heading.code)), None)
        rest = [one for one in mine if one is not now]
        found.append(
            AboutLine(
                heading,
                now,
                tuple(one for one in rest if one.answer.id not in replaced),
                tuple(one for one in rest if one.answer.id in replaced),
            )
        )
    return tuple(found)


def _answers(person_id: UUID) -> list[AnswerLine]:
    return _lines(AnswerRow.objects.filter(person_id=person_id))


def _lines(rows: QuerySet[AnswerRow]) -> list[AnswerLine]:
    """The latest first."""
    found = []
    for values in rows.order_by("-written_at", "-pk").values_list(*under(ABOUT), *NAMES):
        cells = Cells(values)
        found.append(AnswerLine(cells.facts(ABOUT), cells.take(), cells.take()))
    return found
