"""A no of the police without a holder is seen for what it is, however it came to be."""

from dataclasses import replace

from nowrongdoor.sim import police_invariants
from tests.rules.test_crisis import a_call, decided, row
from tests.worlds.facts import GIVER, NINE, RECEIVER, TEN, a_holding


def test_a_no_without_whoever_held_them_then_has_no_holder():
    one, held = row(decided(a_call())), a_holding(team_id=RECEIVER.id)
    assert not police_invariants.without_a_holder(one, [held])
    assert police_invariants.without_a_holder(one, [])
    assert police_invariants.without_a_holder(one, [replace(held, team_id=GIVER.id)])
    assert police_invariants.without_a_holder(one, [replace(held, from_at=NINE, until_at=TEN)])
    assert police_invariants.without_a_holder(replace(one, accepted_by=" "), [held])
    assert not police_invariants.without_a_holder(replace(one, outcome="attend", accepted_by=""), [])
