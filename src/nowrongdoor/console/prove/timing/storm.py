"""
Many clocks due at the same instant, swept as in a web worker; and two hours in which nobody swept.

The clocks are those of promises, written set by set as the owner of the tables; the triggers make the clocks.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections

from nowrongdoor.console.databases import told_by_the_database
from nowrongdoor.console.sweeping import Sweeper
from nowrongdoor.journeys import agencies, clocks, referrals
from nowrongdoor.rules import sweeping
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import ladder

WITHIN = timedelta(minutes=15)
PATIENCE = 60.0  # seconds after the instant; what has not climbed by then is missed
OUTAGE = timedelta(hours=2)


@dataclass(frozen=True)
class Ground:
    """A team that owes something about one referral."""

    referral_id: UUID
    team_id: UUID
    member_id: UUID


@dataclass(frozen=True)
class Late:
    """How late each step was that was owed at one instant, in seconds, and how many never came."""

    p99_s: float
    max_s: float
    missed: int
    doubled: int


def a_team(at: datetime) -> Ground:
    began = at - timedelta(days=30)
    agency = Agency(uuid4(), "Averley Mental Health", "mental_health", "England")
    team = Team(uuid4(), agency.id, "Front door", "Answers", "01632 960001", True, began, None, None)
    member = Member(uuid4(), "Amir Shah", "Nurse")
    by = Viewer(member.id, member.name, "team_lead", team.id, team.name, agency.id, agency.name)
    facts = [agency, team, member, Membership(uuid4(), member.id, team.id, "team_lead", began, None)]
    agencies.enter(facts=facts, by=by, at=began)
    referral_id = uuid4()
    referrals.refer(
        referral_id=referral_id, holding_id=uuid4(), person_id=None, contact_id=None, needs=["mental"],
        request="Help", words="", by=by, at=began,
    )  # fmt: skip
    return Ground(referral_id, team.id, member.id)


def owe(ground: Ground, how_many: int, *, due_at: datetime, apart: timedelta = timedelta()) -> None:
    """So many call backs, the first due then and each next one this much later."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(OWED, {**vars(ground), "many": how_many, "due_at": due_at, "apart": apart,
                              "within": WITHIN})  # fmt: skip


OWED = """
    INSERT INTO promises_promise (id, version, kind, referral_id, owner_team_id, owner_member_id, asked_of,
        words, made_at, due_at, as_of_at, escalation_level, state, ending_words, standard, held_words,
        held_from)
    SELECT gen_random_uuid(), 1, 'callback', %(referral_id)s, %(team_id)s, %(member_id)s, '', 'Ring back',
        d.due_at - %(within)s, d.due_at, d.due_at - %(within)s, 0, 'open', '', '', '', ''
    FROM (SELECT %(due_at)s + n * %(apart)s AS due_at FROM generate_series(0, %(many)s - 1) n) d
"""


def all_at_once(ground: Ground, how_many: int, *, workers: int, ahead: timedelta) -> Late:
    """Steps that are all owed at one instant, taken by several workers while the time passes for real."""
    due_at = told_by_the_database() + ahead
    owe(ground, how_many, due_at=due_at)
    stop, committed = threading.Event(), {}
    sweepers = [_Timed(committed) for _ in range(workers)]
    threads = [threading.Thread(target=_work, args=(one, stop), daemon=True) for one in sweepers]
    for thread in threads:
        thread.start()
    until = due_at + timedelta(seconds=PATIENCE)
    pause = threading.Event()
    while told_by_the_database() < until and _told(due_at) < how_many:
        pause.wait(0.25)
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)
    return _lateness(due_at, how_many, committed)


class _Timed(Sweeper):
    """A sweeper that notes when each of its batches was committed: not when it began is somebody told."""

    def __init__(self, committed: dict[datetime, datetime]) -> None:
        super().__init__(say=lambda words: None)
        self.committed = committed

    def batch(self, ours: datetime, at: datetime) -> tuple[int, int]:
        found = super().batch(ours, at)
        self.committed[at] = told_by_the_database()
        return found


def _work(sweeper: Sweeper, stop: threading.Event) -> None:
    try:
        sweeper.until(stop)
    finally:
        connections.close_all()


def _told(due_at: datetime) -> int:
    (found,) = _one("SELECT count(*) FROM clocks_climb WHERE owed_at = %s AND rung = 'duty_lead'", [due_at])
    return int(found)


def _lateness(due_at: datetime, how_many: int, committed: dict[datetime, datetime]) -> Late:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_id, climbed_at FROM clocks_climb WHERE owed_at = %s AND rung = 'duty_lead'",
            [due_at],
        )
        climbed = cursor.fetchall()
    late = sorted((committed.get(at, at) - due_at).total_seconds() for _, at in climbed)
    once = len({key for key, _ in climbed})
    if not late:
        return Late(PATIENCE, PATIENCE, how_many, 0)
    return Late(late[int(len(late) * 0.99) - 1], late[-1], how_many - once, len(climbed) - once)


@dataclass(frozen=True)
class Recovered:
    """What came of two hours without a sweep: steps missed or doubled, and whether the worst came first."""

    steps: int
    missed: int
    doubled: int
    in_order: bool


def nobody_swept(ground: Ground, how_many: int, *, limit: int) -> Recovered:
    """Clocks that fell due one after another in two hours, all of them swept afterwards, time as given."""
    began = told_by_the_database() + timedelta(days=1)  # of these clocks alone: the others rest until then
    _quiet_until(began)
    owe(ground, how_many, due_at=began, apart=OUTAGE / how_many)
    at = began + OUTAGE
    (before,) = _one("SELECT count(*) FROM clocks_climb", [])
    while clocks.sweep(ours=at, limit=limit, by=sweeping.NOBODY, at=at)[0]:
        at += timedelta(microseconds=1)
    expected = sum(_owed_in(OUTAGE - n * (OUTAGE / how_many)) for n in range(how_many))
    (taken,) = _one("SELECT count(*) FROM clocks_climb", [])
    (doubled,) = _one(
        "SELECT count(*) FROM (SELECT FROM clocks_climb WHERE due_at >= %s GROUP BY clock_id, rung"
        " HAVING count(*) > 1) twice", [began],
    )  # fmt: skip
    (in_order,) = _one(ORDER, [began])
    steps = int(taken) - int(before)
    return Recovered(steps, max(0, expected - steps), int(doubled) + max(0, steps - expected), bool(in_order))


# A batch never holds a clock that was due before one of an earlier batch.
ORDER = """
    SELECT coalesce(bool_and(first >= before), true) FROM (
        SELECT min(due_at) AS first, lag(max(due_at), 1, '-infinity') OVER (ORDER BY climbed_at) AS before
        FROM clocks_climb WHERE due_at >= %s GROUP BY climbed_at) batches
"""


def _owed_in(since_due: timedelta) -> int:
    """How many rungs must have been told of a call back that was due so long ago."""
    rungs = ladder.rungs("callback", promised=WITHIN, on=date(2026, 11, 28))
    told, after = 1, timedelta()
    for rung in rungs[1:]:
        told += after <= since_due
        after += rung.reply_within
    return told


def _quiet_until(at: datetime) -> None:
    """Whatever ran before is kept: its team keeps what it promised."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE promises_promise SET state = 'kept', ended_at = made_at + interval '1 hour',"
            " ended_by_id = owner_member_id, ending_words = 'Rang', version = version + 1"
            " WHERE state = 'open' AND due_at < %s", [at],
        )  # fmt: skip
        cursor.execute("UPDATE clocks_clock SET wakes_at = %s WHERE is_running", [at + timedelta(days=400)])


def refuses_skew() -> dict[str, bool]:
    """Whether a sweep refuses where two clocks differ by an hour, and works where they differ by seconds."""
    at = told_by_the_database()
    found = {}
    for name, seconds in (("an hour ahead", 3600), ("an hour behind", -3600), ("five seconds", 5)):
        try:
            clocks.sweep(ours=at + timedelta(seconds=seconds), by=sweeping.NOBODY, at=at)
        except Refused as refusal:
            found[name] = refusal.code == "clocks_differ"
        else:
            found[name] = False
    return found


def _one(statement: str, asked: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
