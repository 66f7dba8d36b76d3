"""What was typed and not sent is offered where its member comes back to it."""

import pytest
from django.urls import reverse

from tests.pages.sending import fields, fill, sent, text

pytestmark = pytest.mark.django_db


def keep(browser, seen, **typed):
    data = {**seen, **typed}
    answer = browser.post(reverse("draft", args=[seen["draft_key"][0]]), data,
                          headers={"accept": "application/json"})  # fmt: skip
    assert answer.status_code == 200
    return f"?draft={seen['draft_key'][0]}"


def test_a_read_back_half_written_is_offered_on_the_handover(priya, place):
    page = reverse("handover", args=[place.an_offer()])
    draft = keep(priya, fields(priya.get(page), form="accept"), read_back="We ring at")
    assert "You have a draft from" in text(priya.get(page))
    assert fields(priya.get(page + draft), form="accept")["read_back"] == ["We ring at"]


def test_a_registration_half_written_is_offered_where_people_are_looked_for(amir, priya, place):
    search, register = reverse("people_search"), reverse("person_register")
    found = fill(amir, search, form="search", name="Ann Ffowc")
    begun = fields(sent(amir, register, fields(found, action=register)), action=register)
    assert "You began to register someone." not in text(amir.get(search))
    draft = keep(amir, begun, given_names="Anna Mair")
    page = amir.get(search)
    assert "You began to register someone. You have a draft from" in text(page)
    assert register + draft in page.content.decode()
    assert fields(amir.get(register + draft), action=register)["given_names"] == ["Anna Mair"]
    assert "You began to register someone." not in text(priya.get(search))
