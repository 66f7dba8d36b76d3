"""A person lets a carer read some of their record, or no longer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, circle, permission
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.circle import InCircle
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.person import Person
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Permissions(Verbs):
    def give(
        self,
        *,
        permission_id: UUID,
        person_id: UUID,
        carer_name: str,
        carer_is: str,
        elements: Sequence[str],
        how: str,
        words: str,
        until_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Let a carer read what the person chose."""
        access.need(by, "permission.give", at=at)
        team = self.own_team(by)
        self.rows.one(Person, person_id)
        permission.need_part(standing.need_person(self.rows, person_id, by=by, at=at))
        permission.need_no_seal(is_restricted=self.is_restricted(person_id))
        known = self.rows.several(InCircle, self.rows.indexes.circle_of.get(person_id, []))
        circle.need_may_be_told(known, name=carer_name, field="carer_name")
        given = permission.give(
            permission_id=permission_id,
            person_id=person_id,
            carer_name=carer_name,
            carer_is=carer_is,
            elements=elements,
            how=how,
            words=words,
            until_at=until_at,
            team_id=team.id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((given,), by=by, at=at)

    def withdraw(self, *, permission_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Take it back: the carer's view closes with this act."""
        access.need(by, "permission.withdraw", at=at)
        self.own_team(by)
        standing.need_person(self.rows, self.rows.one(Permission, permission_id).person_id, by=by, at=at)
        given = self.rows.seen(Permission, permission_id, seen)
        self.rows.apply((permission.withdraw(given, words=words, by=by.member_id, at=at),), by=by, at=at)
