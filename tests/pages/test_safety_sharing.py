"""What safety rests on in telling others: what must reach them does, and what must not does not."""

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.handovers.models import Handover
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NEW = "/contacts/new"
REFUSED = "She does not want the council to know."


def test_a_refusal_is_kept_and_stops_nobody_from_sharing_to_keep_someone_safe(amir, priya, place):
    """Two answers are enough beside what is asked of the team: to whom, and on what ground."""
    answer = fill(
        amir, NEW, channel="telephone", outcome="handed_over", needs=["mental"], sharing_words=REFUSED,
        ask="See her tonight.", to_team=str(place.teams["Crisis team"]), sharing_basis="safeguarding",
    )  # fmt: skip
    assert answer.status_code == 302
    offer = Handover.objects.get()
    said = text(priya.get(reverse("handover", args=[offer.id])))
    assert "To keep someone safe" in said
    assert REFUSED in text(amir.get(reverse("contact", args=[Contact.objects.get().id])))


def test_a_ground_for_sharing_need_not_be_named_before_help_is_asked_for(amir, place):
    answer = fill(
        amir, NEW, channel="telephone", outcome="handed_over", needs=["mental"],
        ask="See her tonight.", to_team=str(place.teams["Crisis team"]),
    )  # fmt: skip
    assert answer.status_code == 302
    assert Handover.objects.get().sharing_basis == ""


def test_what_was_said_about_sharing_and_where_they_were_stands_with_the_contact_it_was_said_in(amir):
    said_where = {"sharing_words": REFUSED, "where": "The bus station"}
    fill(amir, NEW, channel="telephone", outcome="advice_given", **said_where)
    contact = Contact.objects.get()
    said = text(amir.get(reverse("contact", args=[contact.id])))
    assert REFUSED in said and "Where they were" in said and "The bus station" in said
    assert (contact.sharing_words, contact.where) == (REFUSED, "The bus station")
    assert contact.happened_at is not None


def test_a_danger_at_the_door_stands_where_someone_decides_or_is_asked(amir, priya, place):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    handover_id = place.an_offer(referral_id=place.a_referral(person_id=person_id))
    for seat, url in (
        (amir, reverse("person", args=[person_id])),
        (amir, reverse("triage")),
        (amir, reverse("triage_decide", args=[referral_id])),
        (priya, "/"),
        (priya, reverse("handover", args=[handover_id])),
    ):
        assert "Dog at address" in text(seat.get(url)), url


def test_a_danger_at_the_door_is_told_only_to_whoever_knows_two_things_of_the_person(amir, place):
    person_id = str(stories.maryam(place))
    knows = {"form": "contact", "look": "1", "callback_number": "01632 960114"}
    looked = fill(amir, NEW, **knows)
    refused = sent(amir, NEW, fields(looked, form="contact"), choose=person_id)
    assert "Dog at address" not in text(looked) + text(refused)
    looked = fill(amir, NEW, **knows, name="Maryam Ali")
    assert "Dog at address" in text(sent(amir, NEW, fields(looked, form="contact"), choose=person_id))


@pytest.mark.parametrize(
    ("why", "words"), [("not_known", "Address not known"), ("declined", "Address declined")]
)
def test_an_address_nobody_knows_says_so_and_why_and_is_no_blank(amir, place, why, words):
    person_id = place.a_person(family_name="Nowhere", given_names="Nia", address_unknown=why)
    assert words in text(amir.get(reverse("person", args=[person_id])))
