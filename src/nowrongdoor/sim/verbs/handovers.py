"""How answerability changes hands: offered, accepted, returned with the next team named, withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import (
    access,
    alarm,
    answer_link,
    attachment,
    handover,
    police_asking,
    short_intervention,
    stage,
)
from nowrongdoor.rules import chase as chasing
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.alarm import Elsewhere
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.chase import Chase
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.police_decision import Standing
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import HandoverState
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs


class Handovers(Verbs):
    def offer(
        self,
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
        """Offer a referral this team holds to another team; this team holds it until they accept."""
        to = self.rows.one(Team, to_team_id)
        held = self.hold(referral_id, seen=seen)
        access.need(by, "handover.offer", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        steps = self.offering(
            held,
            handover_id=handover_id,
            to=to,
            message=message,
            attachments=attachments,
            service=self.service_named(service_id),
            by=by,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def offering(
        self,
        held: Held,
        *,
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
            hop=self.hop(held.referral.id),
            service=service,
            by=by.member_id,
            at=at,
        )
        made: Handover = offered.change.after
        attached = attachment.attach(made, files=attachments, at=at)
        decided = self.with_offer(
            made, person_id=held.referral.person_id, giver_agency_id=by.agency_id, to=to, by=by, at=at
        )
        return (offered, *attached, stage.offered(made, at=at), *decided)

    def accept(
        self,
        *,
        handover_id: UUID,
        read_back: str,
        holding_id: UUID,
        agreed_at: datetime | None = None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """The receiver takes the person on: the giver is released, the holding changes hands."""
        self.own_team(by)
        held, offered = self._offered(handover_id, seen=seen)
        team = "the team that was asked"
        access.need(by, "handover.accept", at=at, team_id=offered.receiver_team_id, team=team)
        steps = handover.accept(
            offered,
            referral=held.referral,
            held=held.holding,
            open_promises=self.open_promises(held.referral.id),
            read_back=read_back,
            holding_id=holding_id,
            by=by.member_id,
            at=at,
        )
        holdings = self.rows.several(Holding, self.rows.indexes.holdings_of[offered.referral_id])
        raised = alarm.after_acceptance(
            held.referral,
            accepted=offered,
            before=holdings,
            elsewhere=self._elsewhere(held.referral),
            open_promises=self.open_promises(offered.referral_id),
            at=at,
        )
        awaited = stage.accepted(offered, referral=held.referral, at=at, agreed_at=agreed_at)
        stages = self.stages(offered.referral_id)
        ended = short_intervention.handed_over(stages, referral=held.referral, by=by.member_id, at=at)
        told = self._told_with(steps, held.referral, by=by, at=at)
        self.rows.apply((*steps, awaited, *ended, *raised, *told), by=by, at=at)

    def _told_with(self, accepted: Steps, referral: Referral, *, by: Viewer, at: datetime) -> Steps:
        """Where the police do not attend once a team accepts, that stands now."""
        decided = self.police(referral.id)
        made = (step.change.after for step in accepted if step.before is None)
        began = next((one for one in made if isinstance(one, Holding)), None)
        if began is None or not decided:
            return ()
        owed = self.open_promises(referral.id)
        stands = Standing(referral, began, self.is_police(began.team_id), decided, owed)
        return police_asking.accepted(stands, accepted_by=by.member_name, by=by.member_id, at=at)

    def send_back(
        self,
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
        """Say no, and offer it in the same act to the team that is named; the giver goes on holding."""
        next_team = self.rows.one(Team, next_team_id) if next_team_id else None
        held, offered = self._offered(handover_id, seen=seen)
        team = "the team that was asked"
        access.need(by, "handover.send_back", at=at, team_id=offered.receiver_team_id, team=team)
        steps = handover.send_back(
            offered,
            referral=held.referral,
            held=held.holding,
            reason=reason,
            words=words,
            next_team=next_team,
            next_handover_id=next_handover_id,
            next_service=self.service_named(next_service_id),
            by=by.member_id,
            at=at,
        )
        raised = alarm.after_return(
            held.referral,
            returned=steps[0].change.after,
            before=[
                one
                for one in self.rows.several(Handover, self.rows.indexes.handovers_of[offered.referral_id])
                if one.id != handover_id
            ],
            elsewhere=self._elsewhere(held.referral),
            holder_id=held.holding.team_id,
            open_promises=self.open_promises(offered.referral_id),
            at=at,
        )
        decided: Steps = ()
        if next_team is not None:
            made: Handover = steps[-1].change.after
            shared = self.with_offer(
                made,
                person_id=held.referral.person_id,
                giver_agency_id=self.rows.one(Team, offered.giver_team_id).agency_id,
                to=next_team,
                by=by,
                at=at,
            )
            decided = (stage.offered(made, at=at), *shared)
        ended = self.end_with(offered, by=by, at=at)
        self.rows.apply((*steps, *decided, *raised, *ended), by=by, at=at)

    def withdraw(
        self, *, handover_id: UUID, reason: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Take back an offer before it is answered; the holding never left the giver."""
        _, offered = self._offered(handover_id, seen=seen)
        team = "the team that made the offer"
        access.need(by, "handover.withdraw", at=at, team_id=offered.giver_team_id, team=team)
        withdrawn = handover.withdraw(offered, reason=reason, words=words, by=by.member_id, at=at)
        self.rows.apply((withdrawn, *self.end_with(offered, by=by, at=at)), by=by, at=at)

    def chase(
        self, *, handover_id: UUID, chase_id: UUID, how: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say that the team that was asked has been asked after its answer, how, and what was said."""
        held, offered = self._offered(handover_id, seen=seen)
        team = "the team that made the offer"
        access.need(by, "handover.chase", at=at, team_id=offered.giver_team_id, team=team)
        asked = chasing.chase(offered, chase_id=chase_id, how=how, words=words, by=by.member_id, at=at)
        raised = alarm.after_chase(
            held.referral,
            offered=offered,
            chase_id=chase_id,
            chases=[one for one in self.rows.every(Chase) if one.handover_id == handover_id],
            open_promises=self.open_promises(offered.referral_id),
            at=at,
        )
        self.rows.apply((asked, *raised), by=by, at=at)

    def deliver(self, *, handover_id: UUID, by: Viewer, at: datetime) -> None:
        """Write down that an offer stands on the list of the team that was asked: a worker's act."""
        held, offered = self._offered(handover_id)
        to = self.rows.one(Team, offered.receiver_team_id)
        works = self.rows.several(Membership, self.rows.indexes.memberships_in.get(to.id, ()))
        steps = stage.deliver(
            offered,
            referral=held.referral,
            stages=self.stages(offered.referral_id),
            to=to,
            works=[one for one in works if one.until_at is None and one.role != answer_link.ROLE],
            at=at,
        )
        self.rows.apply(steps, by=replace(by, agency_id=to.agency_id), at=at)

    def receive(self, *, handover_id: UUID, by: Viewer, at: datetime) -> None:
        """Somebody of the team that was asked has the offer on their screen. It answers nothing."""
        held, offered = self._offered(handover_id)
        team = "the team that was asked"
        access.need(by, "handover.receive", at=at, team_id=offered.receiver_team_id, team=team)
        stages = self.stages(offered.referral_id)
        steps = stage.receive(offered, referral=held.referral, stages=stages, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)

    def _offered(self, handover_id: UUID, *, seen: int | None = None) -> tuple[Held, Handover]:
        offered = self.rows.one(Handover, handover_id)
        if seen is not None:
            offered = self.rows.seen(Handover, handover_id, seen)
        holding = self.open_holding(offered.referral_id)
        if holding is None:
            # Closed since: the offer was answered before that, for none is left open by closing.
            raise Refused(handover.REFUSALS[HandoverState(offered.state)], code="offer_over")
        return Held(self.rows.one(Referral, offered.referral_id), holding, offered), offered

    def _elsewhere(self, referral: Referral) -> Elsewhere:
        """What became of the person's other referrals; nothing while nobody knows whose this one is."""
        if referral.person_id is None:
            return Elsewhere()
        rows, indexes = self.rows, self.rows.indexes
        others = [one for one in indexes.referrals_about.of(referral.person_id) if one != referral.id]
        return Elsewhere(
            offers=[
                one for key in others for one in rows.several(Handover, indexes.handovers_of.get(key, ()))
            ],
            left=[one for key in others for one in rows.several(Holding, indexes.holdings_of.get(key, ()))],
            promises=[one for key in others for one in self.open_promises(key)],
        )
