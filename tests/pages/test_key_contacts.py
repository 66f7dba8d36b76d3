"""Key contacts on a person's page: who can be rung, what to know before, and never one tap to danger."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.journeys import contacts, openings, seals
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.contact import Said
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


def rang(place, person_id, **said):
    contacts.receive(
        contact_id=uuid4(), said=Said(channel="telephone", words="Hello", **said), outcome="advice_given",
        callback_id=uuid4(), happened_at=place.at, person_id=person_id, by=place.amir, at=place.later(),
    )  # fmt: skip


def page(browser, person_id):
    return browser.get(reverse("person", args=[person_id]))


def test_the_team_that_holds_and_the_team_that_is_asked_can_be_rung(amir, place, maryam):
    place.an_offer(referral_id=place.a_referral(person_id=maryam))
    answer = page(amir, maryam)
    said = text(answer)
    assert "Front door Holds now – Amir of Front door 01632 960001" in said
    assert "Crisis team Has been asked, to answer by " in said
    assert answer.content.decode().count('class="nwd-phone" href="tel:01632960001"') == 2


@pytest.mark.parametrize(
    ("safe", "words", "is_link"),
    [
        ("yes", "Safe to ring, said", True),
        ("no", "Not safe to ring: ask first, said", False),
        ("declined", "They preferred not to say whether it is safe to ring, said", True),
        ("not_asked", "Whether it is safe to ring was not asked", True),
    ],
)
def test_whether_their_own_number_is_safe_stands_before_it(amir, place, maryam, safe, words, is_link):
    place.a_referral(person_id=maryam)
    rang(place, maryam, caller_kind="person", callback_number="01632 960 114", safe_to_call=safe)
    answer = page(amir, maryam)
    said = text(answer)
    assert words in said and said.index(words) < said.index("01632 960114", said.index("Their own number"))
    assert ('href="tel:01632960114"' in answer.content.decode()) == is_link


def test_a_no_is_not_lifted_by_a_caller_who_was_not_asked(amir, place, maryam):
    place.a_referral(person_id=maryam)
    rang(place, maryam, caller_kind="person", safe_to_call="no")
    rang(place, maryam, caller_kind="person", safe_to_call="declined")
    assert "Not safe to ring: ask first" in text(page(amir, maryam))


def test_whoever_rang_about_them_is_there_once_with_what_was_said_last(amir, place, maryam):
    place.a_referral(person_id=maryam)
    mother = {"caller_kind": "carer", "caller_name": "Nadia Ali"}
    rang(place, maryam, **mother, callback_number="+44 1632 960222", safe_to_call="yes")
    rang(place, maryam, caller_kind="carer", callback_number="01632 960222", safe_to_call="no")
    rang(place, maryam, caller_kind="professional", caller_name="Dr Rees", caller_agency="Averley Surgery",
         callback_number="01632 960333", safe_to_call="yes")  # fmt: skip
    answer = page(amir, maryam)
    said, html = text(answer), answer.content.decode()
    assert "Dr Rees A professional, Averley Surgery, rang" in said and 'href="tel:01632960333"' in html
    assert said.count("Nadia Ali") == 1 and "A carer, relative or friend, rang" in said
    assert 'href="tel:01632960222"' not in html
    assert said.index("Not safe to ring: ask first") < said.index("01632 960222")


def test_a_number_nobody_knows_is_said_in_words(amir, place):
    person = place.a_person()
    place.a_referral(person_id=person)
    assert "telephone number not" in text(page(amir, person))


def test_another_persons_page_shows_none_of_it(amir, place, maryam):
    other = place.a_person(given_names="Zara", family_name="Bell", phone="01632 960999")
    place.a_referral(person_id=other)
    rang(place, maryam, caller_kind="carer", caller_name="Nadia Ali", callback_number="01632 960222")
    assert "Nadia" not in text(page(amir, other))


def test_numbers_that_are_not_shown_do_not_look_like_nobody_having_rung(amir, place, maryam):
    place.a_referral(person_id=maryam)
    rang(place, maryam, caller_kind="carer", caller_name="Nadia Ali", callback_number="01632 960222")
    seals.put(
        seal_id=uuid4(), person_id=maryam, referral_id=None, contact_id=None, why="in_danger", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    broke = place.viewers["Lou of Social care"]
    openings.break_glass(
        opening_id=uuid4(), review_id=uuid4(), person_id=maryam, reason="danger_now",
        words="He is at the door.", by=broke, at=now(),
    )  # fmt: skip
    shown = text(page(stories.browser(broke), maryam))
    assert "Numbers left by those who rang: not shown to you" in shown
    assert "telephone number not shown to you" in shown and "960222" not in shown
    rang_at = reverse("contact", args=[Contact.objects.get(caller_kind="carer").pk])
    contact = text(stories.browser(broke).get(rang_at))
    assert "Number Not shown to you" in contact and "Where they were Not shown to you" in contact
    assert "Sharing Not recorded" in contact, "the control: what was not written down, to whoever may read it"


def test_control_numbers_that_are_shown_are_not_said_to_be_hidden(amir, place, maryam):
    place.a_referral(person_id=maryam)
    rang(place, maryam, caller_kind="carer", caller_name="Nadia Ali", callback_number="01632 960222")
    mine = text(page(amir, maryam))
    assert "01632 960222" in mine and "not shown to you" not in mine
    url = reverse("contact", args=[Contact.objects.get().pk])
    assert "Number 01632 960222" in text(amir.get(url)) and "Not shown" not in text(amir.get(url))
