"""What a triage clinician decides about a referral their team holds."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import access_stages, advised, records, shared
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, stage, triage
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.words import PromiseKind


@transaction
def accept_here(*, referral_id: UUID, decision: Decision, by: Viewer, at: datetime, seen: int) -> None:
    """Keep the referral for this team, with its response time; the one who decides is named."""
    held = _to_decide(referral_id, by=by, at=at, seen=seen)
    stages = access_stages.held(referral_id)
    steps = triage.accept_here(
        held.referral,
        held=held.holding,
        live_offer=held.live_offer,
        open_promises=records.open_promises(referral_id=referral_id),
        decision=decision,
        discipline=_discipline(by),
        by=by.member_id,
        at=at,
    )
    awaited = access_stages.decided(steps, stages=stages, team_id=by.team_id, by=by, at=at)
    advice = advised.stored(steps, decision=decision, by=by, at=at)
    store.save([*steps, *awaited, *advice], by=by, at=at)


@transaction
def hand_on(
    *,
    referral_id: UUID,
    decision: Decision,
    handover_id: UUID,
    to_team_id: UUID,
    message: Message,
    service_id: UUID | None = None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    Decide the response time and offer the referral to the team that should respond, perhaps for one service.

    To a team of another agency the offer is itself a decision to share.
    """
    _, to = records.own_team_and(to_team_id, by=by)
    held, hop = records.hold_to_offer(referral_id, seen=seen)
    _decided_by(held, by=by, at=at)
    steps = triage.hand_on(
        held.referral,
        held=held.holding,
        live_offer=held.live_offer,
        decision=decision,
        discipline=_discipline(by),
        handover_id=handover_id,
        to=to,
        message=message,
        hop=hop,
        service=shared.service_named(service_id),
        by=by.member_id,
        at=at,
    )
    about = {"person_id": held.referral.person_id, "giver_agency_id": by.agency_id, "to": to}
    made = shared.offer_in(steps)
    stages = access_stages.held(referral_id)
    awaited = (
        *access_stages.decided(steps, stages=stages, team_id=to_team_id, by=by, at=at),
        stage.offered(made, at=at),
    )
    advice = advised.stored(steps, decision=decision, by=by, at=at)
    decided = shared.with_offer(made, **about, by=by, at=at)
    store.save([*steps, *awaited, *advice, *decided], by=by, at=at)


@transaction
def ask(
    *,
    referral_id: UUID,
    promise_id: UUID,
    asked_of: str,
    words: str,
    due_at: datetime | None,
    waits_for: str = PromiseKind.INFORMATION,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Wait for what must be known first, or for the person, until when; the response clock runs on."""
    held = _to_decide(referral_id, by=by, at=at, seen=seen)
    steps = triage.ask(
        held.referral,
        held=held.holding,
        promise_id=promise_id,
        asked_of=asked_of,
        words=words,
        due_at=due_at,
        waits_for=waits_for,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def advise(
    *,
    referral_id: UUID,
    decision: Decision,
    told: str,
    told_by: str,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Close the referral with the advice that was given."""
    held = _to_decide(referral_id, by=by, at=at, seen=seen)
    records.need_nothing_running(referral_id)
    steps = triage.advise(
        held.referral,
        held=held.holding,
        live_offer=held.live_offer,
        open_promises=records.open_promises(referral_id=referral_id),
        decision=decision,
        discipline=_discipline(by),
        told=told,
        told_by=told_by,
        by=by.member_id,
        at=at,
    )
    advice = advised.stored(steps, decision=decision, by=by, at=at)
    store.save([*steps, *advice], by=by, at=at)


@transaction
def duplicate_of(
    *,
    referral_id: UUID,
    other_id: UUID,
    told: str,
    told_by: str,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Close the referral into an open one about the same person, which goes on being held."""
    records.own_team(by)
    # Both are held, lower key first, so that two people closing each into the other cannot both win.
    both = {one.id: one for one in store.lock_where(REFERRALS, id__in=[referral_id, other_id])}
    held = _decided_by(records.hold(referral_id, seen=seen), by=by, at=at)
    if other_id not in both:
        raise Missing(REFERRALS.name)
    records.need_nothing_running(referral_id)
    steps = triage.duplicate_of(
        held.referral,
        other=both[other_id],
        held=held.holding,
        live_offer=held.live_offer,
        open_promises=records.open_promises(referral_id=referral_id),
        told=told,
        told_by=told_by,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


def _to_decide(referral_id: UUID, *, by: Viewer, at: datetime, seen: int) -> Held:
    records.own_team(by)
    return _decided_by(records.hold(referral_id, seen=seen), by=by, at=at)


def _decided_by(held: Held, *, by: Viewer, at: datetime) -> Held:
    access.need(by, "triage.decide", at=at, team_id=held.holding.team_id, team="the team that holds this")
    return held


def _discipline(by: Viewer) -> str:
    """In which discipline the decision is made: that of the member, as it is recorded now."""
    return store.peek(MEMBERS, by.member_id).discipline
