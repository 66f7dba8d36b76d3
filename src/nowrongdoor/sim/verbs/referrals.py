"""What is done with a referral: it is taken in, begun, closed, reopened, taken by name, accepted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, contact, holding, re_homing, referral
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs


class Referrals(Verbs):
    def refer(
        self,
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
        team = self.own_team(by)
        if person_id is not None:
            standing.need_person(self.rows, person_id, by=by, at=at)
        if contact_id is not None:
            standing.need_contact(self.rows, contact_id, by=by, at=at)
            person_id = contact.whom(self.rows.one(Contact, contact_id), person_id=person_id)
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
        self.rows.apply(steps, by=by, at=at)

    def begin(self, *, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Say that help has begun: the holding team has been in touch with the person."""
        held = self.hold(referral_id, seen=seen)
        access.need(by, "referral.begin", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        self.rows.apply((referral.begin(held.referral, at=at),), by=by, at=at)

    def close(
        self,
        *,
        referral_id: UUID,
        outcome: str,
        told: str,
        told_by: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """End a referral with its outcome and what the person was told; the holding ends with it."""
        held = self.hold(referral_id, seen=seen)
        access.need(by, "referral.close", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        self.need_nothing_running(referral_id)
        owed = self.open_promises(referral_id)
        steps = self.closing(
            held, outcome=outcome, told=told, told_by=told_by, open_promises=owed, by=by, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def closing(
        self,
        held: Held,
        *,
        outcome: str,
        told: str,
        told_by: str,
        open_promises: Sequence[Promise],
        by: Viewer,
        at: datetime,
    ) -> Steps:
        """What is true once it is closed, whichever way they came to say so."""
        return referral.close(
            held.referral,
            held=held.holding,
            offer_waits=held.live_offer,
            open_promises=open_promises,
            outcome=outcome,
            told=told,
            told_by=told_by,
            by=by.member_id,
            at=at,
        )

    def reopen(
        self, *, referral_id: UUID, holding_id: UUID, why: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Take a closed referral up again; this team and member hold it from now."""
        access.need(by, "referral.reopen", at=at)
        team = self.own_team(by)
        standing.need_referral(self.rows, referral_id, by=by, at=at)
        closed = self.rows.seen(Referral, referral_id, seen)
        steps = referral.reopen(
            closed, holding_id=holding_id, team_id=team.id, member_id=by.member_id, why=why, at=at
        )
        self.rows.apply(steps, by=by, at=at)


class Holdings(Verbs):
    def take(self, *, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Say: this one is mine. The team goes on holding; the member is named."""
        self.own_team(by)
        held = self.hold(referral_id)
        access.need(by, "holding.take", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        self.rows.seen(Holding, held.holding.id, seen)
        owed = self.open_promises(referral_id)
        taken = holding.take(held.holding, open_promises=owed, member_id=by.member_id, at=at)
        self.rows.apply(taken, by=by, at=at)

    def accept_re_homed(
        self, *, re_homing_id: UUID, read_back: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Take on who was re-homed to this team, and say in a line what it will do."""
        self.own_team(by)
        held = self.hold(self.rows.one(ReHoming, re_homing_id).referral_id)
        access.need(by, "holding.accept_re_homed", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        steps = re_homing.accept_re_homed(
            self.rows.seen(ReHoming, re_homing_id, seen),
            held=held.holding,
            live_offer=held.live_offer,
            open_promises=self.open_promises(held.referral.id),
            read_back=read_back,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)
