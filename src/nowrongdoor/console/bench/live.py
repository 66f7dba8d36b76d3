"""
How long it takes from an act to the screens it concerns, with hundreds of browsers that listen.

The browsers are plain HTTP clients in this process; the acts are done in a process of their own, and the web
is served by as many as `--workers` says. All of it shares the processors of this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import psycopg

from nowrongdoor.console.bench import seats, sweep
from nowrongdoor.console.bench.browsers import Browser
from nowrongdoor.console.bench.live_figures import GOAL, Measured, tell
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.console.bench.spent import Spent, below, parent
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.prove.crash.servers import Web, free_port
from nowrongdoor.console.prove.ground import elsewhere, leave, set_up_django

SEED = 4711
SOURCE = Path(__file__).resolve().parents[3]
SETTLE = 90.0
CONTROL = 3.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=300, help="how many people the place has")
    parser.add_argument("--browsers", type=int, default=500, help="how many browsers listen")
    parser.add_argument("--acts", type=float, default=50, help="how many acts in a second")
    parser.add_argument("--seconds", type=float, default=20, help="for how long")
    parser.add_argument("--workers", type=int, default=1, help="how many processes serve the web")
    parser.add_argument(
        "--connections", type=int, default=6, help="kept by each process for each role; 0 to make them anew"
    )
    parser.add_argument(
        "--clocks", type=int, default=1_000_000, help="how many run when a sweep is measured; 0 for none"
    )
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    os.environ.setdefault("NWD_DEMO", "1")
    os.environ.setdefault("NWD_SECRET_KEY", secrets.token_urlsafe(50))
    with database_for("bench-live", fast=True):
        set_up_django()
        from nowrongdoor.console.bench import place

        place.ready(people=asked.people, seed=asked.seed, say=on_screen)
        leave()  # what is counted is what the web and the acts hold
        found = Found(asked.seed, figures={"browsers": asked.browsers, "workers": asked.workers})
        measured = asyncio.run(_measured(asked, acts=asked.acts, seconds=asked.seconds))
        tell(found, measured, asked)
        control(found, asked)
    if asked.clocks:
        sweep.beside(found, asked.clocks)
    return found


async def _measured(
    asked: argparse.Namespace, *, acts: float, seconds: float, listen_url: str = ""
) -> Measured:
    measured, port = Measured(), free_port()
    with served(port, asked, listen_url) as web, busy(acts, seconds, asked.seed) as worker:
        browsers = await asyncio.to_thread(seats.signed_in, asked.browsers, port, seed=asked.seed)
        lives = [asyncio.ensure_future(one.live()) for one in browsers]
        person = Browser(port, browsers[0].session, browsers[0].team, "/")
        await settled(browsers)
        measured.listening = sum(one.is_listening for one in browsers)
        measured.quiet = [await took(person) for _ in range(10)]
        theirs = await asyncio.to_thread(ready, worker)
        spent = the_parts(web, worker.pid, theirs)
        for one in browsers:
            one.shown.clear()
            one.bytes = one.failures = 0
        spent.begin()
        watching = asyncio.ensure_future(watched(measured, person))
        told = await asyncio.to_thread(acted, worker)
        acting = spent.so_far()
        await asyncio.sleep(3 * GOAL)
        measured.spent = {**spent.so_far(), "acts": acting["acts"], "acts_database": acting["acts_database"]}
        for task in (*lives, watching):
            task.cancel()
        await asyncio.gather(*lives, watching, return_exceptions=True)
    reckon(measured, told, browsers)
    return measured


def reckon(measured: Measured, told: list[dict[str, Any]], browsers: list[Browser]) -> None:
    measured.acts = len(told)
    if told:
        measured.per_second = len(told) / max(0.001, told[-1]["began"] - told[0]["began"])
    measured.members = len({one.member for one in browsers})
    measured.looks = sum(len(one.shown) for one in browsers)
    measured.bytes = sum(one.bytes for one in browsers)
    measured.failures = sum(one.failures for one in browsers)
    for act in told:
        for one in browsers:
            if one.is_of_place or one.team in act["teams"]:
                shown = one.had(act["version"])
                if shown is None:
                    measured.late += 1
                else:
                    (measured.place if one.is_of_place else measured.team).append(shown - act["began"])


async def settled(browsers: list[Browser]) -> None:
    """Every browser listens, and has looked once since."""
    until = time.monotonic() + SETTLE
    while time.monotonic() < until and not all(one.is_listening and one.shown for one in browsers):
        if time.monotonic() > until - SETTLE + 10 and not any(one.is_listening for one in browsers):
            return  # nobody is told anything: that is for the control
        await asyncio.sleep(0.1)


async def took(person: Browser) -> float:
    began = time.monotonic()
    await person.asks()
    return time.monotonic() - began


async def watched(measured: Measured, person: Browser) -> None:
    """Somebody opens a page now and then meanwhile, and the connections to the database are counted."""
    while True:
        measured.busy.append(await took(person))
        measured.connections = max(measured.connections, await asyncio.to_thread(connections))
        await asyncio.sleep(0.5)


def connections() -> int:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as asking:
        counted = asking.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename IN ('nwd_app', 'nwd_reader')"
        ).fetchone()
        return counted[0] if counted else 0


class Served(Web):
    """As many processes as it takes, behind one port."""

    def __init__(self, port: int) -> None:
        self.port = port


@contextlib.contextmanager
def served(port: int, asked: argparse.Namespace, listen_url: str) -> Iterator[int]:
    settings = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        "NWD_LISTEN_URL": listen_url or os.environ["DATABASE_URL"],
        "NWD_CONNECTIONS": str(asked.connections),
    }
    server = Served(port)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "uvicorn", "nowrongdoor.site.asgi:application", "--port", str(port),
         "--log-level", "error", "--lifespan", "off", "--workers", str(asked.workers), "--backlog", "4096",
         "--timeout-graceful-shutdown", "1"],
        env=settings, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        server.wait_until_up()
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


@contextlib.contextmanager
def busy(acts: float, seconds: float, seed: int) -> Iterator[subprocess.Popen[str]]:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "nowrongdoor.console.bench.busy", str(acts), str(seconds), str(seed)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait(20)


def ready(worker: subprocess.Popen[str]) -> int:
    """Waits until it could begin, and answers with the process of the database that serves it."""
    assert worker.stdout is not None
    return int(worker.stdout.readline())


def the_parts(web: int, acting: int, theirs: int) -> Spent:
    """Whose share of the processors is told: the web, the acts, the database of each, and the browsers."""
    database = parent(theirs)
    return Spent(
        {
            "web": lambda: below(web),
            "acts": lambda: {acting},
            "acts_database": lambda: {theirs},
            "database": lambda: below(database) - {theirs},
            "browsers": lambda: {os.getpid()},
        }
    )


def acted(worker: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """Lets it begin, and answers with what it did."""
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write("\n")
    worker.stdin.flush()
    return [json.loads(line) for line in takewhile(str.strip, worker.stdout)]


def control(found: Found, asked: argparse.Namespace) -> None:
    """A listener in another database hears nothing: no screen may show anything."""
    few = argparse.Namespace(**vars(asked) | {"browsers": 5, "workers": 1})
    deaf = asyncio.run(
        _measured(few, acts=5, seconds=CONTROL, listen_url=elsewhere(os.environ["DATABASE_URL"], "postgres"))
    )
    found.controls["a listener that hears nothing"] = bool(deaf.acts) and not deaf.team
    found.figures["shown_by_a_listener_that_hears_nothing"] = len(deaf.team)
