"""Crews on shift, and visits: asked for, given to a crew, followed to the door and back, and ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import access, agency, assigning, care_contact, crew, short_intervention, visit
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Membership, Team
from nowrongdoor.rules.assigning import Busy
from nowrongdoor.rules.change import AlreadyRecorded, Steps
from nowrongdoor.rules.crew import Crew, Seat, Seating
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit_record import Asked, Going, Visit
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs

OWN_CREW = "the team of this crew"
OWN = "the team whose crews go on this visit"
MEET = "meet"


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


class Visits(Verbs):
    def ask(self, *, visit_id: UUID, referral_id: UUID, asked: Asked, by: Viewer, at: datetime) -> None:
        """The team that holds somebody asks that a crew of it goes to them, to be there by a time."""
        agency.answers(self.rows.one(Team, by.team_id))
        held = self.hold(referral_id)
        access.need(by, "visit.ask", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        steps = visit.ask(visit_id, asked, about=held.referral, team_id=by.team_id, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)

    def assign(
        self,
        *,
        visit_id: UUID,
        crew_id: UUID,
        leaves_at: datetime,
        words: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """A person gives the visit to a crew, which leaves at that time."""
        one_crew = self.rows.one(Crew, crew_id)
        one = self.rows.seen(Visit, visit_id, seen)
        access.need(by, "visit.assign", at=at, team_id=one.team_id, team=OWN)
        seats = self.rows.several(Seat, sorted(self.rows.indexes.seats_in.get(crew_id, ())))
        held = [key for seat in seats for key in self.rows.indexes.skills_of.get(seat.member_id, ())]
        steps = assigning.assign(
            one,
            one_crew,
            seats=seats,
            busy=self._busy((seat.member_id for seat in seats), at=at),
            skills=self.rows.several(Skill, sorted(held)),
            leaves_at=leaves_at,
            words=words,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def go_on(self, *, visit_id: UUID, step: str, by: Viewer, at: datetime, seen: int) -> None:
        """The crew is one step further: told, on its way, there, with the person, or gone again."""
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.go_on", at=at, team_id=one.team_id, team=OWN)
        goings = self._goings(one)
        steps = visit.go_on(
            one,
            step,
            goings=goings,
            elsewhere=self._elsewhere(one, goings),
            about=held.referral,
            open_promises=self.open_promises(one.referral_id),
            by=by.member_id,
            at=at,
        )
        self.rows.apply((*steps, *self._contact(held, one, step, by=by, at=at)), by=by, at=at)

    def check_in(self, *, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Whoever is alone on a visit says that they are safe."""
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.check_in", at=at, team_id=one.team_id, team=OWN)
        owed = self.open_promises(one.referral_id)
        steps = visit.check_in(one, about=held.referral, open_promises=owed, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)

    def finish(
        self, *, visit_id: UUID, outcome: str, next_step: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say what came of the visit and what comes next: whoever holds the person owes that."""
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.finish", at=at, team_id=one.team_id, team=OWN)
        steps = visit.finish(
            one,
            outcome=outcome,
            next_step=next_step,
            words=words,
            goings=self._goings(one),
            holder_id=held.holding.team_id,
            about=held.referral,
            open_promises=self.open_promises(one.referral_id),
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def take_back(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Take the visit from its crew, with a reason: it waits for another, by the same time."""
        _, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.take_back", at=at, team_id=one.team_id, team=OWN)
        steps = visit.take_back(one, words=words, goings=self._goings(one), at=at)
        self.rows.apply(steps, by=by, at=at)

    def stand_down(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Decide, with a reason, that nobody goes after all."""
        _, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.stand_down", at=at, team_id=one.team_id, team=OWN)
        owed = self.open_promises(one.referral_id)
        steps = visit.stand_down(
            one, words=words, goings=self._goings(one), open_promises=owed, by=by.member_id, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def _still(self, visit_id: UUID, *, seen: int) -> tuple[Held, Visit]:
        held = self.hold(self.rows.one(Visit, visit_id).referral_id)
        return held, self.rows.seen(Visit, visit_id, seen)

    def _goings(self, one: Visit) -> list[Going]:
        keys = sorted(self.rows.indexes.goings_on.get(one.id, ())) if one.crew_id else []
        return visit.now_going(one, self.rows.several(Going, keys))

    def _elsewhere(self, one: Visit, goings: Iterable[Going]) -> list[Visit]:
        keys = [key for going in goings for key in self.rows.indexes.goings_of.get(going.member_id, ())]
        found = {going.visit_id for going in self.rows.several(Going, keys) if going.is_under_way}
        return self.rows.several(Visit, sorted(found - {one.id}))

    def _busy(self, members: Iterable[UUID], *, at: datetime) -> list[Busy]:
        keys = [key for one in sorted(members) for key in self.rows.indexes.goings_of.get(one, ())]
        every = self.rows.several(Going, sorted(keys))
        goings = [one for one in every if one.until_at > at or one.is_under_way]
        return [(one, self.rows.one(Visit, one.visit_id)) for one in goings]

    def _contact(self, held: Held, one: Visit, step: str, *, by: Viewer, at: datetime) -> Steps:
        if step != MEET or held.holding.team_id != by.team_id:
            return ()
        stages = self.stages(one.referral_id)
        services = self.rows.several(Service, self.rows.indexes.services_of.get(by.team_id, ()))
        seen = care_contact.record(
            held.referral,
            stages=stages,
            care_contact_id=uuid5(one.id, MEET),
            way=care_contact.FACE_TO_FACE,
            words="On a visit.",
            happened_at=None,
            team_id=by.team_id,
            by=by.member_id,
            at=at,
        )
        short = short_intervention.begin(
            held.referral,
            stages=stages,
            nation=self.rows.one(Agency, by.agency_id).jurisdiction,
            services={one.name for one in services},
            at=at,
        )
        return (*seen, *short)
