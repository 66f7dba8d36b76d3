"""Who matters to a person, what they may be told; whoever must not be contacted is rung and told nowhere."""

from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.data.people.facts import CIRCLE
from nowrongdoor.journeys import circle
from nowrongdoor.kernel import store
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.identifiers import phone_key
from tests.pages.sending import fields, sent, text
from tests.pages.test_own_record import rang, reads_own
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NUMBER = "07700 900332"
NED = Somebody(
    "Ned Farrow", "former_partner", (), NUMBER, "", "never", "nothing", "He must not know.", "person"
)
ROSA = Somebody(
    "Rosa Ali", "sister", ("carer", "next_of_kin"), "07700 900331", "", "any_time", "all", "", "person"
)
JAMIE = Somebody("Jamie Ali", "child", ("young_carer",), "", "declined", "not_asked", "declined", "", "close")


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def written(place, person_id, told):
    key = uuid4()
    circle.enter(entry_id=key, person_id=person_id, told=told, by=place.amir, at=place.later())
    return key


def test_whoever_must_not_be_contacted_is_shown_struck_through_and_is_not_rung(place, amir, maryam):
    written(place, maryam, NED)
    written(place, maryam, ROSA)
    for page in (
        amir.get(reverse("person", args=[maryam])),
        amir.get(reverse("person_circle", args=[maryam])),
    ):
        body = page.content.decode()
        assert "<s>Ned Farrow</s>" in body and f"<s>{NUMBER}</s>" in body
        assert "Do not contact: the person does not want this" in text(page)
        assert "tel:07700900332" not in body and "tel:07700900331" in body


def test_a_next_of_kin_who_is_written_down_is_not_said_to_be_not_asked_for(place, amir, maryam):
    url = reverse("person_about", args=[maryam])
    assert "Next of kin Not asked" in text(amir.get(url))
    written(place, maryam, ROSA)
    assert "Next of kin Rosa Ali written down among who matters to them" in text(amir.get(url))


def test_three_unknowns_are_told_apart(place, amir, maryam):
    written(place, maryam, JAMIE)
    page = text(amir.get(reverse("person_circle", args=[maryam])))
    assert "Whether they may be contacted was not asked" in page
    assert "The person declined to say what they may be told: tell them nothing" in page
    assert "Number declined" in page
    assert "A young carer can have an assessment of their own" in page


def test_their_number_is_struck_through_wherever_a_contact_of_theirs_gives_it(place, amir, maryam):
    contact_id = rang(place, maryam, kind="carer", words="Where is she?", callback_number="+44 7700 900332")
    assert "tel:+447700900332" in amir.get(reverse("contact", args=[contact_id])).content.decode()
    written(place, maryam, NED)
    after = amir.get(reverse("person", args=[maryam])).content.decode()
    assert "tel:+447700900332" not in after and "<s>+44 7700 900332</s>" in after
    page = amir.get(reverse("contact", args=[contact_id])).content.decode()
    assert "tel:+447700900332" not in page


def test_a_call_back_that_is_owed_to_them_says_not_to_ring(place, amir, maryam):
    from tests.worlds.stories import a_call_owed

    contact_id, _ = a_call_owed(place, number=NUMBER)
    assert "tel:07700900332" in amir.get("/").content.decode()
    from nowrongdoor.journeys import contacts

    contacts.link(contact_id=contact_id, person_id=maryam, by=place.amir, at=place.later(), seen=1)
    written(place, maryam, NED)
    page = amir.get("/").content.decode()
    assert "tel:07700900332" not in page and f"<s>{NUMBER}</s>" in page
    assert "do not contact: the person does not want this" in page


@pytest.mark.parametrize(
    "number",
    [NUMBER, "+44 (0)7700 900332", "0044 7700 900332", "447700900332", "07700 900 333", "44", "", "x"],
)
def test_the_database_reads_digits_as_the_rule_does(place, maryam, number):
    written(place, maryam, NED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT may_ring(%s, %s, 'yes')", [maryam, number])
        ((found,),) = cursor.fetchall()
    assert found == ("do_not_contact" if phone_key(number) == phone_key(NUMBER) else "yes")


def test_they_cannot_be_let_read_and_the_form_says_why(place, amir, maryam):
    written(place, maryam, NED)
    url = reverse("person_permit", args=[maryam])
    answer = sent(
        amir,
        url,
        fields(amir.get(url)),
        carer_name="Ned Farrow",
        elements=["answerable"],
        how="told_us",
        words="He may.",
    )
    assert answer.status_code in (409, 422)
    assert "does not want Ned Farrow to be contacted" in text(answer)


def test_somebody_is_written_down_changed_and_taken_out(place, amir, maryam):
    url = reverse("circle_enter", args=[maryam])
    typed = {
        "name": "Ned Farrow",
        "relation": "former_partner",
        "contact": "never",
        "tell": "nothing",
        "phone": NUMBER,
        "said_by": "person",
    }
    assert sent(amir, url, fields(amir.get(url)), **typed).status_code == 302
    (one,) = store.find(CIRCLE, person_id=maryam)
    url = reverse("circle_correct", args=[maryam, one.id])
    page = fields(amir.get(url))
    answer = sent(amir, url, page, contact="any_time")
    assert answer.status_code == 422 and "Say why this changes" in text(answer)
    assert sent(amir, url, page, contact="any_time", why="They made peace.").status_code == 302
    url = reverse("circle_withdraw", args=[maryam, one.id])
    assert sent(amir, url, fields(amir.get(url)), why="A wrong name.").status_code == 302
    page = text(amir.get(reverse("person_circle", args=[maryam])))
    assert "Taken out" in page and "A wrong name." in page
    assert "Took somebody out of who matters to them" in text(amir.get(f"/people/{maryam}/timeline"))


def test_somebody_of_another_person_is_not_changed_from_here(place, amir, maryam):
    key = written(place, maryam, NED)
    other = place.a_person(family_name="Pugh")
    assert amir.get(reverse("circle_correct", args=[other, key])).status_code == 404


def test_the_person_reads_whom_they_named_and_nobody_others_named(place, maryam):
    written(place, maryam, NED)
    written(place, maryam, JAMIE)
    page = text(reads_own(maryam).get("/my-record"))
    assert "Ned Farrow Former partner We do not contact them." in page and "Jamie" not in page
