"""What comes in with one act: an approach, the referral it leads to, and the offer to a team."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, alarm, contact, handover, stage
from nowrongdoor.rules import referral as referrals
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Contact, Said
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.promise import Promise
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Intake(Verbs):
    """What verbs that take somebody in have in common."""

    def receiving(
        self,
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
        receiver = self.rows.one(Team, offer.to_team_id) if offer else None
        team = self.own_team(by)
        if person_id is not None:
            standing.need_not_restricted(self.rows, person_id, by=by, at=at)
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
            steps += referrals.refer(
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
            if offer is not None and receiver is not None:
                steps += self._offered(steps[-2:], offer, receiver, by=by, at=at)
        raised = self.raised(contact_id, person_id, team.id, happened_at=happened_at, at=at)
        return (*steps, *raised)

    def raised(
        self, contact_id: UUID, person_id: UUID | None, team_id: UUID, *, happened_at: datetime, at: datetime
    ) -> Steps:
        """What so many contacts about one person raise."""
        if person_id is None:
            return ()
        rows, indexes = self.rows, self.rows.indexes
        left = [key for one in indexes.referrals_about.of(person_id) for key in indexes.holdings_of[one]]
        return alarm.after_contact(
            contact_id,
            person_id=person_id,
            team_id=team_id,
            happened_at=happened_at,
            others=rows.several(Contact, indexes.contacts_about.of(person_id)),
            left=rows.several(Holding, left),
            open_promises=rows.several(Promise, indexes.promises_about.get(person_id, ())),
            at=at,
        )

    def _offered(
        self, taken_in: Steps, offer: NewOffer, receiver: Team, *, by: Viewer, at: datetime
    ) -> Steps:
        access.need(by, "handover.offer", at=at)
        received, held = (step.change.after for step in taken_in)
        offered = handover.offer(
            received,
            held=held,
            live_offer=None,
            handover_id=offer.handover_id,
            to=receiver,
            message=offer.message,
            hop=1,
            by=by.member_id,
            at=at,
        )
        decided = self.with_offer(
            offered.change.after,
            person_id=received.person_id,
            giver_agency_id=by.agency_id,
            to=receiver,
            by=by,
            at=at,
        )
        return (offered, stage.offered(offered.change.after, at=at), *decided)
