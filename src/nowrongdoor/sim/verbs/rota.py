"""The rota: a lead puts a member on call, and takes off whoever cannot go on."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agency, rota
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import AlreadyRecorded, Missing
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
