"""Finding options: a call handler is told of every service that could help, why, and what it would take."""

from dataclasses import replace

import pytest

from nowrongdoor.journeys import services
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import local_date
from nowrongdoor.sim import entries
from tests.pages.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(place):
    """The directory of the invented county, entered by a lead."""
    at = now()
    listed = entries.outside(of=place.amir.agency_id, on=local_date(at))
    services.enter(services=listed, by=replace(place.amir, role="team_lead"), at=at)
    return {one.name: one for one in listed}


def found(browser, **asked):
    answer = browser.post("/options", asked)
    assert answer.status_code == 200
    return text(answer)


def test_options_are_told_with_reasons_misses_and_what_they_take(county, amir):
    told = found(amir, needs=["just_to_talk", "mental"], postcode="ZZ1", age="16", way="self")
    assert "Young People's Café" in told
    assert "for people aged 11 to 25" in told
    assert "Someone to ask, whatever is found" in told
    assert "Night and Day Line" in told
    assert "Averley General, emergency department" not in told
    told = found(amir, needs=["loneliness"], age="40", access=["step_free"])
    assert "Misses: for people aged 60 and over. Ask whether they would see someone aged 40." in told


def test_the_emergency_department_is_told_of_when_it_is_an_emergency(county, amir):
    assert "Averley General, emergency department" in found(amir, needs=["mental"], urgency="emergency")


def test_nothing_found_still_offers_a_person_and_a_line(county, amir):
    told = found(amir, needs=["equipment"], postcode="AB99")
    assert "Nothing in the directory helps with equipment" in told
    assert "Nothing in the directory is near AB99" in told
    assert "County navigator" in told
    assert "Night and Day Line" in told


def test_what_a_service_says_of_its_places_is_in_the_next_answer(county, amir):
    page = f"/options/{county['Listening Ear'].id}"
    assert "It is not known whether they have places" in text(amir.get(page))
    said = {"state": "full", "said_by": "Jo", "counts_for": "8", "places": ""}
    assert amir.post(f"{page}/places", said).status_code == 302
    assert "Full, said 0 min ago by Jo" in text(amir.get(page))
    assert "Misses: full, said 0 min ago by Jo. Ask when they take people on again" in found(
        amir, needs=["just_to_talk"]
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Choose at least one need"),
        ({"needs": ["mental"], "age": "old"}, "Write the age as a whole number of years"),
        ({"needs": ["mental"], "postcode": "here"}, "This is not how a postcode is written"),
        ({"needs": ["mental"], "urgency": "amber"}, "Choose one of the answers shown"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(place, amir, asked, words):
    answer = amir.post("/options", asked)
    assert answer.status_code == 422
    assert words in text(answer)
