"""What a triage clinician decides about a referral their team holds."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, advising, stage, triage
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Team
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.guidance_versions import IN_USE, Version
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs


class Triage(Verbs):
    def accept_here(
        self, *, referral_id: UUID, decision: Decision, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Keep the referral for this team, with its response time; the one who decides is named."""
        held = self._to_decide(referral_id, by=by, at=at, seen=seen)
        steps = triage.accept_here(
            held.referral,
            held=held.holding,
            live_offer=held.live_offer,
            open_promises=self.open_promises(referral_id),
            decision=decision,
            discipline=self._discipline(by),
            by=by.member_id,
            at=at,
        )
        awaited = self._awaited(steps[0].change.after, by.team_id, by=by, at=at)
        advice = self._advised(steps, decision, by=by, at=at)
        self.rows.apply((*steps, *awaited, *advice), by=by, at=at)

    def hand_on(
        self,
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
        """Decide the response time and offer the referral to the team that should respond."""
        to = self.rows.one(Team, to_team_id)
        held = self._to_decide(referral_id, by=by, at=at, seen=seen)
        steps = triage.hand_on(
            held.referral,
            held=held.holding,
            live_offer=held.live_offer,
            decision=decision,
            discipline=self._discipline(by),
            handover_id=handover_id,
            to=to,
            message=message,
            hop=self.hop(referral_id),
            service=self.service_named(service_id),
            by=by.member_id,
            at=at,
        )
        made: Handover = steps[-1].change.after
        awaited = (
            *self._awaited(steps[0].change.after, to_team_id, by=by, at=at),
            stage.offered(made, at=at),
        )
        advice = self._advised(steps, decision, by=by, at=at)
        decided = self.with_offer(
            made,
            person_id=held.referral.person_id,
            giver_agency_id=by.agency_id,
            to=to,
            by=by,
            at=at,
        )
        self.rows.apply((*steps, *awaited, *advice, *decided), by=by, at=at)

    def ask(
        self,
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
        held = self._to_decide(referral_id, by=by, at=at, seen=seen)
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
        self.rows.apply(steps, by=by, at=at)

    def advise(
        self,
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
        held = self._to_decide(referral_id, by=by, at=at, seen=seen)
        self.need_nothing_running(referral_id)
        steps = triage.advise(
            held.referral,
            held=held.holding,
            live_offer=held.live_offer,
            open_promises=self.open_promises(referral_id),
            decision=decision,
            discipline=self._discipline(by),
            told=told,
            told_by=told_by,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((*steps, *self._advised(steps, decision, by=by, at=at)), by=by, at=at)

    def duplicate_of(
        self,
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
        held = self._to_decide(referral_id, by=by, at=at, seen=seen)
        other = self.rows.one(Referral, other_id)
        self.need_nothing_running(referral_id)
        steps = triage.duplicate_of(
            held.referral,
            other=other,
            held=held.holding,
            live_offer=held.live_offer,
            open_promises=self.open_promises(referral_id),
            told=told,
            told_by=told_by,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def _to_decide(self, referral_id: UUID, *, by: Viewer, at: datetime, seen: int) -> Held:
        self.own_team(by)
        held = self.hold(referral_id, seen=seen)
        access.need(by, "triage.decide", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        return held

    def _awaited(self, decided: Referral, team_id: UUID, *, by: Viewer, at: datetime) -> Steps:
        """The standards of access that follow from a decision, by what the team offers that is to respond."""
        services = self.rows.several(Service, self.rows.indexes.services_of.get(team_id, ()))
        return stage.decided(
            decided,
            stages=self.stages(decided.id),
            nation=self.rows.one(Agency, by.agency_id).jurisdiction,
            services={one.name for one in services},
            at=at,
        )

    def _advised(self, steps: Steps, decision: Decision, *, by: Viewer, at: datetime) -> Steps:
        """What guidance advised of a decision, whose first step is the referral as decided."""
        decided: Referral = steps[0].change.after
        contact = self.rows.one(Contact, decided.contact_id) if decided.contact_id else None
        person = self.rows.one(Person, decided.person_id) if decided.person_id else None
        versions = [one for one in self.rows.every(Version) if one.state in IN_USE]
        return advising.stored(
            decided,
            decision,
            contact=contact,
            person=person,
            versions=versions,
            agency_id=by.agency_id,
            by=by.member_id,
            at=at,
        )

    def _discipline(self, by: Viewer) -> str:
        return self.rows.one(Member, by.member_id).discipline
