"""
Links by which a team in which nobody signs in goes on once it has accepted by one: made by the giver, or with
the acceptance itself; opened, and written by. What is written is the same act as any other, under its rule.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERS, MEMBERSHIPS, TEAMS
from nowrongdoor.data.handovers.facts import ANSWER_LINKS, HANDOVERS
from nowrongdoor.data.stages.facts import CARE_CONTACTS, STAGES
from nowrongdoor.journeys import records, shared
from nowrongdoor.journeys.answer_links import is_sealed
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, alarm, answer_link, care_contact, onward_link, referral
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.handover import Handover

GIVER = "the team that made the offer"
HOLDER = "the team that holds this"


@dataclass(frozen=True)
class GoingOn:
    """A link that goes on, with what it is of, held still. `giver_id` answers for the giver's people now."""

    link: AnswerLink
    accepted: Handover
    held: Held
    hop: int
    giver_id: UUID


@transaction
def make(*, link_id: UUID, handover_id: UUID, digest: str, by: Viewer, at: datetime) -> None:
    """Make a link by which a team that accepted, and in which nobody signs in, goes on."""
    accepted = store.peek(HANDOVERS, handover_id)
    giver_id = records.answers_for(accepted.giver_team_id)
    access.need(by, "answer_link.make", at=at, team_id=giver_id, team=GIVER)
    _, to = records.own_team_and(accepted.receiver_team_id, by=by)
    works = store.steady_where(MEMBERSHIPS, team_id=to.id, until_at=None)
    held, _ = records.hold_to_offer(accepted.referral_id)
    steps = onward_link.make(
        store.peek(HANDOVERS, handover_id),
        held=held.holding,
        giver_id=giver_id,
        link_id=link_id,
        digest=digest,
        to=to,
        works=works,
        is_sealed=is_sealed(held.referral),
        open_promises=records.open_promises(referral_id=held.referral.id),
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def receive(*, link_id: UUID, name: str, job: str, device: str, by: Viewer, at: datetime) -> None:
    """Somebody with the link says who they are, and has whom their team holds on their screen."""
    store.steady(TEAMS, by.team_id)
    named = answer_link.named(by, name=name, job=job, known=store.find(MEMBERS, id=by.member_id), at=at)
    on = _hold(link_id, by=by)
    access.need(by, "onward_link.receive", at=at, team_id=on.link.team_id, team=HOLDER)
    sealed = is_sealed(on.held.referral)
    about = {"accepted": on.accepted, "held": on.held.holding, "is_sealed": sealed}
    read = onward_link.receive(on.link, **about, device=device, by=by.member_id, at=at)
    store.save([*named, read], by=by, at=at)


@transaction
def write(
    *,
    link_id: UUID,
    note_id: UUID,
    way: str,
    words: str,
    happened_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Write that they were in touch with the person, how and when, or a note where `way` is empty. The giver,
    who owed it to ask them, can read it, and asks again by a dated time.
    """
    on = _writing(link_id, by=by, at=at)
    referral_id = on.held.referral.id
    steps = []
    if way:
        stages = store.lock_where(STAGES, referral_id=referral_id)
        said = {"way": way, "words": words, "happened_at": happened_at}
        about = {"care_contact_id": note_id, "team_id": by.team_id, "by": by.member_id, "at": at}
        steps += care_contact.record(on.held.referral, stages=stages, **said, **about)
    owed = records.open_promises(referral_id=referral_id)
    steps += onward_link.wrote(
        on.link,
        accepted=on.accepted,
        giver_id=on.giver_id,
        open_promises=owed,
        note_id=note_id,
        words=onward_link.in_words(way, words, at=at),
        name=answer_link.own_name(by),
        team_name=by.team_name,
        by=by.member_id,
        at=at,
    )
    if way:
        steps += alarm.after_try(
            on.held.referral,
            tried=steps[0].change.after,
            others=store.find(CARE_CONTACTS, referral_id=referral_id),
            holder_id=on.held.holding.team_id,
            open_promises=owed,
            at=at,
        )
    store.save(steps, by=by, at=at)


@transaction
def close(
    *, link_id: UUID, outcome: str, told: str, told_by: str, by: Viewer, at: datetime, seen: int
) -> None:
    """Say what came of it and what the person was told: the same act as any closing of a referral."""
    on = _writing(link_id, by=by, at=at, seen=seen)
    records.need_nothing_running(on.held.referral.id)
    kept = onward_link.closing(
        records.open_promises(referral_id=on.held.referral.id),
        name=answer_link.own_name(by),
        team_name=by.team_name,
        by=by.member_id,
        at=at,
    )
    steps = referral.close(
        on.held.referral,
        held=on.held.holding,
        offer_waits=on.held.live_offer,
        open_promises=(),
        outcome=outcome,
        told=told,
        told_by=told_by,
        by=by.member_id,
        at=at,
    )
    store.save([*kept, *steps], by=by, at=at)


@transaction
def hand_back(*, link_id: UUID, handover_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Ask the giver to take the person back: an offer as any other. The team holds until they accept."""
    on = _writing(link_id, by=by, at=at, seen=seen)
    steps = shared.offering(
        on.held,
        hop=on.hop,
        handover_id=handover_id,
        to=store.peek(TEAMS, on.giver_id),
        message=onward_link.hand_back(on.accepted, words=words, team_name=by.team_name),
        by=by,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def ask_to_be_rung(
    *, link_id: UUID, promise_id: UUID, number: str, words: str, by: Viewer, at: datetime
) -> None:
    """Ask the giver to ring: they owe it by a dated time."""
    on = _writing(link_id, by=by, at=at)
    asked = onward_link.ask_to_be_rung(
        on.accepted,
        giver_id=on.giver_id,
        promise_id=promise_id,
        number=number,
        words=words,
        name=answer_link.own_name(by),
        team_name=by.team_name,
        at=at,
    )
    store.save([asked], by=by, at=at)


@transaction_required
def _writing(link_id: UUID, *, by: Viewer, at: datetime, seen: int | None = None) -> GoingOn:
    """The same, for whoever has opened it under the name they give, while it opens."""
    link = store.peek(ANSWER_LINKS, link_id)
    answer_link.need_received(link, known=store.find(MEMBERS, id=by.member_id), team_name=by.team_name)
    on = _hold(link_id, by=by, seen=seen)
    access.need(by, "onward_link.write", at=at, team_id=on.link.team_id, team=HOLDER)
    sealed = is_sealed(on.held.referral)
    onward_link.need_open(on.link, accepted=on.accepted, held=on.held.holding, is_sealed=sealed, at=at)
    return on


@transaction_required
def _hold(link_id: UUID, *, by: Viewer, seen: int | None = None) -> GoingOn:
    link = store.peek(ANSWER_LINKS, link_id)
    giver_id = records.answers_for(store.peek(HANDOVERS, link.handover_id).giver_team_id)
    store.steady_where(TEAMS, id__in=[by.team_id, giver_id])
    held, hop = records.hold_to_offer(link.referral_id, seen=seen)
    accepted = store.peek(HANDOVERS, link.handover_id)
    return GoingOn(store.lock(ANSWER_LINKS, link_id), accepted, held, hop, giver_id)
