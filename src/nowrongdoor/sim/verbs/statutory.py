"""What the law gives a time for a person: begun, extended, and ended by an act."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, short_intervention, statutory
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.sim.verbs.held import THE_HOLDER, Verbs


class Statutory(Verbs):
    def begin(
        self,
        *,
        clock_id: UUID,
        referral_id: UUID,
        kind: str,
        words: str,
        started_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Record that a detention, an enquiry or the wait for a review has begun, and since when."""
        held = self.hold(referral_id)
        access.need(by, "statutory.begin", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        step = statutory.begin(
            held.referral,
            running=self.statutory(referral_id),
            clock_id=clock_id,
            kind=kind,
            words=words,
            started_at=started_at,
            nation=self.rows.one(Agency, by.agency_id).jurisdiction,
            by=by.member_id,
            at=at,
        )
        stages = self.stages(referral_id)
        planned = short_intervention.planned(stages, referral=held.referral, begun=step.change.after)
        self.rows.apply([step, *planned], by=by, at=at)

    def extend(
        self,
        *,
        clock_id: UUID,
        reason: str,
        doctor: str,
        words: str,
        hours: int | None,
        decided_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Record that the practitioner responsible lets a detention go on for longer."""
        held = self.hold(self.rows.one(StatutoryClock, clock_id).referral_id)
        access.need(by, "statutory.extend", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        step = statutory.extend(
            self.rows.seen(StatutoryClock, clock_id, seen),
            reason=reason,
            doctor=doctor,
            words=words,
            hours=hours,
            decided_at=decided_at,
            by=by.member_id,
            at=at,
        )
        self.rows.apply([step], by=by, at=at)

    def end(
        self,
        *,
        clock_id: UUID,
        outcome: str,
        words: str,
        ended_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Record that it is over, how, and what came of it: nothing else stops its clock."""
        held = self.hold(self.rows.one(StatutoryClock, clock_id).referral_id)
        access.need(by, "statutory.end", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        one = self.rows.seen(StatutoryClock, clock_id, seen)
        step = statutory.end(one, outcome=outcome, words=words, ended_at=ended_at, by=by.member_id, at=at)
        self.rows.apply([step], by=by, at=at)
