"""What people type is kept, shown again when something is wrong, and told of in words they can act on."""

from datetime import date

import pytest
from django import forms

from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words, ordinal, problems


class Typed(forms.Form):
    words = Words(label="Words", what="what is happening", max_length=20)
    name = PlainText(label="Name", max_length=10)
    born_on = DateParts(label="Date of birth", what="date of birth")
    channel = Choice(label="Channel", choices=[("phone", "Phone")], what="how they reached us")
    needs = Choices(label="Needs", choices=[("food", "Food")])


class Needed(forms.Form):
    words = Words(label="Words", required=True, what="what is happening")
    name = PlainText(label="Name", required=True, what="a name")
    born_on = DateParts(label="Born", required=True, what="date of birth")
    channel = Choice(label="Channel", required=True, choices=[("phone", "Phone")], what="how they reached us")
    needs = Choices(label="Needs", required=True, choices=[("food", "Food")], what="at least one need")


def typed(**data: object) -> Typed:
    form = Typed(data)
    form.is_valid()
    return form


def born(day: str, month: str, year: str) -> Typed:
    return typed(born_on_day=day, born_on_month=month, born_on_year=year)


def test_nothing_is_needed_unless_it_is_said_to_be():
    form = typed()
    assert form.is_valid()
    assert form.cleaned_data == {"words": "", "name": "", "born_on": None, "channel": "", "needs": []}


def test_what_is_needed_is_asked_for_by_its_name():
    assert {words for words, _ in problems(Needed({}))} == {
        "Enter what is happening",
        "Enter a name",
        "Enter the date of birth",
        "Choose how they reached us",
        "Choose at least one need",
    }


def test_blank_space_is_not_an_answer():
    assert ("Enter what is happening", "id_words") in problems(Needed({"words": " \n "}))


def test_a_persons_own_words_are_not_tidied():
    assert typed(words="  two \n\n lines ").cleaned_data["words"] == "  two \n\n lines "


def test_line_ends_come_back_as_they_were_typed():
    assert typed(words="one\r\ntwo").cleaned_data["words"] == "one\ntwo"


@pytest.mark.parametrize("bad", ["\x00", "\ud83d", "\udc00"])
def test_what_nothing_can_store_is_taken_out_and_said(bad):
    form = typed(words=f"a{bad}b", name=f"c{bad}d", born_on_day=bad)
    assert form.errors["words"][0].startswith("1 hidden character could not be stored")
    assert form.errors["name"][0].startswith("1 hidden character could not be stored")
    assert (form["words"].value(), form["name"].value()) == ("ab", "cd")
    assert form["born_on"].value() == ["", "", ""]


def test_emoji_and_welsh_names_are_ordinary_text():
    assert typed(name="Llŷr 🌻").cleaned_data["name"] == "Llŷr 🌻"


def test_too_long_says_by_how_much_and_loses_nothing():
    form = typed(words="x" * 21)
    assert form.errors["words"] == [
        "This has 21 characters and can have 20. "
        "Nothing has been lost: shorten it, or put part of it in a second note."
    ]
    assert form["words"].value() == "x" * 21


def test_a_megabyte_of_pasted_notes_is_refused_in_words_by_default_and_kept_in_the_box():
    class Notes(forms.Form):
        notes = Words(label="Notes")

    form = Notes({"notes": "é" * 1_000_000})
    assert "1,000,000 characters and can have 200,000" in form.errors["notes"][0]
    assert len(form["notes"].value()) == 1_000_000
    assert Notes({"notes": "é" * 200_000}).is_valid()


def test_one_line_stays_one_line():
    assert typed(name="  Ann\r\nLee ").cleaned_data["name"] == "Ann Lee"


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("14", "7", "1945"), date(1945, 7, 14)),
        (("14", "Jul", "1945"), date(1945, 7, 14)),
        (("09", "september", "2001"), date(2001, 9, 9)),
        ((" 1 ", "02", "2024"), date(2024, 2, 1)),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_a_date_may_be_written_as_people_write_it(parts, day):
    assert born(*parts).cleaned_data["born_on"] == day


@pytest.mark.parametrize(
    ("parts", "words", "part"),
    [
        (("31", "2", "1990"), "The 31st of February does not exist", "day"),
        (("29", "2", "2023"), "The 29th of February 2023 does not exist", "day"),
        (("31", "11", "2023"), "The 31st of November does not exist", "day"),
        (("45", "3", "1990"), "There is no day 45: use a number from 1 to 31", "day"),
        (("x", "3", "1990"), "There is no day x: use a number from 1 to 31", "day"),
        (("1", "13", "1990"), "There is no month 13: use a number from 1 to 12", "month"),
        (("1", "Jax", "1990"), "There is no month Jax: use a number from 1 to 12", "month"),
        (("1", "3", "45"), "Write the year with 4 numbers, like 1945", "year"),
        (("1", "3", "19455"), "Write the year with 4 numbers, like 1945", "year"),
        (("1", "3", "²000"), "Write the year with 4 numbers, like 1945", "year"),
        (("", "3", "1990"), "The date of birth must include a day", "day"),
        (("1", "", ""), "The date of birth must include a month and a year", "month"),
    ],
)
def test_a_date_that_cannot_be_is_refused_and_stays_as_typed(parts, words, part):
    form = born(*parts)
    assert problems(form) == [(words, f"id_born_on_{part}")]
    assert form["born_on"].value() == list(parts)


def test_a_date_known_before_is_shown_in_its_three_boxes():
    form = Typed(initial={"born_on": date(1945, 7, 14)})
    assert form["born_on"].field.widget.decompress(form["born_on"].value()) == [14, 7, 1945]


@pytest.mark.parametrize("value", ["carrier pigeon", "\x00"])
def test_an_answer_that_was_not_offered_is_refused(value):
    assert typed(channel=value).errors["channel"] == ["Choose one of the answers shown"]
    assert typed(needs=[value]).errors["needs"] == ["Choose from the answers shown"]


def test_a_date_that_a_rule_refuses_leads_to_its_first_box():
    form = born("1", "1", "2031")
    form.add_error("born_on", "The date of birth is in the future")
    assert problems(form) == [("The date of birth is in the future", "id_born_on_day")]


def test_a_problem_of_the_whole_form_has_no_box_to_go_to():
    form = typed()
    form.add_error(None, "Someone else was first")
    assert problems(form) == [("Someone else was first", "")]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(number, words):
    assert ordinal(number) == words
