"""The proofs themselves, run as anybody runs them: their figures, and their controls that must fail."""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from nowrongdoor.console.prove import race
from nowrongdoor.console.prove.ground import PREFIX
from nowrongdoor.console.prove.proof import Proof, conclude, in_words
from nowrongdoor.console.prove.timing import boundaries
from nowrongdoor.embedded.places import checkout
from nowrongdoor.rules.escalation import ClockKind

pytestmark = pytest.mark.slow


def prove(name: str, *options: str, file: Path) -> str:
    """What it says, run in a process of its own; it must hold, and leave no database behind."""
    root = checkout()
    assert root is not None
    ran = subprocess.Popen(
        [sys.executable, "-m", "nowrongdoor.console", "prove", name, "--json", str(file), *options],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root / "src")}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    says, _ = ran.communicate(timeout=600)
    assert ran.returncode == 0, says
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        names = {name for (name,) in owner.execute("SELECT datname FROM pg_database").fetchall()}
    assert not [name for name in names if name.startswith(PREFIX) and name.endswith(f"_{ran.pid}")]
    return says


def test_of_two_at_once_one_wins_and_the_other_is_told(tmp_path):
    says = prove("race", "--pairs", "60", "--control-pairs", "6", file=tmp_path / "race.json")
    told = json.loads((tmp_path / "race.json").read_text())
    figures = told["figures"]
    assert told["name"] == "race" and told["ok"] and told["violations"] == []
    assert {kind["pairs"] for kind in figures["kinds"].values()} == {60}
    assert set(figures["kinds"]) >= {
        "accept/accept by two teams",
        "accept/withdraw",
        "accept/return",
        "offer/offer",
        "triage/triage",
        "close/offer",
        "register/register, same NHS number",
        "register/register, same name and birth date",
    }
    assert figures["pairs"] == figures["told"] == 60 * len(figures["kinds"])
    assert (figures["both_won"], figures["none_won"]) == (0, 0)
    assert figures["met"] == figures["pairs"] // 2, (
        "PostgreSQL itself saw the second wait in half of the pairs"
    )
    assert set(figures["control_pairs"].values()) == {6}
    assert told["controls"] == {
        "without locks, versions and constraints": True,
        "without locks": True,
        "without versions": True,
        "without constraints": True,
    }
    assert f"{figures['told']:,} losers were told who won and when" in says


def test_whatever_becomes_of_each_message_somebody_holds_and_is_told(tmp_path):
    file = tmp_path / "handover.json"
    says = prove("handover", "--runs", "400", file=file)
    told = json.loads(file.read_text())
    assert told["name"] == "handover" and told["ok"] and told["violations"] == []
    figures = told["figures"]
    assert figures["combinations"] == 400 and figures["messages"] > 2_000 and figures["unanswered"] > 50
    wrong = ("without_holder", "late_returns", "held_without_acceptance")
    assert [figures[name] for name in wrong] == [0, 0, 0]
    assert all(told["controls"].values()) and len(told["controls"]) == 3
    assert "came back late" in says


def test_every_kind_of_clock_is_asked_around_every_boundary():
    assert {kind for kind, _ in boundaries.promised(boundaries.NIGHTS[0])} == set(ClockKind)


def test_every_clock_is_right_to_the_second_and_nobody_is_told_late_twice_or_never(tmp_path):
    file = tmp_path / "clocks.json"
    says = prove("clocks", "--at-once", "1000", "--ahead", "8", "--every", "120", file=file)
    told = json.loads(file.read_text())
    figures = told["figures"]
    assert told["name"] == "clocks" and told["ok"] and told["violations"] == []
    assert figures["checks"] > 5_000 and figures["error_s"] == 0
    assert figures["lateness_p99_s"] <= 5 and figures["lateness_max_s"] <= 10
    assert (figures["missed"], figures["doubled"]) == (0, 0)
    assert figures["made_up_for"] > 500
    assert told["controls"] == {"a timer only in a queue": True, "a clock by the time on the wall": True}
    assert "the longest overdue first" in says


def test_the_journal_gives_every_row(tmp_path):
    says = prove("replay", "--small", file=tmp_path / "replay.json")
    assert "0 differ" in says
    told = json.loads((tmp_path / "replay.json").read_text())
    assert told["name"] == "replay" and told["ok"]
    assert told["figures"]["rows"] > 300 and told["figures"]["mismatches"] == 0
    assert all(told["controls"].values()) and len(told["controls"]) == 5


def test_the_control_without_any_wall_is_a_quarter_of_the_pairs_and_at_least_fifty_of_each_kind():
    def asked(*given: str) -> dict[str, int]:
        parser = argparse.ArgumentParser()
        race.add_options(parser)
        options = parser.parse_args(given)
        return {name: race.pairs_of(name, options) for name in race.CONTROLS}

    assert asked() == {race.NO_WALLS: 50} | {name: 20 for name in race.CONTROLS if name != race.NO_WALLS}
    assert asked("--pairs", "2000")[race.NO_WALLS] == 500
    assert asked("--pairs", "4")[race.NO_WALLS] == 50
    assert set(asked("--control-pairs", "6").values()) == {6}


def test_a_control_in_which_acts_break_has_not_shown_what_it_must():
    def failed(control: str, *, broken: int, both_won: int = 40) -> bool:
        tallies = {"one": race.Tally(pairs=50, both_won=both_won, broken=broken)}
        return race.failed_as_it_must(control, tallies)

    assert failed(race.NO_WALLS, broken=1) and not failed(race.NO_WALLS, broken=6)
    assert not failed(race.NO_WALLS, broken=0, both_won=0)
    assert failed("without versions", broken=0) and not failed("without versions", broken=1)


def test_where_nobody_has_filled_a_place_the_journal_of_the_demonstrations_place_is_folded(tmp_path):
    says = prove("replay", file=tmp_path / "replay.json")
    told = json.loads((tmp_path / "replay.json").read_text())
    figures = told["figures"]
    assert "the demonstration's place of 150 people" in says and "0 differ" in says
    assert told["ok"] and figures["place"] == "the demonstration's place of 150 people, acted for this"
    assert figures["rows"] > 2_000 and figures["entries"] > figures["rows"] and figures["mismatches"] == 0
    assert figures["tables"]["people.person"] >= 150
    assert all(told["controls"].values()) and len(told["controls"]) == 5


def test_a_proof_whose_control_passed_has_failed(tmp_path, capsys):
    proof = Proof("race", 7, {"pairs": 200}, {"without locks": False})
    file = tmp_path / "race.json"
    began = datetime(2026, 11, 25, tzinfo=UTC)
    assert conclude(proof, started=began, seconds=1.26, file=str(file)) == 1
    assert "this proof could not have seen the fault" in capsys.readouterr().out
    told = json.loads(file.read_text())
    assert not told["ok"]
    assert set(told) >= {
        "name",
        "ok",
        "seed",
        "figures",
        "controls",
        "commit",
        "started",
        "seconds",
        "violations",
    }
    assert (told["started"], told["seconds"]) == ("2026-11-25T00:00:00+00:00", 1.3)


def test_a_proof_that_found_a_violation_has_failed_and_says_which():
    violation = {"fault": "F30", "invariant": "I1", "seed": 7, "step": 3, "words": "both won"}
    proof = Proof("race", 7, {"pairs": 200}, {"without locks": True}, [violation])
    assert not proof.ok
    assert any("both won" in line for line in in_words(proof, seconds=1))
    assert not Proof("race", 7, {}, {}).ok, "without a control nothing is proved"
    assert Proof("race", 7, {}, {"without locks": True}).ok


def test_a_note_typed_where_the_signal_goes_and_comes_arrives_once(tmp_path):
    file = tmp_path / "signal.json"
    says = prove("signal", "--runs", "12", file=file)
    told = json.loads(file.read_text())
    assert told["name"] == "signal" and told["ok"] and told["violations"] == []
    figures = told["figures"]
    assert [figures[name] for name in ("runs", "arrived", "lost", "doubled", "unsaid")] == [12, 12, 0, 0, 0]
    assert len(figures["kinds"]) == 9
    assert told["controls"] == {"a phone that keeps nothing": True, "a form without its key": True}
    assert "12 arrived once, 0 were lost, 0 doubled" in says
