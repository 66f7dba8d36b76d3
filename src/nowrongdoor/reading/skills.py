"""Skills and powers on record: of a team's members, and of whoever sits in its crews."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.visits.facts import SKILLS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import skill
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.skill import Skill

SHOWN = 400


@dataclass(frozen=True)
class SkillLine:
    """A skill or power, the name of who holds it, and of who ended it early; whether somebody renews it."""

    skill: Skill
    member_name: str
    entered_by: str
    ended_by: str
    is_ending: bool


def of_team(*, viewer: Viewer, at: datetime) -> tuple[SkillLine, ...]:
    """What everybody of the viewer's own team holds, what ends first first. One statement."""
    works = MembershipRow.objects.filter(until_at=None, team_id=viewer.team_id)
    return _lines(at=at, member_id__in=works.values("member_id"))


def one(skill_id: UUID, *, viewer: Viewer, at: datetime) -> SkillLine:
    """One of them. Raises `Missing` for what no member of the viewer's team holds."""
    for line in of_team(viewer=viewer, at=at):
        if line.skill.id == skill_id:
            return line
    raise Missing(SKILLS.name)


def held_by(members: Iterable[UUID]) -> tuple[Skill, ...]:
    """Everything on record of these people. One statement."""
    rows = SKILLS.model.objects.filter(member_id__in=sorted(members)).order_by("id")
    return tuple(SKILLS.of(values) for values in rows.values_list(*SKILLS.columns))


def recorded(skill_id: UUID) -> Skill | None:
    """One on record, of whosever; none when there is none with this key."""
    values = SKILLS.model.objects.filter(pk=skill_id).values_list(*SKILLS.columns).first()
    return SKILLS.of(values) if values else None


def _lines(*, at: datetime, **equal: object) -> tuple[SkillLine, ...]:
    rows = SKILLS.model.objects.filter(**equal).order_by("until_on", "member__name", "id")
    names = ("member__name", "entered_by__name", "ended_by__name")
    found = [
        (SKILLS.of(values[:-3]), *values[-3:])
        for values in rows.values_list(*SKILLS.columns, *names)[:SHOWN]
    ]
    every: Collection[Skill] = [each for each, *_ in found]
    return tuple(
        SkillLine(each, member, entered, ended or "", skill.is_ending(each, every, at=at))
        for each, member, entered, ended in found
    )
