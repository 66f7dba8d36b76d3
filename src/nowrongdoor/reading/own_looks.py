"""
Who looked at somebody's record, told to them: when, who, as what, why and at what, the latest first. Two
statements. What is withheld, to keep somebody safe, is withheld here and not on the page.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.reading import own_record
from nowrongdoor.reading.looks import LookBookmark
from nowrongdoor.reading.own_record import Withheld
from nowrongdoor.rules import own, permission

SHOWN = 50


@dataclass(frozen=True)
class OwnLook:
    """
    One page that showed this person. `member_name` is empty where names are withheld; where
    `is_withheld`, so are team, agency and tie: that this was shared would put someone in danger. `is_me`:
    they looked themselves.
    """

    id: UUID
    looked_at: datetime
    member_name: str
    team_name: str
    agency_name: str
    role: str
    purpose: str
    relationship: str
    elements: tuple[str, ...]
    is_me: bool = False
    is_withheld: bool = False


@dataclass(frozen=True)
class OwnLooks:
    lines: tuple[OwnLook, ...]
    next: LookBookmark | None


def of(
    person_id: UUID, *, kept: Withheld, before: LookBookmark | None = None, only: str = "", most: int = SHOWN
) -> OwnLooks:
    """A page of who looked. `only` is one tie, such as `broke_glass`."""
    values = {
        "person": person_id,
        "kept": list(kept.items),
        "only": only,
        "before_at": before.looked_at if before else None,
        "before_id": before.look_id if before else None,
        "most": most + 1,
    }
    secret = _secret_agencies(person_id, kept)
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, values)
        found = [_told(row, kept, secret) for row in cursor.fetchall()]
    last = found[most - 1] if len(found) > most else None
    return OwnLooks(tuple(found[:most]), LookBookmark(last.looked_at, last.id) if last else None)


def _told(row: tuple, kept: Withheld, secret: frozenset[UUID]) -> OwnLook:
    key, looked_at, member, team, agency, role, purpose, tie, elements, agency_id = row
    if tie == own.TIE:
        return OwnLook(key, looked_at, "", "", "", role, purpose, tie, tuple(elements), is_me=True)
    if tie == "shared" and agency_id in secret:
        return OwnLook(key, looked_at, "", "", "", "", "", "", tuple(elements), is_withheld=True)
    # A carer is somebody the person named themselves: that name is no secret of staff.
    name = "" if kept.names and tie != permission.TIE else member
    return OwnLook(key, looked_at, name, team, agency, role, purpose, tie, tuple(elements))


def _secret_agencies(person_id: UUID, kept: Withheld) -> frozenset[UUID]:
    """Agencies the record was shared with in a way the person may not know of, and in no other."""
    decided = own_record.decisions(person_id)
    told = {one.agency_id for one in decided if own.tells_of(one.decision, kept.items)}
    return frozenset({one.agency_id for one in decided} - told)


LOOKS = """
    SELECT l.id, l.looked_at, l.member_name, l.team_name, coalesce(a.name, ''), l.role, l.purpose,
        l.relationship, l.elements, l.agency_id
    FROM access_log_look l LEFT JOIN agencies_agency a ON a.id = l.agency_id
    WHERE l.person_id = %(person)s
        AND (l.referral_id IS NULL OR l.referral_id <> ALL(%(kept)s::uuid[]))
        AND (l.contact_id IS NULL OR l.contact_id <> ALL(%(kept)s::uuid[]))
        AND (%(only)s = '' OR l.relationship = %(only)s)
        AND (%(before_at)s::timestamptz IS NULL
            OR (l.looked_at, l.id) < (%(before_at)s, %(before_id)s::uuid))
    ORDER BY l.looked_at DESC, l.id DESC LIMIT %(most)s
"""
