"""
Decisions that somebody else is to look at again, and what came of it: as the second wall shows them, which is
those about people in whose care the viewer's own agency has or had a part.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.data.guidance.facts import RATINGS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import referral_record, scope
from nowrongdoor.reading.columns import under
from nowrongdoor.reading.referral_record import About
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import consistency
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.consistency import OF, SecondRating
from nowrongdoor.rules.law import seeing

SHOWN = 20
MOST = 20_000


@dataclass(frozen=True)
class ToLookAt:
    """A decision to look at again; what was decided is not in it."""

    advice_id: UUID
    referral_id: UUID
    person_id: UUID | None
    decided_at: datetime


@dataclass(frozen=True)
class RatedLine:
    """One decision rated twice, and the agency it was looked at for."""

    rating: SecondRating
    agency: str


def waiting(*, viewer: Viewer, at: datetime) -> list[ToLookAt]:
    """The latest that this viewer may see and did not decide. Two statements."""
    found = _sampled(None, viewer=viewer, at=at)
    seen = scope.visible({one.referral_id: one.person_id for one in found}, viewer=viewer, at=at)
    return [one for one in found if one.referral_id in seen][:SHOWN]


def facts(referral_id: UUID, *, seen: Vantage) -> tuple[ToLookAt, About]:
    """One decision about a referral to look at again, with what was known of it. Raises `Missing`."""
    found = _sampled(referral_id, viewer=seen.viewer, at=seen.at)
    if not found:
        raise Missing(RATINGS.name)
    return found[0], referral_record.about(referral_id, seen=seen)


def rated() -> list[RatedLine]:
    """The latest decisions that were rated twice."""
    rows = RATINGS.model.objects.order_by("-decided_at")
    columns = (*under(RATINGS), "agency__name")
    return [RatedLine(RATINGS.of(one[:-1]), one[-1]) for one in rows.values_list(*columns)[:MOST]]


def _sampled(referral_id: UUID | None, *, viewer: Viewer, at: datetime) -> list[ToLookAt]:
    asked = {
        "of": OF,
        "share": seeing.most("rated_per_thousand", at=at),
        "member": viewer.member_id,
        "referral": referral_id,
        "most": SHOWN * 10,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAMPLED, asked)
        found = [ToLookAt(*row) for row in cursor.fetchall()]
    return [one for one in found if consistency.is_sampled(one.advice_id, decided_at=one.decided_at)]


# The same number as `rules.consistency.place_of` works out; a test holds the two equal.
SAMPLED = """
    SELECT a.id, a.referral_id, r.person_id, a.decided_at
    FROM guidance_advice a
    JOIN referrals_referral r ON r.id = a.referral_id
    WHERE NOT a.is_beside
      AND a.decided_by_id <> %(member)s
      AND (%(referral)s::uuid IS NULL OR a.referral_id = %(referral)s)
      AND ('x' || lpad(substr(md5(a.id::text), 1, 7), 8, '0'))::bit(32)::int %% %(of)s < %(share)s
      AND NOT EXISTS (SELECT FROM guidance_secondrating s WHERE s.advice_id = a.id)
    ORDER BY a.decided_at DESC
    LIMIT %(most)s
"""
