"""./nwd bench guidance: every engine on the same table, answers compared, and that it would notice."""

import argparse
import importlib.util
import json

import pytest

from nowrongdoor.console import benching
from nowrongdoor.console.bench import engines
from nowrongdoor.console.bench import guidance as bench
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance import shelf

ASKED = argparse.Namespace(cases=3_000, seed=1)
SHIPPED = next(one.model for one in shelf.shipped() if one.name == "response_time")


@pytest.fixture
def alone(monkeypatch):
    """Without a second process, and with few cases: what is proved here is not how quick it is."""
    monkeypatch.setattr(bench, "on_two_cores", lambda *_: 0)
    monkeypatch.setattr(bench, "SINGLE", 60)


MODULES = {"zen-engine": "zen", "SpiffWorkflow DMN": "SpiffWorkflow"}
WHY = "only where what is measured beside ours is installed (./nwd bench guidance brings it)"


def installed(rival):
    absent = importlib.util.find_spec(MODULES[rival]) is None
    return pytest.param(rival, marks=pytest.mark.skipif(absent, reason=WHY))


@pytest.mark.parametrize("rival", [installed(rival) for rival in engines.RIVALS])
def test_other_engines_give_our_answers_on_both_tables(rival):
    made = guidance.read(bench.generated(1))
    for model, name in ((SHIPPED, "Response time"), (made, "Answer")):
        decision = model.decisions[name]
        columns = bench.cases_in_columns(decision, 60, 1)
        cases = [dict(zip(columns, case, strict=True)) for case in bench._first(columns, 60)]
        engine = engines.RIVALS[rival](decision)
        assert engine.many(cases) == [engine.one(case) for case in cases]
        assert engine.many(cases) == model.decide_columns(name, columns)[name]


def test_the_bench_tells_figures_for_every_engine_and_no_difference(alone, monkeypatch, capsys):
    def like_ours(decision):
        def one(case):
            return SHIPPED.decide("Response time", case).value

        return engines.Engine("like ours", one, lambda cases: [one(case) for case in cases], 60)

    monkeypatch.setattr(bench, "RIVALS", {"like ours": like_ours})
    figures = bench.measured(SHIPPED, "Response time", ASKED, Found(1))
    assert figures["differences"] == 0 and set(figures["engines"]) == {"nowrongdoor", "like ours"}
    for found in figures["engines"].values():
        assert found["single_us"] > 0 and found["cases_per_s"] > 0
    assert "like ours" in capsys.readouterr().out


def test_an_engine_that_is_not_installed_is_said_to_be_absent(alone, monkeypatch, capsys):
    def absent(decision):
        raise ImportError

    monkeypatch.setattr(bench, "RIVALS", {"an engine": absent})
    figures = bench.measured(SHIPPED, "Response time", ASKED, Found(1))
    assert figures["engines"]["an engine"] is None and "an engine: not installed" in capsys.readouterr().out


def test_an_engine_that_answers_otherwise_is_counted(alone, monkeypatch):
    wrong = engines.Engine("wrong", lambda case: "soon", lambda cases: ["soon" for _ in cases], 60)
    monkeypatch.setattr(bench, "RIVALS", {"wrong": lambda decision: wrong})
    assert bench.measured(SHIPPED, "Response time", ASKED, Found(1))["differences"] == 60


def test_its_figures_are_written_where_asked_and_its_control_must_fail(alone, monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "SINGLE_US", 1e9)
    monkeypatch.setattr(bench, "CASES_PER_S", 0)
    file = tmp_path / "guidance.json"
    assert benching.main(["guidance", "--cases", "3000", "--json", str(file)]) == 0
    told = json.loads(file.read_text())
    assert told["ok"] and all(told["controls"].values()) and told["figures"]["generated"]["rows"] == 200
    monkeypatch.setattr(bench, "_unlike", lambda said, right: 0)
    assert benching.main(["guidance", "--cases", "3000"]) == 1
