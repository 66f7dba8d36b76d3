"""
What a viewer may see, asked of PostgreSQL: the query twin of `rules.access`.

A part counts while it lasts, and for a while after where its kind says so. A parity test holds it equal to
the rule over generated worlds, viewers and instants.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.rules import access
from nowrongdoor.rules.access import AFTERWARDS, CLOSE, NOW, UNSEALS, Relationship, Viewer
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach

ANY_TIE = frozenset(Relationship) - {Relationship.NONE}

# What ties a viewer, as a piece of a statement over participations `p`; what it asks for is in `tie_params`.
TIE = """
    p.agency_id = %(own_agency)s AND p.purpose = ANY(%(own_purposes)s)
    AND (p.member_id = %(own_member)s
         OR (p.member_id IS NULL AND (%(own_reach)s = 'agency' OR p.team_id = %(own_team)s)))
    AND ((CASE WHEN p.part = 'shared' AND p.purpose = '' AND p.referral_id IS NULL THEN %(ties_safe)s
               ELSE p.part = ANY(%(ties_now)s) END AND p.from_at <= %(seen_at)s
          AND (p.until_at IS NULL OR p.until_at > %(seen_at)s))
         OR (p.part = ANY(%(ties_after)s) AND p.until_at <= %(seen_at)s AND p.until_at > %(after_from)s)
         OR (p.part = ANY(%(ties_asked)s) AND p.until_at <= %(seen_at)s AND p.until_at > %(asked_from)s))
"""
# Whether a part `p` that ties the viewer stands before a seal `s`: of a seal against them or their agency
# only what their own team is answerable for now, and nothing where another agency lent them (`gives_way`).
STANDS_BEFORE = """
    (p.team_id = %(own_team)s AND p.part = ANY(%(ties_close)s) AND p.from_at <= %(seen_at)s
         AND (p.until_at IS NULL OR p.until_at > %(seen_at)s)
     OR NOT seal_is_against(s.id, %(own_agency)s, %(own_member)s))
"""


def tie_params(viewer: Viewer, *, at: datetime, among: frozenset[Relationship] = UNSEALS) -> dict[str, Any]:
    """What `TIE` asks for: this viewer's ties of these kinds at this instant. No kind at all for nobody."""
    fits = access.sees(viewer, at=at)
    counts = fits is not None and fits.reach is not Reach.NOBODY
    after = counts and Relationship.LATELY in among
    return {
        "own_agency": viewer.agency_id,
        "own_team": viewer.team_id,
        "own_member": viewer.member_id,
        "is_lent": viewer.lent_by_agency_id is not None,
        "own_reach": fits.reach if fits else Reach.NOBODY,
        "own_purposes": ["", *sorted(access.purposes(viewer, at=at))],
        "ties_now": [part for part, tie in NOW.items() if counts and tie in among],
        "ties_close": [
            part for part, tie in NOW.items() if counts and tie in CLOSE and viewer.lent_by_agency_id is None
        ],
        "ties_safe": counts and Relationship.TOLD_TO_KEEP_SAFE in among,
        "ties_after": [part for part, code in AFTERWARDS.items() if after and code == "lately"],
        "ties_asked": [part for part, code in AFTERWARDS.items() if after and code == "lately_asked"],
        "after_from": at - seeing.lasts("lately", at=at),
        "asked_from": at - seeing.lasts("lately_asked", at=at),
        "seen_at": at,
    }


def tied_to(
    people: Iterable[UUID],
    *,
    viewer: Viewer,
    at: datetime,
    among: frozenset[Relationship] = ANY_TIE,
    own_team: bool = False,
) -> frozenset[UUID]:
    """Of these people, those to whom the viewer has one of these ties; with `own_team`, by their own team."""
    asked = {**tie_params(viewer, at=at, among=among), "people": list(people), "own_team_only": own_team}
    with connection.cursor() as cursor:
        cursor.execute(TIED.format(tie=sql.SQL(TIE)), asked)
        return frozenset(key for (key,) in cursor.fetchall())


TIED = sql.SQL("""
    SELECT DISTINCT p.person_id FROM participations_participation p
    WHERE p.person_id = ANY(%(people)s) AND (NOT %(own_team_only)s OR p.team_id = %(own_team)s) AND {tie}
""")
__all__ = [
    "ANY_TIE",
    "CLOSE",
    "STANDS_BEFORE",
    "TIE",
    "UNSEALS",
    "tie_params",
    "tied_to",
]
