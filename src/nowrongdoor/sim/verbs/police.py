"""What is decided with the police: who responds, what is new, what they saw, and where we do not agree."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, police, police_asking, police_review
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.police_decision import PoliceCall, PoliceDecision, Standing
from nowrongdoor.rules.police_review import Found
from nowrongdoor.rules.referral import CLOSED, Referral
from nowrongdoor.sim import clocks, standing
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held
from nowrongdoor.sim.verbs.intake import Intake


class Police(Intake):
    def decide(
        self,
        *,
        decision_id: UUID,
        referral_id: UUID,
        call: PoliceCall,
        follows_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Record what the police answered, from what, and who holds the person where they do not attend."""
        held = self.hold(referral_id)
        access.need(by, "police.decide", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        steps = police.decide(
            self._stands(held), call, decision_id=decision_id, follows_id=follows_id, by=by.member_id, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def take_in(
        self,
        *,
        contact_id: UUID,
        said: Said,
        callback_id: UUID,
        happened_at: datetime,
        referral: NewReferral,
        offer: NewOffer | None,
        decision_id: UUID,
        call: PoliceCall,
        by: Viewer,
        at: datetime,
        person_id: UUID | None = None,
    ) -> None:
        """Take a call with what the police answer to it: contact, referral, offer and decision in one act."""
        access.need(by, "police.decide", at=at)
        taken_in = self.receiving(
            contact_id=contact_id,
            said=said,
            outcome="handed_over",
            callback_id=callback_id,
            happened_at=happened_at,
            by=by,
            at=at,
            person_id=person_id,
            referral=referral,
            offer=offer,
        )
        made = [step.change.after for step in taken_in]
        received = next(one for one in made if isinstance(one, Referral))
        held = next(one for one in made if isinstance(one, Holding))
        steps = police_asking.take_in(
            Standing(received, held, self.is_police(held.team_id)),
            call,
            asks_team=offer is not None,
            asked_is_police=offer is not None and self.is_police(offer.to_team_id),
            decision_id=decision_id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((*taken_in, *steps), by=by, at=at)

    def learn(
        self,
        *,
        decision_id: UUID,
        holding_id: UUID,
        referral_id: UUID,
        fact: str,
        answers: Mapping[str, str],
        follows_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Record that something new was said. A closed referral is taken up again by this team."""
        access.need(by, "police.learn", at=at)
        own = self.own_team(by)
        standing.need_referral(self.rows, referral_id, by=by, at=at)
        about = self.rows.one(Referral, referral_id)
        again: Steps = ()
        if about.state == CLOSED:
            again = police.reopening(
                about, holding_id=holding_id, team_id=own.id, by=by.member_id, fact=fact, at=at
            )
            reopened, began = again
            held = Held(reopened.change.after, began.change.after, None)
        else:
            held = self.hold(referral_id)
        steps = police.learn(
            self._stands(held),
            decision_id=decision_id,
            fact=fact,
            answers=dict(answers),
            follows_id=follows_id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply([*again, *steps], by=by, at=at)

    def see(
        self,
        *,
        decision_id: UUID,
        seen_as: str,
        words: str,
        seen_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Record what the police saw. It is no assessment: everything that is owed stays owed."""
        held = self.hold(self.rows.one(PoliceDecision, decision_id).referral_id)
        access.need(by, "police.see", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        one, stands = self.rows.seen(PoliceDecision, decision_id, seen), self._stands(held)
        steps = police.see(stands, one, seen_as=seen_as, words=words, seen_at=seen_at, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)

    def dispute(
        self,
        *,
        decision_id: UUID,
        our_view: str,
        police_view: str,
        our_rank: str,
        police_rank: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Record that we and the police do not agree, both views, and who of each settles it."""
        held = self.hold(self.rows.one(PoliceDecision, decision_id).referral_id)
        access.need(by, "police.dispute", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        one, stands = self.rows.seen(PoliceDecision, decision_id, seen), self._stands(held)
        steps = police.dispute(
            stands,
            one,
            our_view=our_view,
            police_view=police_view,
            our_rank=our_rank,
            police_rank=police_rank,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def review(
        self,
        *,
        review_id: UUID,
        decision_id: UUID,
        level: str,
        found: Found,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Record what a review of a disagreement found, at the level where it waits."""
        access.need(by, "police.review", at=at)
        known = self.rows.one(PoliceDecision, decision_id)
        if not self._answers_for(known, by=by):
            standing.need_referral(self.rows, known.referral_id, by=by, at=at)
        one = self.rows.seen(PoliceDecision, decision_id, seen)
        before = self.police_reviews(decision_id)
        steps = police_review.review(
            one, before, review_id=review_id, level=level, found=found, by=by.member_id, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def _answers_for(self, one: PoliceDecision, *, by: Viewer) -> bool:
        """The review of it is owed by this viewer's agency."""
        if one.disputed_at is None:
            return False
        clock = clocks.one(self.rows, one.id)
        return clock.is_running and clock.agency_id == by.agency_id

    def _stands(self, held: Held) -> Standing:
        return Standing(
            held.referral,
            held.holding,
            self.is_police(held.holding.team_id),
            self.police(held.referral.id),
            self.open_promises(held.referral.id),
        )
