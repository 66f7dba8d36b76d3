"""
Whether whoever is spoken of in a call is found, and how long that takes.

A place of invented people is made in a database of this bench's own. Each query is made from one of their
records as a caller would tell it: misheard, in another order, by a short form, with parts left out. What the
search shows is held against scoring everybody there is, by the code that links whole registers.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from nowrongdoor.console.bench import sweep
from nowrongdoor.console.bench.measure import percentile
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.prove.ground import leave, set_up_django

SEED = 4711
NAME = "nwd_bench_find"
FIRST = 5  # the true record must be among so many
RECALL, P95_MS = 0.98, 30.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=1_000_000, help="how many are on record (1,000,000)")
    parser.add_argument("--queries", type=int, default=500, help="how often somebody is looked for (500)")
    parser.add_argument(
        "--everybody", type=int, default=100, help="for so many of these everybody is scored (100)"
    )
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    os.environ.setdefault("NWD_DEMO", "1")
    os.environ.setdefault("NWD_SECRET_KEY", secrets.token_urlsafe(50))
    found = Found(asked.seed)
    with database_for("bench-find", fast=True):
        sweep.made_anew(NAME)
        set_up_django()
        from nowrongdoor.console import filling
        from nowrongdoor.console.bench import finding_people as made

        filling.migrate()
        on_screen(f"Making {asked.people:,} people …")
        place = made.fill(asked.people, seed=asked.seed)
        queries = list(made.queries(place, asked.queries, seed=asked.seed))
        searched = [_searched(one, place.at) for one in queries]
        everybody = _everybody(place, queries[: asked.everybody])
        _tell(found, asked, queries, searched, everybody)
        _controls(found, place, queries, searched, everybody)
        leave()
    return found


class _Searched:
    """What one query came to: the first records shown with their weights, and what it cost."""

    def __init__(self, shown: dict[UUID, float], took: list[float], cpu: list[tuple[float, float]]) -> None:
        self.shown, self.took = shown, took
        self.cpu_ms, self.python_cpu_ms = min((sum(both), both[0]) for both in cpu)


def _searched(query: Any, at: datetime, *, times: int = 3) -> _Searched:
    from nowrongdoor.console.bench.finding_people import A_HANDLER
    from nowrongdoor.reading import people_search

    took, cpu = [], []
    for _ in range(times):
        theirs, cpu_began, began = _of_postgres(), time.process_time(), time.perf_counter()
        found = people_search.search(query.asked, viewer=A_HANDLER, at=at)
        took.append((time.perf_counter() - began) * 1000)
        cpu.append(((time.process_time() - cpu_began) * 1000, _of_postgres() - theirs))
    return _Searched({one.person.id: one.bits for one in found.matches[:FIRST]}, took, cpu)


def _of_postgres() -> float:
    """Milliseconds of processor time that the process behind our connection has had; 0 where nobody says."""
    from django.db import connection

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    try:
        return int(told.read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def _is_shown(queries: list[Any], searched: list[_Searched]) -> Iterator[bool]:
    return (query.person_id in one.shown for query, one in zip(queries, searched, strict=True))


def _everybody(place: Any, queries: list[Any]) -> list[dict[UUID, float]]:
    """The first records when everybody is scored, by query, and what the true one weighs."""
    from nowrongdoor.console.bench import finding_people as made

    return list(made.everybody(place, queries, first=FIRST))


def _tell(
    found: Found, asked: argparse.Namespace, queries: list[Any], searched: list[_Searched],
    everybody: list[dict[UUID, float]],
) -> None:  # fmt: skip
    least = [min(one.took) for one in searched]
    both = list(zip(queries, searched, everybody, strict=False))
    could = [(query, one) for query, one, every in both if query.person_id in every]
    found.figures |= {
        "people": asked.people,
        "queries": len(queries),
        "recall_first_five": _share(_is_shown(queries, searched)),
        "recall_scoring_everybody": _share(query.person_id in every for query, _, every in both),
        "recall_of_those": _share(query.person_id in one.shown for query, one in could),
        "p50_ms": round(percentile(least, 50), 2),
        "p95_ms": round(percentile(least, 95), 2),
        "cpu_ms": round(statistics.mean(one.cpu_ms for one in searched), 2),
        "cpu_p95_ms": round(percentile([one.cpu_ms for one in searched], 95), 2),
        "python_cpu_ms": round(statistics.mean(one.python_cpu_ms for one in searched), 2),
        "machine_busy": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
    figures = found.figures
    found.say(
        f"{asked.people:,} people, {len(queries):,} queries. The record meant is among the first {FIRST} in "
        f"{figures['recall_first_five']:.4f}; of {len(everybody)} for which everybody was scored, that finds "
        f"{figures['recall_scoring_everybody']:.4f}, and the search {figures['recall_of_those']:.4f} of them."
    )
    found.say(
        f"A search took {figures['cpu_ms']} ms of processor (mean), {figures['cpu_p95_ms']} ms (95 of 100); "
        f"by the clock {figures['p50_ms']} ms (median), {figures['p95_ms']} ms (95 of 100) with what else "
        f"the machine did (load {figures['machine_busy']})."
    )
    if figures["recall_of_those"] < RECALL:
        found.misses.append(f"recall {figures['recall_of_those']}, at least {RECALL}")
    # Of one core: on a machine that does other work the clock tells of that work too.
    if figures["cpu_p95_ms"] > P95_MS:
        found.misses.append(f"p95 {figures['cpu_p95_ms']} ms of one core, at most {P95_MS}")


def _controls(
    found: Found, place: Any, queries: list[Any], searched: list[_Searched],
    everybody: list[dict[UUID, float]],
) -> None:  # fmt: skip
    """One pair has one score however it is reached; and without its keys the search finds fewer."""
    pairs = [
        (one.shown[key], every[key])
        for query, one, every in zip(queries, searched, everybody, strict=False)
        if query.is_read_one_way
        for key in one.shown
        if key in every
    ]
    found.figures["pairs_scored_twice"] = len(pairs)
    found.figures["furthest_apart"] = max((abs(one - other) for one, other in pairs), default=None)
    found.controls["the same score as linking whole registers"] = bool(pairs) and all(
        abs(one - other) < 1e-6 for one, other in pairs
    )
    with mock.patch("nowrongdoor.rules.finding.keys_of", lambda asked, *, model: {}):
        without = [_searched(one, place.at, times=1) for one in queries]
    missed = _share(_is_shown(queries, without))
    found.figures["recall_without_keys"] = missed
    found.controls["without its keys fewer are found"] = missed < found.figures["recall_first_five"]


def _share(found: Iterator[bool]) -> float:
    every = list(found)
    return round(sum(every) / max(len(every), 1), 4)
