"""The table of faults names each fault once, and every test in it is there."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from nowrongdoor.console.documents import safety_faults
from nowrongdoor.console.proving import PROOFS
from tests.architecture import source

Rows = list[list[str]]
TESTS = safety_faults.COLUMNS.index("tests")
PROOF = safety_faults.COLUMNS.index("proof")
MISSING = safety_faults.COLUMNS.index("missing")


def test_the_table_holds() -> None:
    assert safety_faults.problems(source.ROOT) == []


def test_each_fault_is_listed_once_in_order() -> None:
    assert [one.id for one in safety_faults.faults(source.ROOT)] == [f"F{n}" for n in range(1, 75)]


def test_what_nothing_shows_is_counted_as_not_yet() -> None:
    known = safety_faults.faults(source.ROOT)
    many = safety_faults.counts(known)
    assert sum(many.values()) == len(known) == 74
    assert many[safety_faults.NOT_YET] == sum(not one.tests for one in known)
    said = f"**{many['whole']} are shown whole, {many['part']} in part and {many['not yet']} not yet**"
    assert said in safety_faults.page(source.ROOT)


def test_a_proof_that_is_not_built_is_said_not_to_be() -> None:
    for name in safety_faults.DESIGNED:
        words = safety_faults.proof_words(name)
        assert words == (f"`./nwd prove {name}`" if name in PROOFS else f"`{name}` (not built yet)")
    assert safety_faults.proof_words("race") == "`./nwd prove race`"


def a_copy(tmp_path: Path, change: Callable[[Rows], object]) -> list[str]:
    """What is found in the table after a change, held against the tests of the real tree."""
    with (source.ROOT / safety_faults.FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    (tmp_path / "docs" / "safety").mkdir(parents=True)
    (tmp_path / "tests").symlink_to(source.ROOT / "tests")
    with (tmp_path / safety_faults.FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return safety_faults.problems(tmp_path)


def put(line: int, column: int, text: str) -> Callable[[Rows], object]:
    def change(rows: Rows) -> None:
        rows[line][column] = text

    return change


def test_a_copy_that_is_left_alone_holds(tmp_path: Path) -> None:
    assert a_copy(tmp_path, lambda rows: None) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows.pop(7), "F7 is missing"),
        (lambda rows: rows.insert(3, list(rows[7])), "F7 is there 2 times"),
        (put(7, 0, "F75"), "there is no fault F75"),
        (
            put(1, TESTS, "tests/trust/test_prove_kill.py::test_of_nothing"),
            "test_of_nothing: there is no such test",
        ),
        (put(1, TESTS, "tests/trust/test_gone.py::test_it"), "there is no such file"),
        (put(1, TESTS, "soon"), "is no name of a test"),
        (put(1, TESTS, ""), "tests says nothing"),
        (put(1, PROOF, "luck"), "there is no proof 'luck'"),
        (put(3, MISSING, ""), "does not say what is missing"),
        (put(1, 2, " "), "what says nothing"),
        (lambda rows: rows[4].append("more"), "line 5: 8 columns"),
        (put(0, 3, "hoped"), "its columns are not"),
    ],
)
def test_what_would_make_the_table_untrue_is_seen(
    tmp_path: Path, change: Callable[[Rows], object], words: str
) -> None:
    assert any(words in line for line in a_copy(tmp_path, change))


def test_a_table_that_is_gone_is_seen(tmp_path: Path) -> None:
    assert safety_faults.problems(tmp_path) == ["docs/safety/faults.csv is missing"]
