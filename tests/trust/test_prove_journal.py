"""The proof that nothing in the journal is quietly changed, as anybody runs it; and that it can fail."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from nowrongdoor.console.prove.journal import PARTNER, Place
from nowrongdoor.console.prove.tampering import TAMPERINGS
from nowrongdoor.rules.chain import Break, Fault
from tests.proofs.test_proofs import prove

KINDS = {
    "edit",
    "delete",
    "insert",
    "reorder",
    "cut tail",
    "rewrite forward",
    "head swap",
    "anchor swap",
}
AGENCY = "7c2b1f7e-0000-4000-8000-000000000001"


@pytest.mark.slow
def test_eight_kinds_of_tampering_are_each_found(tmp_path):
    says = prove("journal", "--rounds", "1", file=tmp_path / "journal.json")
    told = json.loads((tmp_path / "journal.json").read_text())
    figures = told["figures"]
    assert told["name"] == "journal" and told["ok"] and told["violations"] == []
    assert set(figures["kinds"]) == KINDS
    assert all(kind["tampers"] == kind["found"] > 0 for kind in figures["kinds"].values())
    assert figures["tampers"] == figures["found"] == len(TAMPERINGS) + 4
    assert figures["entries"] > 300 and figures["chains"] == 3
    assert told["controls"] == {
        "cut tail, without the anchor": True,
        "rewrite forward, without the anchor": True,
        PARTNER: True,
    }
    assert "8 kinds of tampering" in says


@pytest.fixture
def place(tmp_path) -> Place:
    """One chain of twenty entries; what is found there is what a test says."""
    found = Place(7, tmp_path)
    found.lengths = {AGENCY: 20}
    return found


def finding(place: Place, *with_anchor: Break, without: tuple[Break, ...] = ()) -> None:
    place.verified = lambda anchor: SimpleNamespace(breaks=list(with_anchor if anchor else without))


def way(kind: str):
    return next(one for one in TAMPERINGS if one.kind == kind)


EDITED = Break(Fault.EDITED, AGENCY, 9, "")


@pytest.mark.parametrize(
    "breaks",
    [
        (),
        (Break(Fault.EDITED, AGENCY, 8, ""),),
        (Break(Fault.MISSING, AGENCY, 9, ""),),
        (Break(Fault.EDITED, None, 9, ""),),
        (EDITED, Break(Fault.EDITED, None, 3, "")),
    ],
    ids=["missed", "another entry", "another kind", "another chain", "more than was done"],
)
def test_a_tampering_that_is_missed_or_named_wrongly_fails_the_proof(place: Place, breaks):
    finding(place, *breaks)
    place.look(way("edit"), AGENCY, 9)
    assert not place.proof().ok and place.proof().figures["found"] == 0
    assert place.violations[0]["words"].startswith("edit: what was said")


def test_a_tampering_that_is_named_is_found(place: Place):
    finding(place, EDITED)
    place.look(way("edit"), AGENCY, 9)
    assert place.violations == [] and place.proof().figures["found"] == 1


def test_a_cut_tail_that_is_seen_without_an_anchor_fails_the_control(place: Place):
    cut = Break(Fault.TAIL_CUT, AGENCY, 9, "")
    finding(place, cut, without=(cut,))
    place.look(way("cut tail"), AGENCY, 9)
    assert place.violations == [] and not place.proof().ok
    assert place.proof().controls == {"cut tail, without the anchor": False}
