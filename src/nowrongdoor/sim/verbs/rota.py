"""The rota: a lead puts a member on call, and takes off whoever cannot go on."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import access, agency, alarm, rota, sweeping
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import AlreadyRecorded, Missing
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.rota import Duty
from nowrongdoor.sim.verbs.held import Verbs


class Rota(Verbs):
    def put_on(
        self,
        *,
        duty_id: UUID,
        team_id: UUID | None,
        member_id: UUID,
        rung: str,
        phone: str,
        from_at: datetime,
        until_at: datetime,
        by: Viewer,
        at: datetime,
    ) -> None:
        """A member of the agency is on call, for one of its teams or, without one, for all of them."""
        access.need(by, "rota.put_on", at=at)
        if duty_id in self.rows.tables[Duty]:
            raise AlreadyRecorded(duty_id)
        if team_id is not None:
            agency.need_open(rota.of_agency(self.rows.one(Team, team_id), agency_id=by.agency_id))
        indexes = self.rows.indexes
        works = self.rows.several(Membership, indexes.memberships_of.get(member_id, ()))
        duty = rota.put_on(
            duty_id=duty_id,
            agency_id=by.agency_id,
            team_id=team_id,
            member_id=member_id,
            roles=[
                (one.team_id, one.role)
                for one in works
                if one.until_at is None and indexes.agency_of[one.team_id] == by.agency_id
            ],
            rung=rung,
            phone=phone,
            from_at=from_at,
            until_at=until_at,
            others=[
                one
                for one in self.rows.several(Duty, indexes.duties_of.get(member_id, ()))
                if one.until_at > at
            ],
            by=by.member_id,
            at=at,
        )
        self.rows.apply((duty,), by=by, at=at)

    def take_off(self, *, duty_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Somebody cannot go on, or will not come: they stand there no more."""
        access.need(by, "rota.take_off", at=at)
        if self.rows.one(Duty, duty_id).agency_id != by.agency_id:
            raise Missing("Duty")
        duty = self.rows.seen(Duty, duty_id, seen)
        self.rows.apply((rota.take_off(duty, words=words, by=by.member_id, at=at),), by=by, at=at)

    def offer_on(self, *, ours: datetime, by: Viewer, at: datetime) -> int:
        """Whoever holds people by name and will soon be off duty: each is offered to their colleagues."""
        sweeping.need_agreement(ours, at)
        rows, indexes = self.rows, self.rows.indexes
        soon = at + timedelta(minutes=seeing.most("holder_off_minutes", at=at))
        since = at - timedelta(days=seeing.most("holder_off_days", at=at))
        ending = [
            one
            for one in rows.every(Duty)
            if since < one.until_at < soon or (one.taken_off_at is not None and since < one.taken_off_at)
        ]
        members = sorted({one.member_id for one in ending})
        held = [
            one
            for member in members
            for one in rows.several(Holding, sorted(indexes.held_by_member.of(member)))
        ]
        owed = [key for one in held for key in indexes.promises_about.get(one.referral_id, ())]
        steps = alarm.after_duty(
            ending,
            duties=[one for one in rows.every(Duty) if one.member_id in set(members) and one.until_at > at],
            holdings=sorted(held, key=lambda one: one.id),
            teams=rows.several(Team, sorted({one.team_id for one in held})),
            promises=rows.several(Promise, owed),
            person_of={one.referral_id: rows.one(Referral, one.referral_id).person_id for one in held},
            at=at,
        )
        for team_id in sorted({step.change.after.owner_team_id for step in steps}):
            own = [step for step in steps if step.change.after.owner_team_id == team_id]
            rows.apply(own, by=replace(by, agency_id=indexes.agency_of[team_id]), at=at)
        return len(steps)
