"""One pair asked about in a call and a million of a register have the same weights and score."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from nowrongdoor.linkage import comparing, learned, training
from nowrongdoor.linkage.columns import registers
from nowrongdoor.rules import finding
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.matching.agreement import step
from nowrongdoor.rules.matching.kinds import Kind, written
from nowrongdoor.rules.matching.model import Part
from nowrongdoor.rules.matching.strings import distance, likeness
from nowrongdoor.rules.person import Person
from nowrongdoor.sim import registers as sim_registers
from nowrongdoor.sim.registers import BORN, FAMILY, GIVEN, HOUSE, PHONE, POSTCODE, TOWN
from nowrongdoor.sim.streams import Stream
from tests.linkage.county import SHORT, TODAY, linked
from tests.worlds.facts import a_person

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


def test_whoever_is_spoken_of_in_a_call_has_the_score_of_whole_registers() -> None:
    """By the weights in force, over generated people and how callers speak of them."""
    county = sim_registers.County(Stream("in a call"), learned.CALLS)
    rows = county.people(24)
    spoken = [county.again(row) for row in rows]
    on_record = [_on_record(str(at), row) for at, row in enumerate(rows)]
    asked = [_asked(row) for row in spoken]
    model = weights.standing(on=TODAY).among(1000)
    told = [finding.told(one).readings for one in asked]
    both = registers(model.parts, _columns([one[0] for one in told]), _columns(map(_as_compared, on_record)))
    mine, yours = (side.ravel() for side in np.indices((len(asked), len(on_record))))
    compared = comparing.compare(both, mine, yours, trades=model.trades, short_forms=model.short_forms)
    bits = training.scores(model, compared, both)
    apart = []
    for at, (one, other) in enumerate(zip(mine, yours, strict=True)):
        match = finding.weigh(finding.told(asked[one]), on_record[other], model=model)
        if len(told[one]) == 1 and not any(each.part == "name" for each in match.evidence):
            apart.append(abs(match.bits - bits[at]))
    assert len(apart) > 300 and max(apart) < 1e-6
    assert (bits > 0).any() and not (bits > 0).all()


def _on_record(name: str, row: list[str]) -> Person:
    return a_person(
        name, given_names=row[GIVEN], family_name=row[FAMILY], born_on=date.fromisoformat(row[BORN]),
        phone=row[PHONE], postcode=row[POSTCODE], address=_address(row),
    )  # fmt: skip


def _asked(row: list[str]) -> Asked:
    born = written(Kind.DATE, row[BORN], on=TODAY)
    return Asked(
        name=f"{row[GIVEN]} {row[FAMILY]}", phone=row[PHONE], postcode=row[POSTCODE], address=_address(row),
        born_partly=born,
    )  # fmt: skip


def _address(row: list[str]) -> str:
    return " ".join(row[HOUSE : TOWN + 1])


def _as_compared(person: Person) -> tuple[str, ...]:
    born = f"{person.born_on:%Y%m%d}" if person.born_on else ""
    texts = (person.given_names, person.family_name, born, person.nhs_number or "", person.phone,
             person.postcode, person.address, "")  # fmt: skip
    return tuple(
        written(part.kind, text, on=TODAY) for part, text in zip(weights.PARTS, texts, strict=True)
    )


def _columns(rows: Iterable[tuple[str, ...]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]
