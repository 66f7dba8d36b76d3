"""Overtaken by a colleague, told what they did, and sending the same form again: it goes through."""

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.people.models import Person
from nowrongdoor.data.referrals.models import Referral
from tests.pages.sending import fields, fill, sent
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def test_a_correction_made_on_an_older_record_can_be_sent_again(amir, place):
    person_id = stories.maryam(place)
    url = reverse("person_correct", args=[person_id])
    seen = fields(amir.get(url))
    fill(stories.browser(place.viewers["Lou of Front door"]), url, pronouns="she")
    overtaken = sent(amir, url, seen, know_first="Ring first")
    assert overtaken.status_code == 409
    assert sent(amir, url, fields(overtaken)).status_code == 302
    assert Person.objects.get(pk=person_id).know_first == "Ring first"


def test_a_referral_that_help_has_begun_for_meanwhile_can_be_closed(priya, place):
    referral_id = place.a_referral()
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    close = reverse("referral_close", args=[referral_id])
    seen = fields(priya.get(close))
    lou = stories.browser(place.viewers["Lou of Crisis team"])
    page, begin = reverse("referral", args=[referral_id]), reverse("referral_begin", args=[referral_id])
    assert fill(lou, page, action=begin).status_code == 302
    overtaken = sent(priya, close, seen, outcome="help_given", told="All done.", told_by="us")
    assert overtaken.status_code == 409
    assert sent(priya, close, fields(overtaken)).status_code == 302
    assert Referral.objects.get(pk=referral_id).state == "closed"


def test_a_contact_that_was_linked_meanwhile_can_be_closed(amir, place):
    from nowrongdoor.journeys import contacts

    contact_id, callback_id = stories.a_call_owed(place)
    fill(amir, reverse("promise_keep", args=[callback_id]), words="Rang.")
    close = reverse("contact_close", args=[contact_id])
    seen = fields(amir.get(close))
    lou, person_id = place.viewers["Lou of Front door"], stories.maryam(place)
    version = Contact.objects.get().version
    contacts.link(contact_id=contact_id, person_id=person_id, by=lou, at=place.later(), seen=version)
    overtaken = sent(amir, close, seen, outcome="advice_given")
    assert overtaken.status_code == 409
    assert sent(amir, close, fields(overtaken)).status_code == 302
    assert Contact.objects.get().state == "closed"
