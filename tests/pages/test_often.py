"""Often in touch: said on the person's page with support that can be offered, and nothing else changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import contacts, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.contact import Said
from tests.pages.sending import fields, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def rang(place, person_id, *, days, kind="person"):
    at, contact_id = now() - timedelta(days=days), uuid4()
    contacts.receive(
        contact_id=contact_id, said=Said(channel="telephone", caller_kind=kind, words="Just to talk"),
        outcome="advice_given", callback_id=uuid4(), happened_at=at, person_id=person_id,
        by=place.amir, at=at,
    )  # fmt: skip
    return contact_id


def test_contacts_by_or_for_them_are_counted_and_support_is_offered_as_something_to_do(place):
    person_id, amir = stories.maryam(place), stories.browser(place.amir)
    place.a_claim(person_id, by=place.amir)
    for number, kind in enumerate(("person", "carer", "professional", "person")):
        rang(place, person_id, days=3 + 2 * number, kind=kind)
    page = reverse("person", args=[person_id])
    assert "Often in touch" not in text(amir.get(page))
    rang(place, person_id, days=20, kind="carer")
    shown = text(amir.get(page))
    assert "5 contacts by or for them in 30 days." in shown
    assert "How soon they are answered does not change, and nothing is withheld." in shown
    url = f"{reverse('person_promise', args=[person_id])}?offer=befriending"
    assert url in amir.get(page).content.decode()
    seen = fields(amir.get(url))
    assert seen["words"] == ["Befriending: ask whether they would like regular company."]
    assert sent(amir, url, seen).status_code == 302
    assert [one.kind for one in store.find(PROMISES, person_id=person_id)] == ["callback"]


def test_who_is_often_in_touch_is_answered_by_the_same_time_as_anyone(place):
    often, once = stories.maryam(place), place.a_person(family_name="Ellis")
    for number in range(8):
        rang(place, often, days=3 + 2 * number)
    due = []
    for person_id in (often, once):
        referral_id = place.a_referral(person_id=person_id)
        found = store.peek(REFERRALS, referral_id)
        due.append(found.due_at - found.received_at)
    assert due[0] == due[1]


def test_a_house_from_which_many_are_in_touch_is_said_where_several_live_there(place):
    home = {"address": "1 Hill House", "postcode": "LK4 1AA"}
    one, other = place.a_person(**home), place.a_person(family_name="Ellis", **home)
    for person_id, often in ((one, 10), (other, 5)):
        for number in range(often):
            rang(place, person_id, days=1 + number)
    amir = stories.browser(place.amir)
    assert "15 contacts from their address in 30 days" in text(amir.get(reverse("person", args=[one])))


def test_a_contact_that_is_sealed_is_not_counted_for_its_house(place):
    home = {"address": "1 Hill House", "postcode": "LK4 1AA"}
    one, other = place.a_person(**home), place.a_person(family_name="Ellis", **home)
    rang_from = [rang(place, one, days=1 + number) for number in range(10)]
    rang_from += [rang(place, other, days=1 + number) for number in range(5)]
    seals.put(
        seal_id=uuid4(), person_id=None, referral_id=None, contact_id=rang_from[-1], why="in_danger",
        words="", by=place.amir, at=now(),
    )  # fmt: skip
    amir = stories.browser(place.amir)
    assert "contacts from their address" not in text(amir.get(reverse("person", args=[one])))


def test_those_of_a_house_are_found_by_the_key_of_its_postcode(place):
    person_id = place.a_person(address="1 Hill House", postcode="LK4 1AA")
    amir = stories.browser(place.amir)
    with CaptureQueriesContext(connection) as asked:
        amir.get(reverse("person", args=[person_id]))
    (known,) = [one["sql"] for one in asked if '"postcode_key" = ' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + known)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "person_by_postcode" in plan, plan
