"""
Whose looking a governance lead looks into: that of their own agency, and of agencies that have no
governance lead, for what happens there must not go unseen until somebody is hired. Of a number that a
restricted person has too only those who restricted them are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.data.agencies.models import Agency as AgencyRow
from nowrongdoor.data.sharing.facts import AGREEMENTS, REVIEWS
from nowrongdoor.data.sharing.models import Agreement as AgreementRow
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import agreement, review
from nowrongdoor.rules.agreement import Agreement, Standing
from nowrongdoor.rules.review import Review

TO_DO, DECIDED = 100, 20


@dataclass(frozen=True)
class ReviewLine:
    """A review with the names it needs; without a person's where none is concerned."""

    review: Review
    member_name: str
    agency_name: str
    family_name: str
    given_names: str
    decided_by: str


@dataclass(frozen=True)
class GlassLine:
    """Glass that was broken and nobody has reviewed, with the names it needs."""

    review_id: UUID
    person_id: UUID
    opened_at: datetime
    until_at: datetime
    reason: str
    words: str
    member_name: str
    team_name: str
    family_name: str
    given_names: str


@dataclass(frozen=True)
class AgreementLine:
    """What two agencies agreed, and how it stands today."""

    agreement: Agreement
    one_name: str
    other_name: str
    standing: Standing


@dataclass(frozen=True)
class Duties:
    """What is to be looked into, soonest due first; what was, latest first; and what was agreed."""

    to_do: tuple[ReviewLine, ...]
    more: bool
    decided: tuple[ReviewLine, ...]
    agreements: tuple[AgreementLine, ...]


@dataclass(frozen=True)
class Late:
    """
    How many reviews wait, up to enough; how many of them nobody decided in time, and the leads who can be
    asked instead.
    """

    waiting: int
    reviews: int
    others: tuple[str, ...]


def overseen(*, viewer: Viewer) -> list[UUID]:
    """The agencies whose looking this viewer looks into."""
    with connection.cursor() as cursor:
        cursor.execute(OVERSEEN, {"agency": viewer.agency_id, "lead": review.LEAD})
        return [key for (key,) in cursor.fetchall()]


def waiting(*, viewer: Viewer) -> int:
    """How many reviews wait for this viewer, counted up to enough. One statement, for every page."""
    asked = {"agency": viewer.agency_id, "lead": review.LEAD, "enough": TO_DO}
    return int(sharing.asked(WAITING, asked)[0][0])


def late(*, viewer: Viewer, at: datetime) -> Late:
    """
    The reviews of this viewer that wait, those that are late, and who else is a governance lead: of the same
    agency first. A late review waits for one who can say so. At most two statements.
    """
    of_agency = {"agency": viewer.agency_id, "lead": review.LEAD}
    waiting, reviews = sharing.asked(LATE, {**of_agency, "at": at, "enough": TO_DO})[0]
    if not reviews:
        return Late(waiting, 0, ())
    others = sharing.asked(OTHER_LEADS, {**of_agency, "member": viewer.member_id})
    return Late(waiting, reviews, tuple(f"{name} of {agency}" for name, agency, *_ in others))


def broken_glass(*, viewer: Viewer) -> tuple[GlassLine, ...]:
    """Glass that waits for this viewer's review, the latest first. One statement."""
    asked = {"agency": viewer.agency_id, "lead": review.LEAD, "enough": TO_DO}
    return tuple(GlassLine(*row) for row in sharing.asked(GLASS, asked))


def duties(*, viewer: Viewer, on: date) -> Duties:
    """The governance lead's own list. Five statements."""
    agencies = overseen(viewer=viewer)
    asked = {"agencies": agencies, "agency": viewer.agency_id}
    to_do = _reviews(TO_DO_FIRST, asked, most=TO_DO + 1)
    decided = _reviews(DECIDED_LAST, asked, most=DECIDED)
    return Duties(to_do[:TO_DO], len(to_do) > TO_DO, decided, agreements(agencies, on=on))


def agreements(agencies: Sequence[UUID], *, on: date) -> tuple[AgreementLine, ...]:
    """The agreements of these agencies with any other: what ran out or must be looked at comes first."""
    rows = AgreementRow.objects.filter(one_agency__in=agencies) | AgreementRow.objects.filter(
        other_agency__in=agencies
    )
    facts = [AGREEMENTS.of(values) for values in rows.distinct().values_list(*AGREEMENTS.columns)]
    names = dict(AgencyRow.objects.values_list("pk", "name"))
    lines = [
        AgreementLine(
            one,
            names.get(one.one_agency_id, ""),
            names.get(one.other_agency_id, ""),
            agreement.standing(one, on=on),
        )
        for one in facts
    ]
    return tuple(
        sorted(
            lines,
            key=lambda one: (ALARMS.index(one.standing), one.one_name, one.other_name, one.agreement.id),
        )
    )


def one(review_id: UUID, *, viewer: Viewer) -> ReviewLine | None:
    """One review; None where there is none that this viewer looks into. Two statements."""
    asked = {"id": review_id, "agencies": overseen(viewer=viewer), "agency": viewer.agency_id}
    with connection.cursor() as cursor:
        cursor.execute(ONE, asked)
        row = cursor.fetchone()
    return _line(row) if row else None


def _line(row: Sequence[object]) -> ReviewLine:
    facts, names = row[: len(REVIEWS.columns)], row[len(REVIEWS.columns) :]
    return ReviewLine(REVIEWS.of(facts), *(str(name or "") for name in names))


def _reviews(statement: sql.Composed, asked: dict[str, Any], *, most: int) -> tuple[ReviewLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, "most": most})
        return tuple(_line(row) for row in cursor.fetchall())


ALARMS = (Standing.EXPIRED, Standing.REVIEW_DUE, Standing.IN_FORCE, Standing.NOT_YET)
OVERSEEN = """
    SELECT a.id FROM agencies_agency a
    WHERE a.id = %(agency)s OR NOT EXISTS (
        SELECT FROM agencies_membership m JOIN agencies_team t ON t.id = m.team_id
        WHERE t.agency_id = a.id AND m.role = %(lead)s AND m.until_at IS NULL)
"""
# As `rules.review.need_reviewer`.
NOT_OF_OTHERS = sql.SQL("(r.agency_id = %(agency)s OR r.kind <> 'number_in_doubt')")
LOOKED_INTO = sql.SQL("r.agency_id IN ({overseen}) AND {not_of_others}").format(
    overseen=sql.SQL(OVERSEEN), not_of_others=NOT_OF_OTHERS
)
WAITING = sql.SQL(
    "SELECT count(*) FROM (SELECT FROM sharing_review r WHERE r.decided_at IS NULL"
    " AND {looked_into} LIMIT %(enough)s) waits"
).format(looked_into=LOOKED_INTO)
LATE = sql.SQL(
    "SELECT count(*), count(*) FILTER (WHERE due_at <= %(at)s) FROM (SELECT r.due_at FROM sharing_review r"
    " WHERE r.decided_at IS NULL AND {looked_into} ORDER BY r.due_at LIMIT %(enough)s) waits"
).format(looked_into=LOOKED_INTO)
GLASS = sql.SQL("""
    SELECT r.id, r.person_id, o.opened_at, o.until_at, o.reason, o.words, m.name, t.name,
           p.family_name, p.given_names
    FROM sharing_review r JOIN sharing_opening o ON o.id = r.subject_id
    JOIN agencies_member m ON m.id = o.member_id JOIN agencies_team t ON t.id = o.team_id
    JOIN people_person p ON p.id = o.person_id
    WHERE r.kind = 'break_glass' AND r.decided_at IS NULL AND r.agency_id IN ({overseen})
    ORDER BY o.opened_at DESC, r.id LIMIT %(enough)s
""").format(overseen=sql.SQL(OVERSEEN))
OTHER_LEADS = """
    SELECT DISTINCT m.name, a.name, a.id <> %(agency)s AS elsewhere
    FROM agencies_membership w JOIN agencies_member m ON m.id = w.member_id
    JOIN agencies_team t ON t.id = w.team_id JOIN agencies_agency a ON a.id = t.agency_id
    WHERE w.role = %(lead)s AND w.until_at IS NULL AND w.member_id <> %(member)s
    ORDER BY elsewhere, a.name, m.name LIMIT 5
"""
NAMED = """
    SELECT {columns}, m.name, a.name, p.family_name, p.given_names, d.name
    FROM sharing_review r JOIN agencies_member m ON m.id = r.member_id
    JOIN agencies_agency a ON a.id = r.agency_id
    LEFT JOIN people_person p ON p.id = r.person_id
    LEFT JOIN agencies_member d ON d.id = r.decided_by_id
    WHERE r.agency_id = ANY(%(agencies)s) AND {not_of_others} AND {which}
"""


def _named(which: str) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier("r", name) for name in REVIEWS.columns)
    return sql.SQL(NAMED).format(columns=columns, not_of_others=NOT_OF_OTHERS, which=sql.SQL(which))


ONE = _named("r.id = %(id)s")
TO_DO_FIRST = _named("r.decided_at IS NULL ORDER BY r.due_at, r.id LIMIT %(most)s")
DECIDED_LAST = _named("r.decided_at IS NOT NULL ORDER BY r.decided_at DESC, r.id LIMIT %(most)s")
