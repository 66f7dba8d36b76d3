"""The end of a referral, and what is no end: a duplicate stays held elsewhere, a reopening is held anew."""

import pytest

from nowrongdoor.console.prove import invariants
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import contacts, handovers, promises, referrals, triage
from nowrongdoor.kernel import store
from nowrongdoor.rules.change import Refused
from tests.journeys import acts

pytestmark = pytest.mark.django_db


def line_of(referral_id):
    """Who has held it, from when until when."""
    line = sorted(store.find(HOLDINGS, referral_id=referral_id), key=lambda held: held.from_at)
    return [(held.from_at, held.until_at, held.began_by, held.ended_by) for held in line]


def test_a_duplicate_closes_into_the_other_which_goes_on_being_held(place):
    given = acts.duplicating(place)
    triage.duplicate_of(**given, at=place.later())
    closed = store.peek(REFERRALS, given["referral_id"])
    assert (closed.state, closed.outcome, closed.duplicate_of_id) == (
        "closed",
        "duplicate",
        given["other_id"],
    )
    assert store.find(HOLDINGS, referral_id=given["other_id"], until_at=None)
    assert not store.find(HOLDINGS, referral_id=given["referral_id"], until_at=None)


def test_a_chain_of_duplicates_ends_at_one_that_is_held(place):
    given = acts.duplicating(place)
    third = place.a_referral(person_id=store.peek(REFERRALS, given["other_id"]).person_id)
    triage.duplicate_of(**given, at=place.later())
    triage.duplicate_of(**given | {"referral_id": given["other_id"], "other_id": third}, at=place.later())
    with pytest.raises(Refused, match="A duplicate must be of one that is open"):
        triage.duplicate_of(**given | {"referral_id": third}, at=place.later())
    assert store.find(HOLDINGS, referral_id=third, until_at=None)


def test_nobody_holds_a_closed_referral_and_nothing_can_be_done_with_it(place):
    given = acts.on_a_closed_referral(place)
    for verb in (referrals.begin, handovers.offer, triage.accept_here, triage.ask):
        asked = {
            referrals.begin: {},
            handovers.offer: acts.offering(place),
            triage.accept_here: {"decision": acts.SOON},
            triage.ask: acts.asking(place),
        }[verb]
        aimed = asked | {"referral_id": given["referral_id"], "by": place.amir, "seen": 2}
        with pytest.raises(Refused, match="This referral is closed") as told:
            verb(**aimed, at=place.later())
        assert told.value.by_name == place.amir.member_name, "it is said who closed it"


def test_a_reopened_referral_has_no_gap_but_the_time_it_was_closed(place):
    given = acts.on_a_closed_referral(place)
    closed_at = place.at
    place.later(days=3)
    referrals.reopen(**given | {"by": acts.colleague(place)}, at=place.later())
    reopened = store.peek(REFERRALS, given["referral_id"])
    first, second = line_of(given["referral_id"])
    assert first == (reopened.received_at, closed_at, "received", "closing")
    assert second == (place.at, None, "reopening", None)
    assert reopened.state == "new" and reopened.due_at > place.at
    assert not invariants.broken()


def test_a_referral_may_be_closed_and_reopened_again_and_again(place):
    given = acts.on_a_closed_referral(place)
    for version in (2, 4, 6):
        again = {"holding_id": acts.uuid4(), "seen": version}
        referrals.reopen(**given | again, at=place.later())
        aimed = {"referral_id": given["referral_id"], "by": place.amir, "seen": version + 1}
        referrals.close(**aimed, **acts.ENDED, at=place.later())
    assert [how for *_, how in line_of(given["referral_id"])] == ["closing"] * 4
    assert not invariants.broken()


def test_an_offer_answered_before_it_was_closed_is_over(place):
    given = acts.withdrawing(place)
    handovers.withdraw(**given, at=place.later())
    referral_id = store.find(REFERRALS, state="triaged")[0].id
    referrals.close(referral_id=referral_id, **acts.ENDED, by=place.amir, at=place.later(), seen=2)
    with pytest.raises(Refused, match="already been withdrawn") as told:
        handovers.withdraw(**given | {"seen": 2}, at=place.later())
    assert told.value.by_name == place.amir.member_name


def test_an_answer_brings_a_referral_back_to_where_it_waited(place):
    given = acts.on_a_promise(place)
    second = acts.asking(place) | {"referral_id": store.find(REFERRALS, state="waiting")[0].id, "seen": 2}
    triage.ask(**second, at=place.later())
    promises.keep(**given, at=place.later())
    assert store.peek(REFERRALS, second["referral_id"]).state == "waiting", "one answer is still awaited"
    promises.let_go(
        promise_id=second["promise_id"], words="Found in her notes.", by=place.amir, at=place.later(), seen=1
    )
    assert store.peek(REFERRALS, second["referral_id"]).state == "new"


def test_a_contact_that_is_over_is_not_closed_again(place):
    given = acts.a_lost_caller(place, rung_back=True)
    contacts.close(**given, at=place.later())
    with pytest.raises(Refused, match="already been closed") as told:
        contacts.close(**given | {"seen": 2}, at=place.later())
    assert told.value.by_name == place.amir.member_name
