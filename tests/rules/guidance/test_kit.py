"""The standard's own cases: those handed over with the compatibility kit, and ours beside them."""

from functools import cache
from pathlib import Path

import pytest

from nowrongdoor.rules import guidance
from tests.rules.guidance.kit import agrees, cases

HERE = Path(__file__).parent
KIT = HERE.parents[3] / "shared/data/dmn_tck"
OURS = HERE / "cases"

read = cache(guidance.read)


def of(folder):
    return [pytest.param(case, id=case.name) for case in cases(folder)]


def handed_over():
    if KIT.is_dir():
        return of(KIT)
    why = "only where the DMN compatibility kit has been handed over (../shared/data/dmn_tck)"
    return [pytest.param(None, marks=pytest.mark.skip(reason=why), id="the kit")]


def says_what_the_standard_says(case):
    found = read(case.model).decide(case.decision, case.inputs)
    assert agrees(found.value, None if case.fails else case.expected), (found.value, found.notes)


@pytest.mark.parametrize("case", handed_over())
def test_every_case_of_the_kit_at_level_two_comes_out_as_the_standard_says(case):
    says_what_the_standard_says(case)


@pytest.mark.parametrize("case", of(OURS))
def test_every_case_of_ours_comes_out_as_it_says(case):
    says_what_the_standard_says(case)


def test_the_control_a_wrong_answer_is_found_out():
    case = next(cases(OURS))
    with pytest.raises(AssertionError):
        says_what_the_standard_says(case._replace(expected=18))
