"""A caller's number that is of somebody who matters to a person: told to those with a part in their care."""

from uuid import uuid4

import pytest

from nowrongdoor.journeys import circle
from nowrongdoor.reading import people_search
from nowrongdoor.rules import finding
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.identity import Asked
from tests.worlds import stories
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db
NUMBER = "07700 900331"


@pytest.fixture
def place(db):
    return SmallPlace.begin()


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def writes(place, maryam, **known):
    told = Somebody(**{"name": "Rosa", "relation": "daughter", "phone": NUMBER, "said_by": "person", **known})
    key = uuid4()
    circle.enter(entry_id=key, person_id=maryam, told=told, by=place.amir, at=place.later())
    return key


def found(place, viewer, **asked):
    matches = people_search.search(Asked(**asked), viewer=viewer, at=place.at).matches
    return {one.person.id: finding.in_words(one) for one in matches}


def test_a_person_is_found_by_the_number_of_their_daughter(place, maryam):
    writes(place, maryam)
    assert "phone is that of their daughter" in found(place, place.amir, phone="+44 7700 900331")[maryam]


def test_whoever_must_not_be_contacted_is_said_to_be_that(place, maryam):
    writes(place, maryam, relation="former_partner", contact="never")
    said = found(place, place.amir, phone=NUMBER)[maryam]
    assert "phone is that of their former partner, who must not be contacted" in said


def test_an_agency_without_a_part_in_their_care_learns_nothing_of_who_matters_to_them(place, maryam):
    writes(place, maryam)
    assert found(place, place.sam, phone=NUMBER) == {}
    assert "daughter" not in found(place, place.sam, phone=NUMBER, name="Maryam Ali")[maryam]


def test_whoever_was_taken_out_finds_nobody(place, maryam):
    key = writes(place, maryam)
    circle.withdraw(entry_id=key, why="A wrong number.", by=place.amir, at=place.later(), seen=1)
    assert found(place, place.amir, phone=NUMBER) == {}
