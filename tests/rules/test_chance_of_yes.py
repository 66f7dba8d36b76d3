"""The chance of a yes is learned from answers, and is as often right as it says."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from nowrongdoor.directory import search
from nowrongdoor.directory.columns import Columns
from nowrongdoor.rules import fitting, fitting_words
from nowrongdoor.rules.fitting import SURE_OF_YES, Ask, Entry
from nowrongdoor.rules.law import directory as counting

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
ASK = Ask(needs=("mental",), at=NINE)
FIRST, SECOND = (Entry(id=UUID(int=number), needs=frozenset({"mental"})) for number in (1, 2))


def test_of_ten_that_are_told_alike_as_many_say_yes_as_was_told():
    """Whatever their true rates are: told in sixteenths and downwards, so half of one below on average."""
    chance, said = Random(7), defaultdict(list)
    for _ in range(40_000):
        rate, asked = chance.random(), chance.randrange(40)
        accepted = sum(chance.random() < rate for _ in range(asked))
        said[fitting.chance_of_yes(asked, accepted)].append(chance.random() < rate)
    for told, answers in said.items():
        if len(answers) > 500:
            assert sum(answers) / len(answers) == pytest.approx((told + 0.5) / SURE_OF_YES, abs=0.06)


def test_of_two_that_fit_alike_the_likelier_yes_stands_first():
    often, seldom = replace(FIRST, asked=20, accepted=4), replace(SECOND, asked=20, accepted=18)
    assert [one.entry.id for one in fitting.options([often, seldom], {}, ASK).best] == [SECOND.id, FIRST.id]


def test_answers_that_are_learned_later_are_three_cells_and_the_order_is_the_rules():
    columns = Columns([FIRST, SECOND])
    columns.answered(FIRST.id, asked=20, accepted=4)
    columns.answered(SECOND.id, asked=20, accepted=18)
    learned = [replace(FIRST, asked=20, accepted=4), replace(SECOND, asked=20, accepted=18)]
    assert search.options(columns, ASK) == fitting.options(learned, {}, ASK)


def test_a_return_that_says_nothing_of_who_returned_it_is_no_answer():
    assert not counting.is_an_answer("person_asked", at=NINE)
    assert not counting.is_an_answer("duplicate", at=NINE)
    assert counting.is_an_answer("no_capacity", at=NINE)
    assert counting.is_an_answer("", at=NINE)


def test_how_often_they_said_yes_is_told_once_there_are_enough_answers():
    def told(asked, accepted):
        one = fitting.fit(replace(FIRST, asked=asked, accepted=accepted), None, ASK)
        return fitting_words.reasons(one, ASK)

    assert told(9, 9) == ()
    assert told(20, 18) == ("said yes to 9 in 10 lately",)
