"""
What a viewer may see, asked of PostgreSQL: the query twin of `rules.access`.

A part counts while it lasts, and for a while after where its kind says so. Each question is a condition
on a row that leads to a person, a referral or a contact; a parity test holds it equal to the rule over
generated worlds, viewers and instants.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from nowrongdoor.data.participations.models import Participation as PartRow
from nowrongdoor.rules import access
from nowrongdoor.rules.access import AFTERWARDS, CLOSE, NOW, UNSEALS, Relationship, Viewer
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach

NOBODY = Q(pk__in=[])


def parts_of(viewer: Viewer, **about: Any) -> QuerySet[PartRow]:
    """Every part of the viewer's agency, and of the viewer, past ones too: what a `Standing` is made of."""
    return PartRow.objects.filter(agency_id=viewer.agency_id, **about)


def ties(viewer: Viewer, *, at: datetime, among: frozenset[Relationship] | None = None) -> Q:
    """The parts that tie the viewer to someone at this instant: by any tie, or by one of these."""
    fits = access.sees(viewer, at=at)
    if fits is None or fits.reach is Reach.NOBODY:
        return NOBODY
    of_team = Q(agency_id=viewer.agency_id) & Q(member_id=None)
    if fits.reach is Reach.TEAM:
        of_team &= Q(team_id=viewer.team_id)
    own = of_team | Q(agency_id=viewer.agency_id, member_id=viewer.member_id)
    return own & Q(purpose__in=["", *access.purposes(viewer, at=at)]) & _counts(at, among)


def _counts(at: datetime, among: frozenset[Relationship] | None) -> Q:
    now = [part for part, tie in NOW.items() if among is None or tie in among]
    counts = Q(part__in=now, from_at__lte=at) & lasts(at)
    if among is None or Relationship.LATELY in among:
        for code in sorted(set(AFTERWARDS.values())):
            kinds = [part for part, after in AFTERWARDS.items() if after == code]
            counts |= Q(part__in=kinds, until_at__lte=at, until_at__gt=at - seeing.lasts(code, at=at))
    return counts


def lasts(at: datetime) -> Q:
    """The part has begun and is not over."""
    return Q(from_at__lte=at) & (Q(until_at=None) | Q(until_at__gt=at))


def tied(
    viewer: Viewer, *, at: datetime, among: frozenset[Relationship] | None = None, **about: str
) -> Exists:
    """
    The viewer has a tie to the row of an outer query: `tied(viewer, at=at, person_id="pk")`.

    `about` says which column of a part leads to which column of that row.
    """
    same = {column: OuterRef(outer) for column, outer in about.items()}
    return Exists(PartRow.objects.filter(ties(viewer, at=at, among=among), **same))


# The same, as a piece of a larger statement over participations `p`; what it asks for is in `tie_params`.
TIE = """
    p.agency_id = %(own_agency)s AND p.purpose = ANY(%(own_purposes)s)
    AND (p.member_id = %(own_member)s
         OR (p.member_id IS NULL AND (%(own_reach)s = 'agency' OR p.team_id = %(own_team)s)))
    AND ((p.part = ANY(%(ties_now)s) AND p.from_at <= %(seen_at)s
          AND (p.until_at IS NULL OR p.until_at > %(seen_at)s))
         OR (p.part = ANY(%(ties_after)s) AND p.until_at <= %(seen_at)s AND p.until_at > %(after_from)s)
         OR (p.part = ANY(%(ties_asked)s) AND p.until_at <= %(seen_at)s AND p.until_at > %(asked_from)s))
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
        "own_reach": fits.reach if fits else Reach.NOBODY,
        "own_purposes": ["", *sorted(access.purposes(viewer, at=at))],
        "ties_now": [part for part, tie in NOW.items() if counts and tie in among],
        "ties_after": [part for part, code in AFTERWARDS.items() if after and code == "lately"],
        "ties_asked": [part for part, code in AFTERWARDS.items() if after and code == "lately_asked"],
        "after_from": at - seeing.lasts("lately", at=at),
        "asked_from": at - seeing.lasts("lately_asked", at=at),
        "seen_at": at,
    }


__all__ = ["CLOSE", "TIE", "UNSEALS", "lasts", "parts_of", "tie_params", "tied", "ties"]
