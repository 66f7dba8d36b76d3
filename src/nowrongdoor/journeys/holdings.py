"""How a member of the holding team takes a referral on by name, and accepts what was re-homed to it."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.holdings.facts import HOLDINGS, RE_HOMINGS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, holding, re_homing


@transaction
def take(*, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Say: this one is mine. The team goes on holding; the member is named, and relieves whoever was off."""
    records.own_team(by)
    held = records.hold(referral_id)
    access.need(by, "holding.take", at=at, team_id=held.holding.team_id, team="the team that holds this")
    store.check_seen(HOLDINGS, held.holding, seen=seen)
    owed = records.open_promises(referral_id=referral_id)
    taken = holding.take(held.holding, open_promises=owed, member_id=by.member_id, at=at)
    store.save(taken, by=by, at=at)


@transaction
def accept_re_homed(*, re_homing_id: UUID, read_back: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    Take on who was re-homed to this team, and say in a line what it will do; what was owed on it is kept.

    Locks the referral with its holding, its live offer and what is owed; `seen` is the version of the
    re-homing, which changes only by this act, so that of two who accept the second is told of the first.
    """
    records.own_team(by)
    held = records.hold(store.peek(RE_HOMINGS, re_homing_id).referral_id)
    access.need(
        by,
        "holding.accept_re_homed",
        at=at,
        team_id=held.holding.team_id,
        team="the team that holds this",
    )
    moved = store.peek(RE_HOMINGS, re_homing_id)
    store.check_seen(RE_HOMINGS, moved, seen=seen)
    steps = re_homing.accept_re_homed(
        moved,
        held=held.holding,
        live_offer=held.live_offer,
        open_promises=records.open_promises(referral_id=held.referral.id),
        read_back=read_back,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)
