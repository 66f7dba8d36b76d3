"""
Attempts on what is owed, and on the teams and members who owe it.
"""

from datetime import datetime, timedelta

from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.rota import Duty
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.withholding import AGREE, CHANGE, SET_ASIDE
from nowrongdoor.rules.words import PromiseKind, PromiseState
from nowrongdoor.sim import clocks
from nowrongdoor.sim.mischief import Mischief

EVERY = 1_000_000


def make(luck: Mischief, at: datetime) -> None:
    about = luck.chance.random()
    luck.world.promises.make(
        promise_id=luck.new(luck.promises),
        kind=luck.code(*PromiseKind),
        words="Ring tomorrow.",
        due_at=luck.due(at),
        contact_id=luck.pick(luck.contacts) if 0.1 < about < 0.4 else None,
        referral_id=luck.pick(luck.referrals) if about > 0.4 else None,
        person_id=None,
        by=luck.anyone(),
        at=at,
    )


def keep(luck: Mischief, at: datetime) -> None:
    key, known = luck.promise()
    luck.world.promises.keep(
        promise_id=key,
        words=luck.words(),
        by=luck.one_of_team(known.owner_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def let_go(luck: Mischief, at: datetime) -> None:
    key, known = luck.promise()
    luck.world.promises.let_go(
        promise_id=key,
        words=luck.words(),
        by=luck.one_of_team(known.owner_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def escalate(luck: Mischief, at: datetime) -> None:
    key, known = luck.promise()
    luck.world.promises.escalate(
        promise_id=key,
        escalation_id=luck.chance.id(),
        to_team_id=luck.team(),
        words=luck.words(),
        by=luck.lead(),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def read_again(luck: Mischief, at: datetime) -> None:
    waits = [
        one
        for one in luck.tables[Promise].values()
        if (one.kind, one.state) == (PromiseKind.SECOND_READING, PromiseState.OPEN)
    ]
    known: Promise | None = luck.chance.one_of(waits) if waits else None
    luck.world.second_readings.answer(
        promise_id=known.id if known else luck.pick(luck.promises),
        how=luck.code(AGREE, CHANGE, SET_ASIDE),
        words=luck.chance.one_of(("", "Ring before you visit.", "Limit it to two visits.")),
        reason=luck.words(),
        by=luck.one_of_team(known.owner_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def sweep(luck: Mischief, at: datetime) -> None:
    ours = at + timedelta(hours=1) if luck.chance.random() < 0.05 else at
    luck.world.clocks.sweep(ours=ours, limit=EVERY, by=NOBODY, at=at)


def reply(luck: Mischief, at: datetime) -> None:
    raised = [one for one in clocks.of(luck.world.rows) if one.is_raised]
    one = raised[int(luck.chance.random() * len(raised))] if raised else None
    luck.world.clocks.reply(
        clock_id=one.id if one else luck.pick(luck.referrals),
        reply_id=luck.chance.id(),
        step=luck.seen(one.step) if one else 1,
        decision=luck.words(),
        dissent="",
        told=luck.words(),
        rests_until=luck.due(at),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
    )


def put_on(luck: Mischief, at: datetime) -> None:
    who = luck.anyone()
    from_at = at + timedelta(minutes=luck.chance.randrange(-90, 300))
    luck.world.rota.put_on(
        duty_id=luck.new(luck.duties),
        team_id=luck.chance.one_of((who.team_id, who.team_id, luck.team(), None)),
        member_id=who.member_id,
        rung=luck.code("practitioner", "practitioner", "duty_lead", "on_call_manager", "executive"),
        phone="",
        from_at=from_at,
        until_at=from_at + timedelta(minutes=luck.chance.randrange(-20, 600)),
        by=luck.lead(),
        at=at,
    )


def take_off(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.duties)
    known = luck.tables[Duty].get(key)
    luck.world.rota.take_off(
        duty_id=key, words=luck.words(), by=luck.lead(), at=at, seen=luck.seen(known.version if known else 1)
    )


def offer_on(luck: Mischief, at: datetime) -> None:
    ours = at + timedelta(hours=1) if luck.chance.random() < 0.05 else at
    luck.world.rota.offer_on(ours=ours, by=NOBODY, at=at)


def close_team(luck: Mischief, at: datetime) -> None:
    team = luck.world.team(luck.team())
    luck.world.agencies.close_team(
        team_id=team.id,
        successor_id=luck.team(),
        words=luck.words(),
        by=luck.one_of_team(team.id),
        at=at,
        seen=luck.seen(team.version),
    )
    luck.open_teams.remove(team.id)


def leave(luck: Mischief, at: datetime) -> None:
    gone = luck.anyone()
    luck.world.agencies.leave(
        member_id=gone.member_id, words=luck.words(), by=luck.one_of_team(gone.team_id), at=at
    )
    luck.has_left(gone)
    if len(luck.viewers) < 4:
        luck.hire(at)


def enter(luck: Mischief, at: datetime) -> None:
    if len(luck.open_teams) < 5:
        luck.open_team(at)
    else:
        luck.hire(at)
