"""
Disagreements with the police and their reviews: of one referral with all that was found, and all that still
wait, at which level each. The list shows nobody, and only what this viewer may open.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.police.facts import POLICE_REVIEWS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import police_review
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.police_review import PoliceReview, Waits

MOST = 200


@dataclass(frozen=True)
class ReviewedLine:
    """What one review found, and who recorded it."""

    review: PoliceReview
    reviewed_by: str


@dataclass(frozen=True)
class WaitingLine:
    """A disagreement that waits for its review."""

    disputed_at: datetime
    force: str
    category: str
    waits: Waits
    team: str
    referral_id: UUID


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
        if sight is None:
            continue  # nor that there is one: what is sealed from somebody is told by no list
        stands = police_review.waits(one.disputed_at, one.found(), at=at)
        if stands is not None:
            about = (one.disputed_at, one.force, one.category)
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


@dataclass(frozen=True)
class _Disputed:
    decision_id: UUID
    referral_id: UUID
    person_id: UUID | None
    disputed_at: datetime
    force: str
    category: str
    team: str
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
        coalesce((SELECT json_agg(json_build_object('level', v.level, 'finding', v.finding,
                    'change', v.change, 'change_by', v.change_by, 'change_on', v.change_on)
                    ORDER BY v.reviewed_at)
                  FROM police_policereview v WHERE v.decision_id = d.id), '[]')
    FROM police_policedecision d JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
    LEFT JOIN agencies_team t ON t.id = h.team_id
    WHERE d.disputed_at IS NOT NULL
    ORDER BY d.disputed_at DESC, d.id LIMIT %(most)s
"""
