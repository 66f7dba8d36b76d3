"""One clock has one wording, whether a record tells it or a list that knows only a few columns of it."""

from datetime import timedelta

import pytest

from nowrongdoor.nhsuk import clocks
from tests.worlds.facts import NINE, TEN, a_handover, a_referral


@pytest.mark.parametrize("state", ["new", "triaged", "accepted", "under_way"])
@pytest.mark.parametrize("reopened_at", [None, TEN])
def test_a_response_clock_says_the_same_on_a_list_as_on_the_referral(state, reopened_at):
    referral = a_referral(state=state, reopened_at=reopened_at)
    on_a_list = clocks.response_chip(
        state=state,
        due_at=referral.due_at,
        standard=referral.standard,
        since_at=reopened_at or referral.received_at,
        at=TEN,
    )
    assert clocks.referral_chip(referral, at=TEN) == on_a_list
    assert (on_a_list.words == "Help under way") == (state == "under_way")


def test_an_answer_clock_says_the_same_on_a_list_as_on_the_offer():
    offered = a_handover(state="offered", offered_at=NINE, answer_by=TEN + timedelta(minutes=5))
    on_a_list = clocks.answer_chip(answer_by=offered.answer_by, offered_at=NINE, at=TEN)
    assert clocks.offer_chip(offered, at=TEN) == on_a_list
    assert on_a_list.due_at == offered.answer_by
