"""
What was said about a person, heading by heading, as this viewer may see it: the answer that stands and those
before it. One statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nowrongdoor.data.people.facts import ABOUT
from nowrongdoor.data.people.models import AboutAnswer as AnswerRow
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.one_person import OtherRecord
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import about_me
from nowrongdoor.rules.about_me import AboutAnswer
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import headings
from nowrongdoor.rules.law.headings import Heading


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
    return together(person_id, (), seen=seen)


def together(person_id: UUID, others: Iterable[OtherRecord], *, seen: Vantage) -> tuple[AboutLine, ...]:
    """The same of one person with several records, of each as far as this viewer may see that very record."""
    records = [(person_id, seen), *((one.person.id, one.seen) for one in others)]
    may_see = {key: sight for key, one in records if (sight := one.of_person()).shows(Element.RESPONSE)}
    if not may_see:
        return ()
    rows = _lines(AnswerRow.objects.filter(person_id__in=list(may_see)))
    lines = [replace(one, answer=cleared(ABOUT, one.answer, may_see[one.answer.person_id])) for one in rows]
    return by_heading(lines, on=local_date(seen.at))


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
    for values in rows.order_by("-written_at", "-pk").values_list(
        *under(ABOUT), "written_by__name", "team__name"
    ):
        cells = Cells(values)
        found.append(AnswerLine(cells.facts(ABOUT), cells.take(), cells.take()))
    return found
