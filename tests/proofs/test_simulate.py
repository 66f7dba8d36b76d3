"""./nwd prove: figures in words and as JSON, and a failure whenever something did not hold."""

import argparse
import json
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from nowrongdoor.console import proving
from nowrongdoor.console.prove import simulate
from nowrongdoor.sim.faults import FAULTS, planted


class InPlace(Executor):
    """A pool of nobody else: what is shared out is done here, where faults can be planted."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def options(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    simulate.add_options(parser)
    return parser.parse_args([*given, "--pure"])


def test_walks_are_counted_and_told() -> None:
    part = simulate.walked(InPlace(), options("--seeds", "3", "--steps", "200"))  # type: ignore[arg-type]
    assert (part.figures["seeds"], part.figures["steps"]) == (3, 600)
    assert part.figures["acts"] + part.figures["refusals"] == 600
    assert part.figures["police_declined"] >= part.figures["declined_without_a_holder"] == 0
    assert {"crews_sent", "shifts_ended_early", "not_at_home", "telephones_silent"} <= part.figures.keys()
    assert part.violations == []
    assert part.says[0].startswith("3 walks of 200 steps")


def test_a_violation_says_what_broke_where_and_how_to_see_it_again() -> None:
    with planted(FAULTS["second offer"]):
        part = simulate.walked(InPlace(), options("--seeds", "1", "--seed", "5"))  # type: ignore[arg-type]
    (found,) = part.violations
    assert found["invariant"] == "I2" and "is offered to 2 teams at once" in found["says"]
    assert found["seed"] == 5
    assert found["again"] == f"./nwd prove simulate --pure --seed 5 --seeds 1 --steps {found['step']}"
    with planted(FAULTS["second offer"]):
        again = simulate.walked(InPlace(), options(*found["again"].split()[4:]))  # type: ignore[arg-type]
    assert again.violations[0]["says"] == found["says"]


def test_a_fault_that_nobody_sees_is_a_control_that_did_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate, "FAULTS", {"seen": None, "unseen": None})
    caught = simulate.Caught(1, 20, "I1: broken")
    monkeypatch.setattr(simulate, "hunt", lambda name, **_: caught if name == "seen" else None)
    part = simulate.planted(InPlace(), options())  # type: ignore[arg-type]
    assert part.controls == {"seen": True, "unseen": False}
    assert (part.figures["faults_planted"], part.figures["faults_caught"]) == (2, 1)


def test_the_whole_proof_holds_and_is_written_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "simulate.json"
    code = proving.main(["simulate", "--pure", "--seeds", "2", "--steps", "100", "--json", str(file)])
    told = json.loads(file.read_text("utf-8"))
    assert code == 0
    assert told["name"] == "simulate" and told["ok"] is True and told["seed"] == 1
    assert {"seeds", "steps", "violations", "faults_planted", "faults_caught"} <= told["figures"].keys()
    assert told["figures"]["faults_planted"] == told["figures"]["faults_caught"] == len(FAULTS)
    assert set(told["controls"]) == set(FAULTS) and all(told["controls"].values())
    assert {"commit", "started", "seconds", "violations"} <= told.keys()
    assert "simulate: holds" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "code"), [([], 2), (["luck"], 2), (["--help"], 0)])
def test_a_proof_that_does_not_exist_is_not_held_to_hold(
    asked: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert proving.main(asked) == code
    assert "simulate" in capsys.readouterr().err


def test_a_proof_that_is_not_there_yet_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(proving.PROOFS, "nothing", "words")
    assert proving.main(["nothing"]) == 2
    assert "not part of this version yet" in capsys.readouterr().err
