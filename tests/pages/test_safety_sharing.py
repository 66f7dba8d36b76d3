"""What safety rests on in sharing: keeping someone safe needs no consent, and words keep their date."""

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.handovers.models import Handover
from tests.pages.sending import fill, text

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
