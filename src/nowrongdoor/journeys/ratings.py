"""A second look at a decision: somebody else says how soon they would respond, from the facts alone."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.guidance.facts import ADVICE, RATINGS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, consistency


@transaction
def give(*, rating_id: UUID, advice_id: UUID, urgency: str, by: Viewer, at: datetime) -> None:
    """How soon somebody else would have responded; it changes nothing about the decision."""
    access.need(by, "rating.give", at=at)
    records.own_team(by)
    decision = store.peek(ADVICE, advice_id)
    standing.need_referral(decision.referral_id, by=by, at=at)
    step = consistency.rate(
        decision,
        earlier=store.find(RATINGS, advice_id=advice_id),
        rating_id=rating_id,
        urgency=urgency,
        by=by.member_id,
        agency_id=by.agency_id,
        at=at,
    )
    store.save([step], by=by, at=at)
