"""Members are lent to other teams, lent on and had back; now and then too long, or without an agreement."""

from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership
from nowrongdoor.sim.mischief import Mischief

HOURS = (2, 6, 6, 12, 12, 24, 72, 0, 400)


def lend(luck: Mischief, at: datetime) -> None:
    """By a lead of their team, mostly; now and then oneself, to one's own team, or for too long."""
    who = luck.anyone()
    others = [one for one in luck.of_team.get(who.team_id, ()) if one.member_id != who.member_id]
    by = luck.as_lead(luck.chance.one_of(others) if others and luck.chance.random() < 0.9 else who)
    to, key = luck.team(), luck.chance.id()
    luck.world.loans.lend(
        membership_id=key,
        member_id=who.member_id,
        to_team_id=to,
        role=luck.code("rapid_responder", "team_member"),
        until_at=at + timedelta(hours=luck.chance.one_of(HOURS)),
        by=by,
        at=at,
    )
    lent: Membership | None = luck.tables[Membership].get(key)
    if lent is not None:
        team = luck.world.team(to)
        lender = by.agency_id if by.agency_id != team.agency_id else None
        viewer = Viewer(
            who.member_id, who.member_name, lent.role, team.id, team.name, team.agency_id,
            lent_by_agency_id=lender,
        )  # fmt: skip
        luck.viewers.append(viewer)
        luck.of_team.setdefault(team.id, []).append(viewer)
        luck.loans.append(key)


def end(luck: Mischief, at: datetime) -> None:
    """By the member, or a lead of either team, mostly."""
    known: dict[UUID, Membership] = luck.tables[Membership]
    runs = [known[key] for key in luck.loans if known[key].until_at is None]
    is_fit = runs and luck.chance.random() < 0.9
    one = luck.chance.one_of(runs) if is_fit else known.get(luck.pick(luck.loans))
    by = luck.one_of_team(luck.chance.one_of((one.team_id, one.lent_by_team_id)) if one else None)
    luck.world.loans.end(
        membership_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.as_lead(by) if luck.chance.random() < 0.8 else by,
        at=at,
        seen=luck.seen(one.version if one else 1),
    )
    if one is not None:
        _works_no_more(luck, one.member_id, one.team_id)


def _works_no_more(luck: Mischief, member_id: UUID, team_id: UUID) -> None:
    """No front door lets them in for that team any more."""
    gone = [one for one in luck.of_team.get(team_id, ()) if one.member_id == member_id]
    luck.viewers = [one for one in luck.viewers if one not in gone]
    luck.of_team[team_id] = [one for one in luck.of_team.get(team_id, ()) if one not in gone]
