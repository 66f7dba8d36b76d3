"""./nwd bench screens: what it measures, what it holds it to, and that it would notice."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from nowrongdoor.console import benching, tables
from nowrongdoor.console.bench import find, place, screens, sweep
from nowrongdoor.console.bench.goals import LIST, RECORD, SEARCH, too_small
from nowrongdoor.console.bench.measure import Cost
from tests import databases

ROOT = Path(__file__).parents[2]
ADDRESSES = ("DATABASE_URL", "DATABASE_READER_URL", "DATABASE_OWNER_URL")
COSTS = {"statements", "cpu_ms", "p50_ms", "p95_ms", "bare_ms"}
SEARCHES = {
    "search people: full name",
    "search people: first three letters of a surname",
    "search people: name the wrong way round",
    "search people: NHS number",
    "search people: telephone number",
}
LISTS = {"my work", "triage inbox", "care traffic board", "care traffic board, as a table"}
OTHER_PAGES = {
    "sign in",
    "new contact",
    "person",
    "timeline of a person",
    "referral",
    "triage: decide",
    "handover composer",
    "handover",
    "contact",
}
ACTS = {
    "record a contact with a referral",
    "record a contact with a referral, through its page",
    "record, refer and offer in one",
    "register a person",
    "link a contact",
    "triage: keep here",
    "triage: hand on to another team",
    "triage: ask",
    "triage: advise",
    "triage: the same as another",
    "accept a handover",
    "send a handover back",
    "withdraw a handover",
    "close a referral",
    "reopen a referral",
}


@pytest.fixture(scope="module")
def surroundings() -> Iterator[dict[str, str]]:
    """As anybody has them, and a database of the benches' own with its tables in it."""
    owner_url = os.environ["DATABASE_OWNER_URL"]
    name = databases.make(owner_url, suffix="_bench", with_tables=True)
    with psycopg.connect(databases.elsewhere(owner_url, name), autocommit=True) as owner:
        owner.execute(sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(place.BEING_MADE)))
    found = {key: value for key, value in os.environ.items() if not key.startswith("NWD_")}
    found |= {key: databases.elsewhere(url, name) for key, url in found.items() if key in ADDRESSES}
    found |= {"PYTHONPATH": str(ROOT / "src")}
    found |= {key: value for key, value in os.environ.items() if key == tables.THROWN_AWAY}
    yield found
    for made in (name, sweep.NAME, find.NAME):
        databases.remove(owner_url, made)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the account of the server can reach; pytest's own is closed to it when root runs."""
    folder = Path(tempfile.mkdtemp(prefix="nwd bench ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def bench(name: str, *options: str, file: Path, surroundings: dict[str, str]) -> tuple[dict[str, Any], str]:
    """What it wrote as JSON and what it said, run in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "nowrongdoor.console", "bench", name, *options, "--json", str(file)],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert file.exists(), ran.stdout + ran.stderr
    told = json.loads(file.read_text("utf-8"))
    assert ran.returncode == (0 if told["ok"] else 1)
    return told, ran.stdout


@pytest.mark.slow
def test_a_small_place_is_measured_whole_and_held_to_its_statements(tmp_path, surroundings) -> None:
    told, says = bench(
        "screens", "--people", "60", "--times", "2",
        file=tmp_path / "bench.json", surroundings=surroundings,
    )  # fmt: skip
    measured = told["figures"]["screens"]
    assert (told["name"], told["ok"], told["seed"], told["misses"]) == ("screens", True, screens.SEED, [])
    assert set(measured) == SEARCHES | LISTS | OTHER_PAGES | ACTS
    for cost in measured.values():
        bare = cost.pop("without_access")
        assert set(cost) == set(bare) == COSTS
        assert min(cost.values()) > 0 and cost["statements"] >= bare["statements"]
    assert all(measured[name]["statements"] <= 4 for name in SEARCHES)
    assert all(measured[name]["statements"] <= 8 for name in LISTS)
    assert all(measured[name]["statements"] <= 25 for name in ACTS)
    assert told["controls"] == {"a query for each row": True}
    assert told["figures"]["statements_with_a_query_for_each_row"] > 8
    assert told["figures"]["at_size"] is False
    assert "Not the size the goals are for" in says


@pytest.mark.slow
def test_acts_are_on_the_screens_they_concern_and_on_none_where_nothing_is_heard(
    tmp_path, home: Path, surroundings
) -> None:
    """
    In a small setting; how fast says more about the machine, and is held by `./nwd bench live`.
    Its PostgreSQL is its own, so that nobody else's statements come between an act and its screens.
    """
    theirs = (*ADDRESSES, tables.THROWN_AWAY)
    alone = {name: value for name, value in surroundings.items() if name not in theirs}
    told, says = bench(
        "live", "--people", "40", "--browsers", "12", "--acts", "2", "--seconds", "4", "--workers", "1",
        "--clocks", "0", file=tmp_path / "bench.json", surroundings={**alone, "NWD_HOME": str(home)},
    )  # fmt: skip
    figures = told["figures"]
    assert (figures["browsers"], figures["listening"]) == (12, 12)
    assert figures["acts"] > 0 and figures["deliveries"] > 0
    assert (figures["not_shown"], figures["not_made"]) == (0, 0), says
    assert 0 < figures["act_to_screen_p50_s"] <= figures["act_to_screen_p95_s"] < 5
    assert not [miss for miss in told["misses"] if "connections" in miss or "listen" in miss]
    assert told["controls"] == {"a listener that hears nothing": True}


@pytest.mark.slow
def test_a_sweep_is_measured_and_finds_what_has_woken_by_its_index(tmp_path, surroundings) -> None:
    told, _ = bench(
        "sweep", "--clocks", "20000", "--woken", "20", "--times", "2",
        file=tmp_path / "bench.json", surroundings=surroundings,
    )  # fmt: skip
    plan = "\n".join(told["figures"]["plan"])
    assert told["figures"]["clocks"] == 20_000 and told["figures"]["sweep_s"] > 0
    assert "Index Scan using clock_awake" in plan and "Seq Scan" not in plan
    assert told["controls"] == {"without clock_awake the plan says so": True}


@pytest.mark.slow
def test_a_search_finds_whom_a_caller_means_with_the_score_of_linking_registers(
    tmp_path, surroundings
) -> None:
    told, _ = bench(
        "find", "--people", "1500", "--queries", "60", "--everybody", "20",
        file=tmp_path / "bench.json", surroundings=surroundings,
    )  # fmt: skip
    figures = told["figures"]
    assert figures["recall_of_those"] == 1 and figures["recall_first_five"] >= 0.98
    assert figures["pairs_scored_twice"] > 20 and figures["furthest_apart"] < 1e-6
    assert told["controls"]["the same score as linking whole registers"]


def cost(**other: float) -> Cost:
    return Cost(**{"statements": 4, "cpu_ms": 9, "p50_ms": 9, "p95_ms": 9, "bare_ms": 1, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "dear", "words"),
    [
        (SEARCH, {"statements": 5}, "statements 5.0, at most 4"),
        (SEARCH, {"p95_ms": 100.1}, "p95_ms 100.1, at most 100"),
        (LIST, {"statements": 9}, "statements 9.0, at most 8"),
        (LIST, {"cpu_ms": 40.2}, "cpu_ms 40.2, at most 40"),
        (RECORD, {"statements": 26}, "statements 26.0, at most 25"),
        (RECORD, {"cpu_ms": 51}, "cpu_ms 51.0, at most 50"),
    ],
)
def test_whatever_costs_more_than_its_goal_is_a_miss(goal, dear, words) -> None:
    assert not list(goal.missed("this", cost()))
    assert list(goal.missed("this", cost(**dear))) == [f"this: {words}"]
    in_another_size = list(goal.missed("this", cost(**dear), at_size=False))
    assert bool(in_another_size) == ("statements" in dear), "only statements are the same in every size"


def test_a_place_that_should_be_of_the_size_and_is_smaller_is_a_miss(capsys) -> None:
    enough = {"people": 100_000, "referrals": 300_000, "open_referrals": 20_000}
    for what, number in enough.items():
        found = screens.Found(1, controls={"one": True})
        screens.judge_size(found, {**enough, what: number - 1}, wanted=100_000)
        assert found.figures["at_size"] is False and not found.ok
        assert found.misses == too_small({**enough, what: number - 1}) != []
    found = screens.Found(1, controls={"one": True})
    screens.judge_size(found, enough, wanted=100_000)
    assert found.ok and found.figures["at_size"] is True


def test_a_control_that_did_not_fail_is_told_by_the_exit_code(tmp_path, monkeypatch) -> None:
    for controls, code in (({"one": True}, 0), ({"one": False}, 1), ({}, 1)):
        monkeypatch.setattr(screens, "run", lambda asked, of=controls: screens.Found(1, controls=of))
        assert benching.main(["screens", "--json", str(tmp_path / "one.json")]) == code
        told = json.loads((tmp_path / "one.json").read_text())
        assert (told["ok"], told["controls"]) == (not code, controls)
