"""
What people, pastes and programs put into forms: each gets a clear answer, none is an error of ours,
and nothing that was typed is lost.
"""

import re
from datetime import timedelta
from urllib.parse import quote, urlencode

import nhs_number
import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.people.models import Person
from nowrongdoor.kernel.now import now
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db

SCOTTISH = nhs_number.generate(for_region=nhs_number.REGION_SCOTLAND, quantity=1)[0]
NORTHERN_IRISH = nhs_number.generate(for_region=nhs_number.REGION_NORTHERN_IRELAND, quantity=1)[0]
NHS_NUMBERS = {
    "9990000019": "its check digit does not fit",
    "999 000": "An NHS number has 10 digits; this has 6.",
    "99900000181": "An NHS number has 10 digits; this has 11.",
    "nine nine nine": "An NHS number has only digits.",
    "٩٩٩٠٠٠٠٠١٨": "An NHS number has only digits.",
    SCOTTISH: "This is a Scottish (CHI) number",
    NORTHERN_IRISH: "This is a Northern Irish number",
}
DATES = {
    ("31", "2", "1990"): "The 31st of February does not exist",
    ("29", "2", "2023"): "The 29th of February 2023 does not exist",
    ("0", "1", "1990"): "There is no day 0",
    ("1", "13", "1990"): "There is no month 13",
    ("1", "1", "90"): "Write the year with 4 numbers",
    ("seven", "3", "1984"): "There is no day seven",
    ("²", "3", "1984"): "There is no day ²",
}
NAMES = ["Gwen Llŷr", "Cher", "🙂 Smile", "O'Brien-Łukasz, Đorđe", "مريم علي", "İpek Ğ", "x" * 200]


def registering(client, **answers):
    begun = sent(client, "/people/register", fields(_looked(client), action="/people/register"))
    return sent(client, "/people/register", fields(begun, action="/people/register"), **answers)


def _looked(client):
    return fill(client, "/people", form="search", phone="01632 960888")


@pytest.mark.parametrize(("number", "why"), NHS_NUMBERS.items(), ids=list(NHS_NUMBERS.values()))
def test_an_nhs_number_that_cannot_be_one_is_refused_wherever_it_is_asked(amir, number, why):
    searched = fill(amir, "/people", form="search", nhs_number=number, name="Maryam Ali")
    registered = registering(amir, nhs_number=number, family_name="Ali")
    contact = fill(
        amir, "/contacts/new", form="contact", nhs_number=number, words="Help", outcome="advice_given"
    )
    for answer in (searched, registered, contact):
        assert answer.status_code == 422
        assert why in text(answer)
        assert number in answer.content.decode()
    assert fields(contact, form="contact")["words"] == ["Help"]
    assert not Person.objects.exists() and not Contact.objects.exists()


@pytest.mark.parametrize(("parts", "why"), DATES.items())
def test_a_date_that_does_not_exist_is_said_and_shown_again(amir, parts, why):
    born = dict(zip(("born_on_day", "born_on_month", "born_on_year"), parts, strict=True))
    searched = fill(amir, "/people", form="search", **born)
    registered = registering(amir, **born, family_name="Ali")
    contact = fill(amir, "/contacts/new", form="contact", **born, words="Help", outcome="advice_given")
    for answer in (searched, registered, contact):
        assert answer.status_code == 422 and why in text(answer)
    again = fields(contact, form="contact")
    assert [again[name] for name in born] == [[part] for part in parts] and again["words"] == ["Help"]


def test_a_date_known_in_part_is_enough_to_look_and_not_to_register(amir):
    born = {"born_on_day": "", "born_on_month": "3", "born_on_year": "1984"}
    assert fill(amir, "/people", form="search", **born, name="Maryam Ali").status_code == 200
    registered = registering(amir, **born, family_name="Ali")
    assert registered.status_code == 422 and "must include a day" in text(registered)
    recorded = fill(amir, "/contacts/new", form="contact", **born, words="Help", outcome="advice_given")
    assert recorded.status_code in (302, 303), text(recorded)


def test_nobody_was_born_tomorrow(amir):
    tomorrow = (now() + timedelta(days=2)).date()
    born = {"born_on_day": tomorrow.day, "born_on_month": tomorrow.month, "born_on_year": tomorrow.year}
    for answer in (
        fill(amir, "/people", form="search", **born),
        registering(amir, **born, family_name="Ali"),
        fill(amir, "/contacts/new", form="contact", **born, outcome="advice_given"),
    ):
        assert answer.status_code == 422 and "A date of birth cannot be in the future" in text(answer)


def test_nobody_was_born_in_1066(amir):
    answer = registering(
        amir, born_on_day="14", born_on_month="10", born_on_year="1066", family_name="Harold"
    )
    assert answer.status_code == 422 and "more than 130 years ago" in text(answer)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_script_or_one_word_is_registered_found_and_shown(amir, name):
    answer = registering(amir, family_name=name)
    assert answer.status_code == 302, text(answer)
    assert Person.objects.get().family_name == name
    found = fill(amir, "/people", form="search", name=name, phone="01632 960888")
    assert "Open the record" in text(found) or not Person.objects.get().family_key
    amir.get(answer.url)


PATHS = ["/contacts/new", "/people", "/people/register", "/people/open", "/contacts/match"]


UNREADABLE = ["%ED%A0%80", "%ED%B0%80", "%FF%FE", "%F0%9F%98"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("raw", ["%00", *UNREADABLE, "a%00b", "%E2%80%A8", "%1B%5B2J"])
def test_what_no_database_can_store_is_answered_in_words(amir, path, raw):
    """NUL bytes, halves of surrogate pairs, broken UTF-8, and control characters, in every box at once."""
    names = [
        "words",
        "wish",
        "name",
        "nhs_number",
        "phone",
        "postcode",
        "callback_number",
        "where",
        "family_name",
    ]
    names += [
        "given_names",
        "born_on_day",
        "born_on_month",
        "born_on_year",
        "person_id",
        "contact_id",
        "choose",
    ]
    body = "&".join(f"{name}=typed{raw}" for name in names) + "&outcome=advice_given&channel=telephone"
    answer = amir.post(path, body, content_type="application/x-www-form-urlencoded")
    # These two judge what they are sent. The others look in passing, or send on to where one looks first.
    judged = {422} if raw in UNREADABLE and path in ("/contacts/new", "/people") else {200, 302, 422}
    assert answer.status_code in judged, text(answer)
    if answer.status_code != 302:
        assert "typed" in answer.content.decode() or path == "/contacts/match"
        assert "\x00" not in answer.content.decode()


def test_hidden_characters_are_named_and_the_rest_is_kept(amir):
    answer = fill(amir, "/contacts/new", form="contact", words="Not\x00 well", outcome="advice_given")
    assert answer.status_code == 422
    assert "1 hidden character could not be stored and has been taken out." in text(answer)
    again = fields(answer, form="contact")
    assert again["words"] == ["Not well"]
    assert sent(amir, "/contacts/new", again).status_code == 302
    assert Contact.objects.get().words == "Not well"


@pytest.mark.parametrize("raw", UNREADABLE)
@pytest.mark.parametrize("box", ["words", "wish", "where", "name", "callback_number"])
def test_bytes_that_are_no_text_are_refused_and_never_stored_as_a_hole(amir, box, raw):
    seen = fields(amir.get("/contacts/new"), form="contact")
    seen |= {"outcome": ["advice_given"], "words": ["Not well"], "wish": ["A call"]}
    seen.pop(box, None)
    body = f"{urlencode(seen, doseq=True)}&{box}=before{raw}after"
    answer = amir.post("/contacts/new", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "could not be read. Nothing else is lost" in text(answer)
    again = fields(answer, form="contact")
    assert re.fullmatch("before\ufffd+after", again[box][0])
    assert [again[other] for other in ("words", "wish") if other != box] == [
        ["Not well"] if other == "words" else ["A call"] for other in ("words", "wish") if other != box
    ]
    assert not Contact.objects.exists()
    assert sent(amir, "/contacts/new", again, **{box: "01632 960888"}).status_code == 302


def test_the_sign_itself_is_refused_alike_for_it_was_a_hole_before(amir):
    answer = fill(amir, "/contacts/new", form="contact", words="He said \ufffd twice", outcome="advice_given")
    assert answer.status_code == 422 and "1 character could not be read" in text(answer)
    answer = registering(amir, family_name="Al\ufffd")
    assert answer.status_code == 422 and not Person.objects.exists()


@pytest.mark.parametrize("letter", ["x", "ŵ", "😢"])
def test_a_million_characters_get_a_clear_limit_and_are_all_still_there(amir, letter):
    words = letter * 1_000_000
    answer = fill(amir, "/contacts/new", form="contact", words=words, outcome="advice_given")
    assert answer.status_code == 422
    assert "This has 1,000,000 characters and can have 200,000. Nothing has been lost" in text(answer)
    assert fields(answer, form="contact")["words"] == [words]


def test_two_hundred_thousand_characters_are_stored_and_shown(amir):
    words = "Nid yw hi wedi cysgu. " * 9_000
    answer = fill(amir, "/contacts/new", form="contact", words=words, outcome="advice_given")
    assert answer.status_code == 302
    assert Contact.objects.get().words == words
    assert words in amir.get(answer.url).content.decode()


@pytest.mark.parametrize("page", ["referral_close", "referral_reopen", "handover_new", "person_refer"])
def test_every_other_form_keeps_a_paste_that_is_too_long(amir, place, page):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    box = {
        "referral_close": "told",
        "referral_reopen": "why",
        "handover_new": "ask",
        "person_refer": "words",
    }[page]
    url = reverse(page, args=[person_id if page == "person_refer" else referral_id])
    answer = fill(amir, url, **{box: "x" * 300_000})
    assert answer.status_code == 422 and "Nothing has been lost" in text(answer)
    assert fields(answer)[box] == ["x" * 300_000]


def test_a_choice_that_is_not_on_the_list_is_refused(amir, place):
    for box in ("channel", "outcome", "caller_kind", "safe_to_call", "to_team", "sharing_basis"):
        answer = fill(
            amir, "/contacts/new", form="contact", **{"outcome": "advice_given", box: "rubbish\x00"}
        )
        assert answer.status_code == 422 and "Choose one of the answers shown" in text(answer), box
    answer = fill(amir, "/contacts/new", form="contact", outcome="handed_over", needs=["mental", "rubbish"])
    assert answer.status_code == 422 and "Choose from the answers shown" in text(answer)


def test_expired_sign_in_keeps_the_contact(place, amir):
    """The text is in the form again after signing in as the same member."""
    seen = fields(amir.get("/contacts/new"), form="contact")
    amir.cookies.clear()
    away = sent(amir, "/contacts/new", seen, words="Not slept.", outcome="advice_given")
    assert away.status_code == 303 and away.url.startswith("/sign-in?")
    assert not Contact.objects.exists()
    again = stories.browser(place.amir)
    from urllib.parse import parse_qs, urlsplit

    back = parse_qs(urlsplit(away.url).query)["next"][0]
    kept = fields(again.get(back), form="contact")
    assert kept["words"] == ["Not slept."]
    assert sent(again, "/contacts/new", kept).status_code == 302
    assert Contact.objects.get().words == "Not slept."


def test_a_query_nobody_meant_is_no_error(amir, place):
    person_id = stories.maryam(place)
    for query in (
        "draft=rubbish",
        "draft=%00",
        "person=rubbish",
        "person=%ED%A0%80",
        urlencode({"person": "\x00"}),
    ):
        assert amir.get(f"/contacts/new?{query}").status_code == 200, query
    assert (
        amir.get(f"{reverse('person_timeline', args=[person_id])}?before={quote('🙂_🙂')}").status_code == 200
    )
    assert amir.get(f"/contacts/new?person={person_id}").status_code == 200
