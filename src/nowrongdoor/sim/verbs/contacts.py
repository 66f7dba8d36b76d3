"""What is done with a contact: it is received once, linked to a person, and closed."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, contact
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.contact import Contact, Said
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.intake import Intake


class Contacts(Intake):
    def receive(
        self,
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
        """Record an approach with what came of it: a call back owed, a referral held and offered."""
        steps = self.receiving(
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
        self.rows.apply(steps, by=by, at=at)

    def link(self, *, contact_id: UUID, person_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Say whom a contact was about, and so whom every referral from it and every call back is about."""
        access.need(by, "contact.link", at=at)
        standing.need_contact(self.rows, contact_id, by=by, at=at)
        standing.need_not_restricted(self.rows, person_id, by=by, at=at)
        team = self.own_team(by)
        received = self.rows.seen(Contact, contact_id, seen)
        from_it = self.rows.several(Referral, sorted(self.rows.indexes.referrals_from.get(contact_id, ())))
        owed = self.open_promises(contact_id)
        steps = contact.link(received, person_id=person_id, of_contact=from_it, owed=owed)
        raised = self.raised(contact_id, person_id, team.id, happened_at=received.happened_at, at=at)
        self.rows.apply((*steps, *raised), by=by, at=at)

    def close(
        self, *, contact_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """End an open contact with what came of it, once no call back is owed."""
        received = self.rows.seen(Contact, contact_id, seen)
        team = "the team that took this contact"
        access.need(by, "contact.close", at=at, team_id=received.team_id, team=team)
        owed = self.open_promises(contact_id)
        closed = contact.close(
            received, open_promises=owed, outcome=outcome, words=words, by=by.member_id, at=at
        )
        self.rows.apply((closed,), by=by, at=at)
