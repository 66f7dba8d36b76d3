"""The drill that brings a place back as it was at a random moment, as anybody runs it; and its failing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nowrongdoor import embedded
from nowrongdoor.console.prove import restore
from nowrongdoor.console.prove.recovery import archive
from nowrongdoor.console.prove.recovery.moments import Moment
from tests.proofs.test_proofs import prove

CONTROLS = {
    restore.ANOTHER_MOMENT,
    restore.FILE_REMOVED,
    restore.BIT_CHANGED,
    restore.SEES_NOTHING,
    restore.OLDER,
}


@pytest.mark.slow
def test_a_place_is_restored_to_a_random_moment_whole(tmp_path):
    says = prove("restore", "--acts", "32", file=tmp_path / "restore.json")
    told = json.loads((tmp_path / "restore.json").read_text())
    figures = told["figures"]
    assert told["name"] == "restore" and told["ok"] and told["violations"] == []
    assert figures["acts_remembered"] == 32
    assert figures["rows"] > 150 and figures["mismatches"] == 0 and figures["seconds"] > 0
    assert told["controls"] == dict.fromkeys(CONTROLS, True)
    assert "no table otherwise than then" in says
    left = {path.name for path in embedded.directory_for("proof-restore").iterdir()}
    assert not left & {"base", "archive", "restored"}


def moment(number: int, **tables: int) -> Moment:
    return Moment(number, {name: (count, f"hash {count}") for name, count in tables.items()}, 0, True)


BEFORE, AFTER = moment(2, contact=1, referral=1), moment(3, contact=2, referral=2)


@pytest.fixture
def drill() -> restore.Drill:
    made = restore.Drill(7)
    made.moments = [moment(1, contact=0, referral=0), BEFORE, AFTER, moment(4, contact=3, referral=2)]
    return made


@pytest.mark.parametrize("found", [BEFORE, AFTER], ids=["before", "after"])
def test_what_was_true_before_or_after_an_act_is_as_it_must_be(drill, found):
    drill.compare(found.tables, BEFORE, AFTER)
    assert drill.violations == [] and drill.figures["mismatches"] == 0
    assert drill.controls == {restore.ANOTHER_MOMENT: True}


def test_half_an_act_is_neither(drill):
    drill.compare(moment(0, contact=2, referral=1).tables, BEFORE, AFTER)
    assert drill.figures["mismatches"] == 1
    assert [fault for fault, _, _ in drill.violations] == ["F21"]


def test_tables_that_do_not_differ_from_another_moment_fail_the_control(drill):
    drill.moments[0] = moment(1, contact=1, referral=1)
    drill.compare(BEFORE.tables, BEFORE, AFTER)
    assert drill.controls == {restore.ANOTHER_MOMENT: False}


def test_one_bit_is_one_bit(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"\x00" * 5)
    archive.spoil(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"\x00\x00\x01\x00\x00"
