"""What is done with a referral: it is taken in, begun, closed and reopened."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, contact, referral


@transaction
def refer(
    *,
    referral_id: UUID,
    holding_id: UUID,
    person_id: UUID | None,
    contact_id: UUID | None,
    needs: Sequence[str],
    request: str,
    words: str,
    by: Viewer,
    at: datetime,
) -> None:
    """Take a request for help in, from any door; this team and member hold it from now."""
    access.need(by, "referral.refer", at=at)
    team = records.own_team(by)
    if person_id is not None:
        standing.need_person(person_id, by=by, at=at)
    if contact_id is not None:
        standing.need_contact(contact_id, by=by, at=at)
        # Who finds out meanwhile whom the contact was about finds this referral too.
        person_id = contact.whom(store.steady(CONTACTS, contact_id), person_id=person_id)
    steps = referral.refer(
        referral_id=referral_id,
        holding_id=holding_id,
        person_id=person_id,
        contact_id=contact_id,
        team_id=team.id,
        member_id=by.member_id,
        needs=needs,
        request=request,
        words=words,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def begin(*, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Say that help has begun: the holding team has been in touch with the person."""
    held = records.hold(referral_id, seen=seen)
    access.need(by, "referral.begin", at=at, team_id=held.holding.team_id, team="the team that holds this")
    store.save([referral.begin(held.referral, at=at)], by=by, at=at)


@transaction
def close(
    *, referral_id: UUID, outcome: str, told: str, told_by: str, by: Viewer, at: datetime, seen: int
) -> None:
    """End a referral with its outcome and what the person was told; the holding ends with it."""
    held = records.hold(referral_id, seen=seen)
    access.need(by, "referral.close", at=at, team_id=held.holding.team_id, team="the team that holds this")
    records.need_nothing_running(referral_id)
    steps = referral.close(
        held.referral,
        held=held.holding,
        offer_waits=held.live_offer,
        open_promises=records.open_promises(referral_id=referral_id),
        outcome=outcome,
        told=told,
        told_by=told_by,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def reopen(*, referral_id: UUID, holding_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None:
    """Take a closed referral up again; this team and member hold it from now."""
    access.need(by, "referral.reopen", at=at)
    team = records.own_team(by)
    standing.need_referral(referral_id, by=by, at=at)
    closed = store.lock(REFERRALS, referral_id, seen=seen)
    steps = referral.reopen(
        closed, holding_id=holding_id, team_id=team.id, member_id=by.member_id, why=why, at=at
    )
    store.save(steps, by=by, at=at)
