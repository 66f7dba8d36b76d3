"""
Links by which a team in which nobody signs in answers one offer: made and taken back by the giver; opened,
and answered by, whoever has one. An answer by link is the same act as any other answer, under the same rule.
"""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERS, MEMBERSHIPS, TEAMS
from nowrongdoor.data.handovers.facts import ANSWER_LINKS, HANDOVERS
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.data.stages.facts import STAGES
from nowrongdoor.journeys import handovers, records, shared
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import outbox, store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, answer_link, link_messages, onward_link
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.stage import StageKind

ASKED = "the team that was asked"


@transaction
def make(
    *,
    link_id: UUID,
    handover_id: UUID,
    digest: str,
    channel: str = "",
    address: str = "",
    by: Viewer,
    at: datetime,
) -> None:
    """
    Make a link for an offer that waits, to a team in which nobody signs in. Its secret is not kept. With a
    channel it is sent to them: then `address` is where it leads, with the secret left out.
    """
    to = store.steady(TEAMS, store.peek(HANDOVERS, handover_id).receiver_team_id)
    works = store.steady_where(MEMBERSHIPS, team_id=to.id, until_at=None)
    held, offered = handovers.hold_offered(handover_id)
    access.need(
        by, "answer_link.make", at=at, team_id=offered.giver_team_id, team="the team that made the offer"
    )
    made = answer_link.make(
        offered,
        link_id=link_id,
        digest=digest,
        to=to,
        works=works,
        is_sealed=is_sealed(held.referral),
        by=by.member_id,
        at=at,
    )
    store.save([made], by=by, at=at)
    if channel:
        given = {"channel": channel, "address": address, "team_id": by.team_id, "team_name": by.team_name}
        own = store.find(SERVICES, team_id=to.id)
        told = link_messages.answer_link(made.change.after, to=to, services=own, **given, at=at)
        outbox.promise(told, by=by, at=at)


@transaction
def receive(*, link_id: UUID, name: str, job: str, device: str, by: Viewer, at: datetime) -> None:
    """
    Somebody with the link says who they are, and has the offer on their screen. It answers nothing.

    The first time under a name makes them a member of the team that was asked, with no way to sign in.
    """
    store.steady(TEAMS, by.team_id)
    named = answer_link.named(by, name=name, job=job, known=store.find(MEMBERS, id=by.member_id), at=at)
    link, held, offered = _hold(link_id, by=by, at=at)
    sealed = is_sealed(held.referral)
    read = answer_link.receive(link, offered=offered, is_sealed=sealed, device=device, by=by.member_id, at=at)
    stages = store.find(STAGES, handover_id=offered.id, kind=StageKind.RECEIVED.value)
    first = () if any(one.reached_at for one in stages) else handovers.receiving(held, offered, by=by, at=at)
    store.save([*named, read, *first], by=by, at=at)


@transaction
def accept(
    *,
    link_id: UUID,
    read_back: str,
    holding_id: UUID,
    onward_id: UUID | None = None,
    onward_digest: str = "",
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    Whoever has the link takes the person on for their team: the same act as any acceptance. The giver owes it
    to ask after them, for nobody there is told when something is late.

    With `onward_id`, a link is made by which the same team goes on; its secret is not kept.
    """
    _need_received(link_id, by=by)
    records.own_team(by)
    link, held, offered = _hold(link_id, by=by, at=at, seen=seen)
    answer_link.need_open(link, offered=offered, is_sealed=is_sealed(held.referral), at=at)
    steps = handovers.accepting(held, offered, read_back=read_back, holding_id=holding_id, by=by, at=at)
    own = {"by": by.member_id, "at": at}
    onward = [onward_link.link(offered, link_id=onward_id, digest=onward_digest, **own)] if onward_id else []
    until = onward[0].change.after.until_at if onward else None
    about = {"offered": offered, "steps": steps, "team_name": by.team_name, "goes_on_until": until}
    asking = answer_link.ask_after(link, **about, at=at)
    store.save([*steps, answer_link.answer(link, at=at), *onward, asking], by=by, at=at)


@transaction
def send_back(
    *,
    link_id: UUID,
    reason: str,
    words: str,
    next_team_id: UUID | None,
    next_handover_id: UUID,
    next_service_id: UUID | None = None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Whoever has the link says no, and names who is asked next: the same act as any return."""
    _need_received(link_id, by=by)
    asked = [by.team_id, next_team_id or by.team_id]
    teams = {one.id: one for one in store.steady_where(TEAMS, id__in=asked)}
    if next_team_id is not None and next_team_id not in teams:
        raise Missing(TEAMS.name)
    link, held, offered = _hold(link_id, by=by, at=at, seen=seen)
    answer_link.need_open(link, offered=offered, is_sealed=is_sealed(held.referral), at=at)
    next_team = teams[next_team_id] if next_team_id else None
    said = {"reason": reason, "words": words, "next_team": next_team, "next_handover_id": next_handover_id}
    said["next_service"] = shared.service_named(next_service_id)
    steps = handovers.sending_back(held, offered, **said, by=by, at=at)
    store.save([*steps, answer_link.answer(link, at=at)], by=by, at=at)


@transaction
def withdraw(*, link_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Take a link back: whoever has it reads nothing by it any more. The offer waits as before."""
    offered = store.peek(HANDOVERS, store.peek(ANSWER_LINKS, link_id).handover_id)
    access.need(
        by, "answer_link.withdraw", at=at, team_id=offered.giver_team_id, team="the team that made the offer"
    )
    link = store.lock(ANSWER_LINKS, link_id, seen=seen)
    store.save([answer_link.withdraw(link, by=by.member_id, at=at)], by=by, at=at)


@transaction_required
def _need_received(link_id: UUID, *, by: Viewer) -> None:
    link = store.peek(ANSWER_LINKS, link_id)
    answer_link.need_received(link, known=store.find(MEMBERS, id=by.member_id), team_name=by.team_name)


@transaction_required
def _hold(
    link_id: UUID, *, by: Viewer, at: datetime, seen: int | None = None
) -> tuple[AnswerLink, Held, Handover]:
    """The link, its offer and what stands round it, held still, for whoever acts for the team it is of."""
    handover_id = store.peek(ANSWER_LINKS, link_id).handover_id
    held, offered = handovers.hold_offered(handover_id, seen=seen)
    access.need(by, "answer_link.receive", at=at, team_id=offered.receiver_team_id, team=ASKED)
    return store.lock(ANSWER_LINKS, link_id), held, offered


@transaction_required
def is_sealed(referral: Referral) -> bool:
    """Something of this is kept from others: the person, the referral, or the contact it came from."""
    items = {"referral_id": referral.id, "contact_id": referral.contact_id}
    if any(store.find(SEALS, **{column: key}, lifted_at=None) for column, key in items.items() if key):
        return True
    if referral.person_id is None:
        return False
    whole = {"person_id": referral.person_id, "referral_id": None, "contact_id": None}
    return bool(store.find(SEALS, **whole, lifted_at=None))
