"""An address used in the wrong way answers 405, on a page of ours, with what it does take."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from nowrongdoor.site.doors import DOORS
from nowrongdoor.site.methods import taken_by
from tests.worlds import stories

pytestmark = pytest.mark.django_db
POST_ONLY = ("sign_out", "person_open", "contact_match")


@pytest.mark.parametrize("name", POST_ONLY)
@pytest.mark.parametrize("signed_in", [True, False])
def test_opening_an_address_that_forms_are_sent_to_says_so_in_our_frame(place, amir, name, signed_in):
    answer = (amir if signed_in else Client()).get(reverse(name))
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "A form is sent here; there is nothing to open." in page
    assert ("Amir of Front door" in page) is signed_in


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(("name", "takes"), [("board", "GET, HEAD"), ("contact_new", "GET, POST")])
def test_a_method_nobody_takes_is_405_without_a_token_and_not_403(place, method, name, takes):
    amir = stories.browser(place.amir, enforce_csrf_checks=True)
    answer = amir.generic(method, reverse(name), "words=x", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.headers["Allow"]) == (405, takes)
    assert "This address cannot be used like that" in answer.content.decode()


def test_a_form_without_its_token_is_still_refused(place):
    amir = stories.browser(place.amir, enforce_csrf_checks=True)
    assert amir.post(reverse("person_open"), {"person_id": uuid4()}).status_code == 403


def test_a_script_gets_a_sentence_and_no_page(amir):
    answer = amir.get(reverse("draft", args=[uuid4()]), headers={"accept": "application/json"})
    assert answer.status_code == 405 and answer.json() == {"words": "This address cannot be used like that."}


def test_every_address_says_what_it_takes():
    found = {entry.name: taken_by(entry.callback) for entry in _patterns(get_resolver().url_patterns)}
    assert set(DOORS) <= set(found)
    # Whoever watches over the process may ask in any way.
    silent = [name for name in DOORS if not set(found[name]) & {"GET", "POST"}]
    assert silent == ["healthz"]


def _patterns(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _patterns(one.url_patterns)
        else:
            yield one
