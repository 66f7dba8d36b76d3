"""A contact: a lost caller is rung back, and who was unknown at first is known in all that came of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import contacts, promises, referrals, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.reading import person_record, person_timeline, standing
from nowrongdoor.rules import clock
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.contact import Said
from tests.journeys import acts

pytestmark = pytest.mark.django_db


def test_a_caller_who_is_lost_is_owed_a_call_back_by_the_one_who_answered(place):
    contact = acts.received(place) | {"referral": None, "offer": None}
    contacts.receive(**contact, at=place.later())
    (call,) = store.find(PROMISES, contact_id=contact["contact_id"])
    assert (call.kind, call.owner_team_id, call.owner_member_id) == (
        "callback", place.amir.team_id, place.amir.member_id
    )  # fmt: skip
    assert call.due_at > place.at
    assert store.peek(CONTACTS, contact["contact_id"]).state == "open"


def test_a_lost_caller_stays_open_however_late_until_someone_says_what_came_of_it(place):
    given = acts.a_lost_caller(place, rung_back=False)
    place.later(days=30)
    (call,) = store.find(PROMISES, contact_id=given["contact_id"])
    assert clock.is_late(call.due_at, at=place.at)
    with pytest.raises(Refused, match="A call back is still owed"):
        contacts.close(**given, at=place.later())
    promises.let_go(
        promise_id=call.id, words="Rang four times; wrote.", by=place.amir, at=place.later(), seen=1
    )
    contacts.close(**given, at=place.later())
    assert store.peek(CONTACTS, given["contact_id"]).state == "closed"


def test_an_anonymous_contact_linked_later_takes_its_referrals_along(place):
    contact_id, referral_id = place.a_contact()
    assert store.peek(REFERRALS, referral_id).person_id is None
    person_id = place.a_person()
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    assert store.peek(CONTACTS, contact_id).person_id == person_id
    assert store.peek(REFERRALS, referral_id).person_id == person_id
    linked = Entry.objects.filter(kind__in=["contact.linked", "referral.person_linked"])
    assert {one.person_id for one in linked} == {person_id}


def test_a_lost_caller_who_is_known_later_is_owed_the_call_back_by_name(place):
    given = acts.a_lost_caller(place, rung_back=False)
    assert store.find(PROMISES, contact_id=given["contact_id"])[0].person_id is None
    person_id = place.a_person()
    contacts.link(
        contact_id=given["contact_id"], person_id=person_id, by=place.amir, at=place.later(), seen=1
    )
    (call,) = store.find(PROMISES, contact_id=given["contact_id"])
    assert (call.person_id, call.state, call.version) == (person_id, "open", 2)
    assert Entry.objects.get(kind="promise.person_linked").person_id == person_id
    seen = standing.of("person", person_id, viewer=place.amir, at=place.later())
    assert [one.promise.id for one in person_record.of(person_id, seen=seen).owed] == [call.id]
    everything = person_timeline.of(person_id, seen=seen)
    told = [one.kind for act in everything.acts for one in act.told]
    assert {"promise.made", "promise.person_linked", "contact.received"} <= set(told)
    story = person_timeline.of(person_id, seen=seen, agency_id=everything.agencies[0][0])
    assert "promise.made" in [one.kind for act in story.acts for one in act.told]


def test_what_was_already_kept_stays_as_it_was_when_the_contact_is_linked(place):
    given = acts.a_lost_caller(place, rung_back=True)
    contacts.link(
        contact_id=given["contact_id"], person_id=place.a_person(), by=place.amir, at=place.later(), seen=1
    )
    (call,) = store.find(PROMISES, contact_id=given["contact_id"])
    assert (call.person_id, call.state, call.version) == (None, "kept", 2)


def test_a_later_referral_from_a_linked_contact_is_about_the_same_person(place):
    given = acts.linking(place)
    contacts.link(**given, at=place.later())
    asked = {"holding_id": uuid4(), "contact_id": given["contact_id"]}
    asked |= {"needs": [], "request": "", "words": ""}
    referral_id = uuid4()
    referrals.refer(referral_id=referral_id, person_id=None, **asked, by=place.amir, at=place.later())
    assert store.peek(REFERRALS, referral_id).person_id == given["person_id"]
    other = place.a_person(family_name="Pugh")
    with pytest.raises(Refused, match="about another person"):
        referrals.refer(referral_id=uuid4(), person_id=other, **asked, by=place.amir, at=place.later())


def test_a_contact_of_another_age_is_refused_by_the_rule_and_by_the_database(place):
    given = acts.received(place)
    with pytest.raises(Refused, match="more than a year ago"):
        contacts.receive(**given | {"happened_at": place.at - timedelta(days=400)}, at=place.later())
    contacts.receive(**given, at=place.later())
    ages_ago = "UPDATE contacts_contact SET happened_at = '0001-01-01 00:00 BC'"
    with pytest.raises(IntegrityError, match="contact_within_reach"), transaction.atomic():
        connection.cursor().execute(ages_ago)


def test_a_contact_is_not_moved_from_one_person_to_another(place):
    given = acts.linking(place)
    contacts.link(**given, at=place.later())
    other = place.a_person(family_name="Pugh")
    with pytest.raises(Refused, match="already about another person"):
        contacts.link(**given | {"person_id": other, "seen": 2}, at=place.later())


def test_the_callers_own_words_are_kept_as_they_were_said(place):
    words = "Dw i ddim yn cysgu \N{CRYING FACE}\n  – “he says it's nothing”  "
    contact_id, _ = place.a_contact(words=words)
    assert store.peek(CONTACTS, contact_id).words == words


def test_what_was_asked_is_kept_with_the_version_of_the_questions_and_the_rest_was_not_asked(place):
    contact_id = uuid4()
    contacts.receive(
        contact_id=contact_id,
        said=Said("telephone", about="Maryam Ali, born 07-Mar-1984", answers={"can_wait": "no"}),
        outcome="advice_given",
        callback_id=uuid4(),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    received = store.peek(CONTACTS, contact_id)
    assert (received.about, received.caller_name) == ("Maryam Ali, born 07-Mar-1984", "")
    assert received.question_set == "any_contact@2015-01-01"
    assert received.answers.pop("can_wait") == "no"
    assert set(received.answers.values()) == {"not_asked"}
    told = Entry.objects.get(kind="contact.received").changes
    assert told["answers"][1] == received.answers | {"can_wait": "no"}


def test_an_answer_to_nothing_we_ask_records_nothing(place):
    given = acts.received(place) | {"said": Said("telephone", answers={"in_danger": "a bit"})}
    with pytest.raises(Refused, match="Say yes, no, or which kind of unknown"):
        contacts.receive(**given, at=place.later())
    assert not store.find(CONTACTS, id=given["contact_id"])


def test_only_the_channel_and_what_came_of_it_must_be_known(place):
    contact_id = uuid4()
    contacts.receive(
        contact_id=contact_id,
        said=Said(channel="other"),
        outcome="other",
        callback_id=uuid4(),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    assert store.peek(CONTACTS, contact_id).state == "closed"


def test_a_form_sent_twice_leaves_one_contact_one_referral_and_one_offer(place):
    given = acts.received(place)
    contacts.receive(**given, at=place.later())
    with pytest.raises(Refused, match="already been recorded"):
        contacts.receive(**given, at=place.later())
    assert Entry.objects.filter(kind="contact.received").count() == 1


def test_a_person_nobody_registered_cannot_be_linked(place):
    contact_id, _ = place.a_contact()
    with pytest.raises(Missing):
        contacts.link(contact_id=contact_id, person_id=uuid4(), by=place.amir, at=place.later(), seen=1)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_sealed_contact_is_not_opened_by_the_referral_that_came_of_it(place, sealed):
    """Whoever was offered the referral may act on the contact it came from, until that is sealed."""
    contact_id, referral_id = place.a_contact()
    place.an_offer(referral_id=referral_id)
    contacts.link(contact_id=contact_id, person_id=place.a_person(), by=place.amir, at=place.later(), seen=1)
    if sealed:
        seals.put(
            seal_id=uuid4(), person_id=None, referral_id=None, contact_id=contact_id, why="asked", words="",
            by=place.amir, at=place.later(),
        )  # fmt: skip
    again = {
        "referral_id": uuid4(), "holding_id": uuid4(), "person_id": None, "contact_id": contact_id,
        "needs": ["mental"], "request": "See her", "words": "", "by": place.priya, "at": place.later(),
    }  # fmt: skip
    if sealed:
        with pytest.raises(Missing):
            referrals.refer(**again)
    else:
        referrals.refer(**again)
