"""A telephone number is never shown without whether it is safe to ring it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.journeys import contacts
from nowrongdoor.nhsuk import numbers
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from tests.pages.sending import text
from tests.worlds import stories

NUMBER = "01632 960114"
SAYS = {
    "yes": "",
    "no": "it is not safe to ring this number",
    "declined": "they preferred not to say whether it is safe to ring",
    "not_asked": "whether it is safe to ring was not asked",
}
pytestmark = pytest.mark.django_db


def pages_with_the_number(place, safe):
    """The receiver's handover, the contact, the promise and triage: each with a browser that may see it."""
    said = Said(channel="telephone", callback_number=NUMBER, safe_to_call=safe, words="Ring me")
    owed, callback = uuid4(), uuid4()
    contacts.receive(contact_id=owed, said=said, outcome="caller_lost", callback_id=callback,
                     happened_at=place.at, by=place.amir, at=place.later())  # fmt: skip
    referral, offer = uuid4(), uuid4()
    message = Message(
        why_urgent="", summary="", done="", ask="See her", watch_for="", told="", sharing_basis=""
    )
    contacts.receive(
        contact_id=uuid4(),
        said=said,
        outcome="handed_over",
        referral=NewReferral(referral, uuid4(), ("money",), "See her"),
        offer=NewOffer(offer, place.teams["Crisis team"], message),
        callback_id=uuid4(),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    amir, priya = stories.browser(place.amir), stories.browser(place.priya)
    return {
        "handover": priya.get(reverse("handover", args=[offer])),
        "contact": amir.get(reverse("contact", args=[owed])),
        "promise": amir.get(reverse("promise_keep", args=[callback])),
        "triage": amir.get(reverse("triage_decide", args=[referral])),
    }


@pytest.mark.parametrize("safe", SAYS)
def test_every_page_that_shows_a_number_says_whether_it_is_safe_to_ring(place, safe):
    for name, page in pages_with_the_number(place, safe).items():
        said = text(page)
        assert NUMBER in said, name
        if SAYS[safe]:
            assert f"{NUMBER} – {SAYS[safe]}" in said, name
        else:
            assert f"{NUMBER} –" not in said, name


def test_a_number_that_is_not_safe_is_never_one_tap_away(place):
    for name, page in pages_with_the_number(place, "no").items():
        assert "tel:01632960114" not in page.content.decode(), name
        assert f"Ring {NUMBER}" not in text(page), name


def test_a_number_nobody_asked_about_can_still_be_rung(place):
    shown = pages_with_the_number(place, "not_asked")
    assert "tel:01632960114" in shown["promise"].content.decode()
    assert "tel:01632960114" in shown["contact"].content.decode()


@pytest.mark.parametrize("safe", ["not_known", "", "a code that has left the list"])
def test_any_other_answer_is_not_a_yes(place, safe):
    pages_with_the_number(place, "yes")
    known = CONTACTS.of(Contact.objects.values_list(*CONTACTS.columns)[0])
    number = numbers.to_ring(replace(known, safe_to_call=safe))
    assert number.words == f"{NUMBER} – whether it is safe to ring is not known"


def pages_with_their_own_number(place, safe):
    """Every page that carries the banner of somebody whose own number was asked about."""
    person_id = stories.maryam(place, phone=NUMBER, family_name="Ali", given_names="Maryam")
    said = Said(channel="telephone", callback_number=NUMBER, safe_to_call=safe, words="Ring me")
    contact, referral, offer = uuid4(), uuid4(), uuid4()
    message = Message(
        why_urgent="", summary="", done="", ask="See her", watch_for="", told="", sharing_basis=""
    )
    contacts.receive(
        contact_id=contact,
        said=said,
        outcome="handed_over",
        person_id=person_id,
        referral=NewReferral(referral, uuid4(), ("money",), "See her"),
        offer=NewOffer(offer, place.teams["Crisis team"], message),
        callback_id=uuid4(),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    amir, priya = stories.browser(place.amir), stories.browser(place.priya)
    return {
        "person": amir.get(reverse("person", args=[person_id])),
        "timeline": amir.get(reverse("person_timeline", args=[person_id])),
        "correct": amir.get(reverse("person_correct", args=[person_id])),
        "promise": amir.get(reverse("person_promise", args=[person_id])),
        "referral": amir.get(reverse("referral", args=[referral])),
        "triage": amir.get(reverse("triage_decide", args=[referral])),
        "handover": priya.get(reverse("handover", args=[offer])),
        "contact": amir.get(reverse("contact", args=[contact])),
    }


@pytest.mark.parametrize("safe", SAYS)
def test_their_own_number_in_the_banner_says_the_same_right_beside_it(place, safe):
    for name, page in pages_with_their_own_number(place, safe).items():
        said = text(page)
        assert f"Phone {NUMBER} – {SAYS[safe]}" in said if SAYS[safe] else f"Phone {NUMBER}" in said, name
        assert SAYS[safe] or f"Phone {NUMBER} –" not in said, name


def test_a_no_stands_until_a_later_yes(place):
    pages_with_their_own_number(place, "no")
    known = Contact.objects.get()
    for safe, says in (("not_asked", SAYS["no"]), ("declined", SAYS["no"]), ("yes", "")):
        later = Said(channel="telephone", callback_number=NUMBER, safe_to_call=safe, words="Again")
        contacts.receive(contact_id=uuid4(), said=later, outcome="advice_given",
                         person_id=known.person_id, callback_id=uuid4(), happened_at=place.later(),
                         by=place.amir, at=place.at)  # fmt: skip
        said = text(stories.browser(place.amir).get(reverse("person_timeline", args=[known.person_id])))
        assert (f"Phone {NUMBER} – {says}" in said) if says else (f"Phone {NUMBER} –" not in said), safe


def test_a_number_in_a_list_of_records_says_to_open_the_record_before_ringing(place, amir):
    stories.maryam(place, phone=NUMBER, family_name="Ali", given_names="Maryam")
    found = text(amir.post(reverse("people_search"), {"name": "Maryam Ali", "postcode": "ZZ7 2AB"}))
    assert f"{NUMBER} – open the record to see whether it is safe to ring" in found
