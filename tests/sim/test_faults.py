"""A walk that cannot see a fault proves nothing: each fault planted in the rules is seen."""

from pathlib import Path

import pytest

from nowrongdoor.sim.faults import FAULTS, hunt, planted
from nowrongdoor.sim.walk import walk

DOCUMENT = Path(__file__).parents[2] / "docs" / "safety" / "planted-faults.md"


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(name: str) -> None:
    caught = hunt(name, first_seed=1, seeds=60, steps=1000)
    assert caught is not None, f"{name}: {FAULTS[name].says} Nobody noticed."
    with planted(FAULTS[name]):
        again = walk(caught.seed, steps=1000)
    assert (again.steps, again.broken[0]) == (caught.step, caught.broken), "it is shown again by its seed"


def test_after_a_fault_the_rules_are_as_they_were() -> None:
    before = [getattr(fault.where, fault.name) for fault in FAULTS.values()]
    for name in FAULTS:
        with pytest.raises(ZeroDivisionError), planted(FAULTS[name]):
            raise ZeroDivisionError
    assert [getattr(fault.where, fault.name) for fault in FAULTS.values()] == before
    assert walk(1, steps=500).broken == []


def test_there_are_enough_of_them_and_each_is_explained() -> None:
    assert len(FAULTS) >= 25
    told = DOCUMENT.read_text("utf-8")
    for name, fault in FAULTS.items():
        assert f"| {name} | {fault.says} |" in told, f"{DOCUMENT.name} does not tell of '{name}'"
    rows = [line for line in told.splitlines() if line.startswith("| ")]
    assert len(rows) - 1 == len(FAULTS), "and it tells of no fault that is not planted"
