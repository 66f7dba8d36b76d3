"""
How long one sweep takes in a place where a million clocks run, and by which index it finds those that woke.

They are those of call backs, written set by set as the owner of the tables: what is measured is the sweep.
Before each a hundred more have just fallen due, and climb in it.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from nowrongdoor.console import tables
from nowrongdoor.console.bench.measure import percentile
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.progress import Progress
from nowrongdoor.console.prove.ground import elsewhere, leave, set_up_django

SEED = 4711
SOURCE = Path(__file__).resolve().parents[3]
ORIGINAL = dict(os.environ)
GOAL = 1.0  # seconds for one sweep
INDEX = "clock_awake"
NAME = "nwd_bench_sweep"
SET = 50_000  # rows in one statement
APART = timedelta(seconds=2.6)  # so that a million fall due within a month


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clocks", type=int, default=1_000_000, help="how many clocks run (1,000,000)")
    parser.add_argument("--woken", type=int, default=100, help="how many wake before each sweep (100)")
    parser.add_argument("--times", type=int, default=7, help="how many sweeps (7)")


def run(asked: argparse.Namespace) -> Found:
    os.environ.setdefault("NWD_DEMO", "1")
    os.environ.setdefault("NWD_SECRET_KEY", secrets.token_urlsafe(50))
    found = Found(SEED)
    with database_for("bench-sweep", fast=True):
        made_anew()
        set_up_django()
        from nowrongdoor.console import filling

        filling.migrate()
        on_screen(f"Making {asked.clocks:,} clocks …")
        fill(asked.clocks)
        took = [swept(asked.woken) for _ in range(asked.times)]
        tell(found, asked, took, plan())
        found.controls[f"without {INDEX} the plan says so"] = INDEX not in plan(without=INDEX)
        leave()
    return found


def made_anew(name: str = NAME) -> None:
    """A database of this bench's own beside the others: it is emptied each time, and nobody else's is."""
    import psycopg
    from psycopg import sql

    owner = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(elsewhere(owner, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    tables.new(owner, name, with_tables=True)
    for url in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[url] = elsewhere(os.environ[url], name)
    os.environ.pop("DATABASE_READER_URL", None)  # nobody reads a page here


def fill(clocks: int) -> None:
    """So many call backs that are owed, the first in an hour and each a little later, and their clocks."""
    from django.db import connections

    from nowrongdoor.console.prove.timing import storm

    at = storm.told_by_the_database()
    ground = storm.a_team(at)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        # Who takes part and who is told are not measured here: the clocks follow set by set instead.
        cursor.execute("ALTER TABLE promises_promise DISABLE TRIGGER USER")
    progress = Progress()
    with connections["owner"].cursor() as cursor:
        for first in range(0, clocks, SET):
            begins = at + timedelta(hours=1) + first * APART
            many = min(SET, clocks - first)
            storm.owe(ground, many, due_at=begins, apart=APART)
            cursor.execute(FOLLOWED, {"from": begins, "until": begins + many * APART})
            progress(first + many, clocks)
        cursor.execute(
            "UPDATE clocks_clock SET wakes_at = due_at - interval '5 minutes' WHERE kind = 'callback'"
        )
        cursor.execute("ALTER TABLE promises_promise ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE clocks_clock")


FOLLOWED = """
    SELECT follow_clocks(ARRAY(
        SELECT id FROM promises_promise WHERE due_at >= %(from)s AND due_at < %(until)s))
"""


def swept(woken: int) -> float:
    """Seconds for one whole sweep, in which so many that have just fallen due climb."""
    from nowrongdoor.console.prove.timing import storm
    from nowrongdoor.console.sweeping import Sweeper

    at = storm.told_by_the_database()
    storm.owe(storm.a_team(at), woken, due_at=at - timedelta(seconds=1))
    began = time.perf_counter()
    Sweeper().round()
    return time.perf_counter() - began


def plan(*, without: str = "") -> str:
    """How PostgreSQL looks for clocks that have woken, as a sweep asks; for a control, without an index."""
    from django.db import connections, transaction
    from psycopg import sql

    asked = as_a_sweep_asks()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        if without:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(without)))
        cursor.execute(sql.SQL("EXPLAIN (ANALYZE, BUFFERS) {}").format(sql.SQL(asked[0])), asked[1])
        said = [line for (line,) in cursor.fetchall()]
        transaction.set_rollback(True, using="owner")
    return "\n".join(said)


def as_a_sweep_asks() -> tuple[str, list[Any]]:
    """The statement by which a sweep claims what has woken, and what it is asked with."""
    from django.db import connection

    from nowrongdoor.console.sweeping import Sweeper

    sent: list[tuple[str, list[Any]]] = []

    def kept(execute: Any, statement: str, parameters: list[Any], many: bool, context: Any) -> Any:
        sent.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(kept):
        Sweeper().round()
    return next(one for one in sent if "SKIP LOCKED" in one[0])


def tell(found: Found, asked: argparse.Namespace, took: list[float], said: str) -> None:
    median, worst = percentile(took, 50), max(took)
    found.figures |= {
        "clocks": asked.clocks,
        "woken": asked.woken,
        "sweep_s": round(median, 3),
        "sweep_max_s": round(worst, 3),
        "plan": said.splitlines(),
        "machine_busy": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
    found.say(
        f"{asked.clocks:,} clocks ran. A sweep in which {asked.woken:,} climbed took {median:.2f} s (median "
        f"of {asked.times}), {worst:.2f} s at most; load {found.figures['machine_busy']}."
    )
    found.say(said)
    if median > GOAL:
        found.misses.append(f"one sweep: {median:.2f} s, at most {GOAL}")
    if INDEX not in said:
        found.misses.append(f"the sweep's plan does not use {INDEX}")


def beside(found: Found, clocks: int) -> None:
    """The same for another bench: in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "sweep.json"
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "nowrongdoor.console", "bench", "sweep", "--clocks", str(clocks),
             "--json", str(told)],
            env=ORIGINAL | {"PYTHONPATH": str(SOURCE)}, check=False,
        )  # fmt: skip
        if not told.exists():
            found.misses.append(f"a sweep could not be measured (it ended with {ran.returncode})")
            return
        one = json.loads(told.read_text("utf-8"))
    found.figures["sweep_s"] = one["figures"]["sweep_s"]
    found.misses += one["misses"]
    found.controls |= one["controls"]
