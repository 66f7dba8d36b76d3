"""Search finds whatever was said, explains itself, and is one statement that no common name makes slow."""

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from nowrongdoor.journeys import seals
from nowrongdoor.reading import people_search, people_statements
from nowrongdoor.rules import finding
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.matching import keys, weights
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


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Marya Ali", "born_on": date(1984, 7, 3)},
        {"name": "Ali Mariam", "postcode": "ZZ7 2AC"},
        {"name": "Aly", "phone": "01632 960141", "born_partly": "19840000"},
        {"name": "Maryam Khan", "born_on": date(1984, 3, 8)},
        {"name": "Maryam Denholm"},
        {"other_number": "rx1 00417"},
        {"nhs_number": "9990000081", "name": "Ali"},
    ],
)
def test_what_is_nearly_right_finds_the_record_among_many(place, asked):
    for number in range(40):
        place.a_person(given_names="Mona", family_name=f"Alder{number}", born_on=date(1950 + number, 3, 9),
                       phone=f"01632 9602{number:02}", postcode=f"ZZ9 {number % 10}XX")  # fmt: skip
    wanted = stories.maryam(place, other_names="Maryam Denholm", other_numbers="RX1-00417")
    assert wanted in found(**asked)[:5]


def few(branch: sql.SQL) -> sql.SQL:
    return sql.SQL(re.sub(r"LIMIT \d+", "LIMIT 3", branch.as_string(None)))


@pytest.fixture
def crowded(place, monkeypatch):
    """A place so large that of many who have one thing in common only three are read."""
    for name in ("BY_KEYS", "BY_BOTH", "NAMED", "FAMILY", "GIVEN"):
        monkeypatch.setattr(people_statements, name, few(getattr(people_statements, name)))
    monkeypatch.setattr(
        people_statements, "EXACT", {name: few(one) for name, one in people_statements.EXACT.items()}
    )
    for number in range(12):
        place.a_person(family_name=f"Alder{number}", phone="01632 960114", address=f"{number} Mill Lane")
        place.a_person(family_name=f"Birch{number}", phone=f"01632 9602{number}", address="14 Saltmarsh Row")
    return place


SAID = {"address": "14 Saltmarsh Row", "phone": "01632 960114"}


def test_who_has_two_things_in_common_is_found_where_many_have_either(crowded):
    assert stories.maryam(crowded) in found(**SAID)[:1]


def test_control_by_each_thing_alone_they_are_not(crowded, monkeypatch):
    monkeypatch.setattr(keys, "together", lambda found: {})
    assert stories.maryam(crowded) not in found(**SAID)


@pytest.fixture
def with_the_number(place, monkeypatch):
    """One who has a number, in a place where twelve are called the same and three are weighed."""
    monkeypatch.setattr(people_statements, "WEIGHED", 3)
    for number in range(12):
        place.a_person(given_names="Mona", family_name="Alder", born_on=date(1950 + number, 3, 9))
    return stories.maryam(place)


OF_TWELVE_AND_OF_ONE = {"name": "Mona Alder", "phone": "01632 960114"}


def test_what_few_have_in_common_tells_more_than_what_many_have(with_the_number):
    assert with_the_number in found(**OF_TWELVE_AND_OF_ONE)


def test_control_were_it_to_tell_as_much_however_many_have_it_they_are_not_weighed(
    with_the_number, monkeypatch
):
    alike = people_statements.LIKELIEST.as_string(None).replace("- ln(many) / ln(2::float)", "+ 20")
    monkeypatch.setattr(people_statements, "LIKELIEST", sql.SQL(alike))
    assert with_the_number not in found(**OF_TWELVE_AND_OF_ONE)


@pytest.fixture
def restricted(place, maryam):
    place.a_referral(person_id=maryam)
    seals.put(
        seal_id=uuid4(), person_id=maryam, referral_id=None, contact_id=None, why="in_danger", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    return maryam


EVERY_WAY = (
    {"name": "Maryam Ali"},
    {"name": "Marya Alli", "born_on": date(1984, 7, 3)},
    {"postcode": "ZZ7 2AB"},
    {"name": "Ali", "postcode": "ZZ7 2AC"},
    {"phone": "01632 960114"},
    {"name": "Ali", "nhs_number": "9990000081"},
    {"address": "14 Saltmarsh Row"},
)


def test_a_restricted_person_is_found_by_nothing_and_nobody_is_told_that_there_is_one(place, restricted):
    """As if they were not there: the same answer by the same statement, whatever was asked."""
    asked_of_nobody = Asked(name="Zbigniew Quartermaine", postcode="ZZ1 9XX")
    with CaptureQueriesContext(connection) as before:
        nobody = people_search.search(asked_of_nobody, viewer=ANYONE, at=AT)
    for way in EVERY_WAY:
        with CaptureQueriesContext(connection) as after:
            answer = people_search.search(Asked(**way), viewer=ANYONE, at=AT)
        assert (answer.matches, answer.more, answer.twins, answer.born_together) == (
            nobody.matches, nobody.more, nobody.twins, nobody.born_together), way  # fmt: skip
        assert len(after) == len(before) == 1
    assert [one.person.id for one in people_search.search(
        Asked(name="Maryam Ali"), viewer=place.amir, at=place.later()).matches] == [restricted]  # fmt: skip


def test_a_restricted_twin_warns_nobody(place, restricted):
    place.a_person(given_names="Mona", family_name="Ali", born_on=date(1984, 3, 7))
    answer = people_search.search(Asked(name="Ali", born_on=date(1984, 3, 7)), viewer=ANYONE, at=AT)
    assert len(answer.matches) == 1 and not answer.twins and not answer.born_together


def test_a_wrong_twin_is_warned_of(place, maryam):
    other = place.a_person(given_names="Mona", family_name="Ali", born_on=date(1984, 3, 7))
    answer = people_search.search(Asked(name="Mona Ali", born_on=date(1984, 3, 7)), viewer=ANYONE, at=AT)
    assert answer.matches[0].person.id == other
    assert answer.born_together == {maryam, other}


def test_it_reads_by_indexes_and_never_the_whole_table(place, maryam):
    asked = Asked("Maryam Ali", date(1984, 3, 7), "", "01632960114", "ZZ7 2AB", address="14 Saltmarsh Row")
    parts, values = people_statements.branches(asked, model=weights.standing(on=AT.date()).model)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        values["own_agency"] = uuid4()
        cursor.execute(sql.SQL("EXPLAIN ") + people_statements.likeliest(parts), values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan and "person_by_find_keys" in plan and "circle_by_phone" in plan


def test_each_kind_of_key_is_looked_for_by_its_own_and_pairs_by_any_of_theirs():
    asked = Asked("Maryam Ali", date(1984, 3, 7), "", "01632960114", "ZZ7 2AB", address="14 Mill Row")
    model = weights.standing(on=AT.date()).model
    _, values = people_statements.branches(asked, model=model)
    kinds = finding.keys_of(asked, model=model)
    named = {kind: values[people_statements._named(kind)] for kind in kinds}
    assert named == {kind: list(numbers) for kind, numbers in kinds.items()}
    assert set(values["any_born"]) == {*kinds["born"], *kinds["born in part"], *kinds["born by its digits"]}


def test_nothing_asked_is_no_statement():
    with CaptureQueriesContext(connection) as asked:
        assert people_search.search(Asked(), viewer=ANYONE, at=AT).matches == ()
    assert len(asked) == 0


@pytest.mark.parametrize(
    "asked", [{"born_partly": "19840000"}, {"born_partly": "19840300"}, {"address": "Row"}]
)
def test_what_nobody_can_be_looked_for_by_is_not_said_to_be_nobodys(maryam, asked):
    alone = people_search.search(Asked(**asked), viewer=ANYONE, at=AT)
    assert not alone.looked and not alone.matches
    more = people_search.search(Asked(name="Nobody", **asked), viewer=ANYONE, at=AT)
    assert more.looked


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
