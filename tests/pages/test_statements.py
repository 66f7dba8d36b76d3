"""
How many statements a page or an act may take, whatever its length. Counted as a browser causes them:
the session, the viewer and the menu are in the count unless a test says that they are not.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.sending import fields, sent
from tests.worlds import stories

pytestmark = pytest.mark.django_db
# What every page asks before its own reading: the session; the membership with the counts of the menu.
SURROUNDINGS = 2


def count(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = act()
    assert answer.status_code in (200, 302), answer.status_code
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


@pytest.fixture
def lived(place):
    """Someone with a long story: many referrals, some closed, each handed over, contacts and promises."""
    person_id = stories.maryam(place)
    referral_ids = [place.a_referral(person_id=person_id) for _ in range(12)]
    offers = [place.an_offer(referral_id=one) for one in referral_ids[:8]]
    for offer in offers[:4]:
        stories.accepted(place, offer, by=place.priya)
    for _ in range(3):
        stories.a_call_owed(place)
    return person_id, referral_ids, offers


def test_recording_a_contact_with_a_referral_takes_at_most_25(amir, place):
    seen = fields(amir.get("/contacts/new"), form="contact")
    answers = {"words": "Help", "outcome": "handed_over", "needs": ["mental"], "ask": "See her"}
    taken = count(lambda: sent(amir, "/contacts/new", seen, **answers))
    assert taken <= 25, taken


def test_recording_referring_and_offering_at_once_takes_at_most_30(amir, place):
    seen = fields(amir.get("/contacts/new"), form="contact")
    team = str(place.teams["Crisis team"])
    answers = {
        "words": "Help",
        "outcome": "handed_over",
        "needs": ["mental"],
        "ask": "See her",
        "to_team": team,
    }
    taken = count(lambda: sent(amir, "/contacts/new", seen, **answers))
    assert taken <= 30, taken


def test_a_person_takes_at_most_12(amir, lived):
    person_id, _, _ = lived
    assert count(lambda: amir.get(reverse("person", args=[person_id]))) <= 12


def test_a_timeline_takes_at_most_10(amir, lived):
    person_id, _, _ = lived
    assert count(lambda: amir.get(reverse("person_timeline", args=[person_id]))) <= 10


def test_a_referral_takes_at_most_10(amir, lived):
    for referral_id in lived[1]:
        assert count(lambda one=referral_id: amir.get(reverse("referral", args=[one]))) <= 10


def test_a_handover_takes_at_most_11_with_its_answer_form(priya, lived):
    for offer in lived[2]:
        # Whoever opens it first receives it, which is an act of its own.
        priya.get(reverse("handover", args=[offer]))
        assert count(lambda one=offer: priya.get(reverse("handover", args=[one]))) <= 11


def test_the_composer_takes_at_most_12(amir, lived):
    assert count(lambda: amir.get(reverse("handover_new", args=[lived[1][-1]]))) <= 12


def test_a_search_takes_one_statement_and_one_that_records_who_was_shown_and_counts_it(amir, place):
    for number in range(30):
        place.a_person(family_name="Ffowc", given_names=f"Ann{number}", phone=f"0163296{number:04}")
    asked = {"name": "Ann Ffowc", "phone": "01632960003", "postcode": "ZZ1 1AA", "born_on_day": "1",
             "born_on_month": "1", "born_on_year": "1980", "nhs_number": stories.NHS_NUMBER}  # fmt: skip
    assert count(lambda: amir.post("/people", asked)) <= SURROUNDINGS + 2


def test_looking_while_a_contact_is_typed_takes_at_most_8(amir, place):
    stories.maryam(place)
    asked = {"name": "Maryam Ali", "callback_number": "01632 960114", "needs": ["mental"]}
    assert count(lambda: amir.post("/contacts/match", asked)) <= 8


def test_a_contact_takes_at_most_10(amir, place):
    contact_id, _ = place.a_contact()
    assert count(lambda: amir.get(reverse("contact", args=[contact_id]))) <= 10


def test_a_new_contact_form_takes_at_most_6(amir):
    assert count(lambda: amir.get("/contacts/new")) <= 6


def test_accepting_takes_at_most_30(priya, place):
    offer = place.an_offer()
    page = reverse("handover", args=[offer])
    seen = fields(priya.get(page), form="accept")
    url = reverse("handover_accept", args=[offer])
    taken = count(lambda: sent(priya, url, seen, read_back="We ring at ten."))
    assert taken <= 30, taken


def test_sharing_and_access_takes_at_most_16_however_long_the_story(amir, lived):
    person_id, _, _ = lived
    assert count(lambda: amir.get(reverse("person_sharing", args=[person_id]))) <= 16


def test_who_looked_takes_at_most_8_on_paper(amir, lived):
    person_id, _, _ = lived
    assert count(lambda: amir.get(reverse("person_looks_printed", args=[person_id]))) <= 8


def test_sharing_with_a_team_takes_at_most_24(amir, lived, place):
    person_id, _, _ = lived
    url = reverse("person_share", args=[person_id])
    seen = fields(amir.get(url))
    answers = {
        "to_team": str(place.teams["Social care"]),
        "purpose": "direct_care",
        "confidentiality_basis": "consent",
        "told": "yes",
    }
    taken = count(lambda: sent(amir, url, seen, **answers))
    assert taken <= 24, taken


def test_an_offer_to_another_agency_takes_at_most_4_more_than_one_within(amir, place):
    taken = {}
    for name in ("Crisis team", "Social care"):
        seen = fields(amir.get("/contacts/new"), form="contact")
        answers = {"words": "Help", "outcome": "handed_over", "needs": ["mental"], "ask": "See her"}
        to = {"to_team": str(place.teams[name])}
        taken[name] = count(lambda seen=seen, said=answers | to: sent(amir, "/contacts/new", seen, **said))
    assert taken["Social care"] - taken["Crisis team"] <= 4, taken
