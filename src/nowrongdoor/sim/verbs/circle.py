"""Who matters to a person is written down, changed, and taken out again; and who must not be contacted."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, circle
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.circle import InCircle, Somebody
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.person import Person
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Circle(Verbs):
    def enter(self, *, entry_id: UUID, person_id: UUID, told: Somebody, by: Viewer, at: datetime) -> None:
        """Write down somebody who matters to the person, by whoever may see the person."""
        access.need(by, "circle.enter", at=at)
        team = self.own_team(by)
        self.rows.one(Person, person_id)
        standing.need_person(self.rows, person_id, by=by, at=at)
        entered = circle.enter(
            told,
            entry_id=entry_id,
            person_id=person_id,
            permitted=self._permitted(person_id),
            team_id=team.id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((entered,), by=by, at=at)

    def correct(
        self, *, entry_id: UUID, told: Somebody, why: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """What is known of them changes."""
        access.need(by, "circle.correct", at=at)
        person_id = self.rows.one(InCircle, entry_id).person_id
        self.own_team(by)
        standing.need_person(self.rows, person_id, by=by, at=at)
        entry = self.rows.seen(InCircle, entry_id, seen)
        corrected = circle.correct(entry, told, why=why, permitted=self._permitted(person_id), at=at)
        self.rows.apply((corrected,), by=by, at=at)

    def withdraw(self, *, entry_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None:
        """Take somebody out of the circle: they do not belong there any more, or never did."""
        access.need(by, "circle.withdraw", at=at)
        person_id = self.rows.one(InCircle, entry_id).person_id
        self.own_team(by)
        standing.need_person(self.rows, person_id, by=by, at=at)
        entry = self.rows.seen(InCircle, entry_id, seen)
        self.rows.apply((circle.withdraw(entry, why=why, by=by.member_id, at=at),), by=by, at=at)

    def _permitted(self, person_id: UUID) -> list[Permission]:
        return self.rows.several(Permission, self.rows.indexes.permissions_of.get(person_id, []))
