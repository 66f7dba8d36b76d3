"""The person as a person: what was said about them, by whom; not asked, declined and not known kept apart."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.people.facts import ABOUT
from nowrongdoor.journeys import about_me, agencies
from nowrongdoor.kernel import store
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.agency import Member, Membership
from tests.pages.sending import fields, sent, text
from tests.pages.test_own_record import reads_own
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
OWN = Said("important", "answered", (), "My dog Bess.", "person", "", "own")
HERS = Said("interpreter", "answered", ("bsl",), "Never her son.", "close", "Rosa Ali", "theirs")


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def told(place, person_id, said, *, replaces=None):
    key = uuid4()
    about_me.answer(
        answer_id=key, person_id=person_id, said=said, replaces_id=replaces, by=place.amir, at=place.later()
    )
    return key


def test_the_page_says_before_anything_else_how_to_speak_with_them_and_who_said_so(place, amir, maryam):
    told(place, maryam, OWN)
    told(place, maryam, HERS)
    told(place, maryam, Said("next_of_kin", "declined", said_by="person"))
    told(place, maryam, Said("advocate", "not_known", said_by="close"))
    page = text(amir.get(reverse("person", args=[maryam])))
    assert "“My dog Bess.” In their own words" in page
    assert "“Never her son.” Said by: somebody close to them (Rosa Ali)" in page
    assert "Declined: next of kin." in page and "Not known: advocate." in page
    assert "Not asked: how they communicate, their language" in page
    banner = page.split("Before you speak")[0]
    assert "British Sign Language interpreter" in banner


def test_every_heading_says_which_kind_of_unknown_it_is(place, amir, maryam):
    told(place, maryam, Said("next_of_kin", "declined", said_by="person"))
    page = text(amir.get(reverse("person_about", args=[maryam])))
    assert "Next of kin Declined Said by the person themselves" in page
    assert "Advocate Not asked Write down : Advocate" in page


def test_an_answer_is_written_down_and_what_was_said_before_stays(place, amir, maryam):
    url = reverse("person_answer", args=[maryam, "language"])
    page = amir.get(url)
    sent(amir, url, fields(page), state="answered", codes=["cym"], said_by="person")
    page = amir.get(url)
    assert "What stands now" in text(page) and "Welsh" in text(page)
    answer = sent(
        amir, url, fields(page), state="answered", codes=["eng"], said_by="close", said_by_name="Rosa"
    )
    assert answer.status_code == 302
    page = text(amir.get(reverse("person_about", args=[maryam])))
    assert "English Said by: somebody close to them (Rosa)" in page
    assert "Said before : Their language Welsh" in page


def test_whoever_did_not_see_the_answer_that_stands_is_shown_it_and_keeps_what_they_typed(
    place, amir, maryam
):
    url = reverse("person_answer", args=[maryam, "important"])
    page = amir.get(url)
    told(place, maryam, OWN)
    answer = sent(
        amir, url, fields(page), state="answered", words="Her garden.", said_by="person", whose_words="own"
    )
    assert answer.status_code == 409
    assert "My dog Bess." in text(answer) and "Her garden." in answer.content.decode()
    assert sent(amir, url, fields(answer)).status_code == 302
    assert len(store.find(ABOUT, person_id=maryam)) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose whether it was answered"),
        ({"state": "answered", "said_by": "person"}, "Write down what they answered"),
        ({"state": "declined"}, "Say who told you"),
        ({"state": "answered", "codes": ["klingon"], "said_by": "person"}, "Choose from the answers shown"),
    ],
)
def test_what_is_left_out_is_asked_for_in_plain_words(amir, maryam, typed, words):
    url = reverse("person_answer", args=[maryam, "language"])
    page = amir.get(url)
    answer = sent(amir, url, fields(page), **typed)
    assert answer.status_code == 422 and words in text(answer)


def test_there_is_no_such_heading(amir, maryam):
    assert amir.get(reverse("person_answer", args=[maryam, "shoe_size"])).status_code == 404


def test_the_person_reads_what_they_said_and_nothing_that_others_said(place, maryam):
    told(place, maryam, OWN)
    told(place, maryam, HERS)
    page = text(reads_own(maryam).get("/my-record"))
    assert "What matters most to me “My dog Bess.”" in page
    assert "Never her son" not in page and "Rosa" not in page and "Interpreter" not in page


def test_whoever_is_asked_to_take_them_on_reads_it_with_the_offer(place, amir, maryam):
    told(place, maryam, HERS)
    referral_id = place.a_referral(person_id=maryam)
    page = text(amir.get(reverse("handover_new", args=[referral_id])))
    assert "What was said about them" in page and "British Sign Language interpreter" in page


def test_no_prompt_rewrites_or_deletes_what_somebody_said(place, maryam):
    key = told(place, maryam, OWN)
    for statement in (
        "UPDATE people_aboutanswer SET words = 'Nothing' WHERE id = %s",
        "DELETE FROM people_aboutanswer WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [key])
    assert store.peek(ABOUT, key).words == "My dog Bess."


def test_the_ethnic_category_is_asked_like_the_rest_one_of_the_list_and_only_as_they_say_it(amir, maryam):
    url = reverse("person_answer", args=[maryam, "ethnicity"])
    page = amir.get(url)
    assert "They choose, and need not" in text(page) and "Asian: Bangladeshi" in text(page)
    assert "Nobody: we noticed it" not in text(page)
    said = {"state": "answered", "words": "Sylheti.", "said_by": "person", "whose_words": "own"}
    refused = sent(amir, url, fields(page), **said)
    assert refused.status_code == 422 and "Choose one of these, the one they chose." in text(refused)
    assert "Sylheti." in refused.content.decode(), "what was typed is kept"
    assert sent(amir, url, fields(refused), codes="K").status_code == 302
    assert "Asian: Bangladeshi “Sylheti.”" in text(amir.get(reverse("person_about", args=[maryam])))
    assert "My ethnic category, as I say it Asian: Bangladeshi" in text(reads_own(maryam).get("/my-record"))


def test_their_sex_is_asked_beside_it_and_pronouns_are_another_thing(amir, maryam):
    url = reverse("person_answer", args=[maryam, "sex"])
    page = amir.get(url)
    assert "They choose, and need not" in text(page)
    assert "Neither female nor male (indeterminate)" in text(page)
    assert "the pronouns they use are another thing, and stand with their details" in text(page)
    assert "Nobody: we noticed it" not in text(page)
    ethnicity = reverse("person_answer", args=[maryam, "ethnicity"])
    assert "pronouns" not in text(amir.get(ethnicity)).split("What did they say?")[0]
    said = {"state": "answered", "words": "As on my passport.", "said_by": "person", "whose_words": "own"}
    refused = sent(amir, url, fields(page), **said)
    assert refused.status_code == 422 and "As on my passport." in refused.content.decode()
    assert sent(amir, url, fields(refused), codes="2").status_code == 302
    about = text(amir.get(reverse("person_about", args=[maryam])))
    assert "Their sex, as they say it Female “As on my passport.”" in about
    assert "Their ethnic category, as they say it Not asked" in about, "one answer says nothing of another"
    assert "My sex, as I say it Female" in text(reads_own(maryam).get("/my-record"))


@pytest.mark.parametrize(
    ("state", "words"), [(None, "Not asked"), ("declined", "Declined"), ("not_known", "Not known")]
)
@pytest.mark.parametrize(
    ("heading", "label"),
    [("ethnicity", "Their ethnic category, as they say it"), ("sex", "Their sex, as they say it")],
)
def test_of_these_too_each_kind_of_unknown_is_said_as_itself(
    place, amir, maryam, heading, label, state, words
):
    if state:
        told(place, maryam, Said(heading, state, said_by="person"))
    assert f"{label} {words}" in text(amir.get(reverse("person_about", args=[maryam])))


def test_a_control_room_of_the_police_is_not_told_it_nor_that_it_was_asked(place, amir, maryam):
    """It is for care and for seeing whom doors are closed to: who sends somebody need not know it."""
    told(place, maryam, Said("ethnicity", "answered", ("K",), said_by="person"))
    told(place, maryam, Said("sex", "answered", ("9",), said_by="person"))
    told(place, maryam, OWN)
    member = Member(uuid4(), "Nia of Front door", "Dispatcher")
    works = Membership(uuid4(), member.id, place.amir.team_id, "police_control", SINCE, None)
    lead = place.viewers["Lou of Front door"]
    agencies.enter(facts=[member, works], by=lead, at=place.later())
    nia = stories.browser(replace(lead, member_id=member.id, member_name=member.name, role="police_control"))
    for client, knows in ((amir, True), (nia, False)):
        for name in ("person_about", "person_timeline", "person"):
            page = text(client.get(reverse(name, args=[maryam])))
            assert name == "person" or "My dog Bess." in page, f"{name}: the control"
            for word in ("ethnic", "Bangladeshi", "Their sex", "indeterminate"):
                assert (word in page) == (knows and name != "person"), (name, word)
    for heading in ("ethnicity", "sex"):
        assert nia.get(reverse("person_answer", args=[maryam, heading])).status_code in (403, 404)
