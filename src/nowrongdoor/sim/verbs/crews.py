"""Crews on shift: who goes out together, until their shift ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, crew
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership
from nowrongdoor.rules.change import AlreadyRecorded
from nowrongdoor.rules.crew import Crew, Seat, Seating
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim.verbs.held import Verbs

OWN_CREW = "the team of this crew"


class Crews(Verbs):
    def put_on(
        self,
        *,
        crew_id: UUID,
        name: str,
        base: str,
        travel: str,
        device: str,
        from_at: datetime,
        until_at: datetime,
        seatings: Sequence[Seating],
        by: Viewer,
        at: datetime,
    ) -> None:
        """A crew of the viewer's team goes on shift, with these people in it."""
        access.need(by, "crew.put_on", at=at)
        team = self.own_team(by)
        if crew_id in self.rows.tables[Crew]:
            raise AlreadyRecorded(crew_id)
        indexes = self.rows.indexes
        named = {one.member_id for one in seatings}
        works = self.rows.several(Membership, indexes.memberships_in.get(team.id, ()))
        seats = [key for member in sorted(named) for key in indexes.seats_of.get(member, ())]
        others = [one for one in self.rows.several(Seat, seats) if one.until_at > at]
        steps = crew.put_on(
            crew_id=crew_id,
            team_id=team.id,
            name=name,
            base=base,
            travel=travel,
            device=device,
            from_at=from_at,
            until_at=until_at,
            seatings=seatings,
            members={one.member_id for one in works if one.until_at is None},
            others=sorted(others, key=lambda one: one.id),
            lent={
                one.member_id: one.lent_until_at
                for one in works
                if one.until_at is None and one.lent_until_at is not None
            },
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def end(self, *, crew_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """The shift of a crew ends now; nobody waits for it then."""
        one = self.rows.seen(Crew, crew_id, seen)
        access.need(by, "crew.end", at=at, team_id=one.team_id, team=OWN_CREW)
        waiting = self.rows.several(Visit, sorted(self.rows.indexes.visits_of_crew.of(crew_id)))
        seats = self.rows.several(Seat, sorted(self.rows.indexes.seats_in.get(crew_id, ())))
        steps = crew.end(one, seats=seats, waiting=waiting, words=words, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)
