"""Two records weighed: how each part agrees, what that weighs, and what is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules.matching.agreement import STEPS, step
from nowrongdoor.rules.matching.kinds import Kind, born, whole_name, written
from nowrongdoor.rules.matching.model import Model, Part, Weighed, trades_of
from nowrongdoor.rules.matching.saying import said
from nowrongdoor.rules.matching.short_forms import known
from nowrongdoor.rules.matching.strings import distance, likeness, near, sound
from tests.worlds.facts import NINE

TODAY = NINE.date()
SHORT = known(on=TODAY)
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)

AGREEMENTS = """
given   | Margaret          | margaret           | same x
given   | Margaret          | Peggy              | x a short form or a part
given   | Mary              | Mary Ann           | x a short form or a part
given   | M                 | Margaret           | x a short form or a part
given   | Siân              | Sian               | same x
given   | Łukasz            | Lukasz             | same x
given   | Gruffydd          | Guto               | x a short form or a part
given   | Mohammed          | Muhammad           | x a short form or a part
given   | Jonathan          | Jonahtan           | x one letter off
given   | Maryam            | Peter              | another x
family  | ap Rhys           | Rhys               | x a short form or a part
family  | Ashworth-Bell     | Bell               | x a short form or a part
family  | O'Brien           | OBrien             | same x
family  | Mrs Kaur          | Kaur               | same x
family  | Nowak             | Nowack             | x one letter off
family  | Szymańska         | Szymański          | x one letter off
date    | 1984-03-12        | 12/03/1984         | same x
date    | 1984-03-12        | 1984-12-03         | x with day and month swapped
date    | 1984-03-12        | 1984-03-21         | x one digit off
date    | 1984-03-12        | 1948-03-12         | x one digit off
date    | 1984-03-12        | 1984-03-28         | x the same but for one part
date    | 1984              | 1984-03-28         | x the same as far as it is known
date    | 1984-05-01        | 1984-03-28         | x the same in part
date    | 1984              | 1985-03-28         | another x
phone   | +44 1632 960123   | 01632 960 123      | same x
phone   | 01632 960123      | 01632 960132       | x one sign off
postcode| ZZ9 3QA           | zz93qa             | same x
postcode| ZZ9 3QA           | ZZ9 4XX            | x in the same part
line    | 12 High Street    | High Street 12     | x with the same words
line    | Pridham Street    | PridhamStreet      | x with the same words
line    | Old Mill Lane     | Mill Cottage       | x shares a word
number  | 999 000 0018      | 9990000018         | same x
number  | 9990000018        | 9990000081         | x one sign off
category| Female            | F                  | same x
category| Female            | M                  | another x
category| female            | 2                  | same x
"""  # fmt: skip


@pytest.mark.parametrize("row", AGREEMENTS.strip().splitlines())
def test_how_two_values_agree(row: str) -> None:
    of_kind, one, other, words = (cell.strip() for cell in row.split("|"))
    kind = Kind(of_kind)
    found = step(kind, written(kind, one, on=TODAY), written(kind, other, on=TODAY), short_forms=SHORT)
    assert found is not None
    assert STEPS[kind][found].format("x") == words


@pytest.mark.parametrize("nothing", ["", "  ", "N/A", "unknown", "Not known", "-", "null", "n.k."])
@pytest.mark.parametrize("kind", list(Kind))
def test_what_says_that_nothing_is_known_is_never_a_value(kind: Kind, nothing: str) -> None:
    assert written(kind, nothing, on=TODAY) == ""
    assert step(kind, written(kind, nothing, on=TODAY), "x", short_forms=SHORT) is None


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("1984-03-12", "dmy", "19840312"),
        ("19840312", "dmy", "19840312"),
        ("12/03/1984", "dmy", "19840312"),
        ("12/03/1984", "mdy", "19841203"),
        ("25/03/1984", "mdy", "19840325"),
        ("12.3.84", "dmy", "19840312"),
        ("12032004", "dmy", "20040312"),
        ("12 March 1984", "dmy", "19840312"),
        ("Mar 12, 1984", "dmy", "19840312"),
        ("1984-03-12T00:00:00", "dmy", "19840312"),
        ("12/03/1984 00:00", "dmy", "19840312"),
        ("March 1984", "dmy", "19840300"),
        ("03/1984", "dmy", "19840300"),
        ("1984", "dmy", "19840000"),
        ("31/02/1984", "dmy", "19840231"),
        ("99/99/9999", "dmy", ""),
        ("soon", "dmy", ""),
    ],
)
def test_a_date_of_birth_is_read_as_people_write_it(text: str, order: str, date: str) -> None:
    assert born(text, on=TODAY, order=order) == date


def test_a_name_in_one_piece_is_parted() -> None:
    assert whole_name("Ali, Maryam") == ("maryam", "ali")
    assert whole_name("Mrs Maryam Noor Ali") == ("maryam noor", "ali")
    assert whole_name("Suharto") == ("", "suharto")
    assert whole_name("") == ("", "")


@given(TEXT, TEXT)
def test_how_far_two_spellings_are_apart_does_not_depend_on_which_is_first(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert 0 <= likeness(one, other) <= 1


@given(st.sampled_from(list(Kind)), TEXT, TEXT)
def test_whatever_is_typed_is_compared_and_never_an_error(kind: Kind, one: str, other: str) -> None:
    values = written(kind, one, on=TODAY), written(kind, other, on=TODAY)
    found = step(kind, *values, short_forms=SHORT)
    assert (found is None) == (not all(values))
    assert found is None or 0 <= found < len(STEPS[kind])


NEARLY = st.text("abc", max_size=7)


@given(st.one_of(st.tuples(TEXT, TEXT), st.tuples(NEARLY, NEARLY)))
def test_how_near_two_spellings_are_is_their_distance_up_to_two(both: tuple[str, str]) -> None:
    assert near(*both) == min(distance(*both), 3)


@pytest.mark.parametrize(
    ("one", "other"), [("phillip", "filip"), ("catherine", "katherine"), ("whight", "wite")]
)
def test_names_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


# -- the sum of the weights

PARTS = (
    Part("given", Kind.GIVEN, "first name"),
    Part("family", Kind.FAMILY, "surname"),
    Part("born", Kind.DATE, "birth date"),
    Part("postcode", Kind.POSTCODE, "postcode"),
)


def weighed(kind: Kind, *, shared: bool, place: bool) -> Weighed:
    size = len(STEPS[kind])
    same = (*(0.1 / (size - 1) for _ in range(size - 1)), 0.9)
    chance = (0.97, *(0.02 / (size - 2) for _ in range(size - 2)), 0.01)
    return Weighed((same, chance if place else same, same if shared else chance, chance))


MODEL = Model(
    parts=PARTS,
    weights=tuple(
        weighed(part.kind, shared=part.name in ("family", "postcode"), place=part.name == "postcode")
        for part in PARTS
    ),
    trades=trades_of(PARTS),
    trade_weights=(Weighed(((0.05, 0.95), (0.05, 0.95), (0.05, 0.95), (0.05, 0.95))),),
    prior=(-10.0, -13.0, -10.0, 0.0),
    shares=({}, {"jones": 0.05, "prydderch": 0.0005}, {}, {}),
    usual=(0.01, 0.005, 0.0001, 0.001),
    short_forms=SHORT,
)
MARYAM = ("maryam", "ali", "19840312", "zz93qa")


def test_all_that_agrees_makes_one_person_likely_and_little_that_agrees_does_not() -> None:
    assert MODEL.score(MARYAM, MARYAM).probability > 0.99
    assert MODEL.score(MARYAM, ("peter", "ali", "19500101", "zz11aa")).probability < 0.01


def test_a_brother_at_home_is_another_person() -> None:
    assert MODEL.score(MARYAM, ("yusuf", "ali", "19810730", "zz93qa")).probability < 0.1


def test_whoever_has_moved_is_the_same_person() -> None:
    assert MODEL.score(MARYAM, (*MARYAM[:3], "zz11aa")).probability > 0.9


def test_names_the_other_way_round_are_the_same_names() -> None:
    turned = MODEL.score(MARYAM, ("ali", "maryam", *MARYAM[2:]))
    assert turned.probability > 0.99
    assert {one.words for one in turned.evidence[:2]} == {"same first name", "same surname"}


def test_a_rare_surname_says_more_than_a_common_one() -> None:
    def with_surname(name: str) -> float:
        return MODEL.score(("", name, "", ""), ("", name, "", "")).bits

    assert with_surname("prydderch") > with_surname("jones") + 5


def test_what_is_not_known_weighs_nothing() -> None:
    assert MODEL.score(("", "", "", ""), MARYAM).bits == MODEL.score(("",) * 4, ("",) * 4).bits
    assert MODEL.score(("", "", "", ""), MARYAM).evidence == ()


def test_the_evidence_is_said_in_words_the_weightiest_first() -> None:
    score = MODEL.score(MARYAM, ("john", "alli", "19840312", "zz93qa"))
    assert said(score.evidence) == "same birth date and postcode; surname one letter off; another first name"


@pytest.mark.parametrize(
    "called", ["Nan", "NAN", "Na", "Nil", "Null", "Master", "Unknown Ali", "Refused Jones"]
)
def test_a_name_that_looks_like_nothing_is_a_name(called: str) -> None:
    assert written(Kind.GIVEN, called, on=TODAY) == called.lower()
    assert written(Kind.FAMILY, called, on=TODAY) == called.lower()


@pytest.mark.parametrize("said", ["Unknown", "not known", "N/A", "nan", "null", "n.k.", "Not asked", "XXX"])
def test_a_whole_name_that_says_nothing_is_none(said: str) -> None:
    assert written(Kind.FAMILY, said, on=TODAY) == ""
    assert whole_name(said) == ("", "")


def test_master_is_a_title_before_a_name_and_a_surname_after_one() -> None:
    assert whole_name("Master John Hill") == ("john", "hill")
    assert whole_name("John Master") == ("john", "master")
    assert whole_name("Master, John") == ("john", "master")


@pytest.mark.parametrize(("year", "read"), [(2026, "19270312"), (2027, "20270312"), (2030, "20270312")])
def test_a_year_of_two_digits_is_not_one_that_is_still_to_come(year: int, read: str) -> None:
    assert born("12/03/27", on=TODAY.replace(year=year, day=1)) == read
