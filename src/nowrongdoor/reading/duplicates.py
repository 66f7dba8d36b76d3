"""
Two records that may be one person's, side by side; those that wait for a decision, and those decided.

A records steward has a part in nobody's care: they see of both records what is compared, and of whoever is
restricted not even that there is one. Whoever has a part in the care of both sees them as they may anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists
from psycopg import sql

from nowrongdoor.data.agencies.models import Member as MemberRow
from nowrongdoor.data.merges.facts import MERGES
from nowrongdoor.data.merges.models import Merge as MergeRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import standing
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.person_record import restricted
from nowrongdoor.rules import access, finding
from nowrongdoor.rules.access import BLIND, Relationship, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identity import Match
from nowrongdoor.rules.law.seeing import Reach
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.merging import MERGED, Merge
from nowrongdoor.rules.person import Person

COMPARING = "comparing"
"""The tie of whoever decides whether two records are one person's."""
WAITING, DECIDED = 50, 20
LEAST_PEOPLE = 100


@dataclass(frozen=True)
class PairLine:
    """Two records in a list, by the names on them, and who decided."""

    known: Merge
    one: tuple[str, str]
    other: tuple[str, str]
    decided_by: str


@dataclass(frozen=True)
class Side:
    """One of the two records, as far as it may be seen; by which tie, and what of it."""

    person: Person
    sight: Sight


@dataclass(frozen=True)
class PairRecord:
    """Both records and how they agree. A side is empty where a seal keeps it from who decided the merge."""

    known: Merge
    one: Side | None
    other: Side | None
    match: Match | None
    proposed_by: str
    decided_by: str
    undone_by: str
    stands: UUID | None


def waiting() -> tuple[list[PairLine], int]:
    """The likeliest fifty that nobody has decided about, and how many there are; of no restricted person."""
    lines = _lines(WAITING_PAIRS, {"most": WAITING})
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        (count,) = cursor.fetchone()
    return lines, count


def decided() -> list[PairLine]:
    """What was decided last: twenty, of no restricted person."""
    return _lines(DECIDED_PAIRS, {"most": DECIDED})


def of(merge_id: UUID, *, viewer: Viewer, at: datetime) -> PairRecord:
    """
    Two records side by side. Raises `Missing` where there is no such pair, and just so where either may not
    be seen; but whoever decided a merge sees as much of it as they may, for they may undo it.
    """
    values = MergeRow.objects.filter(pk=merge_id).values_list(*MERGES.columns).first()
    if values is None:
        raise Missing(MERGES.name)
    known = MERGES.of(values)
    one, other = (side_of(key, viewer=viewer, at=at) for key in (known.one_id, known.other_id))
    undoes = known.state == MERGED and known.decided_by_id == viewer.member_id
    if (one is None or other is None) and not undoes:
        raise Missing(MERGES.name)
    names = members_named(known.proposed_by_id, known.decided_by_id, known.undone_by_id)
    match = None
    if one is not None and other is not None:
        among = weights.standing(on=local_date(at)).among(max(people(), LEAST_PEOPLE))
        match = finding.alike(one.person, other.person, model=among)
    return PairRecord(
        known,
        one,
        other,
        match,
        names.get(known.proposed_by_id, ""),
        names.get(known.decided_by_id, ""),
        names.get(known.undone_by_id, ""),
        known.into_id if known.state == MERGED else None,
    )


def by_number(number: str) -> Person | None:
    """The record with this NHS number, but for whoever is restricted: of them no file is told."""
    if not number:
        return None
    rows = PersonRow.objects.filter(nhs_number=number).exclude(Exists(restricted("pk")))
    values = rows.order_by("number_in_doubt", "pk").values_list(*PEOPLE.columns).first()
    return PEOPLE.of(values) if values else None


def people() -> int:
    """About how many people the place knows, as the planner counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'people_person'::regclass")
        return int(cursor.fetchone()[0])


def side_of(person_id: UUID, *, viewer: Viewer, at: datetime) -> Side | None:
    """A record as far as whoever compares may see it; none where that is nothing."""
    vantage = standing.asked("person", person_id, viewer=viewer, at=at)
    if vantage is None:
        return None
    sight = vantage.sight
    if sight is BLIND and not vantage.standing.is_restricted:
        sight = _compares(viewer, at=at)
    if sight is BLIND:
        return None
    values = PersonRow.objects.filter(pk=person_id).values_list(*PEOPLE.columns).get()
    return Side(cleared(PEOPLE, PEOPLE.of(values), sight), sight)


def _compares(viewer: Viewer, *, at: datetime) -> Sight:
    """What whoever looks after records sees of anybody who is not restricted: what their role may compare."""
    fits = access.sees(viewer, at=at)
    if fits is None or fits.reach is not Reach.NOBODY or not access.may_do(viewer, "duplicates.read", at=at):
        return BLIND
    return Sight(Relationship.NONE, fits.elements, fits.purpose)


def members_named(*keys: UUID | None) -> dict[UUID | None, str]:
    """Members by name."""
    return dict(MemberRow.objects.filter(pk__in=[one for one in keys if one]).values_list("pk", "name"))


def _lines(statement: sql.Composable, asked: dict[str, object]) -> list[PairLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    width = len(MERGES.columns)
    return [
        PairLine(MERGES.of(row[:width]), row[width : width + 2], row[width + 2 : width + 4], row[-1])
        for row in rows
    ]


def candidates(*, after: UUID | None, most: int) -> list[tuple[Person, Person]]:
    """
    Pairs of our own records worth weighing, by the key of the first: a name with the birth date, telephone or
    postcode in common. Not those of which somebody has been asked already, nor of restricted people.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"after": after or UUID(int=0), "most": most})
        keys = cursor.fetchall()
    return _pairs(keys)


def _pairs(keys: Iterable[tuple[UUID, UUID]]) -> list[tuple[Person, Person]]:
    found = list(keys)
    wanted = {key for pair in found for key in pair}
    rows = PersonRow.objects.filter(pk__in=wanted).values_list(*PEOPLE.columns)
    known = {one.id: one for one in map(PEOPLE.of, rows)}
    return [(known[one], known[other]) for one, other in found]


RESTRICTED = sql.SQL("""
    EXISTS (SELECT FROM sharing_seal s WHERE s.person_id IN ({one}, {other}) AND s.lifted_at IS NULL
        AND s.referral_id IS NULL AND s.contact_id IS NULL)
""")
OF_PAIR = RESTRICTED.format(one=sql.SQL("m.one_id"), other=sql.SQL("m.other_id"))
LISTED = sql.SQL("""
    SELECT {columns}, o.family_name, o.given_names, p.family_name, p.given_names, coalesce(d.name, '')
    FROM merges_merge m
    JOIN people_person o ON o.id = m.one_id
    JOIN people_person p ON p.id = m.other_id
    LEFT JOIN agencies_member d
        ON d.id = CASE WHEN m.undone_by_id IS NULL THEN m.decided_by_id ELSE m.undone_by_id END
    WHERE {which} AND NOT {restricted} ORDER BY {order} LIMIT %(most)s
""")
COLUMNS = sql.SQL(", ").join(sql.Identifier("m", name) for name in MERGES.columns)
WAITING_PAIRS = LISTED.format(
    columns=COLUMNS, restricted=OF_PAIR,
    which=sql.SQL("m.state = 'proposed'"), order=sql.SQL("m.bits DESC, m.id"),
)  # fmt: skip
DECIDED_PAIRS = LISTED.format(
    columns=COLUMNS, restricted=OF_PAIR, which=sql.SQL("m.state <> 'proposed'"),
    order=sql.SQL("coalesce(m.undone_at, m.decided_at) DESC, m.id"),
)  # fmt: skip
COUNTED = sql.SQL("SELECT count(*) FROM merges_merge m WHERE m.state = 'proposed' AND NOT {}").format(OF_PAIR)
# Each way two records may be found is a join over an index of its own.
ALIKE = sql.SQL("""
    SELECT DISTINCT a, b FROM (
        SELECT a.id AS a, b.id AS b FROM people_person a JOIN people_person b
            ON b.born_on = a.born_on AND (b.family_key = a.family_key OR b.given_key = a.given_key)
        WHERE a.id > %(after)s AND (a.family_key <> '' OR a.given_key <> '')
        UNION ALL
        SELECT a.id, b.id FROM people_person a JOIN people_person b
            ON b.phone_key = a.phone_key AND b.given_key = a.given_key
        WHERE a.id > %(after)s AND a.phone_key <> ''
        UNION ALL
        SELECT a.id, b.id FROM people_person a JOIN people_person b
            ON b.postcode_key = a.postcode_key AND b.given_key = a.given_key
        WHERE a.id > %(after)s AND a.postcode_key <> ''
        UNION ALL
        SELECT a.id, b.id FROM people_person a JOIN people_person b
            ON b.family_key = a.family_key AND b.given_key = a.given_key
        WHERE a.id > %(after)s AND a.family_key <> ''
    ) found
    WHERE a < b AND NOT {restricted}
      AND NOT EXISTS (SELECT FROM merges_merge m WHERE m.one_id = a AND m.other_id = b)
    ORDER BY a, b LIMIT %(most)s
""").format(restricted=RESTRICTED.format(one=sql.SQL("a"), other=sql.SQL("b")))
