"""Visits: asked for, given to a crew, followed to the door and back, and ended; alone or joint."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import (
    access,
    agency,
    assigning,
    care_contact,
    joint_visit,
    sealing,
    short_intervention,
    visit,
)
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Membership, Team
from nowrongdoor.rules.assigning import Busy
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit_record import Asked, Going, Visit
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs

OWN = "the team whose crews go on this visit"
ASKED = "the team that was asked along"
MEET = "meet"


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
        every = self.rows.several(Seat, sorted(self.rows.indexes.seats_in.get(crew_id, ())))
        seats = [seat for seat in every if seat.until_at > at]
        held = [key for seat in seats for key in self.rows.indexes.skills_of.get(seat.member_id, ())]
        steps = assigning.assign(
            one,
            one_crew,
            seats=seats,
            busy=self._busy((seat.member_id for seat in seats), at=at),
            skills=self.rows.several(Skill, sorted(held)),
            leaves_at=leaves_at,
            words=words,
            kept_from=self._kept_from(self._seals(self.rows.one(Referral, one.referral_id)), seats),
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
        owed = self.open_promises(one.referral_id)
        steps = visit.finish(
            one,
            outcome=outcome,
            next_step=next_step,
            words=words,
            goings=self._goings(one),
            holder_id=held.holding.team_id,
            about=held.referral,
            open_promises=owed,
            by=by.member_id,
            at=at,
        )
        ended = self._ended(held, one, owed, words=joint_visit.OVER, by=by, at=at)
        self.rows.apply((*steps, *ended), by=by, at=at)

    def take_back(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Take the visit from its crew, with a reason: it waits for another, by the same time."""
        _, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.take_back", at=at, team_id=one.team_id, team=OWN)
        steps = visit.take_back(one, words=words, goings=self._goings(one), at=at)
        self.rows.apply(steps, by=by, at=at)

    def stand_down(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Decide, with a reason, that nobody goes after all; whoever goes along is told."""
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.stand_down", at=at, team_id=one.team_id, team=OWN)
        owed = self.open_promises(one.referral_id)
        steps = visit.stand_down(
            one, words=words, goings=self._goings(one), open_promises=owed, by=by.member_id, at=at
        )
        down = joint_visit.stood_down(one, others=self._beside(one), about=held.referral, at=at)
        ended = self._ended(held, one, owed, words=joint_visit.NOT_GOING, by=by, at=at)
        self.rows.apply((*steps, *down, *ended), by=by, at=at)

    def ask_along(
        self,
        *,
        visit_id: UUID,
        half_id: UUID,
        team_id: UUID,
        need: str,
        meet_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """The team whose crew goes asks another to come along, with a crew of its own."""
        team = self.rows.one(Team, team_id)
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.ask_along", at=at, team_id=one.team_id, team=OWN)
        steps = joint_visit.ask_along(
            one,
            half_id=half_id,
            team=team,
            need=need,
            meet_at=meet_at,
            others=self._beside(one),
            is_kept_from=self._is_kept_from(team, held),
            about=held.referral,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def come_along(self, *, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """The team that was asked says yes: its half waits for a crew of it."""
        agency.answers(self.rows.one(Team, by.team_id))
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.come_along", at=at, team_id=one.team_id, team=ASKED)
        owed = self.open_promises(one.referral_id)
        steps = joint_visit.come_along(
            one, about=held.referral, open_promises=owed, by=by.member_id, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def move_meeting(
        self, *, visit_id: UUID, meet_at: datetime | None, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say anew when both crews meet at the door; whoever comes along is told."""
        held, one = self._still(visit_id, seen=seen)
        access.need(by, "visit.move_meeting", at=at, team_id=one.team_id, team=OWN)
        steps = joint_visit.move_meeting(
            one, meet_at=meet_at, others=self._beside(one), about=held.referral, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def note_others(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Say on the visit who else was asked by telephone, and when they said they come."""
        one = self.rows.seen(Visit, visit_id, seen)
        access.need(by, "visit.note_others", at=at, team_id=one.team_id, team=OWN)
        self.rows.apply([joint_visit.note_others(one, words=words)], by=by, at=at)

    def _still(self, visit_id: UUID, *, seen: int) -> tuple[Held, Visit]:
        held = self.hold(self.rows.one(Visit, visit_id).referral_id)
        return held, self.rows.seen(Visit, visit_id, seen)

    def _is_kept_from(self, team: Team, held: Held) -> bool:
        works = self.rows.several(Membership, self.rows.indexes.memberships_in.get(team.id, ()))
        members = {one.member_id for one in works if one.until_at is None}
        return sealing.keeps_safe_from(team, self._seals(held.referral), members=members)

    def _kept_from(self, seals: Sequence[Seal], seats: Sequence[Seat]) -> frozenset[UUID]:
        works = self.rows.indexes.memberships_of
        keys = [key for seat in seats for key in works.get(seat.member_id, ())]
        lent = [one for one in self.rows.several(Membership, keys) if one.is_loan and one.until_at is None]
        agency_of = self.rows.indexes.agency_of
        return sealing.named(seals) | sealing.lent_from(seals, lent, agency_of=agency_of)

    def _seals(self, about: Referral) -> list[Seal]:
        keys = {
            key
            for one in (about.id, about.person_id)
            if one is not None
            for key in self.rows.indexes.seals_on.of(one)
        }
        return self.rows.several(Seal, sorted(keys))

    def _beside(self, one: Visit) -> list[Visit]:
        every = sorted(self.rows.indexes.visits_about.of(one.referral_id))
        return self.rows.several(Visit, [key for key in every if key != one.id])

    def _ended(
        self, held: Held, one: Visit, owed: Sequence[Promise], *, words: str, by: Viewer, at: datetime
    ) -> Steps:
        return joint_visit.ended(
            one,
            others=self._beside(one),
            about=held.referral,
            open_promises=owed,
            words=words,
            by=by.member_id,
            at=at,
        )

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
