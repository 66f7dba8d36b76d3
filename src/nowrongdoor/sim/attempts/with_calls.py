"""
Calls just to talk are asked for, taken, told of, worried about and stopped; often by whoever may not, twice,
or once they are over.
"""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.talk import Talk
from nowrongdoor.rules.words import PromiseState
from nowrongdoor.sim.mischief import Mischief

CAME_OF = ("talked", "again", "no_answer", "no_answer", "no_answer", "not_wanted")


def ask(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    about = luck.chance.random()
    luck.world.talks.ask(
        talk_id=luck.new(luck.talks),
        promise_id=luck.chance.id(),
        service_id=luck.network,
        contact_id=luck.pick(luck.contacts) if about < 0.2 else None,
        referral_id=key if about >= 0.2 else None,
        person_id=None,
        ask_for=luck.words(),
        number="01632 960111",
        safe_to_call=luck.code("yes", "yes", "yes", "not_asked", "no"),
        agreed=about < 0.95,
        suits_from=None,
        suits_until=luck.due(at),
        words="",
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def take(luck: Mischief, at: datetime) -> None:
    key, owed = _call(luck)
    by = luck.one_of_team(owed.owner_team_id if owed else None)
    luck.world.talks.take(talk_id=key, by=by, at=at, seen=luck.seen(owed.version if owed else 1))


def tell(luck: Mischief, at: datetime) -> None:
    key, owed = _call(luck)
    luck.world.talks.tell(
        talk_id=key,
        came_of=luck.code(*CAME_OF),
        next_id=luck.new(luck.talks),
        next_promise_id=luck.chance.id(),
        next_at=luck.due(at),
        by=luck.one_of_team(owed.owner_team_id if owed else None),
        at=at,
        seen=luck.seen(owed.version if owed else 1),
    )


def worry(luck: Mischief, at: datetime) -> None:
    key, owed = _call(luck)
    luck.world.talks.worry(
        talk_id=key,
        words=luck.words(),
        contact_id=luck.new(luck.contacts),
        callback_id=luck.chance.id(),
        by=luck.one_of_team(owed.owner_team_id if owed else None),
        at=at,
    )


def withdraw(luck: Mischief, at: datetime) -> None:
    _, owed = _call(luck)
    luck.world.talks.withdraw(
        promise_id=owed.id if owed else luck.pick(luck.promises),
        why=luck.words(),
        by=luck.one_with_a_part(owed.person_id if owed else None),
        at=at,
        seen=luck.seen(owed.version if owed else 1),
    )


def _call(luck: Mischief) -> tuple[UUID, Promise | None]:
    """A call of late, one that is still owed mostly, and its promise."""
    talks, promises = luck.tables[Talk], luck.tables[Promise]
    known = [talks[key] for key in luck.talks if key in talks]
    still = [one for one in known if promises[one.promise_id].state == PromiseState.OPEN]
    chosen = luck.chance.one_of(still) if still and luck.chance.random() < 0.85 else None
    if chosen is None:
        chosen = luck.chance.one_of(known) if known else None
    return (chosen.id, promises[chosen.promise_id]) if chosen else (luck.chance.id(), None)
