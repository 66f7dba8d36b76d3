"""What is refused in memory is refused in the database, in the same words; and the reverse."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from nowrongdoor.console.prove import parity
from nowrongdoor.console.prove.lockstep import Lockstep, in_lockstep
from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.signpost import Signpost
from nowrongdoor.sim.mischief import Mischief
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.walk import BEGINS


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


@pytest.mark.django_db
def test_for_which_service_a_team_is_asked_is_answered_alike_in_both_places():
    told: list = []
    places = Lockstep(told)
    luck = Mischief(places, Stream("asked/for"), BEGINS)
    by = next(one for one in luck.viewers if one.team_id not in luck.teams[:2])
    referral_id, at = luck.chance.id(), BEGINS + timedelta(hours=1)
    places.referrals.refer(
        referral_id=referral_id, holding_id=luck.chance.id(), person_id=None, contact_id=None,
        needs=("mental",), request="Please see them.", words="", by=by, at=at,
    )  # fmt: skip
    asked = {"referral_id": referral_id, "message": luck.message(), "by": by, "at": at, "seen": 1}
    to = {"handover_id": luck.chance.id(), "to_team_id": luck.teams[1]}
    with pytest.raises(Refused, match="is not a service of"):
        places.handovers.offer(**asked, **to, service_id=uuid5(luck.teams[0], "rapid"))
    with pytest.raises(Missing):
        places.handovers.offer(**asked, **to, service_id=luck.chance.id())
    places.handovers.offer(**asked, **to, service_id=luck.network)
    assert places.apart == []
    assert parity.compare(places, told).differences == ()


@pytest.mark.django_db
def test_what_came_of_a_service_somebody_was_told_of_is_answered_alike_in_both_places():
    told: list = []
    places = Lockstep(told)
    luck = Mischief(places, Stream("told/of"), BEGINS)
    by, at = replace(luck.viewers[0], role="call_handler"), BEGINS + timedelta(hours=1)
    contact_id, promise_id, other = (luck.chance.id() for _ in range(3))
    places.contacts.receive(
        contact_id=contact_id, said=Said("telephone", words="Help."), outcome="callback_booked",
        callback_id=other, callback_due_at=None, person_id=None, referral=None, offer=None, happened_at=at,
        by=by, at=at,
    )  # fmt: skip
    places.signposts.tell(
        signpost_id=luck.chance.id(), contact_id=contact_id, service_id=luck.network, words="Ring them.",
        ask_after="wants_to_be_asked", promise_id=promise_id, ask_at=None, by=by, at=at,
    )  # fmt: skip
    kept = {"words": "She rang them.", "by": by, "at": at + timedelta(minutes=5), "seen": 1}
    with pytest.raises(Refused):
        places.promises.keep(promise_id=promise_id, came_of="tb_gave", **kept)
    with pytest.raises(Missing):
        places.promises.keep(promise_id=other, came_of="helped", **kept)
    places.promises.keep(promise_id=promise_id, came_of="helped", **kept)
    assert places.apart == []
    assert parity.compare(places, told).differences == ()
    assert [one.came_of for one in places.rows.every(Signpost)] == ["helped"]
