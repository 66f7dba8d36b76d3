"""
A prompt at the database: a small true place, and statements typed at it with no rule in between.

The place is decided by the rulebook and written with plain INSERT and UPDATE. What is typed next
is the attack. Nothing is committed: constraints that wait for the end are asked for at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
from django.apps import apps
from psycopg import sql

from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules import agency, handover, promise, re_homing, referral
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.handover import Message

NINE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ASK = Message(
    why_urgent="", summary="", done="", ask="See her tomorrow.", watch_for="", told="", sharing_basis=""
)


def key(name: str) -> UUID:
    """The key of what is called so in this place."""
    return uuid5(NAMESPACE_OID, name)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def refusal_of(error: psycopg.Error) -> str:
    """The name of the guard that said no."""
    return error.diag.constraint_name or type(error).__name__


@dataclass
class Prompt:
    """One connection in one transaction; `known` is every row of the place by its name, as facts."""

    connection: psycopg.Connection
    known: dict[str, Any] = field(default_factory=dict)

    def write(self, *steps: Step, names: Iterable[str] = ()) -> None:
        """What the rules decided, in plain SQL. A name is given to each row in turn."""
        new = iter(names)
        called = {one.id: name for name, one in self.known.items()}
        for before, change in steps:
            row = change.after
            self.connection.execute(_insert(row) if before is None else _update(before, row), _values(row))
            self.known[called.get(row.id) or next(new, str(row.id))] = row

    def type(self, statement: str) -> None:
        """A statement as someone would type it; %(name)s is a key of the place, %(at_5)s five past nine."""
        keys = {name: one.id for name, one in self.known.items()}
        instants = {f"at_{minute}": after(minute) for minute in range(61)}
        for one in filter(None, (part.strip() for part in statement.split(";"))):
            self.connection.execute(one, {**keys, **instants, "new": key("new"), "other": key("other")})

    def settle(self) -> None:
        """Ask now for everything that waits for the end of the transaction."""
        self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.connection.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def prompt(url: str) -> Iterator[Prompt]:
    """The small place, at a prompt; nothing that is typed there is kept."""
    with psycopg.connect(url) as connection:
        typed = Prompt(connection)
        try:
            furnish(typed)
            typed.settle()
            yield typed
        finally:
            connection.rollback()


def furnish(at: Prompt) -> None:
    """
    Three teams with a member each, and referrals at every stage:

    `plain` held by one; `asked` offered to two, who has not answered; `passed` accepted by two;
    `sent_back` returned by two and offered to three; `moved` re-homed from three to one; `ended` closed.
    """
    at.write(
        agency.found("agency.entered", Agency(key("place"), "Averley", "health", "England")), names=["place"]
    )
    for name in ("one", "two", "three", "spare"):
        team = Team(key(name), key("place"), name, "", "", True, SINCE, None, None)
        member = Member(key("member_" + name), name, "Nurse")
        works = Membership(key("works_" + name), member.id, team.id, "team_member", SINCE, None)
        for kind, facts, called in (
            ("team.opened", team, name),
            ("member.entered", member, "member_" + name),
            ("membership.began", works, "works_" + name),
        ):
            at.write(agency.found(kind, facts), names=[called])
    for name, team in (
        ("plain", "one"),
        ("asked", "one"),
        ("passed", "one"),
        ("sent_back", "one"),
        ("moved", "three"),
        ("ended", "one"),
    ):
        refer(at, name, team)
    offer(at, "asked", to="two")
    offer(at, "passed", to="two")
    accept(at, "passed")
    offer(at, "sent_back", to="two")
    send_back(at, "sent_back", to="three")
    re_home(at, "moved", to="one")
    close(at, "ended")
    owe(at, "owed", on="plain")


def refer(at: Prompt, name: str, team: str) -> None:
    steps = referral.refer(
        referral_id=key(name),
        holding_id=key(name + "_held"),
        person_id=None,
        contact_id=None,
        team_id=key(team),
        member_id=key("member_" + team),
        needs=[],
        request="Help",
        words="",
        at=NINE,
    )
    at.write(*steps, names=[name, name + "_held"])


def offer(at: Prompt, name: str, *, to: str) -> None:
    step = handover.offer(
        at.known[name],
        held=at.known[name + "_held"],
        live_offer=None,
        handover_id=key(name + "_offer"),
        to=at.known[to],
        message=ASK,
        hop=1,
        by=key("member_one"),
        at=after(5),
    )
    at.write(step, names=[name + "_offer"])


def accept(at: Prompt, name: str) -> None:
    steps = handover.accept(
        at.known[name + "_offer"],
        referral=at.known[name],
        held=at.known[name + "_held"],
        open_promises=[],
        read_back="We go.",
        holding_id=key(name + "_taken"),
        by=key("member_two"),
        at=after(10),
    )
    at.write(*steps, names=[name + "_taken"])


def send_back(at: Prompt, name: str, *, to: str) -> None:
    steps = handover.send_back(
        at.known[name + "_offer"],
        referral=at.known[name],
        held=at.known[name + "_held"],
        reason="not_ours",
        words="",
        next_team=at.known[to],
        next_handover_id=key(name + "_next"),
        by=key("member_two"),
        at=after(10),
    )
    at.write(*steps, names=[name + "_next"])


def re_home(at: Prompt, name: str, *, to: str) -> None:
    steps = re_homing.re_home(
        at.known[name + "_held"],
        referral=at.known[name],
        live_offer=None,
        open_promises=[],
        to_team_id=key(to),
        ids=re_homing.Ids(key(name + "_record"), key(name + "_taken"), key(name + "_settle")),
        reason="member_left",
        words="Gone.",
        by=key("member_one"),
        at=after(10),
    )
    at.write(*steps, names=[name + "_record", name + "_taken", name + "_settle"])


def close(at: Prompt, name: str) -> None:
    steps = referral.closing(
        at.known[name],
        held=at.known[name + "_held"],
        offer_waits=False,
        open_promises=[],
        outcome="advice",
        told="All is well.",
        told_by="us",
        by=key("member_one"),
        at=after(10),
    )
    at.write(*steps)


def owe(at: Prompt, name: str, *, on: str) -> None:
    step = promise.make(
        promise_id=key(name),
        kind="information",
        team_id=key("one"),
        member_id=None,
        words="Ask her GP.",
        due_at=after(30),
        at=NINE,
        referral_id=key(on),
    )
    at.write(step, names=[name])


def _table(row: Any) -> sql.Identifier:
    models = {model.__name__: model for model in apps.get_models() if issubclass(model, Row)}
    return sql.Identifier(models[type(row).__name__]._meta.db_table)


def _insert(row: Any) -> sql.Composed:
    columns = vars(row)
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        _table(row),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )


def _update(before: Any, row: Any) -> sql.Composed:
    changed = [name for name in vars(row) if getattr(row, name) != getattr(before, name)]
    pairs = [sql.SQL("{} = {}").format(sql.Identifier(one), sql.Placeholder(one)) for one in changed]
    return sql.SQL("UPDATE {} SET {} WHERE id = {}").format(
        _table(row), sql.SQL(", ").join(pairs), sql.Placeholder("id")
    )


def _values(row: Any) -> dict[str, Any]:
    return {name: _value(value) for name, value in vars(row).items()}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value
