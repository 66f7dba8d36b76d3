"""By what people are split in figures: nobody is dropped, no small number is shown or can be found."""

from datetime import UTC, datetime
from random import Random

import pytest

from nowrongdoor.rules import equality, figures, law, local_guidance, replaying, response_advice
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import deprivation, headings
from nowrongdoor.rules.replaying import Case
from nowrongdoor.rules.words import Unknown

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
ON = AT.date()


def test_the_national_list_is_whole_and_the_kinds_of_not_knowing_are_no_choice_of_it():
    assert "".join(sorted(one.code for one in law.codes("ethnic_categories", on=ON))) == "ABCDEFGHJKLMNPRS"
    unsaid = {one.code: one.entails for one in law.codes("ethnic_unsaid", on=ON)}
    assert unsaid == {"not_asked": "99", "declined": "Z", "not_known": "99"}
    assert set(unsaid) == set(Unknown)


def test_sex_has_the_three_codes_of_the_national_list_and_its_not_known_is_no_choice_of_it():
    assert {one.code: one.label for one in law.codes("sexes", on=ON)} == {
        "1": "Male", "2": "Female", "9": "Neither female nor male (indeterminate)",
    }  # fmt: skip
    unsaid = {one.code: one.entails for one in law.codes("sex_unsaid", on=ON)}
    assert unsaid == dict.fromkeys(Unknown, "X"), "the national list has one word for all three: we keep them apart"


@pytest.mark.parametrize("heading", equality.SAID)
@pytest.mark.parametrize(
    ("state", "codes", "group"),
    [
        ("declined", [], "Declined to say"),
        ("not_known", [], "Not known"),
        ("not_asked", [], "Not asked"),
        (None, [], "Not asked"),
        ("answered", ["Q"], "Q"),
        ("answered", [], "Not asked"),
    ],
)
def test_not_asked_declined_and_not_known_are_three_groups(heading, state, codes, group):
    assert equality.said_group(heading, state, codes, at=AT) == group
    assert equality.unsaid(heading, at=AT) == ("Not asked", "Declined to say", "Not known")


def test_what_somebody_chose_is_the_group_they_are_counted_in():
    assert equality.said_group("ethnicity", "answered", ["K"], at=AT) == "Asian: Bangladeshi"
    assert equality.said_group("sex", "answered", ["1"], at=AT) == "Male"
    assert equality.said_group("sex", "answered", ["9"], at=AT) == "Neither female nor male (indeterminate)"


def test_every_heading_that_people_are_split_by_is_asked_and_its_list_is_the_one_of_the_split():
    for name, lists in equality.SAID.items():
        assert headings.heading(name, at=AT).codes == lists.codes == equality.LISTS[name]
        assert name in equality.SPLITS


def test_an_area_that_no_row_knows_is_not_known_and_a_sector_falls_back_on_its_district(monkeypatch):
    assert equality.deprivation_group("ZZ1 1", at=AT) == "Most deprived fifth"
    assert equality.deprivation_group("ZZ2 8", at=AT) == "Least deprived fifth"
    assert [equality.deprivation_group(near, at=AT) for near in ("ZZ2 9", "ZZ1", "XX1 1", "")] == [
        "Not known"
    ] * 4
    monkeypatch.setattr(deprivation, "of_areas", lambda *, at: {"ZZ2": "fifth_3"})
    assert equality.deprivation_group("ZZ2 9", at=AT) == "Middle fifth"
    assert [equality.place_group(near) for near in ("ZZ2 9", "ZZ1", "")] == ["ZZ2", "ZZ1", "Not known"]


def test_every_tenth_belongs_to_one_fifth_and_the_table_says_that_it_is_invented():
    tenths = [int(one) for row in law.codes("deprivation_fifths", on=ON) for one in row.entails.split()]
    assert tenths == list(range(1, 11))
    every = deprivation.areas(at=AT).values()
    assert every and all(one.decile in tenths and not one.provenance.verified for one in every)
    assert all("Invented" in one for one in deprivation.sources(at=AT))


def lines(split, groups):
    return {one.label: one.numbers for one in equality.told(split, groups, at=AT)}


def test_small_groups_stand_together_and_what_is_left_of_the_total_is_never_small():
    told = lines("ethnicity", {"White: British": (40, 6, 9), "White: Irish": (7, 5, 0), "Chinese": (2, 1, 1)})
    assert told == {
        "White: British": (40, 6, None),
        "Not asked": (None, None, None),
        "Declined to say": (None, None, None),
        "Not known": (None, None, None),
        "All others": (9, 6, None),
    }
    assert lines("team", {"A": (9, 0, 0), "B": (2, 0, 0)}) == {"All others": (11, None, None)}
    assert lines("age", {}) == {}


def test_of_two_sexes_one_too_small_takes_the_other_with_it_and_nobody_is_left_over():
    told = lines("sex", {"Female": (30, 9, 0), "Male": (12, 2, 0), "Not asked": (3, 1, 0)})
    assert told == {
        "Female": (30, None, None),
        "Not asked": (None, None, None),
        "Declined to say": (None, None, None),
        "Not known": (None, None, None),
        "All others": (15, None, None),
    }, "three who were not asked would be a fifteen less a twelve; two doors, an eleven less a nine"
    assert list(lines("sex", {"Male": (20, 0, 0), "Female": (20, 0, 0)}))[:2] == ["Female", "Male"], "as listed"


def test_one_with_many_decisions_is_no_group():
    groups = {"Chinese": (9, 0, 0), "White: British": (40, 0, 0), "White: Irish": (6, 0, 0)}
    people = {"Chinese": 1, "White: British": 30, "White: Irish": 6}
    told = {one.label: one.numbers for one in equality.told("ethnicity", groups, people=people, at=AT)}
    assert told["All others"][0] == 15 and not {"Chinese", "White: Irish"} & set(told)
    cases = [
        Case((number, f"person {number // 6}"), {}, AT, {"ethnicity": "Chinese" if number < 6 else "White: British"})
        for number in range(18)
    ]
    cases.append(Case((99, None), {}, AT, {"ethnicity": "Not asked"}))
    assert replaying.people(cases, "ethnicity") == {"Chinese": 1, "White: British": 2, "Not asked": 1}


def test_whoever_is_not_known_has_a_line_of_their_own_where_they_are_enough():
    told = lines("deprivation", {"Not known": (12, 5, 0), "Middle fifth": (20, 6, 0)})
    assert list(told) == ["Middle fifth", "Not known"] and told["Not known"] == (12, 5, None)


@pytest.mark.parametrize("split", equality.SAID)
@pytest.mark.parametrize("seed", range(200))
def test_no_small_number_follows_from_any_other(seed, split):
    """
    Of generated tables: what is hidden of a column is nothing that subtraction tells, were the total known to
    the last one; more than that no other split can say of it.
    """
    chance = Random(seed)
    groups = {}
    names = equality.order(split, at=AT)
    for name in chance.sample(names, chance.randrange(1, min(9, len(names)))):
        many = chance.choice((1, 2, 4, 5, 6, 30))
        opens = chance.randrange(many + 1)
        groups[name] = (many, opens, chance.randrange(many - opens + 1))
    assert_nothing_follows(groups, equality.told(split, groups, at=AT))


def assert_nothing_follows(groups, told):
    for column, numbers in enumerate(zip(*(one.numbers for one in told), strict=True)):
        shown = [one for one in numbers if one is not None]
        assert all(one >= 5 for one in shown)
        left = sum(one[column] for one in groups.values()) - sum(shown)
        assert left == 0 or left >= 5 or not shown


def test_control_hiding_small_numbers_alone_would_be_found_out():
    groups = {"White: British": (40, 9, 0), "White: Irish": (9, 2, 0)}
    naive = [
        equality.Line(name, tuple(one if one >= 5 else None for one in numbers))
        for name, numbers in groups.items()
    ]
    with pytest.raises(AssertionError):
        assert_nothing_follows(groups, naive)
    assert_nothing_follows(groups, equality.told("ethnicity", groups, at=AT))


def test_the_next_larger_goes_with_those_that_are_small_together():
    assert figures.together({"a": 30, "b": 6, "c": 2, "d": 1}, at=AT) == ["b", "c", "d"]
    assert figures.together({"a": 30, "c": 4, "d": 1}, at=AT) == ["c", "d"]
    assert figures.together({"a": 30, "b": 6}, at=AT) == []


def test_guidance_never_asks_who_somebody_is():
    """Not what we ship, nor what a place could upload: neither has a word for it."""
    asked = response_advice.inputs_of({}, born_on=None, at=AT)
    words = {"ethnicity", "deprivation", "place", "postcode", "area", *equality.SPLITS} - {"age"}
    assert not words & set(asked)
    shipped = response_advice.shipped(on=ON).model.source.decode()
    for word in ("ethnicity", "sex", "deprivation"):
        theirs = shipped.replace("can_wait", word)
        with pytest.raises(Refused, match=word):
            local_guidance.accepted(theirs, at=AT)


@pytest.mark.parametrize("heading", equality.SAID)
def test_a_category_is_theirs_to_say_and_one_of_the_list(heading):
    about = headings.heading(heading, at=AT)
    assert about.picks_one and "noticed" not in about.said_by and about.element == "story"
    assert set(about.said_by) <= {one.code for one in law.codes("about_said_by", on=ON)}
