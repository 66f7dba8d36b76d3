"""A second look at a share of decisions: blind, by somebody else, and it changes nothing."""

from itertools import count
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.data.guidance.models import Advice, SecondRating
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import contacts, triage
from nowrongdoor.rules import consistency
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewReferral
from tests.pages.sending import fields, text
from tests.worlds import stories
from tests.worlds.small_place import NINE, SOON

pytestmark = pytest.mark.django_db


def a_referral(*, sampled):
    """A key whose decision is, or is not, one of those to be looked at again."""
    found = (uuid5(UUID(int=0), str(number)) for number in count())
    return next(
        one for one in found
        if consistency.is_sampled(uuid5(one, "response_time 2"), decided_at=NINE) == sampled
    )  # fmt: skip


def decided(place, referral_id):
    contacts.receive(
        contact_id=uuid4(),
        said=Said(channel="telephone", words="He sits on the stairs.", answers={"in_danger": "no"}),
        outcome="handed_over", person_id=None, callback_id=uuid4(),
        referral=NewReferral(referral_id, uuid4(), ["mental"], "Help him"),
        happened_at=place.at, by=place.amir, at=place.later(),
    )  # fmt: skip
    triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
    return Advice.objects.get(referral_id=referral_id)


def test_somebody_else_rates_it_blind_once_and_it_changes_nothing(amir, place):
    key = a_referral(sampled=True)
    decided(place, key)
    lou = stories.browser(place.viewers["Lou of Front door"])
    page = reverse("second_look", args=[key])
    assert page in lou.get("/guidance/consistency").content.decode()
    shown = lou.get(page)
    assert "He sits on the stairs." in text(shown) and "In danger" not in text(shown)
    assert SOON.why not in text(shown) and "urgency" not in fields(shown), "what was decided is not shown"
    before = Referral.objects.get(pk=key).version
    said = {"rating_id": str(uuid4()), "urgency": "soon"}
    assert lou.post(page, {"rating_id": str(uuid4())}).status_code == 422
    assert lou.post(page, said).status_code == 302
    kept = SecondRating.objects.get()
    assert (kept.decided, kept.rated) == ("urgent", "soon") and Referral.objects.get(pk=key).version == before
    assert lou.get(page).status_code == 404, "it is rated once"
    assert "Too few decisions" in text(lou.get("/guidance/consistency"))


def test_whoever_decided_is_not_asked_and_what_is_not_sampled_is_not_there(amir, place):
    key, other = a_referral(sampled=True), a_referral(sampled=False)
    decided(place, key)
    decided(place, other)
    assert amir.get(reverse("second_look", args=[key])).status_code == 404
    assert reverse("second_look", args=[key]) not in amir.get("/guidance/consistency").content.decode()
    lou = stories.browser(place.viewers["Lou of Front door"])
    assert lou.get(reverse("second_look", args=[other])).status_code == 404


def test_the_database_draws_the_same_sample_as_the_rule():
    keys = [uuid5(UUID(int=1), str(number)) for number in range(200)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ('x' || lpad(substr(md5(k::text), 1, 7), 8, '0'))::bit(32)::int %% %s"
            " FROM unnest(%s::uuid[]) WITH ORDINALITY AS u(k, n) ORDER BY n",
            [consistency.OF, keys],
        )
        assert [number for (number,) in cursor.fetchall()] == [consistency.place_of(key) for key in keys]
