"""
What the options for one ask cost: 100,000 invented services, ranked with reasons, misses and near misses.

The same answers are given by the slow and obvious way of `rules.fitting` on directories small enough for
it, and compared whole; and PostgreSQL alone finds and orders the same services beside it.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from nowrongdoor.console.bench.screens import Found
from nowrongdoor.console.databases import database_for
from nowrongdoor.console.prove.ground import set_up_django
from nowrongdoor.directory import search
from nowrongdoor.directory.columns import Columns
from nowrongdoor.directory.invented import Invented, days_of
from nowrongdoor.rules import fitting, fitting_words
from nowrongdoor.rules.fitting import FULL, Ask, Options, Said

SEED = 4711
SERVICES, ASKS, CASES = 100_000, 400, 10_000
SMALL, EACH = 40, 100  # services of a small directory, and how many cases are asked of each
TIMES = 3
# The goals.
MOST_MS, MOST_MB, MOST_S, MOST_PAGE_MS = 5.0, 200, 1.0, 60.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--services", type=int, default=SERVICES)
    parser.add_argument("--asks", type=int, default=ASKS, help="how many are timed")
    parser.add_argument("--cases", type=int, default=CASES, help="how many are compared with the plain way")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--without-postgresql", action="store_true", help="do not measure it beside")


def run(asked: argparse.Namespace) -> Found:
    os.environ.setdefault("NWD_DEMO", "1")  # the people of this place are invented
    found = Found(asked.seed)
    invented = Invented(asked.seed)
    before = _most_memory_mb()
    began = time.perf_counter()
    columns = Columns(invented.entries(asked.services))
    for service_id in columns.ids:
        columns.say(service_id, invented.said())
    gc.collect()
    found.figures |= {
        "services": len(columns),
        "load_s": round(time.perf_counter() - began, 1),
        "memory_mb": round(_most_memory_mb() - before),
    }
    asks = [invented.ask() for _ in range(asked.asks)]
    _timed(columns, asks, found)
    _fresh(columns, asks[0], found)
    _compared(asked, found)
    if not asked.without_postgresql:
        with database_for("bench-directory", fast=True):
            set_up_django()
            from nowrongdoor.console.bench import directory_page, directory_sql

            found.figures["others"] = directory_sql.beside(columns, asks, found)
            entries = Invented(asked.seed).entries(asked.services)
            found.figures |= directory_page.measure(entries, asks, seed=asked.seed, found=found)
    _judged(found)
    return found


def _timed(columns: Columns, asks: Sequence[Ask], found: Found) -> None:
    """With everything that is told of each. The quickest of three: what else the machine does is not ours."""
    spent, processor = [], []
    for at in sorted(days_of(list(asks))):
        of_day = [ask for ask in asks if fitting.local_date(ask.at) == fitting.local_date(at)]
        columns.times.day(at)
        for ask in of_day:
            times = [_once(columns, ask) for _ in range(TIMES)]
            spent.append(min(wall for wall, _ in times))
            processor.append(min(own for _, own in times))
    found.figures |= {
        "p50_ms": round(statistics.median(spent), 2),
        "p95_ms": round(statistics.quantiles(spent, n=20)[-1], 2),
        "processor_p95_ms": round(statistics.quantiles(processor, n=20)[-1], 2),
    }


def _once(columns: Columns, ask: Ask) -> tuple[float, float]:
    began, own = time.perf_counter(), time.process_time()
    told(search.options(columns, ask), ask)
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - own)


def told(answer: Options, ask: Ask) -> list[tuple[object, ...]]:
    return [
        (one.entry.id, fitting_words.reasons(one, ask), fitting_words.misses(one, ask))
        for one in (*answer.best, *answer.near)
    ]


def _fresh(columns: Columns, ask: Ask, found: Found) -> None:
    """The best service says that it is full, and the very next answer says so."""
    first = search.options(columns, ask).best[0].entry
    full = Said(FULL, None, "the front desk", ask.at, ask.at + timedelta(hours=8))
    began = time.perf_counter()
    columns.say(first.id, full)
    answer = search.options(columns, ask)
    found.figures["fresh_s"] = round(time.perf_counter() - began, 4)
    told_full = [one for one in (*answer.best, *answer.near) if one.entry.id == first.id]
    if any(FULL not in one.misses for one in told_full):
        found.misses.append("a service that has said it is full is not told as full")


def _compared(asked: argparse.Namespace, found: Found) -> None:
    differences, cases, seed = 0, 0, asked.seed
    caught = False
    while cases < asked.cases:
        seed += 1
        invented = Invented(seed, kinds_of_week=SMALL)
        entries = list(invented.entries(SMALL))
        said = {one.id: words for one in entries if (words := invented.said())}
        columns = Columns(entries)
        for service_id, words in said.items():
            columns.say(service_id, words)
        for _ in range(min(EACH, asked.cases - cases)):
            ask = invented.ask()
            plain, quick = fitting.options(entries, said, ask), search.options(columns, ask)
            differences += (plain, told(plain, ask)) != (quick, told(quick, ask))
            caught = caught or plain != search.options(columns, replace(ask, age=3))
            cases += 1
    found.figures |= {"reference_cases": cases, "differences": differences}
    found.controls["an answer for another age is found out"] = caught


def _judged(found: Found) -> None:
    figures = found.figures
    if figures["differences"]:
        found.misses.append(f"{figures['differences']} answers differ from the plain way")
    for name, most, unit in (
        ("p95_ms", MOST_MS, "ms"),
        ("memory_mb", MOST_MB, "MB"),
        ("fresh_s", MOST_S, "s"),
        ("page_p95_ms", MOST_PAGE_MS, "ms"),
    ):
        if figures.get(name, 0) > most:
            found.misses.append(f"{name}: {figures[name]} {unit}, at most {most} {unit}")
    beside = figures.get("others", {}).get("postgresql", {})
    found.say(
        f"{figures['services']:,} services: p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms "
        f"({figures['processor_p95_ms']} ms of processor) with "
        f"reasons and near misses; PostgreSQL alone p95 {beside.get('p95_ms', 'not measured')} ms. "
        f"{figures['memory_mb']} MB; {figures['differences']} of {figures['reference_cases']:,} answers "
        f"differ from the plain way; new capacity is seen after {figures['fresh_s']} s; the page "
        f"p95 {figures.get('page_p95_ms', 'not measured')} ms."
    )


def _most_memory_mb() -> float:
    """The most this process has had so far: what loading needs meanwhile counts as well."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
