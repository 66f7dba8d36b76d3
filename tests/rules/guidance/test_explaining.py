"""What would change an answer: every change that is told is so, and none is left out, whatever the policy."""

import pytest
from hypothesis import given, settings

from nowrongdoor.rules.guidance import explaining
from nowrongdoor.rules.guidance.explaining import told_apart
from nowrongdoor.rules.guidance.values import same
from tests.rules.guidance.made import a_model
from tests.rules.guidance.test_columns import questions


def told(outcome):
    return {(change.input, change.if_it_were, repr(change.then)) for change in outcome.why.changes}


def so(model, outcome, case):
    """Each input at a value of each of its stretches, asked of the table itself."""
    table = model.decisions["Answer"].table
    found = set()
    for at, column in enumerate(table.inputs):
        for region in told_apart(table, at):
            then = model.decide("Answer", case | {column.text: region.value}).value
            if not same(then, outcome.value):
                found.add((column.name, region.words, repr(then)))
    return found


def agrees(model, cases):
    if not model.decisions["Answer"].table.settled:
        return
    if not all(column.settled for column in model.decisions["Answer"].table.inputs):
        return  # where tests rest on other inputs, nothing is told of them
    for case in cases:
        outcome = model.decide("Answer", case)
        assert told(outcome) == so(model, outcome, case), case


@settings(max_examples=60)
@given(questions())
def test_the_changes_told_are_exactly_those_that_change_the_answer(asked):
    agrees(*asked)


def test_the_control_a_change_left_out_is_found_out(monkeypatch):
    monkeypatch.setattr(explaining, "_first_speaks", lambda table, before, after: [])
    model = a_model(
        [("x", "number", "")], [("says", "string", "")], [["< 5", '"a"'], ["-", '"b"']], policy="FIRST"
    )
    with pytest.raises(AssertionError):
        agrees(model, [{"x": 3}])
