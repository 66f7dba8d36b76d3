"""Patterns of looking: found by a watch that goes on by itself, and each asked about once."""

import threading
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nowrongdoor.console import watching
from nowrongdoor.console.watching import Watch
from nowrongdoor.data.sharing.facts import REVIEWS
from nowrongdoor.journeys import openings
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import every_agency, patterns
from tests.journeys import looking
from tests.pages.sending import text
from tests.trust.conftest import until
from tests.worlds import stories

pytestmark = pytest.mark.django_db
HOME = "/governance"


@pytest.fixture
def lead(place):
    return stories.browser(looking.a_governance_lead(place, team="Social care", name="Ffion Rees"))


def opened(place, sam, person_id):
    openings.claim(
        opening_id=uuid4(), person_id=person_id, reason="identity", words="", by=place.sam, at=place.later()
    )
    assert sam.get(reverse("person", args=[person_id])).status_code == 200


@pytest.fixture
def colleague(place):
    """Somebody of the name of a member of social care."""
    return place.a_person(family_name="of Social care", given_names="Lou", born_on=date(1990, 1, 1))


def test_a_colleagues_record_that_was_opened_is_to_be_reviewed_once_the_watch_has_gone_by(
    lead, sam, place, colleague
):
    opened(place, sam, colleague)
    assert "Looked at" not in text(lead.get(HOME)), "opening a list changes nothing"
    for _ in range(2):
        Watch().round()
        home = text(lead.get(HOME))
        assert "Looked at: record of a colleague" in home, home
    (asked,) = store.find(REVIEWS, kind="pattern")
    assert (asked.pattern, asked.member_id, asked.person_id) == ("colleague", place.sam.member_id, colleague)
    page = text(lead.get(reverse("review", args=[asked.id])))
    assert "Opened a record of the name of somebody who works for the same agency." in page
    assert "they said why they needed it" in page


def test_a_record_that_only_a_search_showed_is_no_pattern(lead, sam, place, colleague):
    sam.post("/people", {"name": "of Social care"})
    Watch().round()
    assert not store.find(REVIEWS, kind="pattern")


def test_a_members_own_record_and_that_of_their_household_are_found(lead, sam, place):
    home = {"address": "3 Kiln Lane", "postcode": "ZZ1 1AA", "family_name": "of Social care"}
    own = place.a_person(given_names="Priya", born_on=date(1980, 1, 1), **home)
    kin = place.a_person(given_names="Asha", born_on=date(2010, 1, 1), **home)
    for one in (own, kin):
        opened(place, sam, one)
    Watch().round()
    assert {(one.pattern, one.person_id) for one in store.find(REVIEWS, kind="pattern")} == {
        ("own_record", own), ("household", kin)
    }  # fmt: skip


def test_the_command_asks_as_the_programme_and_once(sam, place, colleague):
    opened(place, sam, colleague)
    for _ in range(2):
        said = StringIO()
        call_command("look_for_patterns", stdout=said)
        assert "Patterns found: 1." in said.getvalue()
    assert len(store.find(REVIEWS, kind="pattern")) == 1
    assert Entry.objects.get(kind="review.asked").by_name == "Watch for patterns of looking"


def test_a_team_lead_who_opens_nothing_raises_nothing_and_the_story_tells_of_no_suspicion(
    lead, sam, amir, place, colleague
):
    place.a_referral(person_id=colleague)
    opened(place, sam, colleague)
    Watch().round()
    story = text(amir.get(reverse("person_timeline", args=[colleague])))
    assert "Opened the record until" in story
    assert "review" not in story.lower() and "pattern" not in story.lower()


def test_looking_for_patterns_takes_four_statements_however_many_looks(sam, place, colleague):
    opened(place, sam, colleague)
    for _ in range(10):
        sam.get(reverse("person", args=[colleague]))
    with CaptureQueriesContext(connection) as asked:
        patterns.suspected([place.sam.agency_id], since=place.at, at=place.later(hours=5))
    assert len(asked) == 4


def test_the_first_round_after_a_pause_misses_nothing_of_a_long_weekend(sam, place, colleague, monkeypatch):
    opened(place, sam, colleague)
    monkeypatch.setattr(watching, "now", lambda: now() + timedelta(days=4))
    watch = Watch()
    watch.round()
    assert watch.found == 1
    watch.round()
    assert watch.found == 1, "what follows looks at the newest alone"
    assert len(store.find(REVIEWS, kind="pattern")) == 1


@pytest.mark.django_db(transaction=True)
def test_beside_the_pages_it_goes_on_by_itself_and_ends_with_them():
    place = stories.a_place()
    colleague = place.a_person(family_name="of Social care", given_names="Lou", born_on=date(1990, 1, 1))
    opened(place, stories.browser(place.sam), colleague)
    said: list[str] = []
    with watching.meanwhile(say=said.append):
        until(lambda: len(store.find(REVIEWS, kind="pattern")) == 1)
    assert said == [] and not any(thread.name == "watch" for thread in threading.enumerate())


def test_a_round_that_fails_says_so_and_the_next_is_made(sam, place, colleague, monkeypatch):
    opened(place, sam, colleague)
    rounds, said, stop = [], [], threading.Event()

    def names():
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("gone")
        stop.set()
        return []

    monkeypatch.setattr(every_agency, "names", names)
    monkeypatch.setattr(watching, "EACH", 0.01)
    monkeypatch.setattr(connection, "close", lambda: None)
    Watch(say=said.append).until(stop)
    assert len(rounds) == 2
    assert said == ["Patterns of looking could not be sought (OperationalError). Trying again."]
