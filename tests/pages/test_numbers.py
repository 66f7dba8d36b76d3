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
