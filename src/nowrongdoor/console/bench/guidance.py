"""
What guidance costs: microseconds a case with its explanation, cases a second in columns; others beside it.

Two tables: the one we ship, and a generated one of 200 rows and 12 inputs. All engines are given the same
table and the same cases in the same run, and their answers are compared one by one. It needs no database.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from xml.sax.saxutils import escape

from nowrongdoor.console.bench.engines import RIVALS, Case, Engine
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance import shelf
from nowrongdoor.rules.guidance.model import Decision
from nowrongdoor.rules.guidance.regions import regions

SEED = 4711
CASES = 500_000
SINGLE = 2_000
# The goals: microseconds a case with its explanation, on both tables; cases a CPU-second in columns, on ours.
SINGLE_US = 100.0
CASES_PER_S = 2_000_000
ROWS, INPUTS = 200, 12
WORDS = ("yes", "no", "not_asked", "not_known", "declined")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=CASES, help="how many cases are answered in columns")
    parser.add_argument("--seed", type=int, default=SEED)


def run(asked: argparse.Namespace) -> Found:
    found = Found(asked.seed)
    shipped = next(one.model for one in shelf.shipped() if one.name == "response_time")
    made = guidance.read(generated(asked.seed))
    found.figures |= measured(shipped, "Response time", asked, found)
    found.figures["generated"] = measured(made, "Answer", asked, found)
    for figures in (found.figures, found.figures["generated"]):
        single = figures["engines"]["nowrongdoor"]["single_us"]
        if single > SINGLE_US:
            words = f"one case of {figures['rows']} rows: {single} microseconds, at most {SINGLE_US:.0f}"
            found.misses.append(words)
    mine = found.figures["engines"]["nowrongdoor"]
    if mine["cases_per_s"] < CASES_PER_S:
        found.misses.append(f"columns: {mine['cases_per_s']:,} cases a CPU-second, at least {CASES_PER_S:,}")
    for figures in (found.figures, found.figures["generated"]):
        if figures["differences"]:
            found.misses.append(f"answers that differ between engines: {figures['differences']}")
    found.controls["an engine that is given another table is found out"] = _found_out(shipped, asked.seed)
    return found


def measured(model: guidance.Model, name: str, asked: argparse.Namespace, found: Found) -> dict[str, Any]:
    """The figures of every engine on one table, and how many answers differ."""
    decision = model.decisions[name]
    columns = cases_in_columns(decision, asked.cases, asked.seed)
    sample = [dict(zip(columns, case, strict=True)) for case in _first(columns, SINGLE)]
    right = [model.decide(name, case).value for case in sample]
    engines: dict[str, Any] = {"nowrongdoor": _ours(model, name, columns, sample)}
    engines["nowrongdoor"]["cases_per_s_on_two_cores"] = on_two_cores(model, name, asked)
    in_columns = model.decide_columns(name, {key: column[:SINGLE] for key, column in columns.items()})[name]
    differences = _unlike(in_columns, right)
    found.say(f"{name}, {len(decision.tables[0].rules)} rows: {_said(engines['nowrongdoor'])}")
    for rival, made in RIVALS.items():
        try:
            engine = made(decision)
        except ImportError:
            found.say(f"  {rival}: not installed")
            engines[rival] = None
            continue
        some = sample[: engine.most]
        engines[rival] = _theirs(engine, some)
        differences += _unlike(engine.many(some), right)
        found.say(f"  {rival}: {_said(engines[rival])}")
    return {"engines": engines, "differences": differences, "rows": len(decision.tables[0].rules)}


def _said(figures: dict[str, Any]) -> str:
    return f"{figures['single_us']} µs a case, {figures['cases_per_s']:,} cases a CPU-second"


def _first(columns: dict[str, list[Any]], most: int) -> list[tuple[Any, ...]]:
    return list(zip(*(column[:most] for column in columns.values()), strict=True))


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ours(
    model: guidance.Model, name: str, columns: dict[str, list[Any]], sample: list[Case]
) -> dict[str, Any]:
    coded = {key: guidance.Coded.of(column) for key, column in columns.items()}
    many = len(next(iter(columns.values())))
    explained = min(_took(lambda: [model.decide(name, case).why.words for case in sample]) for _ in range(3))
    decided = min(_took(lambda: [model.decide(name, case) for case in sample]) for _ in range(3))
    in_columns = min(_took(lambda: model.decide_columns(name, columns)) for _ in range(3))
    in_codes = min(_took(lambda: model.decide_columns(name, coded)) for _ in range(3))
    return {
        "single_us": round(explained / len(sample) * 1e6, 1),
        "single_us_without_its_explanation": round(decided / len(sample) * 1e6, 1),
        "cases_per_s": round(many / in_columns),
        "cases_per_s_when_coded_before": round(many / in_codes),
    }


def _theirs(engine: Engine, sample: list[Case]) -> dict[str, Any]:
    engine.one(sample[0])
    one = min(_took(lambda: [engine.one(case) for case in sample]) for _ in range(2))
    many = min(_took(lambda: engine.many(sample)) for _ in range(2))
    return {"single_us": round(one / len(sample) * 1e6, 1), "cases_per_s": round(len(sample) / many)}


def on_two_cores(model: guidance.Model, name: str, asked: argparse.Namespace) -> int:
    """Cases a second by the clock on the wall, half of them in each of two processes."""
    half = asked.cases // 2
    work = [(model.source, name, half, asked.seed + at) for at in range(2)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return round(half * 2 / max(pool.map(_half, work)))


def _half(work: tuple[bytes, str, int, int]) -> float:
    source, name, many, seed = work
    model = guidance.read(source)
    columns = cases_in_columns(model.decisions[name], many, seed)
    began = time.perf_counter()
    model.decide_columns(name, columns)
    return time.perf_counter() - began


def cases_in_columns(decision: Decision, many: int, seed: int) -> dict[str, list[Any]]:
    """Invented cases, a column for each input: values on both sides of every edge, and not known."""
    chance = random.Random(seed)
    table = decision.tables[0]
    columns = {}
    for column in table.inputs:
        if column.of.kind == "number":
            values: list[Any] = [None, *range(101)]
        elif column.of.kind == "boolean":
            values = [True, False, None]
        else:
            values = [region.value for region in regions(column)] + list(column.listed)
        columns[column.text] = chance.choices(values, k=many)
    return columns


def _unlike(said: Sequence[Any], right: Sequence[Any]) -> int:
    return sum(one != other for one, other in zip(said, right, strict=False))


def _found_out(model: guidance.Model, seed: int) -> bool:
    """A table in which one row says something else is noticed by the comparison."""
    source = model.source.replace(b'"very_urgent"</text></outputEntry>', b'"urgent"</text></outputEntry>', 1)
    other = guidance.read(source)
    columns = cases_in_columns(model.decisions["Response time"], SINGLE, seed)
    both = [one.decide_columns("Response time", columns)["Response time"] for one in (model, other)]
    return _unlike(*both) > 0


def generated(seed: int, rows: int = ROWS, inputs: int = INPUTS) -> str:
    """A table of so many rows and inputs, in which the first row that is met speaks."""
    chance = random.Random(seed)
    kinds = ["string", "number", "string", "boolean"]
    columns = [(f"in_{at}", kinds[at % 4]) for at in range(inputs)]
    space = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    parts = [f'<definitions xmlns="{space}" name="generated" namespace="urn:made">']
    for one, of in columns:
        parts.append(
            f'<inputData id="{one}" name="{one}"><variable name="{one}" typeRef="{of}"/></inputData>'
        )
    parts.append('<decision id="Answer" name="Answer"><variable name="Answer" typeRef="string"/>')
    for one, _ in columns:
        parts.append(f'<informationRequirement><requiredInput href="#{one}"/></informationRequirement>')
    parts.append('<decisionTable hitPolicy="FIRST">')
    for one, of in columns:
        allowed = ", ".join(f'"{word}"' for word in WORDS) if of == "string" else ""
        values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
        parts.append(
            f'<input><inputExpression typeRef="{of}"><text>{one}</text></inputExpression>{values}</input>'
        )
    parts.append('<output name="says" typeRef="string"/>')
    for number in range(rows):
        asked = set() if number == rows - 1 else set(chance.sample(range(inputs), chance.choice((2, 3, 4))))
        cells = [_cell(chance, of) if at in asked else "-" for at, (_, of) in enumerate(columns)]
        parts.append(
            "<rule>" + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
        )
        parts.append(f'<outputEntry><text>"answer {number % 9}"</text></outputEntry></rule>')
    return "".join([*parts, "</decisionTable></decision></definitions>"])


def _cell(chance: random.Random, of: str) -> str:
    if of == "string":
        return ", ".join(f'"{word}"' for word in chance.sample(WORDS, chance.choice((1, 2))))
    if of == "boolean":
        return chance.choice(("true", "false"))
    low = chance.randrange(0, 90, 5)
    return chance.choice((f"< {low + 5}", f">= {low}", f"[{low}..{low + 15})"))
