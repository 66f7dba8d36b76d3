"""A person may be registered knowing almost nothing, after whoever could be them has been looked at."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from nowrongdoor.rules import identity, person
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.person import Details
from tests.worlds.facts import TEN, a_person, id_of
from tests.worlds.tables import after, answer, cases

NUMBER = "9990000018"


def _register(details: Details, **wrong: Any) -> str:
    usual = {"person_id": id_of("new"), "candidates": [], "looked_at": [], "at": TEN}
    return answer(person.register, details, **{**usual, **wrong})


@cases("""
    given names | family name | born       | NHS number   | answer
    ------------+-------------+------------+--------------+------------------
    Siân        | ap Rhys     | 1980-02-29 | 999 000 0018 | person.registered
    Thiri       |             |            |              | person.registered
                |             |            |              | person.registered
    😀          |             |            |              | person.registered
    Adaeze      | O'Dowd      | 2026-11-10 |              | person.registered
    Adaeze      | O'Dowd      | 2026-11-11 |              | refused: A date of birth cannot be in the future.
    Adaeze      | O'Dowd      | 1896-01-01 |              | person.registered
    Adaeze      | O'Dowd      | 1895-12-31 |              | refused: Check the year of birth: it is more than 130 years ago.
    Adaeze      | O'Dowd      |            | 9990000019   | refused: This is not a valid NHS number: its check digit does not fit. Ask for it again.
""")
def test_registering(case: dict[str, str]) -> None:
    born = date.fromisoformat(case["born"]) if case["born"] else None
    details = Details(
        case["family name"], case["given names"], born_on=born, nhs_number=case["NHS number"]
    )
    assert _register(details) == case["answer"]


@cases("""
    there is a record of | looked at | answer
    ---------------------+-----------+------------------
    same name            | yes       | person.registered
    same name            | no        | refused: There is a record of Siân ap Rhys that could be the same person. Look at it, then say if this is someone else.
    same NHS number      | yes       | refused: Siân ap Rhys is already registered with this NHS number. Use that record.
    same NHS number      | no        | refused: Siân ap Rhys is already registered with this NHS number. Use that record.
    nobody               | no        | person.registered
""")
def test_whoever_could_be_the_same_person_is_looked_at_first(case: dict[str, str]) -> None:
    known = {"same name": a_person(), "same NHS number": a_person(nhs_number=NUMBER)}
    other = known.get(case["there is a record of"])
    told = _register(
        Details("ap Rhys", "Siân", nhs_number=NUMBER),
        candidates=[other] if other else [],
        looked_at=[other.id] if other and case["looked at"] == "yes" else [],
    )
    assert told == case["answer"]


def test_a_number_that_somebody_has_of_whom_the_member_may_not_know_is_taken_and_marked() -> None:
    details = Details("ap Rhys", "Siân", nhs_number=NUMBER)
    made = {"person_id": id_of("new"), "candidates": [], "looked_at": [], "at": TEN}
    doubted = after(person.register, details, **made, number_in_doubt=True)
    assert (doubted.nhs_number, doubted.number_in_doubt) == (NUMBER, True)
    corrected = {"nhs_number_holder": None, "at": TEN}
    again = replace(details, known_as="Sioni")
    kept = after(person.correct, doubted, again, **corrected, number_in_doubt=True)
    assert kept.number_in_doubt and not after(person.correct, kept, details, **corrected).number_in_doubt


def test_a_number_is_of_the_record_of_which_nobody_doubts_it() -> None:
    theirs, doubted = a_person(nhs_number=NUMBER), replace(a_person(nhs_number=NUMBER), number_in_doubt=True)
    assert identity.holder([doubted, theirs], but_not=id_of("somebody")) == theirs
    assert identity.holder([doubted], but_not=id_of("somebody")) is None
    assert identity.holder([theirs], but_not=theirs.id) is None


@cases("""
    known       | said         | kept as unknown because
    ------------+--------------+------------------------
    no          |              | not_asked
    no          | declined     | declined
    no          | not_known    | not_known
    yes         | declined     |
    yes         |              |
""")
@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("name", {"given_names": "Thiri"}),
        ("born_on", {"born_on": date(1980, 2, 29)}),
        ("nhs_number", {"nhs_number": NUMBER}),
        ("phone", {"phone": "07700 900123"}),
        ("address", {"postcode": "ZZ1 2AB"}),
    ],
)
def test_each_unknown_says_which_kind_it_is_and_an_answer_makes_it_void(
    part: str, told: dict[str, Any], case: dict[str, str]
) -> None:
    known = told if case["known"] == "yes" else {}
    registered = a_person(**{"given_names": "", "family_name": "", f"{part}_unknown": case["said"], **known})
    assert getattr(registered, f"{part}_unknown") == case["kept as unknown because"]


def test_what_is_looked_up_follows_from_what_was_written() -> None:
    registered = a_person(family_name="O’Brien", given_names="Mary Ann", phone="+44 7700 900123", postcode="zz12ab")
    assert (registered.family_key, registered.given_key) == ("obrien", "maryann")
    assert (registered.phone_key, registered.postcode_key) == ("07700900123", "ZZ12AB")
    assert registered.family_name == "O’Brien", "the name itself stays as it was written"


@cases("""
    given names | family name | said as
    ------------+-------------+---------------
    Siân        | ap Rhys     | Siân ap Rhys
    Thiri       |             | Thiri
                | Mensah      | Mensah
                |             | Name not known
""")
def test_a_name_as_people_say_it(case: dict[str, str]) -> None:
    named = a_person(given_names=case["given names"], family_name=case["family name"])
    assert named.name == case["said as"]


@cases("""
    phone        | number is held by | answer
    -------------+-------------------+-----------------
    07700 900123 | nobody            | person.corrected
    07700 900123 | this person       | person.corrected
    07700 900123 | another           | refused: Somebody else is registered with this NHS number. Look for them by it.
                 | nobody            | refused: Nothing was changed.
""")
def test_correcting(case: dict[str, str]) -> None:
    known = a_person()
    holder = {"nobody": None, "this person": known, "another": a_person("another")}[case["number is held by"]]
    told = answer(
        person.correct,
        known,
        Details("ap Rhys", "Siân", phone=case["phone"]),
        nhs_number_holder=holder,
        at=TEN,
    )
    assert told == case["answer"]


def test_a_baby_born_in_the_first_hour_of_a_summer_day_is_born_today() -> None:
    """At half past midnight here it is still yesterday in UTC."""
    half_past_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    def register(day: date) -> None:
        known = Details(family_name="Ali", born_on=day)
        person.register(
            known, person_id=id_of("Maryam"), candidates=[], looked_at=[], at=half_past_midnight
        )

    register(date(2026, 7, 1))
    with pytest.raises(Refused, match="future"):
        register(date(2026, 7, 2))


def test_correcting_keeps_who_it_is_and_when_they_were_registered() -> None:
    known = a_person()
    corrected = after(
        person.correct, known, Details("ap Rhys", "Siân", pronouns="she/her"), nhs_number_holder=None, at=TEN
    )
    assert corrected == replace(known, pronouns="she/her", pronouns_unknown="", version=2)


def test_a_kind_of_not_knowing_that_nobody_has_defined_is_no_answer() -> None:
    with pytest.raises((Refused, ValueError)):
        a_person(given_names="", family_name="", name_unknown="because")


@pytest.mark.parametrize("part", ["pronouns", "access_needs", "know_first"])
def test_a_blank_says_why_it_is_blank_and_what_is_said_makes_it_void(part: str) -> None:
    assert getattr(a_person(), f"{part}_unknown") == "not_asked"
    assert getattr(a_person(**{f"{part}_unknown": "declined"}), f"{part}_unknown") == "declined"
    assert getattr(a_person(**{part: "Said.", f"{part}_unknown": "declined"}), f"{part}_unknown") == ""
