"""A part of a page never gets a whole page in its place, whatever went wrong."""

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.sending import fields
from tests.worlds import stories

pytestmark = pytest.mark.django_db
MATCH = "/contacts/match"
PART = {"HX-Request": "true"}


def is_part(answer) -> bool:
    return "<html" not in answer.content.decode().lower()


def test_what_is_known_comes_as_a_part(amir):
    assert is_part(amir.post(MATCH, {"name": "Ali"}, headers=PART))


def test_signed_out_is_a_sentence_in_the_part(amir):
    seen = fields(amir.get("/contacts/new"), form="contact")
    amir.cookies.clear()
    for typed in (seen, {"name": "Ali"}):
        answer = amir.post(MATCH, typed, headers=PART)
        assert answer.status_code in (401, 403) and is_part(answer)
        assert "is still here" in answer.content.decode()


def test_a_role_that_may_not_look_is_told_in_a_sentence(place, monkeypatch):
    from nowrongdoor.site import doors

    monkeypatch.setitem(doors.DOORS, "contact_match", "team.close")
    answer = stories.browser(place.amir).post(MATCH, {}, headers=PART)
    assert answer.status_code == 403 and is_part(answer)


def test_a_form_of_another_site_is_answered_in_a_sentence(place):
    strict = stories.browser(place.amir, enforce_csrf_checks=True)
    answer = strict.post(MATCH, {"name": "Ali"}, headers=PART)
    assert answer.status_code == 403 and is_part(answer)


def test_too_much_is_answered_in_a_sentence(amir):
    answer = amir.post(MATCH, {"words": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, headers=PART)
    assert answer.status_code == 413 and is_part(answer)


def test_an_error_of_ours_is_a_sentence_too(place, monkeypatch):
    from nowrongdoor.reading import people_search

    def broken(asked):
        raise RuntimeError("planted")

    monkeypatch.setattr(people_search, "search", broken)
    client = stories.browser(place.amir)
    client.raise_request_exception = False
    answer = client.post(MATCH, {"name": "Ali"}, headers=PART)
    assert answer.status_code == 500 and is_part(answer)
    whole = client.post(MATCH, {"name": "Ali"})
    assert whole.status_code == 500 and not is_part(whole)


def test_a_page_that_asks_for_itself_still_gets_a_page():
    answer = Client().get("/contacts/new")
    assert answer.status_code == 303
