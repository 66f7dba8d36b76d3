"""
The records of one person: which others are read with the one that was asked for, and how it was known.

A merge opens nothing: each record is shown to whoever may see that very record. Of one that is restricted
nobody else learns that it is there; of one that is not, that there is one more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.reading import standing
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.person import Person


@dataclass(frozen=True)
class Together:
    """That two records are one person's: since when, by whose decision and how they knew."""

    merge_id: UUID
    record_id: UUID
    into_id: UUID
    since: datetime
    by_name: str
    words: str
    evidence: str
    version: int


@dataclass(frozen=True)
class OtherRecord:
    """Another record of the person, as far as this viewer may see it."""

    person: Person
    seen: Vantage


@dataclass(frozen=True)
class OnePerson:
    """
    `others` are read with the record that was asked for; `unseen` are there and not the viewer's to see.
    `stands_id` is the record that stands for all; `merges` are those between records that may be seen.
    """

    others: tuple[OtherRecord, ...] = ()
    merges: tuple[Together, ...] = ()
    unseen: int = 0
    stands_id: UUID | None = None


ALONE = OnePerson()


def of(person_id: UUID, *, seen: Vantage) -> OnePerson:
    """What is read with this record: one statement, and for each other record two more."""
    with connection.cursor() as cursor:
        cursor.execute(MERGES, {"person": person_id})
        rows = cursor.fetchall()
    merges = [Together(*row[:-1]) for row in rows]
    records = {key for one in merges for key in (one.record_id, one.into_id)} - {person_id}
    others, unseen = [], 0
    for key in sorted(records):
        vantage = standing.asked("person", key, viewer=seen.viewer, at=seen.at)
        if vantage is not None and vantage.sight is not BLIND:
            others.append(OtherRecord(_person(key, vantage), vantage))
        elif vantage is not None and not vantage.standing.is_restricted:
            unseen += 1
    shown = {person_id, *(one.person.id for one in others)}
    told = tuple(one for one in merges if {one.record_id, one.into_id} <= shown)
    stands_id = next((row[-1] for row in rows), None)
    return OnePerson(tuple(others), told, unseen, stands_id if stands_id in shown else None)


def _person(person_id: UUID, vantage: Vantage) -> Person:
    values = PersonRow.objects.filter(pk=person_id).values_list(*PEOPLE.columns).get()
    return cleared(PEOPLE, PEOPLE.of(values), vantage.of_person())


MERGES = """
    WITH theirs AS (SELECT records_of(%(person)s) AS id)
    SELECT m.id, m.record_id, m.into_id, m.decided_at, b.name, m.words, m.evidence, m.version,
        stands_for(%(person)s)
    FROM theirs JOIN merges_merge m ON m.record_id = theirs.id AND m.state = 'merged'
    JOIN agencies_member b ON b.id = m.decided_by_id
    ORDER BY m.decided_at, m.id
"""
