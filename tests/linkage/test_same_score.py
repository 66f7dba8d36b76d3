"""One pair asked about in a call and a million of a register have the same weights and score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from nowrongdoor.linkage import comparing
from nowrongdoor.linkage.columns import registers
from nowrongdoor.rules.matching.agreement import step
from nowrongdoor.rules.matching.kinds import Kind, written
from nowrongdoor.rules.matching.model import Part
from nowrongdoor.rules.matching.strings import distance, likeness
from tests.linkage.county import SHORT, TODAY, linked

WORDS = st.text("abcdeé -'1289", max_size=14)


@given(WORDS, WORDS)
def test_two_spellings_are_as_far_apart_alone_as_among_millions(one: str, other: str) -> None:
    assert distance(one, other) == OSA.distance(one, other)
    assert likeness(one, other) == pytest.approx(JaroWinkler.similarity(one, other), abs=2e-6)


@pytest.mark.parametrize("alone", [False, True])
def test_every_pair_of_a_register_has_the_score_it_has_in_a_call(alone: bool) -> None:
    county = linked("same score", alone=alone)
    ready, found = county.ready, county.linked
    right = ready.left if ready.right is None else ready.right
    # Every so many pairs, so that likely and unlikely ones are among them.
    chosen = range(0, len(found.left), 41)
    assert len(chosen) > 100
    for at in chosen:
        mine = [column[found.left[at]] for column in ready.left]
        yours = [column[found.right[at]] for column in right]
        assert found.model.score(mine, yours).bits == pytest.approx(found.bits[at], abs=1e-6)
    likely = found.bits[::41] > 0
    assert likely.any() and not likely.all()


@given(st.sampled_from(list(Kind)), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12))
def test_any_two_values_agree_alike_alone_and_among_millions(
    kind: Kind, typed: list[tuple[str, str]]
) -> None:
    left, right = ([written(kind, value, on=TODAY) for value in side] for side in zip(*typed, strict=True))
    both = registers([Part("x", kind, "x")], [left], [right])
    every = np.arange(len(left))
    found = comparing.compare(both, every, every, trades=(), short_forms=SHORT).steps[:, 0]
    alone = [step(kind, one, other, short_forms=SHORT) for one, other in zip(left, right, strict=True)]
    assert found.tolist() == [-1 if one is None else one for one in alone]


DATES = st.sampled_from(["1984", "19840312", "1984-12-03", "12/03/1948", "Mar 1984", "1984-03-21", ""])


@given(st.lists(st.tuples(DATES, DATES), min_size=1))
def test_dates_agree_alike_alone_and_among_millions(typed: list[tuple[str, str]]) -> None:
    test_any_two_values_agree_alike_alone_and_among_millions.hypothesis.inner_test(Kind.DATE, typed)
