"""What is refused in memory is refused in the database, in the same words; and the reverse."""

from uuid import UUID

import pytest

from nowrongdoor.console.prove import parity
from nowrongdoor.console.prove.lockstep import in_lockstep
from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.sim.rows import Rows


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_anyone_tries_is_answered_alike_in_both_places(seed):
    places = in_lockstep(seed, steps=400)
    assert places.apart == []
    assert places.acts > 400
    assert parity.compare(places, places.told).differences == ()


@pytest.mark.django_db
def test_who_overtook_somebody_is_compared_too(monkeypatch):
    """The control: were the place in memory to name another member than the database, this would say so."""
    overtaken = Rows._changed_meanwhile

    def by_nobody(rows, key, seen, found):
        told = overtaken(rows, key, seen, found)
        told.by_member_id = UUID(int=0)
        return told

    monkeypatch.setattr(Rows, "_changed_meanwhile", by_nobody)
    first = in_lockstep(4, steps=300).apart[0]
    assert "in memory overtaken" in first and str(UUID(int=0)) in first.split("in the database")[0], first


@pytest.mark.django_db
def test_a_refusal_of_one_place_alone_is_seen(monkeypatch):
    """The control: were the journeys to let through what the rules refuse, this would say so."""
    monkeypatch.setattr(records, "own_team", lambda by: store.peek(TEAMS, by.team_id))
    first = in_lockstep(6, steps=900).apart[0]
    assert any(f"in memory refused ({code})" in first for code in ("left_the_team", "own_team_closed")), first
