"""A contact after the call: read, rung back, linked to a person, ended."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def test_the_page_says_what_came_of_it_and_who_holds_it_now(amir, place):
    contact_id, referral_id = place.a_contact()
    said = text(amir.get(reverse("contact", args=[contact_id])))
    assert "“Mum has not slept.”" in said
    assert "Handed over to a team – closed" in said
    assert "Held by Front door – Amir of Front door" in said
    assert (
        reverse("referral", args=[referral_id])
        in amir.get(reverse("contact", args=[contact_id])).content.decode()
    )


def test_a_lost_caller_is_rung_and_the_contact_closed(amir, place):
    contact_id, callback_id = stories.a_call_owed(place)
    page = text(amir.get(reverse("contact", args=[contact_id])))
    assert "still open" in page and "Ring 01632 960114 – whether it is safe to ring was not asked." in page
    early = fill(amir, reverse("contact_close", args=[contact_id]), outcome="advice_given")
    assert early.status_code == 409
    assert "A call back is still owed. Say first what came of it." in text(early)

    keep = reverse("promise_keep", args=[callback_id])
    blank = fill(amir, keep)
    assert blank.status_code == 422 and "Say what came of it." in text(blank)
    kept = fill(amir, keep, words="Rang: she is with her sister.")
    assert kept.url == reverse("contact", args=[contact_id])
    assert Promise.objects.get().state == "kept"
    closed = fill(
        amir, reverse("contact_close", args=[contact_id]), outcome="advice_given", words="All well."
    )
    assert closed.status_code == 302
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.closing_words) == ("closed", "advice_given", "All well.")


def test_a_call_back_let_go_needs_a_reason(amir, place):
    _, callback_id = stories.a_call_owed(place)
    let_go = reverse("promise_let_go", args=[callback_id])
    assert "Say why this is no longer owed." in text(fill(amir, let_go))
    assert fill(amir, let_go, words="She rang again herself.").status_code == 302


def test_a_call_back_of_a_team_one_has_no_part_with_is_not_there(priya, place):
    _, callback_id = stories.a_call_owed(place)
    assert priya.get(reverse("promise_keep", args=[callback_id])).status_code == 404


def test_two_who_ring_back_at_once_hear_of_each_other(place, amir):
    _, callback_id = stories.a_call_owed(place)
    keep = reverse("promise_keep", args=[callback_id])
    seen = fields(amir.get(keep))
    lou = stories.browser(place.viewers["Lou of Front door"])
    fill(lou, keep, words="Rang at ten.")
    answer = sent(amir, keep, seen, words="Rang too, nobody there.")
    assert answer.status_code == 409
    assert "Lou of Front door recorded that this was done" in text(answer)
    assert "Rang too, nobody there." in text(answer)


def test_an_anonymous_contact_is_linked_later_with_what_was_referred_from_it(amir, place):
    contact_id, referral_id = place.a_contact()
    person_id = stories.maryam(place)
    link = reverse("contact_link", args=[contact_id])
    looked = fill(
        amir, link, form="link", name="Maryam Ali", born_on_day="7", born_on_month="3", born_on_year="1984"
    )
    assert looked.status_code == 200 and "Link to this person" in text(looked)
    linked = sent(amir, link, fields(looked, form="link"), choose=str(person_id))
    assert linked.url == reverse("contact", args=[contact_id])
    assert Contact.objects.get(pk=contact_id).person_id == person_id
    assert Referral.objects.get(pk=referral_id).person_id == person_id


@pytest.mark.parametrize("key", [str(uuid4()), "rubbish"], ids=["nobody's", "rubbish"])
def test_linking_to_a_record_that_is_not_there_is_refused_in_words(amir, place, key):
    contact_id, _ = place.a_contact()
    link = reverse("contact_link", args=[contact_id])
    answer = fill(amir, link, form="link", name="Maryam Ali", postcode="ZZ7 2AB", choose=key)
    assert answer.status_code == 422
    assert "not here any more" in text(answer)


def test_linking_by_one_identifier_is_refused(amir, place):
    contact_id, _ = place.a_contact()
    person_id = stories.maryam(place)
    answer = fill(
        amir,
        reverse("contact_link", args=[contact_id]),
        form="link",
        name="Maryam Ali",
        choose=str(person_id),
    )
    assert answer.status_code == 422 and Contact.objects.get(pk=contact_id).person_id is None


def test_a_contact_that_is_not_there_is_a_page_that_says_so(amir):
    assert amir.get(reverse("contact", args=[uuid4()])).status_code == 404
    assert amir.get("/contacts/not-a-key").status_code == 404
