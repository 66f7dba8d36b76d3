"""What members can do and may do by law is entered with its days, and ended; some is over by tomorrow."""

from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seat
from nowrongdoor.rules.skill import Skill
from nowrongdoor.sim.mischief import Mischief

KINDS = ("amhp_approval", "prescriber", "prescriber", "nursing", "nursing", "falls", "cy", "driving")
DAYS = (0, 0, 0, 0, 1, 30, None)


def enter(luck: Mischief, at: datetime) -> None:
    """Of somebody in a crew, by a lead, mostly; now and then a last day that has passed, or unchecked."""
    sits = [one for one in luck.tables[Seat].values() if one.crew_id in luck.crews]
    seated = luck.chance.one_of(sits).member_id if sits and luck.chance.random() < 0.9 else None
    who = next((one for one in luck.viewers if one.member_id == seated), None) or luck.anyone()
    by = luck.as_lead(who) if luck.chance.random() < 0.9 else luck.lead()
    on = local_date(at)
    last = luck.chance.one_of(DAYS)
    luck.world.skills.enter(
        skill_id=luck.new(luck.skills),
        member_id=who.member_id,
        kind=luck.code(*KINDS),
        from_on=on - timedelta(days=luck.chance.one_of((0, 0, 1, 400, -1))),
        until_on=None if last is None else on + timedelta(days=last - (luck.chance.random() < 0.03)),
        said_by=luck.words(),
        checked=luck.words(),
        by=by,
        at=at,
    )


def end(luck: Mischief, at: datetime) -> None:
    known: dict[UUID, Skill] = luck.tables[Skill]
    lasts = [key for key in luck.skills if known[key].holds(at, at)]
    one = known.get(luck.chance.one_of(lasts) if lasts else luck.pick(luck.skills))
    works = [by for by in luck.viewers if one is not None and by.member_id == one.member_id]
    by = luck.one_of_team(works[0].team_id if works else None)
    luck.world.skills.end(
        skill_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.as_lead(by) if luck.chance.random() < 0.8 else by,
        at=at,
        seen=luck.seen(one.version if one else 1),
    )
