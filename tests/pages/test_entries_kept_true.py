"""Keeping the directory true: anybody suggests, the keeper answers, and is asked if it is still right."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.data.services.models import Suggestion
from nowrongdoor.journeys import services
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lou(place):
    return stories.browser(place.viewers["Lou of Front door"])


def entered(place, *, days=200, **told) -> Service:
    """An entry of the front door's agency that was last checked so many days ago."""
    at = now()
    record = {"assured_date": (local_date(at) - timedelta(days=days)).isoformat(), **told.pop("record", {})}
    one = Service(
        uuid4(), place.amir.agency_id, None, "Lunch Club", "A hot lunch", ("loneliness",), "Fri", "", record
    )
    one = replace(one, **told)
    services.enter(services=[one], by=replace(place.amir, role="team_lead"), at=at)
    return one


def suggest(browser, one, **said):
    asked = {"part": "hours", "says": "Fri and Sat", "why": "It is on the door.", **said}
    asked["suggestion_id"] = str(uuid4())
    return browser.post(f"/options/{one.id}/suggest", asked)


def test_what_anybody_suggests_changes_nothing_until_the_keeper_agrees(place, amir, lou):
    opening = {"schedules": [{"freq": "WEEKLY", "byday": "FR", "opens_at": "10:00", "closes_at": "12:00"}]}
    one = entered(place, record=opening)
    assert suggest(amir, one).status_code == 302
    assert ServiceRow.objects.get(id=one.id).hours == "Fri"
    assert "1 suggestion for Lunch Club" in text(lou.get("/our-team"))
    (waits,) = Suggestion.objects.all()
    page = text(lou.get(f"/options/{one.id}/suggested"))
    assert "When it is open: Fri and Sat" in page and "It is on the door. · Amir" in page
    assert lou.post(f"/options/suggestions/{waits.id}/approve", {"seen": "1"}).status_code == 302
    row = ServiceRow.objects.get(id=one.id)
    assert (row.hours, "schedules" in row.record) == ("Fri and Sat", False), "unknown, and never as it was"
    assert "Approved by Lou" in text(amir.get(f"/options/{one.id}/suggest"))


def test_a_no_says_why_and_whoever_suggested_it_reads_it(place, amir, lou):
    one = entered(place)
    suggest(amir, one)
    (waits,) = Suggestion.objects.all()
    address = f"/options/suggestions/{waits.id}/turn-down"
    empty = lou.post(address, {"seen": "1", "words": " "})
    assert empty.status_code == 422 and "Say why not" in text(empty)
    assert lou.post(address, {"seen": "1", "words": "Saturdays ended in May."}).status_code == 302
    assert "Turned down by Lou of Front door" in text(amir.get(f"/options/{one.id}/suggest"))
    again = lou.post(address, {"seen": "1", "words": "No."})
    assert again.status_code == 409


def test_the_keeper_is_asked_after_a_dated_while_and_answers_with_one_button(place, lou):
    old, fresh = entered(place, days=80), entered(place, days=3, name="Men's Shed")
    page = text(lou.get("/our-team"))
    assert "Is this still right?" in page and "Lunch Club" in page and "Men's Shed" not in page
    assert lou.post(f"/options/{old.id}/still-right", {"seen": "1"}).status_code == 302
    checked = ServiceRow.objects.get(id=old.id).record["assured_date"]
    assert checked == local_date(now()).isoformat()
    assert "Is this still right?" not in text(lou.get("/our-team"))
    assert fresh.version == 0


def test_an_entry_of_a_feed_is_its_publishers_and_a_suggestion_is_answered_in_words(place, amir):
    feed = "https://feed.example/oruk"
    services.take_in(services=[entry := Service(
        UUID(int=5), None, None, "Befriending", "", ("loneliness",), "", "", {"status": "active"}, feed,
    )], by=NOBODY, at=now())  # fmt: skip
    suggest(amir, entry)
    (waits,) = Suggestion.objects.all()
    steward = stories.browser(replace(place.viewers["Lou of Front door"]))
    refused = steward.post(f"/options/suggestions/{waits.id}/approve", {"seen": "1"})
    assert refused.status_code == 422 and "A feed keeps this entry" in text(refused)
    told = {"seen": "1", "words": "Told the publisher."}
    assert steward.post(f"/options/suggestions/{waits.id}/turn-down", told).status_code == 302


def test_only_the_keeper_answers(place, amir):
    one = entered(place)
    suggest(amir, one)
    (waits,) = Suggestion.objects.all()
    assert amir.post(f"/options/suggestions/{waits.id}/approve", {"seen": "1"}).status_code == 403
    assert amir.post(f"/options/{one.id}/still-right", {"seen": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"says": ""}, "Write what it should say"),
        ({"why": ""}, "Say how you know"),
        ({"part": "colour"}, "Choose one of the answers shown"),
        ({"says": "Fri"}, "The entry says this already"),
        ({"says": "x" * 2_001}, "can have 2,000"),
    ],
)
def test_what_cannot_be_suggested_is_said_and_what_was_typed_stays(place, amir, said, words):
    answer = suggest(amir, entered(place), **said)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "It is on the door." in answer.content.decode() or "why" in said
