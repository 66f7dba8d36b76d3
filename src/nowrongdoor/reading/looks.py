"""
Who looked at whom, latest first, a page at a time: the access log as a governance lead reads it.

Each agency is read along its own index and the pages are put together, so that a busy one costs a quiet
one nothing. A page is found by the last look shown, so that new looks move nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.agencies.models import Agency as AgencyRow

SHOWN = 50
# The tie of whoever looks into how others looked: it shows a name, and opens no record.
REVIEWING = "reviewing"


@dataclass(frozen=True)
class LookBookmark:
    """Where a page ends: the next one begins with what came before this."""

    looked_at: datetime
    look_id: UUID


@dataclass(frozen=True)
class Sought:
    """What is asked of the log; empty asks for everything of the agencies one looks after."""

    member_id: UUID | None = None
    person_id: UUID | None = None
    agency_id: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True)
class LookLine:
    """One look, with the name of whoever was looked at."""

    id: UUID
    looked_at: datetime
    member_id: UUID
    member_name: str
    team_name: str
    agency_name: str
    role: str
    purpose: str
    relationship: str
    person_id: UUID | None
    elements: tuple[str, ...]
    page: str
    family_name: str
    given_names: str


@dataclass(frozen=True)
class LookPage:
    """At most fifty looks, and where the next page begins."""

    lines: tuple[LookLine, ...]
    next: LookBookmark | None


def page(
    sought: Sought, *, agencies: Sequence[UUID], before: LookBookmark | None = None, most: int = SHOWN
) -> LookPage:
    """A page of the log of these agencies. One statement."""
    asked = [one for one in agencies if sought.agency_id in (None, one)]
    values: dict[str, Any] = {
        "agencies": asked,
        "member": sought.member_id,
        "person": sought.person_id,
        "from": sought.from_at,
        "until": sought.until_at,
        "before_at": before.looked_at if before else None,
        "before_id": before.look_id if before else None,
        "most": most + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOG, values)
        found = [LookLine(*row[:10], tuple(row[10]), *row[11:]) for row in cursor.fetchall()]
    last = found[most - 1] if len(found) > most else None
    return LookPage(tuple(found[:most]), LookBookmark(last.looked_at, last.id) if last else None)


def members(agencies: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Those who work or worked for these agencies, by name."""
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"agencies": list(agencies)})
        return list(cursor.fetchall())


def agency_names(agencies: Sequence[UUID]) -> list[tuple[UUID, str]]:
    return list(AgencyRow.objects.filter(pk__in=agencies).order_by("name").values_list("pk", "name"))


LOG = """
    SELECT l.id, l.looked_at, l.member_id, l.member_name, l.team_name, a.name, l.role, l.purpose,
        l.relationship, l.person_id, l.elements, l.page,
        coalesce(p.family_name, ''), coalesce(p.given_names, '')
    FROM unnest(%(agencies)s::uuid[]) AS of(agency_id)
    JOIN agencies_agency a ON a.id = of.agency_id
    CROSS JOIN LATERAL (
        SELECT k.* FROM access_log_look k
        WHERE k.agency_id = of.agency_id
            AND (%(member)s::uuid IS NULL OR k.member_id = %(member)s)
            AND (%(person)s::uuid IS NULL OR k.person_id = %(person)s)
            AND (%(from)s::timestamptz IS NULL OR k.looked_at >= %(from)s)
            AND (%(until)s::timestamptz IS NULL OR k.looked_at < %(until)s)
            AND (%(before_at)s::timestamptz IS NULL
                OR (k.looked_at, k.id) < (%(before_at)s, %(before_id)s::uuid))
        ORDER BY k.looked_at DESC, k.id DESC LIMIT %(most)s) l
    LEFT JOIN people_person p ON p.id = l.person_id
    ORDER BY l.looked_at DESC, l.id DESC LIMIT %(most)s
"""
MEMBERS = """
    SELECT DISTINCT m.id, m.name FROM agencies_member m
    JOIN agencies_membership w ON w.member_id = m.id JOIN agencies_team t ON t.id = w.team_id
    WHERE t.agency_id = ANY(%(agencies)s) ORDER BY m.name, m.id
"""
