"""How answerability changes hands: offered, accepted, returned with the next team named, withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.handovers.facts import CHASES, HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.stages.facts import STAGES
from nowrongdoor.journeys import police, records, shared
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, alarm, answer_link, handover, short_intervention, stage
from nowrongdoor.rules import chase as chasing
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.words import HandoverState


@transaction
def offer(
    *,
    referral_id: UUID,
    handover_id: UUID,
    to_team_id: UUID,
    message: Message,
    attachments: Sequence[NewFile] = (),
    service_id: UUID | None = None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    Offer a referral this team holds to another team, perhaps for one of its services; this team holds it
    until they accept.

    Its files are part of it: all are recorded with it, or nothing is. To a team of another agency it is
    itself a decision to share.
    """
    to = store.steady(TEAMS, to_team_id)
    held, hop = records.hold_to_offer(referral_id, seen=seen)
    access.need(by, "handover.offer", at=at, team_id=held.holding.team_id, team="the team that holds this")
    said = {"handover_id": handover_id, "to": to, "message": message, "attachments": attachments}
    said["service"] = shared.service_named(service_id)
    store.save(shared.offering(held, hop=hop, **said, by=by, at=at), by=by, at=at)


@transaction
def accept(
    *,
    handover_id: UUID,
    read_back: str,
    holding_id: UUID,
    agreed_at: datetime | None = None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    The receiver takes the person on: the giver is released, the holding changes hands. Where they said yes on
    paper and it is keyed in now, `agreed_at` is when.

    A re-homing the giver had not accepted is answered by it, and so is that nobody asked could take them on
    or be reached: what it owed on that is kept. A short intervention of the giver ends with it.
    """
    records.own_team(by)
    held, offered = hold_offered(handover_id, seen=seen)
    said = {"read_back": read_back, "holding_id": holding_id, "agreed_at": agreed_at}
    store.save(accepting(held, offered, **said, by=by, at=at), by=by, at=at)


@transaction_required
def accepting(
    held: Held,
    offered: Handover,
    *,
    read_back: str,
    holding_id: UUID,
    by: Viewer,
    at: datetime,
    agreed_at: datetime | None = None,
) -> Steps:
    """What is true once they accept, whichever way they came to answer."""
    access.need(
        by, "handover.accept", at=at, team_id=offered.receiver_team_id, team="the team that was asked"
    )
    stages = store.lock_where(STAGES, referral_id=held.referral.id)
    decided = store.lock_where(POLICE, referral_id=held.referral.id)
    owed = records.open_promises(referral_id=held.referral.id)
    steps = handover.accept(
        offered,
        referral=held.referral,
        held=held.holding,
        open_promises=owed,
        read_back=read_back,
        holding_id=holding_id,
        by=by.member_id,
        at=at,
    )
    raised = alarm.after_acceptance(
        held.referral,
        accepted=offered,
        before=store.find(HOLDINGS, referral_id=held.referral.id, team_id=offered.receiver_team_id),
        elsewhere=records.elsewhere(held.referral),
        open_promises=owed,
        at=at,
    )
    awaited = stage.accepted(offered, referral=held.referral, at=at, agreed_at=agreed_at)
    ended = short_intervention.handed_over(stages, referral=held.referral, by=by.member_id, at=at)
    told = police.with_acceptance(steps, decided, owed, by=by, at=at)
    return (*steps, awaited, *ended, *raised, *told)


@transaction
def send_back(
    *,
    handover_id: UUID,
    reason: str,
    words: str,
    next_team_id: UUID | None,
    next_handover_id: UUID,
    next_service_id: UUID | None = None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    Say no, and offer it in the same act to the team that is named; the giver goes on holding.

    What the offer decided to share ends with it, and the next offer decides anew.
    """
    next_team = store.steady(TEAMS, next_team_id) if next_team_id else None
    held, offered = hold_offered(handover_id, seen=seen)
    said = {"reason": reason, "words": words, "next_team": next_team, "next_handover_id": next_handover_id}
    said["next_service"] = shared.service_named(next_service_id)
    store.save(sending_back(held, offered, **said, by=by, at=at), by=by, at=at)


@transaction_required
def sending_back(
    held: Held,
    offered: Handover,
    *,
    reason: str,
    words: str,
    next_team: Team | None,
    next_handover_id: UUID,
    next_service: Service | None = None,
    by: Viewer,
    at: datetime,
) -> Steps:
    """What is true once they say no, whichever way they came to answer."""
    access.need(
        by, "handover.send_back", at=at, team_id=offered.receiver_team_id, team="the team that was asked"
    )
    steps = handover.send_back(
        offered,
        referral=held.referral,
        held=held.holding,
        reason=reason,
        words=words,
        next_team=next_team,
        next_handover_id=next_handover_id,
        next_service=next_service,
        by=by.member_id,
        at=at,
    )
    raised = alarm.after_return(
        held.referral,
        returned=steps[0].change.after,
        before=[one for one in store.find(HANDOVERS, referral_id=held.referral.id) if one.id != offered.id],
        elsewhere=records.elsewhere(held.referral),
        holder_id=held.holding.team_id,
        open_promises=records.open_promises(referral_id=offered.referral_id),
        at=at,
    )
    if next_team is not None:
        about = {
            "person_id": held.referral.person_id,
            "giver_agency_id": store.peek(TEAMS, offered.giver_team_id).agency_id,
            "to": next_team,
        }
        made = shared.offer_in(steps)
        steps += (stage.offered(made, at=at), *shared.with_offer(made, **about, by=by, at=at))
    return (*steps, *raised, *shared.end_with(offered, by=by, at=at))


@transaction
def withdraw(*, handover_id: UUID, reason: str, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    Take back an offer before it is answered; the holding never left the giver.

    What the offer decided to share ends with it.
    """
    _, offered = hold_offered(handover_id, seen=seen)
    access.need(
        by, "handover.withdraw", at=at, team_id=offered.giver_team_id, team="the team that made the offer"
    )
    withdrawn = handover.withdraw(offered, reason=reason, words=words, by=by.member_id, at=at)
    store.save([withdrawn, *shared.end_with(offered, by=by, at=at)], by=by, at=at)


@transaction
def chase(
    *, handover_id: UUID, chase_id: UUID, how: str, words: str, by: Viewer, at: datetime, seen: int
) -> None:
    """Say that the team that was asked has been asked after its answer, how, and what was said."""
    held, offered = hold_offered(handover_id, seen=seen)
    access.need(
        by, "handover.chase", at=at, team_id=offered.giver_team_id, team="the team that made the offer"
    )
    asked = chasing.chase(offered, chase_id=chase_id, how=how, words=words, by=by.member_id, at=at)
    raised = alarm.after_chase(
        held.referral,
        offered=offered,
        chase_id=chase_id,
        chases=store.find(CHASES, handover_id=handover_id),
        open_promises=records.open_promises(referral_id=offered.referral_id),
        at=at,
    )
    store.save([asked, *raised], by=by, at=at)


@transaction
def deliver(*, handover_id: UUID, by: Viewer, at: datetime) -> None:
    """
    Write down that an offer has reached the list of the team that was asked. Nobody's act: a worker's, who
    found it there, and which belongs to no agency: the journal tells it in that of the team that was asked.
    """
    to = store.steady(TEAMS, store.peek(HANDOVERS, handover_id).receiver_team_id)
    works = [
        one
        for one in store.steady_where(MEMBERSHIPS, team_id=to.id, until_at=None)
        if one.role != answer_link.ROLE  # who answers by link has no list on which it could stand
    ]
    held, offered = hold_offered(handover_id)
    steps = stage.deliver(offered, referral=held.referral, stages=_stages(offered), to=to, works=works, at=at)
    store.save(steps, by=replace(by, agency_id=to.agency_id), at=at)


@transaction
def receive(*, handover_id: UUID, by: Viewer, at: datetime) -> None:
    """Somebody of the team that was asked has the offer on their screen. It answers nothing."""
    held, offered = hold_offered(handover_id)
    store.save(receiving(held, offered, by=by, at=at), by=by, at=at)


@transaction_required
def receiving(held: Held, offered: Handover, *, by: Viewer, at: datetime) -> Steps:
    """What is true once somebody of the team that was asked has the offer on their screen."""
    access.need(
        by, "handover.receive", at=at, team_id=offered.receiver_team_id, team="the team that was asked"
    )
    return stage.receive(offered, referral=held.referral, stages=_stages(offered), by=by.member_id, at=at)


def _stages(offered: Handover) -> list[Stage]:
    return store.lock_where(STAGES, handover_id=offered.id)


@transaction_required
def hold_offered(handover_id: UUID, *, seen: int | None = None) -> tuple[Held, Handover]:
    """
    Holds the referral first, as every act does, and then the offer in the version that was seen.

    So a nurse who accepts and a ward that withdraws wait for each other, and one of them is told.
    """
    referral = store.lock(REFERRALS, store.peek(HANDOVERS, handover_id).referral_id)
    holdings = store.lock_where(HOLDINGS, referral_id=referral.id, until_at=None)
    offered = store.lock(HANDOVERS, handover_id, seen=seen)
    if not holdings:
        # Closed since: the offer was answered before that, for none is left open by closing.
        raise Refused(handover.REFUSALS[HandoverState(offered.state)], code="offer_over", of=offered)
    return Held(referral, holdings[0], offered), offered
