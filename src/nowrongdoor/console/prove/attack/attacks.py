"""One attack from its place to what came of it, and the attacks that must be seen to succeed."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from nowrongdoor.console.prove.attack import (
    addresses,
    by_link,
    crawling,
    files,
    firing,
    looking,
    planting,
    worker,
)
from nowrongdoor.console.prove.attack.corpus import FORGED_LINE, MARK, TYPED_EXTRA
from nowrongdoor.console.prove.attack.sending import Judge, Sender
from nowrongdoor.console.prove.attack.server import Server, serving
from nowrongdoor.console.prove.ground import Ground, leave

WHO = """
SELECT DISTINCT unnest(ARRAY[nhs_number, postcode, phone, given_names || ' ' || family_name])
FROM people_person
"""
COLUMNS = """
SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1
"""
KEEPING = """
SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tablename NOT IN ('drafts_draft', 'django_session')
"""
RUNS = "a template that does not escape, and no policy"
STOPPED = "a template that does not escape"
NO_POLICY = "pages without the policy"
FAILS = "an address that fails"
FROM_ANYONE = "an address that takes a form from anyone"
FORMULA = "an export with a formula"
LOGGED = "logs without their filter"
LINK_LOGGED = "the address of a link in a log"
UNSLOWED = "guesses that nothing slows"
LOCKED_OUT = "guesses that lock out whoever has a link"
ALL_ROLES = 99
UNLIKELY = 6  # a text of fewer characters may stand in a log for another reason


@dataclass
class Place:
    """Somebody's invented place, and whom it knows."""

    owner: psycopg.Connection
    canaries: list[str]
    planted: dict[str, bool]
    links: by_link.Links


@dataclass
class Attack:
    """All that came of one."""

    site: crawling.Site
    judge: Judge
    seen: looking.Seen
    fired: firing.Fired
    tokenless: addresses.Tokenless
    not_413: list[str]
    planted: dict[str, bool]
    reached: list[str]
    mass_assigned: list[str]
    log: list[str]
    logged: list[str]
    outside: list[str]
    memory_growth: float | None
    guessed: by_link.Guessed


@contextlib.contextmanager
def filled(ground: Ground, *, people: int) -> Iterator[Place]:
    """Acted through the journeys like a demonstration's, then planted."""
    from django.db import connections

    from nowrongdoor.console import demo_place, filling

    demo_place.fill(people=people, progress=lambda done, of: None)
    filling.note(connections["owner"], filling.FILLED)  # personas are let into nothing else
    leave()
    with contextlib.closing(ground.as_owner()) as owner:
        canaries = [one for (one,) in owner.execute(WHO).fetchall() if one and len(one.strip()) >= UNLIKELY]
        planted = planting.plant(owner)
        links = by_link.make(owner)
        yield Place(owner, canaries, planted, links)


def attacked(place: Place, folder: Path, options: argparse.Namespace) -> Attack:
    judge, log = Judge(), folder / "server.log"
    columns = [name for (name,) in place.owner.execute(COLUMNS).fetchall()]
    with serving(log) as server:
        before = crawling.crawl(place.owner, server.port, judge, roles=options.roles, alike=options.alike)
        memory = server.memory()
        fired = firing.Fired()
        files.send(before, fired, seed=options.seed)
        firing.fire(before, fired, inputs=options.inputs, seed=options.seed)
        by_link.fire(server, place.links, judge, fired, every=max(1, options.every // 8))
        firing.strange_shapes(before, fired, columns=columns, seed=options.seed)
        addresses.strange(before.senders, fired, every=options.every)
        tokenless = addresses.without_token(before.senders[-1:], place.owner)
        not_413 = addresses.too_large(before.senders[-1])
        landed = [(sender, path) for sender, path in dict.fromkeys(fired.landed) if path.startswith("/")]
        for sender, path in landed:
            sender.get(path)
        seen = looking.look(in_turn(landed + before.pages), within=options.browse)
        grown = round(server.memory() - memory, 1) if memory is not None else None
        lines = server.said().splitlines()
    with serving(folder / "limited.log", worker.LIMITED) as server:
        guessed = by_link.guess(server, place.links, place.owner)
        lines += server.said().splitlines()
    secrets = [*place.canaries, *place.links.secrets]
    return Attack(
        before, judge, seen, fired, tokenless, not_413, place.planted, planting.reached(place.owner),
        mass_assigned(place.owner), lines, [told for line in lines if (told := tells(line, secrets))],
        [line for line in lines if line.startswith(worker.ASKED_OUTSIDE)], grown,
        guessed,
    )  # fmt: skip


def in_turn(pages: list[tuple[Sender, str]]) -> list[tuple[Sender, str]]:
    """Another address each time, so that a browser that is called off has been everywhere once."""
    times: dict[tuple[str, str], int] = {}
    order = []
    for sender, path in pages:
        kind = sender.role, crawling.route_of(path)
        times[kind] = times.get(kind, 0) + 1
        order.append((times[kind], sender, path))
    return [(sender, path) for _, sender, path in sorted(order, key=lambda one: one[0])]


def tells(line: str, canaries: list[str]) -> str:
    """What a line of the log tells that it may not, or nothing."""
    if line.startswith(FORGED_LINE):
        return f"a forged line: {line[:60]}"
    found = next((one for one in (MARK, TYPED_EXTRA, *canaries) if one in line), None)
    return f"{found!r} in: {re.sub(r'[^ -~]', '?', line[:160])}" if found else ""


def mass_assigned(owner: psycopg.Connection) -> list[str]:
    """Tables into which something came under a name that no form has. Drafts keep all that was typed."""
    from psycopg import sql

    found = []
    for (table,) in owner.execute(KEEPING).fetchall():
        ask = sql.SQL("SELECT count(*) FROM {} AS one WHERE one::text LIKE ANY(%s)").format(
            sql.Identifier(table)
        )
        ((count,),) = owner.execute(ask, [[f"%{TYPED_EXTRA}%", f"%{firing.KEY}%"]]).fetchall()
        if count:
            found.append(f"{count:,} rows of {table} hold what no form asks for")
    return found


def controls(place: Place, folder: Path) -> dict[str, bool]:
    """Servers with faults on purpose, met with the same eyes."""
    weak = (worker.UNESCAPED, worker.PLAIN_LOGS, worker.PLANTED)
    with serving(folder / "weak.log", *weak) as server:
        judge, seen = visited(server, place)
        stranger = Sender(server.port, judge)
        for view in ("failing", "cells"):
            stranger.get(f"/planted/{view}")
        guessed = by_link.guess(server, place.links, place.owner)
        stranger.get(f"/answer/{place.links.never}")
        taken = addresses.without_token([stranger], place.owner, {"unguarded": worker.TAKES_ALL}).taken
        said = server.said().splitlines()
    shown = {
        STOPPED: bool(judge.strange) and bool(seen.stopped) and not seen.fired,
        FAILS: any("/planted/failing" in one for one in judge.failed),
        FORMULA: bool(judge.formula_cells),
        FROM_ANYONE: any("200 POST" in one for one in taken),
        LOGGED: any(worker.CANARY in line for line in said),
        LINK_LOGGED: any(place.links.never[:22] in line for line in said),
        UNSLOWED: not guessed.slowed,
    }
    with serving(folder / "open.log", worker.UNESCAPED, worker.NO_POLICY, worker.LOCKS_OUT) as server:
        judge, seen = visited(server, place)
        guessed = by_link.guess(server, place.links, place.owner)
    return shown | {
        RUNS: bool(seen.fired),
        NO_POLICY: bool(judge.unguarded_pages),
        LOCKED_OUT: bool(guessed.locked_out),
    }


def visited(server: Server, place: Place) -> tuple[Judge, looking.Seen]:
    """The pages of people, for one of every role until one has some."""
    judge = Judge()
    people: list[tuple[Sender, str]] = []
    site = crawling.Site([])
    for role, membership_id in crawling.members(place.owner, roles=ALL_ROLES):
        sender = Sender(server.port, judge, role)
        sender.sign_in(membership_id)
        crawling.come_upon(site, sender, alike=1)
        people = [(one, path) for one, path in site.pages if crawling.route_of(path) == "person"]
        if people:
            break
    return judge, looking.look(people[:1], within=20)
