"""The help on keys and the pages say the same: every key it names does something, and no other does."""

import re
from html import unescape

import pytest

from tests.pages.sending import fields, fill
from tests.worlds import stories

pytestmark = pytest.mark.django_db
KEY = re.compile(r'data-(?:key|everywhere)="([^"]+)"')
# What is not a letter of its own, and what on a page it works on.
OTHER_KEYS = {
    "j  k": "data-open",
    "Enter": "data-open",
    "← →": 'data-keys="board"',
    "?": 'id="keys"',
    "Alt 1…9": "data-section=",
    "Ctrl Enter": "data-primary",
    "Ctrl S": "data-draft-url",
}


@pytest.fixture
def pages(place, amir, priya):
    """The main pages with something on each of them, as a browser gets them."""
    person_id = stories.maryam(place)
    place.an_offer(referral_id=place.a_referral(person_id=person_id))
    to_decide = place.a_referral(person_id=person_id)
    addresses = ("/", "/triage", "/triage?queue=offered", "/board", "/board/table", "/people",
                 "/contacts/new", f"/people/{person_id}", f"/people/{person_id}/timeline",
                 f"/triage/{to_decide}")  # fmt: skip
    found = {
        (who, url): who_asks.get(url)
        for who, who_asks in (("amir", amir), ("priya", priya))
        for url in addresses
    }
    found["amir", "found"] = fill(amir, "/people", form="search", name="Maryam Ali", phone="01632 960114")
    return {
        asked: unescape(answer.content.decode())
        for asked, answer in found.items()
        if answer.status_code == 200
    }


def helped(page: str) -> list[str]:
    return re.findall(r"<kbd>([^<]+)</kbd></th>", page)


def test_the_help_names_the_keys_of_the_pages_and_no_others(pages):
    on_pages = {key for page in pages.values() for key in KEY.findall(page)}
    named = {key for key in helped(pages["amir", "/"]) if key not in OTHER_KEYS}
    assert named == on_pages
    assert {"a", "d", "m", "t", "g b"} <= on_pages


def test_every_other_key_has_something_to_work_on(pages):
    assert set(OTHER_KEYS) <= set(helped(pages["amir", "/"]))
    for key, what in OTHER_KEYS.items():
        assert any(what in page for page in pages.values()), key


def test_a_list_that_takes_keys_has_rows_to_move_in(pages):
    for asked, page in pages.items():
        for kind in re.findall(r'data-keys="(\w+)"', page):
            assert "data-row" in page and "data-open" in page, (asked, kind)


def test_a_key_is_on_one_thing_in_a_row(pages):
    for asked, page in pages.items():
        for row in re.split(r"<tr ", page)[1:]:
            keys = re.findall(r'data-key="(\w)"', row.split("</tr>")[0])
            assert len(keys) == len(set(keys)), asked
    everywhere = re.findall(r'data-everywhere="([^"]+)"', pages["amir", "/"])
    assert len(everywhere) == len(set(everywhere))


def test_a_is_only_where_an_offer_is_accepted_and_d_where_it_is_returned(pages):
    for page in pages.values():
        for address, key in re.findall(r'href="([^"]+)" data-key="([ad])"', page):
            leads_to = {"a": ("/accept", "decide=accept"), "d": ("/return", "decide=decline")}[key]
            assert address.endswith(leads_to)


@pytest.mark.parametrize("decision", ["ask", "hand"])
def test_a_key_of_a_list_leads_to_the_decision_with_that_choice_made(place, amir, decision):
    referral_id = place.a_referral()
    listed = unescape(amir.get("/triage").content.decode())
    (address,) = re.findall(rf'href="([^"]+decide={decision})"', listed)
    assert fields(amir.get(address), form="decide")["decision"] == [decision]
    assert str(referral_id) in address
    assert "decision" not in fields(amir.get(f"/triage/{referral_id}?decide=rubbish"), form="decide")
