"""An invented case is rated by one of many, to see how far those who decide agree."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.guidance.facts import VIGNETTE_RATINGS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, vignettes
from nowrongdoor.rules.change import AlreadyRecorded


@transaction
def rate(*, rating_id: UUID, vignette: str, urgency: str, by: Viewer, at: datetime) -> None:
    """How soon this member would respond to a version of an invented case; it is for themself to see."""
    access.need(by, "rating.give", at=at)
    records.own_team(by)
    if store.find(VIGNETTE_RATINGS, id=rating_id):
        raise AlreadyRecorded(rating_id)
    step = vignettes.rate(
        vignette,
        earlier=store.find(VIGNETTE_RATINGS, vignette=vignette, rated_by_id=by.member_id),
        rating_id=rating_id,
        urgency=urgency,
        by=by.member_id,
        at=at,
    )
    store.save([step], by=by, at=at)
