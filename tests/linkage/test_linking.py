"""Whole registers: who is who is found without anybody saying so, and relatives stay apart."""

import numpy as np
import pytest

from nowrongdoor.linkage import keys, linking
from nowrongdoor.linkage.columns import registers
from nowrongdoor.linkage.telling import table
from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.model import Part, Story
from nowrongdoor.sim.registers import BORN, GIVEN, HOUSE
from tests.linkage.county import linked


@pytest.mark.parametrize(("alone", "least"), [(False, 0.97), (True, 0.97)])
def test_nearly_everybody_is_found_without_a_number_in_common(alone: bool, least: float) -> None:
    county = linked("found", alone=alone)
    assert county.f1 >= least


def test_people_under_one_roof_stay_apart() -> None:
    """Many share a home and a surname; hardly any pair that stands is of two of them."""
    county = linked("found")
    mine, yours = county.known.left, county.known.right
    wrong = set(county.linked.stand) - county.known.truth
    relatives = [pair for pair in wrong if mine[pair[0]][HOUSE:] == yours[pair[1]][HOUSE:]]
    at_home = sum(
        one[HOUSE:] == other[HOUSE:] and one[GIVEN] != other[GIVEN] and one[BORN] != other[BORN]
        for one in mine
        for other in yours
    )
    assert at_home > 100
    assert len(relatives) <= 2


def test_how_often_people_are_mistyped_and_move_is_learned() -> None:
    weights = linked("found").linked.model.weights
    surname, born = weights[1], weights[2]
    assert 0.8 < surname.shares[Story.SAME][-1] < 0.97
    assert surname.shares[Story.STRANGERS][-1] < 0.05 < 0.5 < surname.shares[Story.HOUSEHOLD][-1]
    assert born.bits(len(born.shares[0]) - 1) > 8
    moved = linked("found").linked.model.prior
    assert -8 < moved[Story.MOVED] - moved[Story.SAME] < -1


def test_nobody_is_two_people_when_either_register_knows_everybody_once() -> None:
    stand = linked("found").linked.stand
    assert len({left for left, _ in stand}) == len({right for _, right in stand}) == len(stand)


def test_a_register_without_birth_dates_is_found_by_what_it_has() -> None:
    county = linked("dateless", without=("nhs_number", "date_of_birth", "phone"))
    assert "date of birth" not in [part.name for part in county.ready.parts]
    assert county.f1 > 0.8


def test_the_pairs_to_compare_hold_nearly_all_true_ones_and_few_others() -> None:
    county = linked("found")
    compared = set(zip(county.linked.left.tolist(), county.linked.right.tolist(), strict=True))
    assert len(county.known.truth & compared) >= 0.99 * len(county.known.truth)
    assert len(compared) < 0.4 * len(county.known.left) * len(county.known.right)


def test_a_key_that_everybody_shares_brings_nobody() -> None:
    parts = [Part("a", Kind.LINE, "town"), Part("b", Kind.NUMBER, "number")]
    many = 300
    towns, numbers = ["averley"] * many, [f"{9990000000 + 7919 * at}" for at in range(many)]
    both = registers(parts, [towns, numbers], [towns, numbers])
    left, right = keys.candidates(both)
    assert np.count_nonzero(left == right) == many
    assert len(left) < many * 20


def test_a_crowd_is_counted_by_its_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five records of one register there are ten pairs, not twenty-five."""
    together = np.zeros(5, np.int64)
    key = keys.Key("x", together, together, 10.0)
    for most, found in ((10, 10), (9, 0)):
        monkeypatch.setattr(keys, "MOST_IN_ONE", most)
        assert len(keys.pairs_of(key, alone=True)[0]) == found


def test_the_same_registers_are_linked_the_same_way_again() -> None:
    county = linked("found")
    again = linking.link(county.ready.parts, county.ready.left, county.ready.right)
    twice = linking.link(county.ready.parts, county.ready.left, county.ready.right)
    assert again.stand == twice.stand


@pytest.mark.parametrize("many", [1, 2, 3])
def test_a_register_of_hardly_anybody_is_no_error(many: int) -> None:
    parts = [Part("given", Kind.GIVEN, "first name"), Part("born", Kind.DATE, "birth date")]
    side = [["maryam", "peter", "eleri"][:many], ["19840312", "19500101", "19911130"][:many]]
    assert len(linking.link(parts, side, side).stand) <= many
    assert linking.link(parts, side).stand == []


def test_a_steward_reads_every_step_with_its_weight() -> None:
    lines = table(linked("found").linked.model).splitlines()
    assert lines[0].split()[-1] == "weighs"
    assert any(
        line.startswith("same date of birth") and line.rstrip()[-6:].strip().startswith("+") for line in lines
    )
    assert any(line.startswith("another first name") and "-" in line[-6:] for line in lines)
