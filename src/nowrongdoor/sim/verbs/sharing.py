"""Records are opened by saying why or by breaking the glass, reviews decided, and agreements entered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agreement, opening, review, snooping
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.review import Review, ReviewKind
from nowrongdoor.rules.snooping import Suspicion
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Openings(Verbs):
    def claim(
        self, *, opening_id: UUID, person_id: UUID, reason: str, words: str, by: Viewer, at: datetime
    ) -> None:
        """Open a record for a while by saying why. Of a restricted person it is answered there is none."""
        access.need(by, "access.claim", at=at)
        team = self.own_team(by)
        self.rows.one(Person, person_id)
        if self.is_restricted(person_id):
            raise Missing(Person.__name__)
        claimed = opening.claim(
            opening_id=opening_id,
            person_id=person_id,
            member_id=by.member_id,
            team_id=team.id,
            purpose=access.purpose(by, at=at),
            reason=reason,
            words=words,
            at=at,
        )
        self.rows.apply((claimed,), by=by, at=at)

    def break_glass(
        self,
        *,
        opening_id: UUID,
        review_id: UUID,
        person_id: UUID,
        reason: str,
        words: str,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Open what is closed for a while, and ask in the same act that somebody look into it."""
        access.need(by, "access.break_glass", at=at)
        team = self.own_team(by)
        self.rows.one(Person, person_id)
        standing.need_not_against(self.rows, person_id, by=by, at=at)
        broken = opening.break_glass(
            opening_id=opening_id,
            person_id=person_id,
            member_id=by.member_id,
            team_id=team.id,
            purpose=access.purpose(by, at=at),
            reason=reason,
            words=words,
            lately=self.rows.several(Opening, self.rows.indexes.glass_broken_by.get(by.member_id, ())),
            at=at,
        )
        asked = review.ask(
            review_id=review_id,
            kind=ReviewKind.BREAK_GLASS,
            subject_id=opening_id,
            person_id=person_id,
            member_id=by.member_id,
            agency_id=team.agency_id,
            words=words.strip(),
            at=at,
        )
        self.rows.apply((broken, asked), by=by, at=at)


class Reviews(Verbs):
    def decide(
        self, *, review_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say what was found. By the governance lead of the agency whose member acted, where it has one."""
        access.need(by, "review.decide", at=at)
        asked = self.rows.seen(Review, review_id, seen)
        review.need_reviewer(asked, agency_id=by.agency_id, leads=self._leads_of(asked.agency_id))
        decided = review.decide(asked, outcome=outcome, words=words, by=by.member_id, at=at)
        self.rows.apply((decided,), by=by, at=at)

    def look_into(self, *, suspected: Sequence[Suspicion], by: Viewer, at: datetime) -> None:
        """Ask that somebody look into patterns of looking, each once for its day."""
        access.need(by, "looks.audit", at=at)
        known = self.rows.tables[Review]
        asked = [snooping.ask(one, at=at) for one in suspected if one.review_id not in known]
        self.rows.apply(asked, by=by, at=at)

    def _leads_of(self, agency_id: UUID) -> list[UUID]:
        teams = {one.id for one in self.rows.every(Team) if one.agency_id == agency_id}
        return [
            one.member_id
            for one in self.rows.every(Membership)
            if one.team_id in teams and one.role == review.LEAD and one.until_at is None
        ]


class Agreements(Verbs):
    def enter(self, *, facts: Agreement, by: Viewer, at: datetime) -> None:
        """Put an agreement on record, as it was signed: what is shared, on which law, and until when."""
        access.need(by, "agreement.enter", at=at)
        self.rows.apply((agreement.enter(facts, at=at),), by=by, at=at)
