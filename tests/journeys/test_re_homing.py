"""
When the holder is gone: a team closes, a member leaves, and nobody they held or owed is let go.
"""

from functools import partial
from uuid import UUID, uuid4

import pytest

from nowrongdoor.console.prove import invariants
from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS, RE_HOMINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import agencies, contacts, handovers, holdings, promises, referrals
from nowrongdoor.kernel import store
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.words import PromiseKind, PromiseState
from tests.journeys import acts
from tests.journeys.acts import lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def close(place):
    """The lead of a team closes it, and names who takes over."""

    def close_team(team: str, *, successor: str) -> None:
        agencies.close_team(
            team_id=place.teams[team],
            successor_id=place.teams[successor],
            words="Merged.",
            by=lead(place, team),
            at=place.later(),
            seen=store.peek(TEAMS, place.teams[team]).version,
        )
        assert not invariants.broken()

    return close_team


@pytest.fixture
def leave(place):
    def leaves(who: str) -> None:
        agencies.leave(
            member_id=place.viewers[who].member_id,
            words="Moved away.",
            by=lead(place, who.partition(" of ")[2]),
            at=place.later(),
        )
        assert not invariants.broken()

    return leaves


def holder_of(referral_id: UUID) -> Holding:
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    return held


def offer_of(handover_id: UUID):
    return store.peek(HANDOVERS, handover_id)


def owed(**about):
    return store.find(PROMISES, state=PromiseState.OPEN, **about)


def test_what_a_closing_team_held_is_its_successors_from_that_instant_and_must_be_settled(place, close):
    referral_ids = [place.a_referral(), place.a_referral()]
    due = {one: store.peek(REFERRALS, one).due_at for one in referral_ids}
    close("Front door", successor="Social care")
    for referral_id in referral_ids:
        held = holder_of(referral_id)
        assert (held.team_id, held.member_id) == (place.teams["Social care"], None)
        assert (held.from_at, held.began_by) == (place.at, "re_homing")
        re_homed = store.peek(RE_HOMINGS, held.re_homing_id)
        assert (re_homed.reason, re_homed.words) == ("team_closed", "Merged.")
        (settle,) = owed(referral_id=referral_id)
        assert (settle.kind, settle.owner_team_id) == (PromiseKind.RE_HOMING, place.teams["Social care"])
        assert settle.due_at > place.at
        assert store.peek(REFERRALS, referral_id).due_at == due[referral_id], "a re-homing restarts no clock"


def test_an_offer_to_a_team_that_closes_is_withdrawn_and_its_giver_holds_on(place, close):
    """F34."""
    offer = offer_of(place.an_offer())
    close("Crisis team", successor="Social care")
    assert (offer_of(offer.id).state, offer_of(offer.id).reason) == ("withdrawn", "receiver_closed")
    assert holder_of(offer.referral_id).team_id == place.teams["Front door"]


def test_an_offer_by_a_team_that_closes_is_withdrawn_and_its_successor_holds(place, close):
    offer = offer_of(place.an_offer())
    close("Front door", successor="Social care")
    assert (offer_of(offer.id).state, offer_of(offer.id).reason) == ("withdrawn", "re_homed")
    assert holder_of(offer.referral_id).team_id == place.teams["Social care"]


def test_an_offer_to_the_very_successor_is_withdrawn_too_for_it_holds_now(place, close):
    """F34: the toy broke here at once."""
    offer = offer_of(place.an_offer())
    close("Front door", successor="Crisis team")
    assert offer_of(offer.id).state == "withdrawn"
    assert holder_of(offer.referral_id).team_id == place.teams["Crisis team"]


def test_the_successor_may_hand_on_at_once_what_it_was_given(place, close):
    given = acts.offering(place) | {"by": place.sam}
    close("Front door", successor="Social care")
    handovers.offer(**given, at=place.later())
    assert offer_of(given["handover_id"]).giver_team_id == place.teams["Social care"]


def test_what_a_closed_team_had_promised_its_successor_owes_by_the_same_time(place, close):
    given = acts.on_a_promise(place)
    before = store.peek(PROMISES, given["promise_id"])
    close("Front door", successor="Social care")
    after = store.peek(PROMISES, given["promise_id"])
    assert (after.owner_team_id, after.owner_member_id) == (place.teams["Social care"], None)
    assert (after.due_at, after.state) == (before.due_at, "open")
    promises.keep(**given | {"by": place.sam, "seen": 2}, at=place.later())
    assert store.peek(REFERRALS, before.referral_id).state == "new", "the answer came, and it waits no more"


def test_a_call_back_of_a_closed_team_is_owed_by_its_successor(place, close):
    contact = acts.received(place) | {"referral": None, "offer": None}
    contacts.receive(**contact, at=place.later())
    close("Front door", successor="Social care")
    (call,) = owed(contact_id=contact["contact_id"])
    assert (call.kind, call.owner_team_id) == (PromiseKind.CALLBACK, place.teams["Social care"])


def test_what_a_leaving_member_held_by_name_stays_with_the_team(place, leave):
    referral_id, offer = place.a_referral(), offer_of(place.an_offer())
    leave("Amir of Front door")
    for one in (referral_id, offer.referral_id):
        assert (holder_of(one).team_id, holder_of(one).member_id) == (place.teams["Front door"], None)
        assert [settle.kind for settle in owed(referral_id=one)] == [PromiseKind.RE_HOMING]
    assert offer_of(offer.id).state == "withdrawn"


def test_what_a_leaving_member_owed_by_name_the_team_owes(place, leave):
    given = acts.on_a_promise(place)
    leave("Amir of Front door")
    after = store.peek(PROMISES, given["promise_id"])
    assert (after.owner_team_id, after.owner_member_id) == (place.teams["Front door"], None)


def test_what_a_colleague_holds_is_untouched_when_a_member_leaves(place, leave):
    referral_id = place.a_referral(by=acts.colleague(place))
    leave("Amir of Front door")
    assert holder_of(referral_id).version == 1
    assert holder_of(referral_id).member_id == acts.colleague(place).member_id


def test_who_has_left_can_leave_nothing_with_the_team_any_more(place, leave):
    referral_id = place.a_referral(by=acts.colleague(place))
    each = (
        partial(referrals.refer, **acts.referred(place)),
        partial(holdings.take, referral_id=referral_id, by=place.amir, seen=1),
        partial(contacts.receive, **acts.received(place)),
    )
    leave("Amir of Front door")
    for act in each:
        with pytest.raises(Refused) as told:
            act(at=place.later())
        assert told.value.words == "You do not work for Front door any more."


def test_a_team_cannot_be_closed_into_one_that_is_not_there(place):
    with pytest.raises(Missing):
        agencies.close_team(
            team_id=place.teams["Crisis team"],
            successor_id=place.amir.member_id,
            words="Merged.",
            by=lead(place, "Crisis team"),
            at=place.later(),
            seen=1,
        )


def test_what_was_re_homed_twice_has_an_unbroken_line_of_holders(place, close, leave):
    referral_id = place.a_referral()
    leave("Amir of Front door")
    close("Front door", successor="Crisis team")
    close("Crisis team", successor="Social care")
    line = sorted(store.find(HOLDINGS, referral_id=referral_id), key=lambda held: held.from_at)
    assert [held.until_at for held in line[:-1]] == [held.from_at for held in line[1:]]
    assert [held.team_id for held in line] == [
        place.teams[name] for name in ("Front door", "Front door", "Crisis team", "Social care")
    ]


def test_what_was_re_homed_twice_unanswered_is_owed_once_and_by_the_first_time(place, close, leave):
    referral_id = place.a_referral()
    leave("Amir of Front door")
    (first,) = owed(referral_id=referral_id)
    close("Front door", successor="Crisis team")
    (still,) = owed(referral_id=referral_id)
    assert (still.id, still.due_at) == (first.id, first.due_at)
    assert still.owner_team_id == place.teams["Crisis team"]


def test_what_was_accepted_and_is_re_homed_again_is_owed_anew(place, close):
    given = acts.accepting_re_homed(place)
    holdings.accept_re_homed(**given, at=place.later())
    close("Front door", successor="Crisis team")
    held = holder_of(store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id)
    (anew,) = owed(referral_id=held.referral_id)
    assert (anew.made_at, held.re_homing_id != given["re_homing_id"]) == (place.at, True)


def test_whoever_accepts_what_was_re_homed_is_named_and_the_holding_has_no_gap(place):
    given = acts.accepting_re_homed(place)
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    before = holder_of(referral_id)
    holdings.accept_re_homed(**given, at=place.later())
    held = holder_of(referral_id)
    assert (held.id, held.from_at, held.member_id) == (before.id, before.from_at, given["by"].member_id)
    assert not owed(referral_id=referral_id) and not invariants.broken()
    accepted = store.peek(RE_HOMINGS, given["re_homing_id"])
    assert (accepted.read_back, accepted.accepted_at) == (given["read_back"], place.at)


def test_a_colleague_who_took_the_person_by_name_stays_named_when_another_accepts(place):
    given = acts.accepting_re_homed(place)
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    taken = {"referral_id": referral_id, "by": lead(place, "Front door"), "seen": 1}
    holdings.take(**taken, at=place.later())
    holdings.accept_re_homed(**given, at=place.later())
    assert holder_of(referral_id).member_id == taken["by"].member_id


def test_offering_on_is_no_answer_and_its_acceptance_is(place):
    """Not ours: whoever was asked instead has them, and the team that had them first owes nothing."""
    given = acts.accepting_re_homed(place)
    acts.offered_on(place, given)
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    (offer,) = store.find(HANDOVERS, referral_id=referral_id, state="offered")
    assert [one.kind for one in owed(referral_id=referral_id)] == [PromiseKind.RE_HOMING]
    answer = {"read_back": "We see her.", "holding_id": uuid4(), "by": place.priya, "seen": 1}
    handovers.accept(handover_id=offer.id, **answer, at=place.later())
    assert not owed(referral_id=referral_id) and not invariants.broken()
    (settled,) = store.find(PROMISES, referral_id=referral_id)
    assert (settled.state, settled.ended_at) == ("kept", place.at)
    assert settled.ending_words == "Not kept here: it was handed over, and the other team accepted it."
    assert store.peek(RE_HOMINGS, given["re_homing_id"]).accepted_at is None


def test_a_call_the_giver_promised_stays_owed_when_another_team_accepts(place):
    offer = offer_of(place.an_offer())
    promise = acts.promising(place) | {"referral_id": offer.referral_id, "by": place.amir}
    promises.make(**promise, at=place.later())
    accepted = {"handover_id": offer.id, "read_back": "We see her.", "by": place.priya, "seen": 1}
    handovers.accept(**accepted, holding_id=uuid4(), at=place.later())
    assert [one.owner_team_id for one in owed(referral_id=offer.referral_id)] == [place.teams["Front door"]]


def test_what_nobody_has_accepted_is_escalated_and_stays_owed_however_late(place):
    given = acts.accepting_re_homed(place)
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    (late,) = owed(referral_id=referral_id)
    raised = {"escalation_id": uuid4(), "to_team_id": place.teams["Crisis team"], "words": "Nobody answers."}
    promises.escalate(
        promise_id=late.id, **raised, by=lead(place, "Front door"), at=place.later(days=9), seen=1
    )
    (still,) = owed(referral_id=referral_id)
    assert (still.escalation_level, still.state) == (1, "open")
    holdings.accept_re_homed(**given, at=place.later())
    assert not owed(referral_id=referral_id)


def test_a_referral_does_not_close_before_its_re_homing_is_answered(place):
    given = acts.accepting_re_homed(place)
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    closed = {"referral_id": referral_id, "by": given["by"], "seen": 1, **acts.ENDED}
    with pytest.raises(Refused, match="a re-homing that nobody has accepted yet"):
        referrals.close(**closed, at=place.later())
    holdings.accept_re_homed(**given, at=place.later())
    referrals.close(**closed, at=place.later())


def test_the_last_member_does_not_leave_a_team_that_is_open(place):
    lead = place.viewers["Lou of Social care"]
    for who in ("Amir of Social care", "Priya of Social care"):
        agencies.leave(member_id=place.viewers[who].member_id, words="A new post.", by=lead, at=place.later())
    with pytest.raises(Refused, match="would be left with nobody to answer"):
        agencies.leave(member_id=lead.member_id, words="A new post.", by=lead, at=place.later())


def test_somebody_of_another_agency_does_not_record_that_a_member_leaves(place):
    gone = place.viewers["Amir of Social care"]
    for who in ("Front door", "Crisis team"):
        with pytest.raises(Refused, match="Only somebody of their own agency"):
            agencies.leave(
                member_id=gone.member_id, words="A new post.", by=lead(place, who), at=place.later()
            )
    agencies.leave(
        member_id=gone.member_id, words="A new post.", by=lead(place, "Social care"), at=place.later()
    )
