"""Who is spoken of: from any mixture of what is said, in any order, with what speaks for it and against it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from nowrongdoor.rules import finding, law
from nowrongdoor.rules.identity import Asked, Match
from nowrongdoor.rules.matching import keys, weights
from nowrongdoor.rules.matching.agreement import STEPS
from nowrongdoor.rules.person import Person
from tests.worlds.facts import NINE, a_person
from tests.worlds.tables import cases

TODAY = NINE.date()
STANDING = weights.standing(on=TODAY)
MODEL = STANDING.among(100_000)
BORN = date(1984, 3, 7)
KNOWN = {
    "born_on": BORN, "nhs_number": "9990000018", "phone": "01632 960114", "postcode": "ZZ7 2AB",
    "address": "12 Mill Lane, Averley",
}  # fmt: skip


def margaret(**known: object) -> Person:
    names = {"given_names": "Margaret", "family_name": "Ashdown"}
    return a_person(**{**names, **KNOWN, **known})


def weighed(record: Person, **asked: object) -> Match:
    return finding.weigh(finding.told(Asked(**asked)), record, model=MODEL)


@cases("""
    on record              | said                  | because
    -----------------------+-----------------------+---------------------------------------
    Margaret / Ashdown     | Margaret Ashdown      | same name
    Margaret / Ashdown     | Ashdown, Margaret     | same name
    Margaret / Ashdown     | Ashdown Margaret      | same name
    Margaret / Ashdown     | Peggy Ashdown         | same surname; first name a short form or a part
    Margaret / Ashdown     | Margaret Ashdwon      | same first name; surname one letter off
    Margaret / Ashdown     | Margaret              | same first name
    Margaret / Ashdown     | Ashdown               | same surname
    Siân / ap Rhys         | Sian Rhys             | same first name; surname a short form or a part
    Siân / ap Rhys         | Siân ap Rhys          | same name
    Harpreet / Kaur        | Kaur Harpreet         | same name
    Muhammad Imran/Hussain | Hussain Imran         | same surname; first name a short form or a part
    Łukasz / Szymański     | Szymanska Lukasz      | same first name; surname one letter off
    / Suharto              | Suharto               | same surname
    Thiri /                | Thiri                 | same first name
""")
def test_a_name_is_known_in_any_order_and_form(case: dict[str, str]) -> None:
    given, _, family = (part.strip() for part in case["on record"].partition("/"))
    match = weighed(a_person(given_names=given, family_name=family), name=case["said"])
    assert parts(finding.in_words(match)) == parts(case["because"])


def parts(words: str) -> set[str]:
    """`same surname and postcode` as what is the same, in whichever order it is said."""
    same, *near = words.split("; ")
    listed = {f"same {one}" for one in same.removeprefix("same ").split(" and ")}
    return {*(listed if same.startswith("same ") else {same}), *near}


@pytest.mark.parametrize(
    ("asked", "because"),
    [
        ({"born_on": date(1984, 7, 3)}, "date of birth with day and month swapped"),
        ({"born_on": date(1984, 3, 8)}, "date of birth one digit off"),
        ({"born_partly": "19840300"}, "date of birth the same as far as it is known"),
        ({"phone": "+44 1632 960141"}, "phone number one sign off"),
        ({"postcode": "zz7 2ac"}, "postcode one sign off"),
        ({"address": "12 mill lane averley"}, "same address"),
        ({"address": "Mill Lane"}, "address shares a word"),
        ({"nhs_number": "9990000018"}, "same NHS number"),
    ],
)
def test_each_thing_that_is_nearly_right_is_said_in_words(asked: dict[str, object], because: str) -> None:
    assert finding.in_words(weighed(margaret(), **asked)) == because


def test_what_agrees_comes_first_and_what_does_not_is_said_apart() -> None:
    match = weighed(margaret(), name="Eleri Ashdown", born_on=BORN, postcode="ZZ7 2AB")
    assert finding.in_words(match) == "same date of birth, postcode and surname"
    assert finding.otherwise(match) == ("another first name",)
    assert finding.otherwise(weighed(margaret(), name="Eleri Tudor", born_on=BORN)) == ("another name",)


def test_a_name_of_before_finds_somebody_and_is_not_told() -> None:
    record = margaret(other_names="Margaret Denholm\nPeggy Hebden", known_as="Maggie")
    match = weighed(record, name="Margaret Denholm")
    assert finding.in_words(match) == finding.ELSEWHERE
    assert "Denholm" not in repr(match.evidence)
    assert finding.in_words(weighed(record, name="Maggie Ashdown")) == finding.GOES_BY
    assert match.bits > weighed(margaret(), name="Margaret Denholm").bits


@cases("""
    name of before      | said             | because                                                  | otherwise
    --------------------+------------------+----------------------------------------------------------+-------------------
    Margaret Kane       | Margaret Khan    | same first name                                          | another surname
    Maud Martinson      | Eleri Martinsen  | a name they have had, or have elsewhere                  | another first name
    Maud Denholm        | Maud Ashdown     | same surname; a name they have had, or have elsewhere    |
    Peggy Hebden        | Peggy Webster    | a name they have had, or have elsewhere                  | another surname
""")
def test_a_name_of_before_is_said_only_of_what_agrees_by_it(case: dict[str, str]) -> None:
    match = weighed(margaret(other_names=case["name of before"]), name=case["said"])
    assert finding.in_words(match) == case["because"]
    assert ", ".join(finding.otherwise(match)) == case["otherwise"]


def test_a_partners_own_number_is_an_identifier_and_one_of_another_partner_is_nothing_against() -> None:
    record = margaret(other_numbers="RX1 00417\nP-99")
    match = weighed(record, name="Margaret Ashdown", other_number="rx1-00417")
    assert match.may_open and "partner's number" in finding.in_words(match)
    assert weighed(record, other_number="Q7").bits == weighed(record).bits


def test_half_a_number_speaks_for_nobody_and_against_nobody() -> None:
    assert weighed(margaret(), nhs_number="99900", phone="0163").bits == weighed(margaret()).bits


def test_nearly_right_never_opens_a_record() -> None:
    match = weighed(
        margaret(), name="Margret Ashdown", born_on=date(1984, 7, 3), phone="01632 960141", postcode="ZZ7 2AC"
    )
    assert finding.likely(match) > 0.95 and not match.may_open


def test_of_two_namesakes_that_fit_alike_neither_is_likely() -> None:
    said = {"name": "Margaret Ashdown", "born_on": BORN}
    one, other = weighed(margaret(), **said), weighed(replace(margaret(), id=uuid4()), **said)
    assert finding.likely(one) > 0.5 and finding.likely(other) > 0.5, "each alone would be"
    assert finding.likely(one, [one, other]) < 0.5 and finding.likely(other, [one, other]) < 0.5
    elder = weighed(replace(margaret(), id=uuid4(), born_on=date(1931, 1, 1)), **said)
    assert finding.likely(one, [one, elder]) > 0.5


def test_a_name_that_is_being_typed_is_no_other_name() -> None:
    match = weighed(margaret(), name="Mar Ash")
    assert finding.in_words(match) == "name begins the same" and not match.may_open


def test_the_more_people_there_are_the_less_is_sure() -> None:
    said = finding.told(Asked(name="Margaret Ashdown", postcode="ZZ7 2AB"))
    few, many = (finding.weigh(said, margaret(), model=STANDING.among(size)) for size in (1_000, 1_000_000))
    assert few.bits > many.bits + 1


def test_twins_are_told_from_namesakes_and_from_others_born_that_day() -> None:
    said = finding.told(Asked(name="Ashdown", born_on=BORN))
    here = [
        margaret(),
        a_person("twin", given_names="Eleri", family_name="Ashdown", born_on=BORN),
        a_person("sister", given_names="Megan", family_name="Ashdown", born_on=date(1986, 1, 1)),
        a_person("stranger", given_names="Karen", family_name="Lomas", born_on=BORN),
    ]
    matches = [finding.weigh(said, one, model=MODEL) for one in here]
    assert finding.born_together(matches) == {here[0].id, here[1].id}


# -- the weights as rows


def test_every_step_of_every_part_has_its_dated_weight() -> None:
    rows = {(row["part"], row["agreement"]) for row in law.rows("match_weights")}
    for part in weights.PARTS:
        for step in STEPS[part.kind]:
            assert (part.name, step.format(part.words)) in rows
    assert STANDING.version == f"match_weights@{STANDING.since}" and STANDING.source
    for weighed_part in STANDING.model.weights:
        assert all(sum(share) == pytest.approx(1, abs=1e-3) for share in weighed_part.shares)


def test_a_day_without_weights_is_said_so() -> None:
    with pytest.raises(LookupError, match="no weights standing"):
        weights.standing(on=date(1990, 1, 1))


def test_what_agrees_weighs_for_one_person_and_what_differs_against() -> None:
    for part, one in zip(STANDING.model.parts, STANDING.model.weights, strict=True):
        assert one.bits(len(STEPS[part.kind]) - 1) > 3 > 0 > one.bits(0), part.name


# -- the keys by which a record is found


def shared(record: Person, **asked: object) -> set[str]:
    found = finding.keys_of(Asked(**asked), model=MODEL)
    return {kind for kind, numbers in found.items() if set(numbers) & set(record.find_keys)}


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        ({"name": "Margret Ashdown"}, "name and begin"),
        ({"name": "Margaret Ashdwon"}, "names"),
        ({"name": "Peggy Ashdown"}, "names"),
        ({"name": "Ashdown Peggy", "born_on": date(1984, 7, 3)}, "name and day"),
        ({"name": "Ashdown", "born_partly": "19840000"}, "name and year"),
        ({"name": "Ashdown", "born_on": date(1984, 7, 3)}, "born by its digits"),
        ({"name": "Nobody", "phone": "01632 969114"}, "phone in part"),
        ({"nhs_number": "9990000081"}, "number in part"),
        ({"name": "Ashdown", "postcode": "ZZ7 9XX"}, "name and area"),
        ({"address": "12 Mill Lane"}, "address"),
    ],
)
def test_a_record_is_found_by_keys_that_survive_a_slip(asked: dict[str, object], by: str) -> None:
    assert by in shared(margaret(), **asked)


def test_somebody_else_shares_no_key() -> None:
    asked = Asked(name="Imran Hussain", born_on=date(1950, 1, 30), phone="07700 900777", postcode="ZZ1 9XX")
    found = finding.keys_of(asked, model=MODEL)
    assert not {one for numbers in found.values() for one in numbers} & set(margaret().find_keys)


def test_a_date_alone_is_looked_for_only_as_it_was_said() -> None:
    assert set(finding.keys_of(Asked(born_on=BORN), model=MODEL)) == {"born"}


def test_a_key_is_the_same_number_everywhere() -> None:
    assert keys.number("names", "a b") == -2106041750
    assert -(2**31) <= keys.number("phone", "01632960114") < 2**31
    assert margaret().find_keys == tuple(sorted(set(margaret().find_keys)))


# --- whose number it is -----------------------------------------------------------------------------------


def test_a_number_of_somebody_near_them_speaks_for_the_record_and_says_whose_it_is():
    said = finding.told(Asked(name="Ashdown", phone="07700 900331"))
    far = finding.weigh(said, margaret(), model=MODEL)
    near = finding.weigh(said, margaret(), model=MODEL, near="daughter")
    assert "phone is that of their daughter" in finding.in_words(near)
    assert finding.otherwise(near) == () and "another phone" in " ".join(finding.otherwise(far))
    own = weighed(margaret(phone="07700 900331"), name="Ashdown", phone="07700 900331")
    assert far.bits < near.bits < own.bits


def test_a_number_of_somebody_near_them_is_no_identifier_and_opens_nothing():
    said = finding.told(Asked(name="Margaret Ashdown", phone="07700 900331"))
    near = finding.weigh(said, margaret(), model=MODEL, near="daughter")
    assert near.reasons == finding.weigh(said, margaret(), model=MODEL).reasons and not near.may_open


def test_their_own_number_is_not_said_to_be_somebody_elses():
    said = finding.told(Asked(phone="01632 960114"))
    assert "daughter" not in finding.in_words(finding.weigh(said, margaret(), model=MODEL, near="daughter"))
