"""Which record may be this person's, with the reasons in words, and when it may be opened."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules import identity
from nowrongdoor.rules.identity import Asked, why_it_matches
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.sim.people import NAMES
from tests.worlds.facts import a_person
from tests.worlds.tables import cases

BORN = date(1980, 2, 29)
WORDS = st.sampled_from([name for _, given, family in NAMES for name in (*given, *family)])


def _on_record(given_names: str = "Siân", family_name: str = "ap Rhys", **known: object) -> Person:
    return a_person(given_names=given_names, family_name=family_name, **known)


@cases("""
    on record         | said            | reason
    ------------------+-----------------+------------------------------------
    Siân / ap Rhys    | Siân ap Rhys    | same name
    Siân / ap Rhys    | sian AP rhys    | same name
    Siân / ap Rhys    | ap Rhys Siân    | same name, written the other way round
    Siân / ap Rhys    | ap Rhys, Siân   | same name, written the other way round
    Siân / ap Rhys    | Siân            | same first name
    Siân / ap Rhys    | ap Rhys         | same surname
    Siân / ap Rhys    | ap R            | name begins the same
    Mary Ann / Evans  | Mary Ann        | same first name
    Siân / ap Rhys    | Si apr          | name begins the same
    Siân / ap Rhys    | apr Si          | name begins the same, written the other way round
    Siân / ap Rhys    | apr             | name begins the same
    Siân / ap Rhys    | Rhys            |
    Mary Ann / Evans  | Mary Ann Evans  | same name
    Mary Ann / Evans  | Mary Evans      | name begins the same
    Mary Ann / Evans  | Evans Mary Ann  | same name, written the other way round
    Daire / O'Brien   | daire obrien    | same name
    Łukasz / Wójcik   | Lukasz Wojcik   | same name
    Thiri /           | Thiri           | same name
    Thiri /           | Thir            | name begins the same
    / Mensah          | Mensah          | same name
    Siân / ap Rhys    | Kofi Mensah     |
    Siân / ap Rhys    | 😀              |
    Siân / ap Rhys    |                 |
""")
def test_why_a_name_matches(case: dict[str, str]) -> None:
    given_names, _, family_name = (part.strip() for part in case["on record"].partition("/"))
    match = why_it_matches(Asked(name=case["said"]), _on_record(given_names, family_name))
    assert ", ".join(match.reasons) == case["reason"]


def test_a_name_people_go_by_matches_too() -> None:
    record = _on_record("Margaret", "Ashdown", known_as="Peggy")
    assert why_it_matches(Asked(name="Peggy Ashdown"), record).reasons == ("same name",)
    assert why_it_matches(Asked(name="Peggy"), record).reasons == ("same first name",)


@given(WORDS, WORDS)
def test_a_name_matches_in_either_order_however_many_words_it_has(given_names: str, family_name: str) -> None:
    record = _on_record(given_names, family_name)
    for said in (f"{given_names} {family_name}", f"{family_name} {given_names}"):
        assert why_it_matches(Asked(name=said), record).identifiers == 1


@cases("""
    name         | born       | number     | phone        | postcode | identifiers | may open
    -------------+------------+------------+--------------+----------+-------------+---------
    Siân ap Rhys |            |            |              |          | 1           | no
    Siân ap Rhys | 1980-02-29 |            |              |          | 2           | yes
    Siân ap      |            |            |              |          | 0           | no
                 | 1980-02-29 | 9990000018 |              |          | 2           | yes
                 |            | 999 0000018| 0770 0900123 | zz1 2ab  | 3           | yes
    Siân ap Rhys | 1981-02-28 |            |              |          | 1           | no
                 |            |            |              |          | 0           | no
""")
def test_two_identifiers_open_a_record_and_one_never_does(case: dict[str, str]) -> None:
    record = _on_record(born_on=BORN, nhs_number="9990000018", phone="07700 900123", postcode="ZZ1 2AB")
    asked = Asked(
        name=case["name"],
        born_on=date.fromisoformat(case["born"]) if case["born"] else None,
        nhs_number=case["number"],
        phone=case["phone"],
        postcode=case["postcode"],
    )
    match = why_it_matches(asked, record)
    assert match.identifiers == int(case["identifiers"])
    assert match.may_open == (case["may open"] == "yes")


def test_nothing_on_record_matches_nothing_said() -> None:
    bare = _on_record("", "")
    assert why_it_matches(Asked(), bare).reasons == ()
    assert why_it_matches(Asked(name="Siân", phone="07700 900123", postcode="ZZ1 2AB"), bare).reasons == ()


@cases("""
    said                        | is empty
    ----------------------------+---------
                                | yes
    name 😀                     | yes
    phone none                  | yes
    name Siân                   | no
    phone 07700 900123          | no
    postcode ZZ1                | no
    nhs_number 999              | no
""")
def test_whether_there_is_anything_to_search_by(case: dict[str, str]) -> None:
    part, _, told = case["said"].partition(" ")
    asked = Asked(**({part: told} if part else {}))
    assert asked.is_empty == (case["is empty"] == "yes")
    assert not Asked(born_on=BORN).is_empty


@cases("""
    said                    | differs in
    ------------------------+----------------------
    name Siân ap Rhys       |
    name Rhys ap Siân       | another name
    number 9990000018       |
    number 9990000026       | another NHS number
    born 1980-02-29         |
    born 1980-02-28         | another date of birth
""")
def test_what_speaks_against_a_record_is_said_too(case: dict[str, str]) -> None:
    part, _, told = case["said"].partition(" ")
    asked = {
        "name": Asked(name=told),
        "number": Asked(nhs_number=told),
        "born": Asked(born_on=date.fromisoformat(told) if part == "born" else None),
    }[part]
    record = _on_record(born_on=BORN, nhs_number="9990000018")
    assert ", ".join(identity.why_it_differs(asked, record)) == case["differs in"]


def test_what_is_not_on_record_speaks_against_nobody() -> None:
    asked = Asked(name="Kofi Mensah", born_on=BORN, nhs_number="9990000018")
    assert identity.why_it_differs(asked, _on_record("", "")) == ()


def test_candidates_are_shown_by_how_much_agrees_and_then_by_name() -> None:
    twin = a_person("twin", given_names="Rhys", family_name="ap Rhys", born_on=BORN)
    self_ = a_person("self", given_names="Siân", family_name="ap Rhys", born_on=BORN)
    other = a_person("other", given_names="Siân", family_name="Bevan")
    asked = Asked(name="Siân ap Rhys", born_on=BORN)
    shown = identity.ranked([why_it_matches(asked, one) for one in (other, twin, self_)])
    assert [match.person.given_names for match in shown][:2] == ["Siân", "Rhys"]
    assert shown[-1].person is other


@cases("""
    number on record | born on record | number told  | name told    | born told  | could be the same
    -----------------+----------------+--------------+--------------+------------+------------------
                     | 1980-02-29     |              | ap Rhys Siân | 1980-02-29 | yes
                     | 1980-02-29     |              | ap Rhys Siân |            | yes
                     |                |              | ap Rhys Siân | 1980-02-29 | yes
                     |                |              | ap Rhys Siân |            | yes
                     |                |              | AP RHYS sian |            | yes
                     | 1980-02-29     |              | ap Rhys Siân | 1980-02-28 | no
    9990000018       | 1980-02-29     | 999 000 0018 | ap Rhys Siân | 1980-02-28 | yes
    9990000018       |                | 999 000 0018 | Mensah Kofi  |            | yes
    9990000018       |                | 999 000 0026 | Mensah Kofi  |            | no
                     |                |              | Mensah Kofi  |            | no
                     |                |              |              |            | no
""")
def test_who_this_could_be_has_the_number_or_the_name_and_no_other_birth_date(case: dict[str, str]) -> None:
    family, _, given_names = case["name told"].rpartition(" ")
    told = Details(family, given_names, nhs_number=case["number told"], born_on=_day(case["born told"]))
    record = a_person(
        family_name="ap Rhys",
        given_names="Siân",
        nhs_number=case["number on record"],
        born_on=_day(case["born on record"]),
    )
    assert identity.could_be(record, told) == (case["could be the same"] == "yes")


def test_two_of_whom_nothing_is_known_are_not_taken_for_one() -> None:
    nobody = a_person(family_name="", given_names="")
    assert not identity.could_be(nobody, Details())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
