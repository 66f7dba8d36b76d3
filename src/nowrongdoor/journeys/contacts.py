"""What is done with a contact: it is received once, linked to a person, and closed."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import records, shared, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, alarm, contact, handover, stage
from nowrongdoor.rules import referral as referrals
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.words import PromiseState


@transaction
def receive(
    *,
    contact_id: UUID,
    said: Said,
    outcome: str,
    callback_id: UUID,
    happened_at: datetime,
    by: Viewer,
    at: datetime,
    person_id: UUID | None = None,
    referral: NewReferral | None = None,
    offer: NewOffer | None = None,
    callback_due_at: datetime | None = None,
) -> None:
    """
    Record an approach once, with what came of it: closed, a call back owed, a referral held here,
    and the referral offered to another team, all in one act. An offer to a team of another agency is
    itself a decision to share.

    Starts the answer clocks of the referral and of the offer. Raises `AlreadyRecorded` when the
    form is sent twice, `Refused` when a rule says no.
    """
    steps = receiving(
        contact_id=contact_id,
        said=said,
        outcome=outcome,
        callback_id=callback_id,
        happened_at=happened_at,
        by=by,
        at=at,
        person_id=person_id,
        referral=referral,
        offer=offer,
        callback_due_at=callback_due_at,
    )
    store.save(steps, by=by, at=at)


@transaction_required
def receiving(
    *,
    contact_id: UUID,
    said: Said,
    outcome: str,
    callback_id: UUID,
    happened_at: datetime,
    by: Viewer,
    at: datetime,
    person_id: UUID | None,
    referral: NewReferral | None,
    offer: NewOffer | None,
    callback_due_at: datetime | None = None,
) -> Steps:
    """What is true once an approach is recorded, whatever else is recorded with it."""
    access.need(by, "contact.receive", at=at)
    team, receiver = records.own_team_and(offer.to_team_id if offer else by.team_id, by=by)
    if person_id is not None:
        one_contact_at_a_time(person_id)
        standing.need_not_restricted(person_id, by=by, at=at)
    steps = contact.receive(
        said,
        contact_id=contact_id,
        person_id=person_id,
        team_id=team.id,
        by=by.member_id,
        outcome=outcome,
        callback_id=callback_id,
        callback_due_at=callback_due_at,
        has_referral=referral is not None,
        happened_at=happened_at,
        at=at,
    )
    if referral is not None:
        access.need(by, "referral.refer", at=at)
        taken_in = referrals.refer(
            referral_id=referral.referral_id,
            holding_id=referral.holding_id,
            person_id=person_id,
            contact_id=contact_id,
            team_id=team.id,
            member_id=by.member_id,
            needs=referral.needs,
            request=referral.request,
            words=said.words,
            at=at,
        )
        steps += taken_in
        if offer is not None:
            access.need(by, "handover.offer", at=at)
            received, holding = (step.change.after for step in taken_in)
            offered = handover.offer(
                received,
                held=holding,
                live_offer=None,
                handover_id=offer.handover_id,
                to=receiver,
                message=offer.message,
                hop=1,
                by=by.member_id,
                at=at,
            )
            about = {"person_id": person_id, "giver_agency_id": by.agency_id, "to": receiver}
            made = offered.change.after
            decided = shared.with_offer(made, **about, by=by, at=at)
            steps += (offered, stage.offered(made, at=at), *decided)
    follows = raised(contact_id, person_id, team.id, happened_at=happened_at, at=at)
    return (*steps, *follows)


@transaction
def link(*, contact_id: UUID, person_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Say whom a contact was about, and so whom every referral from it and every call back is about."""
    access.need(by, "contact.link", at=at)
    standing.need_contact(contact_id, by=by, at=at)
    standing.need_not_restricted(person_id, by=by, at=at)
    team = records.own_team(by)  # what this raises it must answer, and the one that took the call may be gone
    one_contact_at_a_time(person_id)
    received = store.lock(CONTACTS, contact_id, seen=seen)
    from_it = store.lock_where(REFERRALS, contact_id=contact_id)
    owed = records.open_promises(contact_id=contact_id)
    steps = contact.link(received, person_id=person_id, of_contact=from_it, owed=owed)
    follows = raised(contact_id, person_id, team.id, happened_at=received.happened_at, at=at)
    store.save([*steps, *follows], by=by, at=at)


@transaction
def close(*, contact_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """End an open contact with what came of it, once no call back is owed."""
    received = store.lock(CONTACTS, contact_id, seen=seen)
    access.need(by, "contact.close", at=at, team_id=received.team_id, team="the team that took this contact")
    owed = records.open_promises(contact_id=contact_id)
    closed = contact.close(received, open_promises=owed, outcome=outcome, words=words, by=by.member_id, at=at)
    store.save([closed], by=by, at=at)


@transaction_required
def one_contact_at_a_time(person_id: UUID) -> None:
    """Two who are rung about one person at once count each other: the second waits for the first."""
    store.one_at_a_time(f"contacts about {person_id}")


@transaction_required
def raised(
    contact_id: UUID, person_id: UUID | None, team_id: UUID, *, happened_at: datetime, at: datetime
) -> Steps:
    """
    What so many contacts about one person raise, by whomever and whichever team they came to. Of their
    contacts only those are read that can count, however long their story is.
    """
    if person_id is None:
        return ()
    theirs = [one.id for one in store.find(REFERRALS, person_id=person_id)]
    since, until = alarm.day_around(happened_at, at=at)
    return alarm.after_contact(
        contact_id,
        person_id=person_id,
        team_id=team_id,
        happened_at=happened_at,
        others=store.find(CONTACTS, person_id=person_id, happened_at__after=since, happened_at__before=until),
        left=store.find(HOLDINGS, referral_id__in=theirs, team_id=team_id),
        open_promises=store.find(PROMISES, person_id=person_id, state=PromiseState.OPEN),
        at=at,
    )
