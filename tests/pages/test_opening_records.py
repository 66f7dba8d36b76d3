"""Records opened without a part in someone's care: by saying why, or by breaking the glass."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.sharing.facts import OPENINGS, REVIEWS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from tests.journeys.test_openings import restrict
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SEARCH, OPEN, CLAIM, REGISTER = "/people", "/people/open", "/people/claim", "/people/register"
GLASS = "/break-glass"
BORN = {"born_on_day": "7", "born_on_month": "3", "born_on_year": "1984"}
TOLD = {"name": "Maryam Ali", **BORN}
WHY = {"reason": "danger_now", "words": "She rang from a bridge."}


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


def person(key):
    return reverse("person", args=[key])


def asked_why(client, key):
    answer = client.post(OPEN, {**TOLD, "person_id": str(key)})
    assert answer.status_code == 200
    return answer


def test_one_with_no_part_is_asked_why_and_then_sees_the_record(sam, place, maryam):
    assert sam.get(person(maryam)).status_code == 404
    why = asked_why(sam, maryam)
    assert "You have no part in the care of ALI, Maryam yet." in text(why)
    assert "I have just registered them" not in text(why)
    opened = sent(sam, CLAIM, fields(why, action=CLAIM), reason="in_contact")
    assert opened.url == person(maryam), "nothing that was said of her is in the address"
    page = text(sam.get(opened.url))
    assert "Open to you until" in page
    story = text(sam.get(reverse("person_timeline", args=[maryam])))
    assert "by saying why – they, or someone for them, are in contact with me now" in story


def test_a_claim_needs_a_reason_and_keeps_what_was_typed(sam, maryam):
    answer = sent(sam, CLAIM, fields(asked_why(sam, maryam), action=CLAIM), words="At the desk.")
    assert answer.status_code == 422 and "Choose why you need the record" in text(answer)
    assert fields(answer, action=CLAIM)["words"] == ["At the desk."]
    assert not store.find(OPENINGS, member_id=None) and sam.get(person(maryam)).status_code == 404


def test_a_claim_is_refused_where_only_one_identifier_agrees_whatever_the_form_says(sam, maryam):
    known = fields(asked_why(sam, maryam), action=CLAIM)
    gone = dict.fromkeys(BORN)
    answer = sent(sam, CLAIM, known, reason="in_contact", **gone)
    assert answer.status_code == 422 and "Ask one more: date of birth or postcode" in text(answer)
    assert sam.get(person(maryam)).status_code == 404


def test_a_claim_sent_twice_is_one(sam, place, maryam):
    known = fields(asked_why(sam, maryam), action=CLAIM)
    first, second = (sent(sam, CLAIM, known, reason="in_contact") for _ in range(2))
    assert first.url == second.url
    assert len(store.find(OPENINGS, member_id=place.sam.member_id)) == 1


def test_a_restricted_person_is_found_by_nobody_and_opened_as_if_not_there(sam, place, maryam):
    restrict(place, maryam)
    for asked in ({"name": "Ali"}, {"nhs_number": stories.NHS_NUMBER}, {"postcode": "ZZ7 2AB"}, BORN, TOLD):
        assert "No record here matches." in text(fill(sam, SEARCH, form="search", **asked)), asked
    there = sam.post(OPEN, {**TOLD, "person_id": str(maryam)})
    nowhere = sam.post(OPEN, {**TOLD, "person_id": str(uuid4())})
    assert there.status_code == nowhere.status_code == 422
    assert text(there) == text(nowhere)
    claimed = sam.post(CLAIM, {**TOLD, "person_id": str(maryam), "reason": "in_contact"})
    assert claimed.status_code == 422 and text(claimed) == text(there)


def test_registering_someone_of_their_name_does_not_betray_a_restricted_person(sam, place, maryam):
    restrict(place, maryam)
    found = fill(sam, SEARCH, form="search", name="Maryam Ali", **BORN)
    begun = sent(sam, REGISTER, fields(found, action=REGISTER))
    assert "could be" not in text(begun) and "Saltmarsh" not in text(begun)
    assert sent(sam, REGISTER, fields(begun, action=REGISTER)).status_code == 302


def test_those_who_hold_a_restricted_person_go_on_finding_them(amir, place, maryam):
    place.a_referral(person_id=maryam)
    restrict(place, maryam)
    assert "ALI, Maryam" in text(fill(amir, SEARCH, form="search", name="Ali"))


def test_breaking_the_glass_says_before_what_follows_and_stands_over_every_page_after(sam, place, maryam):
    before = text(sam.get(GLASS))
    assert "open to you for 8 h" in before and "looks into it within 3 days" in before
    assert "The person can see that you opened it" in before
    opened = fill(sam, GLASS, action=GLASS, **TOLD, **WHY)
    assert opened.url == person(maryam)
    for url in (opened.url, reverse("person_timeline", args=[maryam])):
        page = text(sam.get(url))
        assert "You broke the glass at" in page and "; open until" in page, url
    (asked,) = store.find(REVIEWS)
    assert (asked.member_id, asked.words) == (place.sam.member_id, "She rang from a bridge.")
    assert Look.objects.filter(member_id=place.sam.member_id, relationship="broke_glass").exists()


def test_nobody_else_has_the_record_because_a_colleague_broke_the_glass(sam, place, maryam):
    fill(sam, GLASS, action=GLASS, **TOLD, **WHY)
    other = stories.browser(place.viewers["Lou of Social care"])
    assert other.get(person(maryam)).status_code == 404
    assert "You broke the glass" not in text(stories.browser(place.amir).get(person(maryam)))


def test_breaking_the_glass_opens_a_restricted_person(sam, place, maryam):
    restrict(place, maryam)
    opened = fill(sam, GLASS, action=GLASS, nhs_number=stories.NHS_NUMBER, **BORN, **WHY)
    assert opened.url == person(maryam)
    assert sam.get(opened.url).status_code == 200


def test_too_little_or_wrong_is_answered_alike_whether_there_is_such_a_person_or_not(sam, place, maryam):
    stories.maryam(place, nhs_number="", born_on=date(1999, 9, 9))
    wrong_day = {**BORN, "born_on_day": "8"}
    answers = [
        fill(sam, GLASS, action=GLASS, **asked, **WHY)
        for asked in (
            {"name": "Maryam Ali", **wrong_day},
            {"name": "Nobody Here", **wrong_day},
            {"name": "mar al", **BORN},
            {"nhs_number": stories.OTHER_NHS_NUMBER, **BORN},
        )
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all("does not lead to one record" in text(answer) for answer in answers)
    assert not store.find(REVIEWS)


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"reason": None}, "Choose why you must see it now"),
        ({"words": " "}, "Enter in a line what has happened"),
        ({"name": ""}, "Say two things that you know of the person"),
        ({"name": "", **dict.fromkeys(BORN, "")}, "Say two things that you know of the person"),
    ],
)
def test_what_is_missing_is_asked_for_before_anybody_is_looked_for(sam, maryam, left_out, words):
    answer = fill(sam, GLASS, action=GLASS, **{**TOLD, **WHY, **left_out})
    assert answer.status_code == 422 and words in text(answer)
    assert not store.find(REVIEWS)


def test_one_who_broke_it_too_often_is_told_so_alike_of_anybody_and_nobody(sam, place, maryam):
    for _ in range(5):
        assert fill(sam, GLASS, action=GLASS, **TOLD, **WHY).status_code == 302
    there = fill(sam, GLASS, action=GLASS, **TOLD, **WHY)
    nowhere = fill(sam, GLASS, action=GLASS, **{**TOLD, "name": "Nobody Here"}, **WHY)
    for answer in (there, nowhere):
        assert answer.status_code == 422
        assert "as often as one person may in a day" in text(answer)
    assert len(store.find(REVIEWS)) == 5


def test_the_same_form_sent_twice_opens_and_asks_once_even_when_it_was_the_last_that_is_allowed(sam, maryam):
    for _ in range(4):
        fill(sam, GLASS, action=GLASS, **TOLD, **WHY)
    seen = fields(sam.get(GLASS), action=GLASS)
    first, second = (sent(sam, GLASS, seen, **TOLD, **WHY) for _ in range(2))
    assert first.url == second.url == person(maryam)
    assert len(store.find(REVIEWS)) == 5


def test_the_page_for_what_is_not_there_says_how_to_ask(sam, maryam):
    page = sam.get(person(maryam))
    assert f'href="{GLASS}"' in page.content.decode()
    assert text(page) == text(sam.get(person(uuid4())))
    assert f'href="{GLASS}"' in fill(sam, SEARCH, form="search", name="Nobody").content.decode()


def test_a_record_that_is_opened_says_what_it_does_not_show_and_how_to_see_it(sam, place, maryam):
    place.a_referral(person_id=maryam)
    sent(sam, CLAIM, fields(asked_why(sam, maryam), action=CLAIM), reason="in_contact")
    page = sam.get(person(maryam))
    assert "1 item you may not see" in text(page) and f'href="{GLASS}"' in page.content.decode()
    fill(sam, GLASS, action=GLASS, **TOLD, **WHY)
    assert "you may not see" not in text(sam.get(person(maryam)))
