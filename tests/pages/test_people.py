"""People: looked for first, opened by two identifiers, registered with unknowns in words, corrected."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.people.models import Person
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.people.correcting import COLUMNS
from nowrongdoor.rules.person import Details
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SEARCH = "/people"
OPEN = "/people/open"
REGISTER = "/people/register"
BORN = {"born_on_day": "7", "born_on_month": "3", "born_on_year": "1984"}


def look(client, **asked):
    return fill(client, SEARCH, form="search", **asked)


def test_nothing_about_anyone_is_in_an_address(amir, place):
    stories.maryam(place)
    page = amir.get(SEARCH)
    assert 'method="post" action="/people"' in page.content.decode()
    assert "Maryam" not in text(amir.get(SEARCH + "?name=Maryam+Ali&postcode=ZZ72AB"))


def test_an_empty_search_is_asked_for_something(amir):
    answer = look(amir)
    assert answer.status_code == 422 and "Enter a name, a number, a date of birth or a postcode" in text(
        answer
    )


def test_a_record_opens_when_two_identifiers_agree(amir, place):
    person_id = stories.maryam(place)
    found = look(amir, name="ali maryam", **BORN)
    said = text(found)
    assert "Very likely this person. Same date of birth and name." in said
    opened = sent(amir, OPEN, fields(found, action=OPEN))
    assert opened.url == reverse("person", args=[person_id])


def test_one_identifier_opens_nothing_even_when_the_key_is_known(amir, place):
    person_id = stories.maryam(place)
    found = look(amir, name="Maryam Ali")
    assert "Open the record" not in text(found)
    answer = amir.post(OPEN, {"name": "Maryam Ali", "person_id": str(person_id)})
    assert answer.status_code == 422
    assert "Ask one more: date of birth or postcode" in text(answer)


def test_the_beginning_of_a_name_finds_but_does_not_open(amir, place):
    person_id = stories.maryam(place)
    found = look(amir, name="ali")
    assert "ALI, Maryam" in text(found)
    answer = amir.post(OPEN, {"name": "mar al", **BORN, "person_id": str(person_id)})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "key", ["", "rubbish", str(uuid4()), "\x00"], ids=["none", "rubbish", "nobody's", "nothing"]
)
def test_a_key_of_no_record_is_refused_in_words(amir, key):
    answer = amir.post(OPEN, {"name": "Maryam Ali", **BORN, "person_id": key})
    assert answer.status_code == 422 and "That record is not here any more." in text(answer)


def test_no_result_says_what_was_not_searched(amir):
    assert "No record here matches. Other systems were not searched." in text(look(amir, name="Nobody Here"))


def test_a_year_alone_is_said_to_be_too_little_to_look_by(amir):
    said = text(look(amir, born_on_year="1984"))
    assert "That alone is too little to look for anybody by." in said and "No record here" not in said


def test_more_than_twenty_are_said_to_be_more(amir, place):
    for number in range(23):
        place.a_person(family_name="Ffowc", given_names=f"Ann{number}", born_on=date(1950, 1, 1 + number))
    said = text(look(amir, name="Ffo"))
    assert "20+" in said and "There are more than these 20." in said


def test_registering_starts_from_a_search(amir):
    assert amir.get(REGISTER).url == SEARCH
    assert amir.post(REGISTER, {}).url == SEARCH


def test_someone_new_is_registered_with_unknowns_in_words(amir):
    found = look(amir, name="Gwen Llŷr", phone="01632 960777")
    begun = sent(amir, REGISTER, fields(found, action=REGISTER))
    known = fields(begun, action=REGISTER)
    assert (known["given_names"], known["family_name"], known["phone"]) == (
        ["Gwen"],
        ["Llŷr"],
        ["01632 960777"],
    )
    why_not = {"born_on_unknown": "declined", "address_unknown": "not_known"}
    answer = sent(amir, REGISTER, known, **why_not, access_needs_unknown="declined")
    person = Person.objects.get()
    assert answer.url == reverse("person", args=[person.id])
    assert (person.born_on_unknown, person.address_unknown, person.nhs_number_unknown) == (
        "declined",
        "not_known",
        "not_asked",
    )
    said = text(amir.get(answer.url))
    assert "Born declined" in said
    assert "NHS No. not asked" in said
    assert "Communication and access needs declined" in said


def test_nobody_is_registered_past_a_record_that_was_not_looked_at(amir, place):
    stories.maryam(place)
    found = look(amir, phone="01632 960999")
    begun = sent(amir, REGISTER, fields(found, action=REGISTER))
    answer = sent(amir, REGISTER, fields(begun, action=REGISTER), given_names="Maryam", family_name="Ali")
    assert answer.status_code == 409
    said = text(answer)
    assert "There is a record of Maryam Ali that could be the same person." in said
    assert "This record could be the same person" in said
    assert Person.objects.count() == 1
    # Now it has been looked at, and this is someone else.
    again = sent(amir, REGISTER, fields(answer, action=REGISTER))
    assert again.status_code == 302 and Person.objects.count() == 2


def test_a_taken_nhs_number_is_that_record(amir, place):
    stories.maryam(place)
    found = look(amir, name="Someone Else")
    begun = sent(amir, REGISTER, fields(found, action=REGISTER))
    answer = sent(amir, REGISTER, fields(begun, action=REGISTER), nhs_number=stories.NHS_NUMBER)
    assert answer.status_code == 409
    assert "Maryam Ali is already registered with this NHS number. Use that record." in text(answer)


def test_registered_twice_from_one_page_is_one_person(amir):
    begun = sent(amir, REGISTER, fields(look(amir, name="Ann Ffowc"), action=REGISTER))
    known = fields(begun, action=REGISTER)
    first, second = (sent(amir, REGISTER, known) for _ in range(2))
    assert first.url == second.url and Person.objects.count() == 1
    changed = sent(amir, REGISTER, known, given_names="Anna")
    assert changed.status_code == 409
    assert fields(changed, action=REGISTER)["given_names"] == ["Anna"]


def test_a_new_record_is_honest_about_what_was_not_searched(amir, place):
    person_id = stories.maryam(place)
    said = text(amir.get(reverse("person", args=[person_id])))
    assert "No earlier contacts with this partnership. Other systems were not searched." in said


def test_the_page_shows_an_unbroken_line_of_holders(amir, place):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    offer = place.an_offer(referral_id=referral_id)
    waiting = text(amir.get(reverse("person", args=[person_id])))
    assert "Crisis team to answer by" in waiting
    stories.accepted(place, offer, by=place.priya)
    said = text(amir.get(reverse("person", args=[person_id]))).split("Who holds this person now")[1]
    assert said.index("Front door – Amir of Front door") < said.index("Crisis team – Priya of Crisis team")
    assert "“We see her at ten.”" in said


def test_someone_of_the_same_name_is_warned_of(amir, place):
    first = stories.maryam(place)
    assert "Another person with this name" not in text(amir.get(reverse("person", args=[first])))
    stories.maryam(place, nhs_number="", born_on=date(1999, 9, 9))
    assert "Another person with this name is on record." in text(amir.get(reverse("person", args=[first])))


def test_two_nameless_people_are_not_called_namesakes(amir, place):
    first = place.a_person(family_name="", given_names="", phone="01632 960001", born_on=date(1980, 1, 1))
    place.a_person(family_name="", given_names="", phone="01632 960002", born_on=date(1970, 1, 1))
    said = text(amir.get(reverse("person", args=[first])))
    assert "Name not asked" in said and "Another person with this name" not in said


def test_a_correction_is_saved_and_what_was_believed_before_is_told(amir, place):
    person_id = stories.maryam(place)
    correct = reverse("person_correct", args=[person_id])
    assert fill(amir, correct, phone="01632 960222").status_code == 302
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    assert "Corrected telephone number: 01632 960222. Before: 01632 960114" in story


def test_every_answer_that_is_corrected_is_told_by_its_name(amir, place):
    person_id = stories.maryam(place)
    assert set(COLUMNS) == {name for name in Details.__dataclass_fields__ if not name.endswith("_unknown")}
    fill(
        amir, reverse("person_correct", args=[person_id]),
        other_names="Maryam Denholm\nMimi Hebden", other_numbers="RX1 00417",
    )  # fmt: skip
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    said = "Corrected other names and numbers elsewhere: Maryam Denholm, Mimi Hebden; RX1 00417."
    assert f"{said} Before: nothing; nothing" in story


def test_a_correction_on_a_stale_page_says_who_was_first_and_keeps_the_text(amir, place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    correct = reverse("person_correct", args=[person_id])
    seen = fields(amir.get(correct))
    lou = stories.browser(place.viewers["Lou of Front door"])
    fill(lou, correct, known_as="Mimi")
    answer = sent(amir, correct, seen, address="9 Other Street")
    assert answer.status_code == 409
    assert "Lou of Front door corrected this record" in text(answer)
    assert fields(answer)["address"] == ["9 Other Street"]
    assert Person.objects.get().address == "14 Saltmarsh Row"


def test_a_new_referral_for_someone_known_is_held_at_once(amir, place):
    person_id = stories.maryam(place)
    refer = reverse("person_refer", args=[person_id])
    seen = fields(amir.get(refer))
    first = sent(amir, refer, seen, request="Please help with the stairs.")
    assert first.url == sent(amir, refer, seen, request="Please help with the stairs.").url
    said = text(amir.get(first.url))
    assert "Needs not known yet" in said and "Held now by Front door – Amir of Front door" in said


def test_the_story_comes_in_pages_that_neither_repeat_nor_skip(amir, place):
    person_id = stories.maryam(place)
    for _ in range(30):
        place.a_referral(person_id=person_id)
    first = amir.get(reverse("person_timeline", args=[person_id]))
    content = first.content.decode()
    assert content.count("Took in a referral for mental health.") == 25
    next_url = content.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = amir.get(next_url).content.decode()
    assert second.count("Took in a referral for mental health.") == 5
    assert "Registered this person." in second and 'rel="next"' not in second


def test_the_story_can_be_narrowed_to_one_agency_and_its_pages_stay_so(amir, place):
    person_id = stories.maryam(place)
    url = reverse("person_timeline", args=[person_id])
    assert "Every agency" not in text(amir.get(url)), "one agency is no choice"
    for _ in range(30):
        place.a_referral(person_id=person_id)
    offer = place.an_offer(to="Social care", referral_id=place.a_referral(person_id=person_id))
    stories.accepted(place, offer, by=place.sam)
    everyone = amir.get(url).content.decode()
    assert f'href="{url}?agency={place.sam.agency_id}"' in everyone
    assert "Accepted the handover" in everyone and "Took in a referral" in everyone
    theirs = amir.get(f"{url}?agency={place.sam.agency_id}").content.decode()
    assert "Accepted the handover" in theirs and "Took in a referral" not in theirs
    ours = amir.get(f"{url}?agency={place.amir.agency_id}").content.decode()
    assert "Accepted the handover" not in ours
    next_url = ours.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert next_url.startswith(f"{url}?agency={place.amir.agency_id}&before=")
    older = amir.get(next_url).content.decode()
    assert "Registered this person." in older and "Accepted the handover" not in older
    nobody = text(amir.get(f"{url}?agency={uuid4()}"))
    assert "Nothing of this kind is recorded here" in nobody and "Registered" not in nobody
    assert amir.get(f"{url}?agency=rubbish").content.decode().count("<li ") == everyone.count("<li ")


@pytest.mark.parametrize(
    "before",
    ["rubbish", "2026-01-01_x", "\x00", "9999-99-99T00:00:00Z_" + str(uuid4())],
    ids=["rubbish", "half", "nothing", "no such day"],
)
def test_a_place_in_the_story_that_is_none_begins_at_the_top(amir, place, before):
    person_id = stories.maryam(place)
    answer = amir.get(reverse("person_timeline", args=[person_id]), {"before": before})
    assert answer.status_code == 200 and "Registered this person." in text(answer)


def test_what_was_recorded_since_this_viewer_last_looked_is_marked_new(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    amir = stories.browser(place.amir)
    url = reverse("person_timeline", args=[person_id])
    new = "New since you last looked"
    assert new not in text(amir.get(url)), "who has never looked is told of nothing new"
    place.at = now() - timedelta(minutes=1)
    place.a_referral(person_id=person_id)
    assert text(amir.get(url)).count(new) == 1
    assert new not in text(amir.get(url))


def test_a_note_is_shown_as_it_was_typed(place, amir):
    person_id = stories.maryam(place, know_first="Dog at address; ring first\nNo stairs")
    page = amir.get(reverse("person", args=[person_id])).content.decode()
    assert "<li>Dog at address; ring first</li>" in page and "<li>No stairs</li>" in page
