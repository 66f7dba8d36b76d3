"""A service says by one tap how many places it has: in the next answer, with its age, said by the link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from nowrongdoor.data.services.models import Capacity, PlacesLink
from nowrongdoor.journeys import services
from nowrongdoor.kernel import now as clock
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.law import seeing
from nowrongdoor.site import doors
from tests.pages.sending import fields, sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lunch(place):
    """A service of the directory that nobody signs in for."""
    one = Service(uuid4(), place.amir.agency_id, None, "Lunch at the Lantern", "A warm meal", ("loneliness",),
                  "Tue and Fri", "01632 960640")  # fmt: skip
    services.enter(services=[one], by=place.viewers["Lou of Front door"], at=place.later())
    return one


@pytest.fixture
def link(amir, lunch):
    url = f"/options/{lunch.id}/links"
    page = sent(amir, url, fields(amir.get(url), action=url))
    return "/places/" + text(page).split("/places/")[1].split(" ")[0]


@pytest.fixture
def phone():
    return Client()


@pytest.mark.parametrize(
    ("tapped", "state", "places", "told"),
    [
        ({"have": "none"}, "full", None, "Full, said 0 min ago by the link of Lunch at the Lantern"),
        ({"have": "few"}, "few", None, "Has few places, said 0 min ago by the link of Lunch at the Lantern"),
        ({"have": "places"}, "open", None, "Has places, said 0 min ago by the link of Lunch at the Lantern"),
        ({"places": "3"}, "open", 3, "3 places, said 0 min ago by the link of Lunch at the Lantern"),
        ({"places": "0"}, "full", None, "Full, said 0 min ago by the link of Lunch at the Lantern"),
    ],
)
def test_one_tap_is_in_the_next_answer(phone, amir, lunch, link, tapped, state, places, told):
    answer = phone.post(link, tapped)
    assert (answer.status_code, answer["Location"]) == (303, link)
    row = Capacity.objects.get(service_id=lunch.id)
    assert (row.state, row.places, row.said_by) == (state, places, "the link of Lunch at the Lantern")
    assert told in text(phone.get(link)) and "Whoever looks for options sees it now" in text(phone.get(link))
    assert told in text(amir.get(f"/options/{lunch.id}"))
    found = text(amir.post("/options", {"needs": ["loneliness"]}))
    assert told.lower() in found.lower()
    kinds = Entry.objects.filter(by_name="The link of Lunch at the Lantern").values_list("kind", flat=True)
    assert sorted(kinds) == ["capacity.said", "places_link.said"]


def test_looking_says_nothing(phone, link):
    before = Entry.objects.count()
    page = phone.get(link)
    assert phone.head(link).status_code == page.status_code == 200
    assert page["Referrer-Policy"] == "strict-origin" and "Nobody has said yet" in text(page)
    assert Entry.objects.count() == before and not Capacity.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"places": "a few"}, {"places": "-1"}, {"have": "x"}])
def test_what_is_no_number_is_asked_again(phone, link, typed):
    answer = phone.post(link, typed)
    assert answer.status_code == 422 and not Capacity.objects.exists()
    assert typed.get("places", "") in answer.content.decode()


def test_more_than_anybody_has_is_asked_again(phone, link):
    answer = phone.post(link, {"places": "99999"})
    assert answer.status_code == 422 and "Say how many places there are" in text(answer)


def test_only_a_digest_is_kept_and_each_kind_of_link_opens_its_own(phone, amir, lunch, link):
    token = link.removeprefix("/places/")
    assert PlacesLink.objects.get().digest == signed_links.digest_of(token, kind="places")
    assert token not in str(list(Entry.objects.values("changes")))
    assert phone.get(f"/answer/{token}").status_code == 404
    assert token not in text(amir.get(f"/options/{lunch.id}/links"))


def test_taken_back_or_over_it_answers_as_what_never_was(phone, amir, lunch, link, monkeypatch):
    never = phone.get("/places/nothing").content
    with monkeypatch.context() as later:
        over = clock.now() + seeing.lasts("places_link", at=clock.now()) + timedelta(seconds=1)
        later.setattr(doors, "now", lambda: over)
        assert phone.get(link).content == phone.post(link, {"have": "few"}).content == never
    row = PlacesLink.objects.get()
    back = amir.post(f"/options/{lunch.id}/links/{row.id}/take-back", {"seen": row.version})
    assert back.status_code == 302
    assert phone.get(link).content == phone.post(link, {"have": "few"}).content == never
    assert not Capacity.objects.exists()


def test_a_link_of_another_service_is_not_taken_back_here(amir, lunch, link):
    row = PlacesLink.objects.get()
    assert amir.post(f"/options/{uuid4()}/links/{row.id}/take-back", {"seen": 1}).status_code == 404
    assert amir.get(f"/options/{uuid4()}/links").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        "UPDATE services_placeslink SET digest = 'other'",
        "UPDATE services_placeslink SET until_at = until_at + interval '1 day'",
    ],
)
def test_the_database_keeps_a_link_bound(link, typed):
    with pytest.raises(IntegrityError, match="never changes"), connection.cursor() as cursor:
        cursor.execute(typed)
