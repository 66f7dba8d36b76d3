"""A service says by one tap how many places it has: in the next answer, with its age, said by the link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client

from nowrongdoor.console import senders
from nowrongdoor.console.relaying import Relay
from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.messages.models import Message
from nowrongdoor.data.services.models import Capacity, PlacesLink
from nowrongdoor.journeys import messages, places_links, services
from nowrongdoor.kernel import now as clock
from nowrongdoor.kernel import signed_links, store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.site import doors
from tests.journeys.gateway import gateway
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


# --- sent to them, where somebody carries messages ----------------------------------------------------------


@pytest.fixture
def mobile(place):
    """A service that is reached by a mobile telephone and by e-mail."""
    one = Service(uuid4(), place.amir.agency_id, None, "Walk \N{BULLET} and talk", "A walk", ("loneliness",),
                  "Mon", "07700 900123", {"email": "walk@lantern.example"})  # fmt: skip
    services.enter(services=[one], by=place.viewers["Lou of Front door"], at=place.later())
    return one


@pytest.fixture
def carried(settings):
    with gateway() as fake:
        settings.NWD_SENDERS = {"text": "gateway", "email": "letter_box"}
        settings.NWD_TEXT_URL, settings.DEFAULT_FROM_EMAIL = fake.url, "nwd@averley.example"
        yield fake


def sends(amir, service, channel):
    url = f"/options/{service.id}/links"
    answer = sent(amir, url, fields(amir.get(url), action=url), send=channel)
    return amir.get(url) if answer.status_code == 302 else answer


def relay():
    at = clock.now()
    return Relay(say=print, clock=lambda: at, time=lambda: at)


def test_a_link_is_texted_to_where_their_entry_says_and_opens_and_nobody_here_saw_it(
    phone, amir, mobile, carried
):
    url = f"/options/{mobile.id}/links"
    page = sends(amir, mobile, "text")
    assert "/places/" not in text(page), "whoever made it has not seen it"
    assert "The link waits to be sent" in text(page)
    relay().round()
    (told,) = carried.got
    link = told["text"].rpartition("http://testserver")[2]
    assert told["to"] == "07700900123"
    assert told["text"].startswith("How many places has Walk \N{BULLET} and talk now?")
    assert phone.get(link).status_code == 200
    assert phone.post(link, {"have": "few"}).status_code == 303
    assert "The link was taken by whoever carries texts" in text(amir.get(url))
    secret = link.removeprefix("/places/")
    kept = str(list(Message.objects.values())) + str(list(Entry.objects.values()))
    assert secret not in kept and secret[:22] not in kept, "nor is it kept anywhere"


def test_it_goes_by_e_mail_and_each_try_has_the_same_link(phone, amir, mobile, carried):
    sends(amir, mobile, "email")
    one = store.find(MESSAGES)[0]
    first = messages.take(ours=one.promised_at, by=NOBODY, at=one.promised_at)
    again = one.promised_at + timedelta(minutes=2)
    second = messages.take(ours=again, by=NOBODY, at=again)
    assert first.words == second.words and first.words not in repr(first)
    senders.LetterBox().send(id=one.id, to=second.address, subject="", words=second.words)
    (letter,) = mail.outbox
    assert letter.to == ["walk@lantern.example"]
    assert phone.get(letter.body.rpartition("http://testserver")[2]).status_code == 200


def test_a_link_that_was_taken_back_before_it_went_is_not_sent(amir, mobile, carried, place):
    sends(amir, mobile, "text")
    link = PlacesLink.objects.get()
    places_links.withdraw(link_id=link.pk, by=place.amir, at=clock.now(), seen=1)
    relay().round()
    assert not carried.got
    said = text(amir.get(f"/options/{mobile.id}/links"))
    assert "The link was not sent: the link opens nothing any more." in said


def test_it_is_offered_only_where_the_entry_says_how_and_somebody_carries_it(amir, lunch, mobile, carried):
    assert "e-mail it to walk@lantern.example" in text(amir.get(f"/options/{mobile.id}/links"))
    assert "text it to" not in text(amir.get(f"/options/{lunch.id}/links")), "it is no mobile telephone"
    answer = sends(amir, lunch, "text")
    assert answer.status_code == 422
    assert "says nowhere to send it to" in text(answer)
    assert not PlacesLink.objects.exists() and not store.find(MESSAGES), "neither link nor message"


def test_without_a_sender_a_link_is_shown_as_before_and_none_is_sent(amir, mobile):
    assert "text it to" not in text(amir.get(f"/options/{mobile.id}/links"))
    answer = sends(amir, mobile, "text")
    assert answer.status_code == 422 and "nobody has set up who carries it" in text(answer)
    assert not PlacesLink.objects.exists()


def test_a_link_is_found_again_after_our_own_key_has_changed(settings):
    key, settings.SECRET_KEY = uuid4(), "a" * 50
    fresh = signed_links.fresh_for("places", key)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, ["a" * 50]
    token = signed_links.again("places", key, digest=fresh.digest)
    assert signed_links.digest_of(token, kind="places") == fresh.digest
    settings.SECRET_KEY_FALLBACKS = []
    assert signed_links.again("places", key, digest=fresh.digest) == ""
