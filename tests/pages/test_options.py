"""Finding options: a call handler is told of every service that could help, why, and what it would take."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from nowrongdoor.journeys import handovers, services
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import options
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.fitting import Ask
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


def test_a_directory_that_has_just_become_large_is_answered_from_whole_while_it_is_loaded(
    place, county, monkeypatch
):
    """A feed of a whole region was taken in: what came with it is told at once."""
    here, ask = options.InMemory(), Ask(needs=("just_to_talk",), at=now())
    before = here.answer(ask).found
    assert here.columns is not None
    monkeypatch.setattr(options, "SMALL", len(here.columns))
    monkeypatch.setattr(here, "_load_beside", lambda at: None)
    more = replace(county["Listening Ear"], id=uuid4(), name="Another Ear")
    services.enter(services=[more], by=replace(place.amir, role="team_lead"), at=now())
    assert here.answer(ask).found == before + 1
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the one of this test, and not a thread's
    here._load_now(ask.at)
    assert here.columns is not None and here.answer(ask).found == before + 1
    here.columns = None  # another answer found it small at that very moment
    here._load_now(ask.at)
    assert here.columns is not None


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


def test_a_team_that_says_yes_stands_before_one_that_returns_what_it_is_offered(place, amir):
    """Of two that fit alike the one that returned is second, once answers are looked at again."""
    at = now()
    teams = ("Crisis team", "Social care")
    listed = [
        Service(
            UUID(int=number), place.amir.agency_id, place.teams[team], team, "", ("mental",), "", "",
            record={"assured_date": local_date(at).isoformat()},
        )
        for number, team in enumerate(teams, 1)
    ]  # fmt: skip
    services.enter(services=listed, by=replace(place.amir, role="team_lead"), at=at)
    ask = Ask(needs=("mental",), at=at)

    def order(ask):
        return [one.entry.id.int for one in options.find(ask).options.best if one.entry.id.int < 9]

    assert order(ask) == [1, 2]
    handovers.send_back(
        handover_id=place.an_offer(), reason="no_capacity", words="", next_team_id=place.teams["Social care"],
        next_handover_id=uuid4(), by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    assert order(replace(ask, at=at + timedelta(minutes=1))) == [2, 1]


def test_a_leaflet_is_for_the_person_and_says_nothing_of_what_we_know(county, amir):
    """No JavaScript, no name of anybody, nothing of places: as a page, large, and as text."""
    service = county["Young People's Café"]
    said = {"state": "full", "said_by": "Jo", "counts_for": "8", "places": ""}
    amir.post(f"/options/{service.id}/places", said)
    address = f"/options/leaflet?service={service.id}&service={county['Listening Ear'].id}"
    page = text(amir.get(address))
    assert "Where you can get help" in page and "You can just go there" in page
    assert "Every day, 5 pm to 11 pm." in page
    lines = amir.get(address.replace("leaflet?", "leaflet/text?"))
    assert lines["Content-Type"] == "text/plain; charset=utf-8"
    told = lines.content.decode()
    assert "Young People's Café (The Loft)" in told and "Listening Ear" in told
    for of_ours in ("Jo", "full", "Amir", "Misses"):
        assert of_ours not in told
    assert "nwd-leaflet--large" in amir.get(f"{address}&print=large").content.decode()


def test_a_leaflet_of_nothing_is_refused_in_words(place, amir):
    answer = amir.get("/options/leaflet?service=nonsense")
    assert answer.status_code == 422 and "Tick at least one service" in text(answer)
    assert amir.get(f"/options/leaflet?service={uuid4()}").status_code == 404
    assert amir.get("/options/leaflet/text").status_code == 404
