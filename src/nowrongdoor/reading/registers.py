"""
Entries of partners' registers: those that wait, one beside the record it is like, those decided.

As of two records (`reading.duplicates`), a steward sees what is compared, and of whoever is restricted not
even that there is one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists
from psycopg import sql

from nowrongdoor.data.agencies.models import Agency as AgencyRow
from nowrongdoor.data.merges.models import Merge as MergeRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.registers.facts import READINGS, REGISTER_LINKS
from nowrongdoor.data.registers.models import RegisterLink as RegisterLinkRow
from nowrongdoor.data.registers.models import RegisterReading as RegisterReadingRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.duplicates import LEAST_PEOPLE, RESTRICTED, Side, members_named, people, side_of
from nowrongdoor.reading.person_record import restricted
from nowrongdoor.rules import finding, register
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identity import Match
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.matching.model import Model
from nowrongdoor.rules.merging import MERGED
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.register import RegisterLink, RegisterReading

WAITING, DECIDED = 50, 20
STREAMED = 5_000
Key = TypeVar("Key")


@dataclass(frozen=True)
class EntryLine:
    """An entry in a list, with the name on the record it is like, whose register it is, and who decided."""

    known: RegisterLink
    agency_name: str
    person: tuple[str, str]
    decided_by: str


@dataclass(frozen=True)
class EntryRecord:
    """An entry beside the record it is like, and how the two agree."""

    known: RegisterLink
    agency_name: str
    side: Side
    match: Match
    proposed_by: str
    decided_by: str
    undone_by: str


@dataclass(frozen=True)
class RegisterQuality:
    """
    Of an agency's register: rows read and refused when it was last read, entries linked and waiting, and of
    those linked how many contradict: another NHS number than ours, or one number for two people, or two
    for one.
    """

    agency_name: str
    rows: int
    refused: int
    linked: int
    waiting: int
    apart: int
    conflicting: int
    read_at: datetime | None


def waiting() -> tuple[list[EntryLine], int]:
    """The likeliest fifty that nobody has decided about, and how many there are; of no restricted person."""
    lines = _lines(WAITING_ENTRIES, {"most": WAITING})
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        (count,) = cursor.fetchone()
    return lines, count


def decided() -> list[EntryLine]:
    """What was decided last: twenty, of no restricted person."""
    return _lines(DECIDED_ENTRIES, {"most": DECIDED})


def of(link_id: UUID, *, viewer: Viewer, at: datetime) -> EntryRecord:
    """An entry beside a record. Raises `Missing` where there is none, and where it may not be seen."""
    rows = RegisterLinkRow.objects.filter(pk=link_id)
    values = rows.values_list("agency__name", *REGISTER_LINKS.columns).first()
    if values is None:
        raise Missing(REGISTER_LINKS.name)
    known = REGISTER_LINKS.of(values[1:])
    side = side_of(known.person_id, viewer=viewer, at=at)
    if side is None:
        raise Missing(REGISTER_LINKS.name)
    names = members_named(known.proposed_by_id, known.decided_by_id, known.undone_by_id)
    said = finding.told(finding.of_entry(register.entry_of(known)))
    return EntryRecord(
        known,
        values[0],
        side,
        finding.weigh(said, side.person, model=model(at=at)),
        names.get(known.proposed_by_id, ""),
        names.get(known.decided_by_id, ""),
        names.get(known.undone_by_id, ""),
    )


def model(*, at: datetime) -> Model:
    """The weights in force, among as many people as the place knows."""
    return weights.standing(on=local_date(at)).among(max(people(), LEAST_PEOPLE))


def everybody() -> Iterator[Person]:
    """Every record of the place, one after the other, but those of restricted people."""
    rows = PersonRow.objects.exclude(Exists(restricted("pk"))).order_by("pk")
    for values in rows.values_list(*PEOPLE.columns).iterator(chunk_size=STREAMED):
        yield PEOPLE.of(values)


def of_keys(keys: Iterable[UUID]) -> dict[UUID, Person]:
    """These records, but those of restricted people."""
    found: dict[UUID, Person] = {}
    for some in _some(keys):
        rows = PersonRow.objects.filter(pk__in=some).exclude(Exists(restricted("pk")))
        found |= {one.id: one for one in map(PEOPLE.of, rows.values_list(*PEOPLE.columns))}
    return found


def read_through(keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which of these records is read through which."""
    found: dict[UUID, UUID] = {}
    for some in _some(keys):
        rows = MergeRow.objects.filter(record_id__in=some, state=MERGED)
        found |= dict(rows.values_list("record_id", "into_id"))
    return found


def agency_named(name: str) -> UUID | None:
    """The agency of this name, however it is capitalised."""
    return AgencyRow.objects.filter(name__iexact=name.strip()).values_list("pk", flat=True).first()


def being_read(*, agency_id: UUID, digest: str) -> RegisterReading | None:
    """The reading of this file that was begun and not ended."""
    rows = RegisterReadingRow.objects.filter(agency_id=agency_id, digest=digest, ended_at=None)
    values = rows.values_list(*READINGS.columns).first()
    return READINGS.of(values) if values else None


def linked(*, agency_id: UUID, numbers: Sequence[str]) -> set[str]:
    """Which of these numbers, as they are looked up, stand for somebody; of no restricted person."""
    theirs = RegisterLinkRow.objects.filter(agency_id=agency_id, state=register.LINKED)
    seen = theirs.exclude(Exists(restricted("person_id"))).values_list("number_key", flat=True)
    return {number for some in _some(numbers) for number in seen.filter(number_key__in=some)}


def asked_before(keys: Iterable[UUID]) -> set[UUID]:
    """Which of these entries and records somebody has been asked about already."""
    known = RegisterLinkRow.objects.values_list("pk", flat=True)
    return {key for some in _some(keys) for key in known.filter(pk__in=some)}


def quality() -> list[RegisterQuality]:
    """Each agency of which a register was read, by name. One statement; of no restricted person."""
    with connection.cursor() as cursor:
        cursor.execute(QUALITY)
        return [RegisterQuality(*row) for row in cursor.fetchall()]



def _some(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """So many keys as one statement may well name, and then the next."""
    left = iter(keys)
    while some := list(islice(left, STREAMED)):
        yield some


def _lines(statement: sql.Composable, asked: dict[str, object]) -> list[EntryLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    width = len(REGISTER_LINKS.columns)
    return [
        EntryLine(REGISTER_LINKS.of(row[:width]), row[width], row[width + 1 : width + 3], row[-1])
        for row in rows
    ]


OF_ENTRY = RESTRICTED.format(one=sql.SQL("l.person_id"), other=sql.SQL("l.person_id"))
LISTED = sql.SQL("""
    SELECT {columns}, a.name, p.family_name, p.given_names, coalesce(d.name, '')
    FROM registers_registerlink l
    JOIN agencies_agency a ON a.id = l.agency_id
    JOIN people_person p ON p.id = l.person_id
    LEFT JOIN agencies_member d
        ON d.id = CASE WHEN l.undone_by_id IS NULL THEN l.decided_by_id ELSE l.undone_by_id END
    WHERE {which} AND NOT {restricted} ORDER BY {order} LIMIT %(most)s
""")
COLUMNS = sql.SQL(", ").join(sql.Identifier("l", name) for name in REGISTER_LINKS.columns)
WAITING_ENTRIES = LISTED.format(
    columns=COLUMNS, restricted=OF_ENTRY,
    which=sql.SQL("l.state = 'proposed'"), order=sql.SQL("l.bits DESC, l.id"),
)  # fmt: skip
DECIDED_ENTRIES = LISTED.format(
    columns=COLUMNS, restricted=OF_ENTRY, which=sql.SQL("l.state <> 'proposed'"),
    order=sql.SQL("coalesce(l.undone_at, l.decided_at) DESC, l.id"),
)  # fmt: skip
COUNTED = sql.SQL(
    "SELECT count(*) FROM registers_registerlink l WHERE l.state = 'proposed' AND NOT {}"
).format(OF_ENTRY)
QUALITY = sql.SQL("""
    WITH theirs AS (SELECT l.* FROM registers_registerlink l WHERE NOT {restricted}),
    standing AS (SELECT * FROM theirs WHERE state = 'linked'),
    doubled AS (
        SELECT id FROM (
            SELECT id, min(person_id::text) OVER number AS first, max(person_id::text) OVER number AS last,
                count(*) OVER whose AS numbers
            FROM standing
            WINDOW number AS (PARTITION BY agency_id, number_key),
                whose AS (PARTITION BY agency_id, person_id)
        ) counted WHERE first <> last OR numbers > 1
    ), conflicts AS (
        SELECT s.agency_id, count(*) AS many FROM standing s JOIN people_person p ON p.id = s.person_id
        WHERE s.id IN (SELECT id FROM doubled)
            OR (s.nhs_number <> '' AND p.nhs_number IS NOT NULL AND s.nhs_number <> p.nhs_number)
        GROUP BY s.agency_id
    ), counted AS (
        SELECT agency_id, count(*) FILTER (WHERE state = 'linked') AS linked,
            count(*) FILTER (WHERE state = 'proposed') AS waiting,
            count(*) FILTER (WHERE state IN ('apart', 'undone')) AS apart
        FROM theirs GROUP BY agency_id
    ), latest AS (
        SELECT DISTINCT ON (agency_id) agency_id, rows, refused, began_at FROM registers_registerreading
        ORDER BY agency_id, began_at DESC
    )
    SELECT a.name, coalesce(r.rows, 0), coalesce(r.refused, 0), coalesce(c.linked, 0), coalesce(c.waiting, 0),
        coalesce(c.apart, 0), coalesce(f.many, 0), r.began_at
    FROM agencies_agency a
    LEFT JOIN latest r ON r.agency_id = a.id
    LEFT JOIN counted c ON c.agency_id = a.id
    LEFT JOIN conflicts f ON f.agency_id = a.id
    WHERE r.agency_id IS NOT NULL OR c.agency_id IS NOT NULL
    ORDER BY a.name, a.id
""").format(restricted=OF_ENTRY)
