"""Skills and powers of a team's members: a lead enters one with its days, and ends one early."""

from datetime import date, datetime
from uuid import UUID

from nowrongdoor.rules import access, skill
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership
from nowrongdoor.rules.change import AlreadyRecorded, Missing
from nowrongdoor.rules.skill import Skill
from nowrongdoor.sim.verbs.held import Verbs


class Skills(Verbs):
    def enter(
        self,
        *,
        skill_id: UUID,
        member_id: UUID,
        kind: str,
        from_on: date,
        until_on: date | None,
        said_by: str,
        checked: str,
        by: Viewer,
        at: datetime,
    ) -> None:
        """A member of the viewer's team holds a skill or a power, from a day on."""
        access.need(by, "skill.enter", at=at)
        if skill_id in self.rows.tables[Skill]:
            raise AlreadyRecorded(skill_id)
        others = self.rows.several(Skill, self.rows.indexes.skills_of.get(member_id, ()))
        entered = skill.enter(
            skill_id=skill_id,
            member_id=member_id,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            said_by=said_by,
            checked=checked,
            works_here=self._works_here(member_id, by=by),
            others=sorted(others, key=lambda one: one.id),
            by=by.member_id,
            at=at,
        )
        self.rows.apply((entered,), by=by, at=at)

    def end(self, *, skill_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """From now on a skill of a member of the viewer's team counts no more, for a reason."""
        access.need(by, "skill.end", at=at)
        if not self._works_here(self.rows.one(Skill, skill_id).member_id, by=by):
            raise Missing("Skill")
        one = self.rows.seen(Skill, skill_id, seen)
        self.rows.apply((skill.end(one, words=words, by=by.member_id, at=at),), by=by, at=at)

    def _works_here(self, member_id: UUID, *, by: Viewer) -> bool:
        works = self.rows.several(Membership, self.rows.indexes.memberships_of.get(member_id, ()))
        return any(one.team_id == by.team_id and one.until_at is None for one in works)
