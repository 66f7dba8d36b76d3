"""
Disagreements with the police and their reviews: of one referral with all that was found, and all that still
wait, at which level each. The list shows nobody, and only what this viewer may open.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.police.facts import POLICE, POLICE_REVIEWS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import police_review
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.police_review import PoliceReview, Waits

MOST = 200


@dataclass(frozen=True)
class ReviewedLine:
    """What one review found, and who recorded it."""

    review: PoliceReview
    reviewed_by: str


@dataclass(frozen=True)
class WaitingLine:
    """
    A disagreement that waits for its review. Of one that this agency owes and may no longer look at, nothing
    is told but that: no force, no kind of call, no team, and no `referral_id`.
    """

    decision_id: UUID
    disputed_at: datetime
    force: str
    category: str
    waits: Waits
    team: str
    referral_id: UUID | None


@dataclass(frozen=True)
class Owed:
    """A disagreement whose review this viewer's agency owes, told of nobody; `version` is of its decision."""

    decision_id: UUID
    version: int
    disputed_at: datetime
    waits: Waits


@dataclass(frozen=True)
class ChangeLine:
    """What a review said changes, by whom and by which day."""

    level: str
    change: str
    change_by: str
    change_on: date
    force: str


@dataclass(frozen=True)
class Listed:
    waiting: tuple[WaitingLine, ...]
    changes: tuple[ChangeLine, ...]
    more: bool


def of(referral_id: UUID, *, seen: Vantage) -> dict[UUID, tuple[ReviewedLine, ...]]:
    """Every review about a referral, by the decision it is of, the first level first. One statement."""
    sight = seen.of_item(referral_id=referral_id)
    if not sight.shows(Element.RESPONSE):
        return {}
    rows = POLICE_REVIEWS.model.objects.filter(referral_id=referral_id).order_by("reviewed_at", "pk")
    found: dict[UUID, tuple[ReviewedLine, ...]] = {}
    for values in rows.values_list(*under(POLICE_REVIEWS), "reviewed_by__name"):
        cells = Cells(values)
        one = ReviewedLine(cells.facts(POLICE_REVIEWS), cells.take() or "")
        if not sight.shows(Element.STORY):
            one = replace(one, review=replace(one.review, learned="", change=""))
        found[one.review.decision_id] = (*found.get(one.review.decision_id, ()), one)
    return found


def listed(*, viewer: Viewer, at: datetime) -> Listed:
    """
    All disagreements that this viewer may know of and that wait for a review, soonest due first; and what is
    to change, of those where they may read it. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(DISPUTED, {"most": MOST + 1})
        rows = [_Disputed(*row) for row in cursor.fetchall()]
    sights = scope.sights({one.referral_id: one.person_id for one in rows}, viewer=viewer, at=at)
    waiting, changes = [], []
    for one in rows[:MOST]:
        sight = sights.get(one.referral_id)
        stands = police_review.waits(one.disputed_at, one.found(), at=at)
        if sight is None:
            # What is sealed from somebody is told by no list; that their agency owes a review is of nobody.
            if stands is not None and one.owed_by == viewer.agency_id:
                waiting.append(WaitingLine(one.decision_id, one.disputed_at, "", "", stands, "", None))
            continue
        if stands is not None:
            about = (one.decision_id, one.disputed_at, one.force, one.category)
            waiting.append(WaitingLine(*about, stands, one.team, one.referral_id))
        if sight.shows(Element.STORY):
            changes += [
                ChangeLine(
                    each["level"], each["change"], each["change_by"],
                    date.fromisoformat(each["change_on"]), one.force,
                )
                for each in one.reviews if each["change"]
            ]  # fmt: skip
    return Listed(
        tuple(sorted(waiting, key=lambda one: one.waits.due_at)),
        tuple(sorted(changes, key=lambda one: one.change_on, reverse=True)),
        len(rows) > MOST,
    )


def owed(decision_id: UUID, *, viewer: Viewer, at: datetime) -> Owed:
    """
    A disagreement that this viewer's agency owes a review of. One statement. Raises `Missing` where there is
    none, and just so where another agency owes it or a review has ended it.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWED, {"decision": decision_id, "agency": viewer.agency_id})
        row = cursor.fetchone()
    if row is None:
        raise Missing(POLICE.name)
    one = _Disputed(*row[1:])
    stands = police_review.waits(one.disputed_at, one.found(), at=at)
    if stands is None:
        raise Missing(POLICE.name)
    return Owed(one.decision_id, row[0], one.disputed_at, stands)


@dataclass(frozen=True)
class _Disputed:
    decision_id: UUID
    referral_id: UUID
    person_id: UUID | None
    disputed_at: datetime
    force: str
    category: str
    team: str
    owed_by: UUID | None
    reviews: list[dict[str, Any]]

    def found(self) -> list[PoliceReview]:
        """The reviews as the rule asks for them: which level, and what followed."""
        return [
            PoliceReview(
                self.decision_id, self.decision_id, self.referral_id, each["level"], "", "", each["finding"],
                "", "", None, self.disputed_at, self.decision_id,
            )
            for each in self.reviews
        ]  # fmt: skip


DISPUTED = """
    SELECT d.id, d.referral_id, r.person_id, d.disputed_at, d.force, d.category, coalesce(t.name, ''),
        c.agency_id, coalesce((SELECT json_agg(json_build_object('level', v.level, 'finding', v.finding,
                    'change', v.change, 'change_by', v.change_by, 'change_on', v.change_on)
                    ORDER BY v.reviewed_at)
                  FROM police_policereview v WHERE v.decision_id = d.id), '[]')
    FROM police_policedecision d JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
    LEFT JOIN agencies_team t ON t.id = h.team_id
    LEFT JOIN clocks_clock c ON c.id = d.id AND c.is_running
    WHERE d.disputed_at IS NOT NULL
    ORDER BY d.disputed_at DESC, d.id LIMIT %(most)s
"""
OWED = """
    SELECT d.version, d.id, d.referral_id, NULL::uuid, d.disputed_at, '', '', '', c.agency_id,
        coalesce((SELECT json_agg(json_build_object('level', v.level, 'finding', v.finding))
                  FROM police_policereview v WHERE v.decision_id = d.id), '[]')
    FROM clocks_clock c JOIN police_policedecision d ON d.id = c.id
    WHERE c.id = %(decision)s AND c.agency_id = %(agency)s AND c.is_running AND d.disputed_at IS NOT NULL
"""
