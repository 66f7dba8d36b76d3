"""“On the way” by text: offered for a number that is said to be safe, in words that say nothing of why."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.kernel import store
from nowrongdoor.nhsuk import wording
from nowrongdoor.pages.rapid import on_the_way
from tests.pages.sending import text
from tests.pages.test_key_contacts import rang
from tests.pages.test_rapid import a_crew, a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
BUTTON = "Text “on the way”"


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


def off(amir, place, maryam):
    """The visit's page once the crew has set off."""
    crew_id, visit_id = a_crew(place), a_visit(place, person_id=maryam)
    sending(amir, visit_id, crew_id)
    url = reverse("visit", args=[visit_id])
    assert BUTTON not in text(amir.get(url)), "nobody is on the way yet"
    assert go(amir, visit_id, "set_off").status_code == 302
    return store.peek(VISITS, visit_id), amir.get(url)


def test_a_number_that_is_safe_is_texted_by_the_phone_itself_and_nothing_is_said_of_why(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, page = off(amir, place, maryam)
    about = wording.local_time(on_the_way.expected(visit))
    assert BUTTON in text(page) and f"“We are on our way to you, about {about}.”" in text(page)
    (address,) = re.findall(r'href="sms:(01632960114[^"]*)"', page.content.decode())
    assert address.startswith("01632960114?&amp;body=We%20are%20on%20our%20way")
    for told in ("Crew", "Front", "door", "Mental", "Averley", "team", "NHS"):
        assert told.lower() not in address.lower(), "whoever picks up that phone reads it too"


@pytest.mark.parametrize(
    ("safe", "why_not"),
    [
        ("no", "it is not safe to ring this number"),
        ("declined", "they preferred not to say whether it is safe to ring"),
        ("", "whether it is safe to ring was not asked"),
    ],
)
def test_whatever_is_not_a_plain_yes_is_said_and_not_texted(amir, place, maryam, safe, why_not):
    if safe:
        rang(place, maryam, caller_kind="person", safe_to_call=safe)
    _, page = off(amir, place, maryam)
    assert f"No text “on the way”: {why_not}." in text(page)
    assert "body=" not in page.content.decode()
    assert go(amir, store.find(VISITS, state="on_the_way")[0].id, "arrive").status_code == 302


def test_when_they_are_there_is_the_next_five_minutes_after_the_way(amir, place, maryam):
    visit, _ = off(amir, place, maryam)
    way = visit.free_at - visit.leaves_at - timedelta(minutes=visit.minutes)
    there = on_the_way.expected(visit)
    assert there.minute % 5 == 0 and there.second == there.microsecond == 0
    assert timedelta() <= there - (visit.set_off_at + way) < timedelta(minutes=5)


def test_a_time_that_has_passed_is_not_named(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    person = store.peek(PEOPLE, maryam)
    said = on_the_way.text(visit, person, "yes", at=on_the_way.expected(visit) + timedelta(minutes=1))
    assert said is not None and said.words == "We are on our way to you."
