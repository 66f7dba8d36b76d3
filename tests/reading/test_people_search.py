"""Search finds whatever was said, explains itself, and is one statement that no common name makes slow."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.reading import people_search
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.person import Details
from tests.worlds import stories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
ANYONE = Viewer(uuid4(), "Sam Okoro", "call_handler", uuid4(), "Front door", uuid4())


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


@pytest.fixture
def place(db):
    return stories.a_place()


def found(**asked):
    return [match.person.id for match in people_search.search(Asked(**asked), viewer=ANYONE, at=AT).matches]


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Ali"},
        {"name": "maryam"},
        {"name": "Maryam Ali"},
        {"name": "ALI, Maryam"},
        {"name": "ali  maryam"},
        {"name": "mar al"},
        {"name": "Al Mar"},
        {"name": "MARY"},
        {"born_on": date(1984, 3, 7)},
        {"nhs_number": "999 000 0018"},
        {"phone": "+44 1632 960114"},
        {"postcode": "zz72ab"},
    ],
)
def test_each_thing_that_may_be_said_finds_the_record(maryam, asked):
    assert found(**asked) == [maryam]


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Aly"},
        {"name": "%"},
        {"name": "_"},
        {"phone": "1"},
        {"born_on": date(1984, 3, 8)},
        {},
        {"name": "!"},
    ],
)
def test_what_nobody_said_of_them_does_not(maryam, asked):
    assert found(**asked) == []


@pytest.mark.parametrize(
    ("family", "given", "said"),
    [
        ("ap Rhys", "Siân", "Sian ap Rhys"),
        ("ap Rhys", "Siân", "ap rhys siân"),
        ("ap Rhys", "Siân", "ap Rhys"),
        ("Evans", "Mary Ann", "Mary Ann"),
        ("Evans", "Mary Ann", "Mary Ann Evans"),
        ("Evans", "Mary Ann", "evans mary"),
        ("O'Brien", "Łukasz", "lukasz obrien"),
        ("Garcia Lopez", "Maria del Carmen", "Maria del Carmen Garcia Lopez"),
        ("🙂é", "", "é"),
        ("", "Cher", "Cher"),
        ("李", "小龍", "小龍 李"),
    ],
)
def test_a_name_is_found_wherever_its_parts_end_and_whichever_came_first(place, family, given, said):
    person_id = place.a_person(family_name=family, given_names=given)
    assert found(name=said) == [person_id]


def test_more_identifiers_come_first_and_say_why(place, maryam):
    place.a_person(family_name="Ali", given_names="Maryam", born_on=date(1990, 1, 1))
    matches = people_search.search(
        Asked(name="Maryam Ali", phone="01632960114"), viewer=ANYONE, at=AT
    ).matches
    assert [match.identifiers for match in matches] == [2, 1]
    assert matches[0].person.id == maryam
    assert matches[0].reasons == ("same name", "same phone number")


def test_a_rare_date_is_found_behind_a_name_that_hundreds_have(place):
    for number in range(60):
        place.a_person(
            family_name="Jones", given_names="David", born_on=date(1950, 1, 1).replace(year=1930 + number)
        )
    wanted = place.a_person(family_name="Jones", given_names="David", born_on=date(2001, 2, 3))
    result = people_search.search(Asked(name="David Jones", born_on=date(2001, 2, 3)), viewer=ANYONE, at=AT)
    assert result.matches[0].person.id == wanted and result.matches[0].may_open
    assert len(result.matches) == people_search.SHOWN and result.more


def test_namesakes_on_the_list_are_marked_and_others_are_not(place, maryam):
    twin = place.a_person(family_name="ALI", given_names="maryam", born_on=date(1999, 9, 9))
    other = place.a_person(family_name="Ali", given_names="Mona")
    twins = people_search.search(Asked(name="Ali"), viewer=ANYONE, at=AT).twins
    assert twins == {maryam, twin} and other not in twins


def test_it_is_one_statement_whatever_was_said(maryam):
    everything = Asked(
        "Maryam del Carmen Ali y Vega", date(1984, 3, 7), stories.NHS_NUMBER, "01632960114", "ZZ72AB"
    )
    with CaptureQueriesContext(connection) as asked:
        people_search.search(everything, viewer=ANYONE, at=AT)
    assert len(asked) == 1


def test_nothing_asked_is_no_statement():
    with CaptureQueriesContext(connection) as asked:
        assert people_search.search(Asked(), viewer=ANYONE, at=AT).matches == ()
    assert len(asked) == 0


def test_a_record_that_is_not_there_is_missing(db):
    with pytest.raises(Missing):
        people_search.match_of(Asked(name="Ali"), person_id=uuid4(), viewer=ANYONE, at=AT)


def test_every_record_that_registering_would_ask_about_is_shown_however_many(place):
    ids = {place.a_person(family_name="Jones", given_names="David", phone=f"0163296{n:04}",
                          born_on=date(1930 + n, 1, 1)) for n in range(30)}  # fmt: skip
    could_be = people_search.could_be(Details(family_name="jones", given_names="DAVID"), viewer=ANYONE, at=AT)
    assert {one.id for one in could_be} == ids
    one = people_search.could_be(
        Details(family_name="Jones", given_names="David", born_on=date(1931, 1, 1)), viewer=ANYONE, at=AT
    )
    assert [person.born_on for person in one] == [date(1931, 1, 1)]
    assert people_search.could_be(Details(), viewer=ANYONE, at=AT) == ()
