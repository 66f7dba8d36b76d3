"""What several verbs look at first: the referral, its holder, its live offer and what is owed."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from nowrongdoor.rules import agency, police, sealing, sharing, statutory, visit
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Membership, Team
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.police_path import PolicePath
from nowrongdoor.rules.police_review import PoliceReview
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import CLOSED, REFUSALS, Referral
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import HandoverState, PromiseState
from nowrongdoor.sim.rows import Rows

THE_HOLDER = "the team that holds this"


class Held(NamedTuple):
    """An open referral with its holder and the offer that waits for an answer."""

    referral: Referral
    holding: Holding
    live_offer: Handover | None


class Verbs:
    """One noun's verbs, over the rows of the place."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def hold(self, referral_id: UUID, *, seen: int | None = None) -> Held:
        """An open referral as it stands; refuses a closed one, which nobody holds."""
        rows = self.rows
        one = rows.one(Referral, referral_id)
        referral = one if seen is None else rows.seen(Referral, referral_id, seen)
        if referral.state == CLOSED:
            raise Refused(REFUSALS[CLOSED], code="referral_closed", of=referral)
        holding = self.open_holding(referral_id)
        assert holding is not None, f"referral {referral_id} is open and nobody holds it"
        return Held(referral, holding, self.live_offer(referral_id))

    def is_restricted(self, person_id: UUID) -> bool:
        """The whole person is kept from all but those with a part in their care."""
        return self.restriction(person_id) is not None

    def restriction(self, person_id: UUID) -> Seal | None:
        """The seal on the whole person, where one stands."""
        seals = self.rows.several(Seal, self.rows.indexes.seals_on.of(person_id))
        found = (one for one in seals if sealing.kept(one).is_restriction)
        return min(found, key=lambda one: one.id, default=None)

    def service_named(self, service_id: UUID | None) -> Service | None:
        """The service an offer says it is for."""
        return self.rows.one(Service, service_id) if service_id else None

    def open_holding(self, referral_id: UUID) -> Holding | None:
        holdings = self.rows.tables[Holding]
        for key in reversed(self.rows.indexes.holdings_of[referral_id]):
            found: Holding = holdings[key]
            if found.until_at is None:
                return found
        return None

    def live_offer(self, referral_id: UUID) -> Handover | None:
        handovers = self.rows.tables[Handover]
        for key in reversed(self.rows.indexes.handovers_of.get(referral_id, ())):
            found: Handover = handovers[key]
            if found.state == HandoverState.OFFERED:
                return found
        return None

    def hop(self, referral_id: UUID) -> int:
        """Which handover of this referral the next one is, the first being 1."""
        return len(self.rows.indexes.handovers_of.get(referral_id, ())) + 1

    def open_promises(self, about: UUID) -> list[Promise]:
        """What is still owed about a referral or a contact, by id."""
        found = self.rows.several(Promise, self.rows.indexes.promises_about.get(about, ()))
        return sorted((one for one in found if one.state == PromiseState.OPEN), key=lambda one: one.id)

    def stages(self, referral_id: UUID) -> list[Stage]:
        """What is or was awaited on a referral's way, by id."""
        found = self.rows.several(Stage, self.rows.indexes.stages_of.get(referral_id, ()))
        return sorted(found, key=lambda one: one.id)

    def statutory(self, referral_id: UUID) -> list[StatutoryClock]:
        """What the law gives a time on this referral, ended or not, by id."""
        found = self.rows.several(StatutoryClock, self.rows.indexes.statutory_of.get(referral_id, ()))
        return sorted(found, key=lambda one: one.id)

    def police(self, referral_id: UUID) -> list[PoliceDecision]:
        """What was decided with the police about this referral, by id."""
        found = self.rows.several(PoliceDecision, self.rows.indexes.police_of.get(referral_id, ()))
        return sorted(found, key=lambda one: one.id)

    def is_police(self, team_id: UUID) -> bool:
        agency_id = self.rows.one(Team, team_id).agency_id
        return bool(self.rows.one(Agency, agency_id).kind == police.POLICE)

    def police_reviews(self, decision_id: UUID) -> list[PoliceReview]:
        """The reviews of one decision with the police, by id."""
        found = self.rows.several(PoliceReview, self.rows.indexes.police_reviews_of.get(decision_id, ()))
        return sorted(found, key=lambda one: one.id)

    def police_paths(self, referral_id: UUID) -> list[PolicePath]:
        """The paths that were chosen for this referral, by id."""
        found = self.rows.several(PolicePath, self.rows.indexes.police_paths_of.get(referral_id, ()))
        return sorted(found, key=lambda one: one.id)

    def need_nothing_running(self, referral_id: UUID) -> None:
        """Refuses while the law gives something a time, the police have not settled, or a visit is open."""
        statutory.need_ended(self.statutory(referral_id))
        police.need_settled(self.police(referral_id))
        visit.need_over(self.rows.several(Visit, sorted(self.rows.indexes.visits_about.of(referral_id))))

    def answers_for(self, team_id: UUID) -> UUID:
        """The team, or whichever answers for its people since it closed."""
        team = self.rows.one(Team, team_id)
        while team.closed_at is not None and team.successor_id is not None:
            team = self.rows.one(Team, team.successor_id)
        return team.id

    def own_team(self, by: Viewer) -> Team:
        """The team the viewer works for, which is open, and for which they still work."""
        team = agency.answers(self.rows.one(Team, by.team_id))
        works = self.rows.several(Membership, self.rows.indexes.memberships_of.get(by.member_id, ()))
        agency.need_member([one for one in works if one.team_id == team.id], team=team)
        return team

    def with_offer(
        self,
        offered: Handover,
        *,
        person_id: UUID | None,
        giver_agency_id: UUID,
        to: Team,
        by: Viewer,
        at: datetime,
    ) -> Steps:
        """The decision to share that comes with an offer to a team of another agency."""
        return sharing.with_offer(
            offered,
            person_id=person_id,
            giver_agency_id=giver_agency_id,
            to=to,
            purpose=self.usual_purpose(to, at=at),
            standing=self.decisions(person_id, offered.referral_id),
            by=by.member_id,
            by_agency_id=by.agency_id,
            at=at,
        )

    def end_with(self, offered: Handover, *, by: Viewer, at: datetime) -> Steps:
        """What this offer decided to share ends with it."""
        decided = [one for one in self.decisions(offered.referral_id) if one.handover_id == offered.id]
        return sharing.end_with_offer(decided, by=by.member_id, at=at)

    def decisions(self, *about: UUID | None) -> list[SharingDecision]:
        """Every decision to share about these people and referrals."""
        keys = self.rows.indexes.decisions_about
        found = {key: None for one in about if one is not None for key in keys.get(one, ())}
        return self.rows.several(SharingDecision, found)

    def usual_purpose(self, to: Team, *, at: datetime) -> str:
        return sharing.usual_purpose(self.rows.one(Agency, to.agency_id).kind, at=at)
