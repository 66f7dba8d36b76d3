"""How a member of the holding team takes a referral on by name."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, holding


@transaction
def take(*, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Say: this one is mine. The team goes on holding; the member is named."""
    records.own_team(by)
    held = records.hold(referral_id)
    access.need(by, "holding.take", at=at, team_id=held.holding.team_id, team="the team that holds this")
    store.check_seen(HOLDINGS, held.holding, seen=seen)
    store.save([holding.take(held.holding, member_id=by.member_id, at=at)], by=by, at=at)
