"""./nwd prove merge in a short setting, and what the proof can see."""

from argparse import Namespace

from nowrongdoor.console.prove import merge


def test_whatever_is_merged_moves_and_opens_nothing_and_is_undone_exactly():
    """Its controls, each planted alone, must fail; the full setting is 10,000 sequences."""
    proof = merge.run(Namespace(seed=7, sequences=80, controls=40))
    assert proof.violations == [] and proof.figures["violations"] == 0
    assert proof.controls == dict.fromkeys(proof.controls, True)
    assert len(proof.controls) == 4
    assert proof.figures["sequences"] == 80
    assert proof.figures["undone_at_once"] > 60 and proof.figures["sealed"] > 30
    assert proof.figures["most_records_of_one_person"] >= 3
