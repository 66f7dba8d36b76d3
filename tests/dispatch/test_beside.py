"""Other planners are told the same day, and their plans are judged as ours are."""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from pathlib import Path

import pytest

from nowrongdoor.console.bench import beside, planners
from nowrongdoor.console.bench import dispatch as bench
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.dispatch import checking, day, search
from nowrongdoor.dispatch.nearest import nearest
from tests.dispatch.days import as_published, invented

MODULES = {"PyVRP": "pyvrp", "VROOM": "vroom"}
WHY = "only where what is measured beside ours is installed (./nwd bench dispatch brings it)"


def installed(name: str) -> object:
    absent = importlib.util.find_spec(MODULES[name]) is None
    return pytest.param(name, marks=pytest.mark.skipif(absent, reason=WHY))


def test_a_day_without_pairs_keeps_crews_places_and_windows() -> None:
    whole = invented(3, 12, 4)
    one, two = planners.kept(whole), planners.parted(whole)
    assert [visit.id for visit in one.visits] == [v.id for v in whole.visits if len(v.parts) == 1]
    assert len(two.visits) == sum(len(visit.parts) for visit in whole.visits)
    for made in (one, two):
        assert made.crews == whole.crews and all(len(visit.parts) == 1 for visit in made.visits)
        for place, visit in enumerate(made.visits, 1):
            was = next(n for n, v in enumerate(whole.visits, 1) if v.id == visit.id.split(".")[0])
            assert made.minutes[0][place] == whole.minutes[0][was]
            assert (visit.opens, visit.closes) == (whole.visits[was - 1].opens, whole.visits[was - 1].closes)


@pytest.mark.parametrize("name", [installed(name) for name in planners.OTHERS])
def test_another_planner_makes_plans_that_can_be_lived(name: str) -> None:
    alone = planners.kept(invented(5, 24, 5))
    plan = planners.OTHERS[name](alone, 0.5, 1, time.process_time)
    assert plan is not None and checking.faults(alone, plan) == []
    assert plan.cost.total < nearest(alone).cost.total


def test_whoever_plans_worse_than_another_is_told_of() -> None:
    gaps = {beside.OURS: [0.0, 2.0], "better": [1.0, 0.0], "worse": [3.0, 3.0]}
    (told,) = beside.behind(gaps, "days")
    assert "better" in told and "+1.00 %" in told
    assert beside.behind({**gaps, beside.OURS: [0.0, 0.0]}, "days") == []
    assert beside.gaps_of({"a": 10.0, "b": 11.0}) == {"a": 0.0, "b": pytest.approx(10.0)}


def _searching(one: day.Day, seconds: float, seed: int, clock: object) -> object:
    return search.plan(one, seconds=seconds, seed=seed + 1, clock=time.process_time)


def _absent(*_: object) -> None:
    raise ImportError


def test_the_bench_tells_of_each_planner_and_its_controls_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(as_published(1, 12, 4)), "utf-8")
    (tmp_path / "best_known.csv").write_text("instance,best_known\na.json,1000\n", "utf-8")
    monkeypatch.setattr(beside, "OTHERS", {"another": _searching, "not there": _absent})
    monkeypatch.setattr(bench, "FORESEEING", 0.2)
    asked = argparse.Namespace(
        folder=tmp_path, patients=12, seconds=0.3, beside_seconds=0.2, replans=2, days=1, visits=40, crews=3,
        generated=None, seed=0,
    )  # fmt: skip
    found = bench.run(asked)
    assert all(found.controls.values()) and len(found.controls) == 4
    assert set(found.figures["others"]) == {
        "nearest_first", "nearest_free_crew", "first_come", "clairvoyant", "another", "not there",
    }  # fmt: skip
    assert found.figures["others"]["not there"] is None and "not installed" in capsys.readouterr().out
    assert 0 < found.figures["in_time_share"] <= found.figures["others"]["clairvoyant"]["in_time_share"]
    for told in (found.figures["others"]["another"], found.figures["without_pairs"]):
        assert told["mean_gap_pct"] >= 0 and told["seconds"] > 0 and "parted_gap_pct" in told


def test_a_day_for_which_another_finds_no_plan_is_not_held_against_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(beside, "OTHERS", {"idle": lambda *_: None})
    found = Found(0)
    beside.measure({"a": invented(1, 6)}, found, seconds=0.1, seed=0)
    assert found.misses == [] and "idle found no plan" in capsys.readouterr().out
