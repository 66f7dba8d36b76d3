"""
Who looked at one person, latest first, fifty at a time: for whoever may know, and for the person.

Looks at a sealed item are left out for whoever may not know that it is there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.reading.looks import SHOWN, LookBookmark
from nowrongdoor.reading.seal_lines import kept_from
from nowrongdoor.reading.standing import Vantage


@dataclass(frozen=True)
class PersonLook:
    """One page that showed this person to a member: as what, for what, by which tie, and what of them."""

    id: UUID
    looked_at: datetime
    member_name: str
    team_name: str
    agency_name: str
    role: str
    purpose: str
    relationship: str
    elements: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class PersonLooks:
    lines: tuple[PersonLook, ...]
    next: LookBookmark | None


def of(
    person_id: UUID, *, seen: Vantage, before: LookBookmark | None = None, most: int = SHOWN
) -> PersonLooks:
    """A page of who looked at this person. One statement."""
    values = {
        "person": person_id,
        "kept": [one for one in kept_from(seen) if one],
        "before_at": before.looked_at if before else None,
        "before_id": before.look_id if before else None,
        "most": most + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, values)
        found = [PersonLook(*row[:8], tuple(row[8]), row[9]) for row in cursor.fetchall()]
    last = found[most - 1] if len(found) > most else None
    return PersonLooks(tuple(found[:most]), LookBookmark(last.looked_at, last.id) if last else None)


LOOKS = """
    SELECT l.id, l.looked_at, l.member_name, l.team_name, coalesce(a.name, ''), l.role, l.purpose,
        l.relationship, l.elements, l.page
    FROM access_log_look l LEFT JOIN agencies_agency a ON a.id = l.agency_id
    WHERE l.person_id = %(person)s
        AND (l.referral_id IS NULL OR l.referral_id <> ALL(%(kept)s::uuid[]))
        AND (l.contact_id IS NULL OR l.contact_id <> ALL(%(kept)s::uuid[]))
        AND (%(before_at)s::timestamptz IS NULL
            OR (l.looked_at, l.id) < (%(before_at)s, %(before_id)s::uuid))
    ORDER BY l.looked_at DESC, l.id DESC LIMIT %(most)s
"""
