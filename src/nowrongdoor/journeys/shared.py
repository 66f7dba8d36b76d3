"""
What an act that makes or ends an offer also decides: whether a team of another agency may know.

Nothing is read where an offer stays within one agency.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.sharing.facts import DECISIONS
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import attachment, handover, sharing, stage
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.sharing import SharingDecision


@transaction_required
def offering(
    held: Held,
    *,
    hop: int,
    handover_id: UUID,
    to: Team,
    message: Message,
    attachments: Sequence[NewFile] = (),
    service: Service | None = None,
    by: Viewer,
    at: datetime,
) -> Steps:
    """What is true once it is offered, whichever way the holder came to offer it."""
    offered = handover.offer(
        held.referral,
        held=held.holding,
        live_offer=held.live_offer,
        handover_id=handover_id,
        to=to,
        message=message,
        hop=hop,
        service=service,
        by=by.member_id,
        at=at,
    )
    made: Handover = offered.change.after
    attached = attachment.attach(made, files=attachments, at=at)
    about = {"person_id": held.referral.person_id, "giver_agency_id": by.agency_id, "to": to}
    decided = with_offer(made, **about, by=by, at=at)
    return (offered, *attached, stage.offered(made, at=at), *decided)


@transaction_required
def service_named(service_id: UUID | None) -> Service | None:
    """The service an offer says it is for. One statement, or none where it says none."""
    return store.peek(SERVICES, service_id) if service_id else None


@transaction_required
def with_offer(
    offered: Handover, *, person_id: UUID | None, giver_agency_id: UUID, to: Team, by: Viewer, at: datetime
) -> Steps:
    """The decision to share that comes with an offer to a team of another agency, if it decides anything."""
    if to.agency_id == giver_agency_id:
        return ()
    return sharing.with_offer(
        offered,
        person_id=person_id,
        giver_agency_id=giver_agency_id,
        to=to,
        purpose=usual_purpose(to, at=at),
        standing=standing(person_id=person_id, referral_id=offered.referral_id, to_team_id=to.id),
        by=by.member_id,
        by_agency_id=by.agency_id,
        at=at,
    )


@transaction_required
def end_with(offered: Handover, *, by: Viewer, at: datetime) -> Steps:
    """What this offer decided to share ends with it; what was decided otherwise stands."""
    decided = store.lock_where(
        DECISIONS, referral_id=offered.referral_id, handover_id=offered.id, withdrawn_at=None
    )
    return sharing.end_with_offer(decided, by=by.member_id, at=at)


@transaction_required
def standing(
    *, person_id: UUID | None, referral_id: UUID | None = None, to_team_id: UUID
) -> list[SharingDecision]:
    """What was decided to share with a team and still stands, about a person or one of their referrals."""
    about = {"person_id": person_id, "referral_id": referral_id}
    return [
        one
        for column, key in about.items()
        if key is not None
        for one in store.find(DECISIONS, **{column: key}, to_team_id=to_team_id, withdrawn_at=None)
    ]


@transaction_required
def usual_purpose(to: Team, *, at: datetime) -> str:
    """What the agency of a team is usually told things for."""
    return sharing.usual_purpose(store.peek(AGENCIES, to.agency_id).kind, at=at)


def offer_in(steps: Sequence[Step]) -> Handover:
    """The offer that an act makes, among everything it does."""
    return next(
        step.change.after for step in steps if step.before is None and isinstance(step.change.after, Handover)
    )
