"""What a check finds, in plain words with row and column; why a decision came out so; and how it is drawn."""

import xml.etree.ElementTree as tree

import pytest

from nowrongdoor.rules import guidance
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text

AGE = ("age", "number", "")
HOW = ("how", "string", '"well", "ill"')
SAYS = ("says", "string", '"a", "b"')


def found(inputs, rows, *, policy="UNIQUE", output=SAYS):
    return [str(one) for one in a_model(inputs, [output], rows, policy=policy).check()]


WHOLE = [["null, < 18", '"a"'], [">= 18", '"b"']]


def test_a_table_without_fault_has_nothing_to_put_right():
    assert found([AGE], WHOLE) == []


CHECKED = [
    (
        [AGE],
        [["< 18", '"a"'], ["> 18", '"b"'], ["null", '"a"']],
        ["“Answer”: No row says what to do when “age” is 18."],
    ),
    (
        [AGE],
        [["< 18", '"a"'], [">= 18", '"b"']],
        ["“Answer”, column “age”: Nothing is said when “age” is not known."],
    ),
    (
        [AGE, HOW],
        [["null, < 18", "-", '"a"'], [">= 18", 'null, "well"', '"b"']],
        ["“Answer”: No row says what to do when “age” is 18 or more and “how” is “ill”."],
    ),
    (
        [AGE],
        [["null, <= 18", '"a"'], [">= 18", '"b"']],
        ["“Answer”, row 2: Rows 1 and 2 are both met when “age” is 18."],
    ),
    (
        [AGE],
        [["null, <= 18", '"a"'], [">= 18", '"b"'], ["[9..3]", '"a"']],
        [
            "“Answer”, row 3, column “age”: No value of “age” meets “[9..3]”, so this row never speaks.",
            "“Answer”, row 2: Rows 1 and 2 are both met when “age” is 18.",
        ],
    ),
    (
        [HOW],
        [['null, "well"', '"a"'], ['"il"', '"b"'], ['"ill"', '"c"']],
        [
            '“Answer”, row 2, column “how”: “il” is no value that “how” may have. It may be: "well", "ill".',
            '“Answer”, row 3, column “says”: “c” is no value that “says” may have. It may be: "a", "b".',
            '“Answer”, row 2, column “how”: No value of “how” meets “"il"”, so this row never speaks.',
        ],
    ),
]


@pytest.mark.parametrize(("inputs", "rows", "said"), CHECKED)
def test_gaps_overlaps_and_unknown_words_are_found_where_they_are(inputs, rows, said):
    assert found(inputs, rows) == said


def test_rows_behind_others_are_unreachable():
    rows = [["< 18", '"a"'], ["null, >= 0", '"b"'], ["[1..9]", '"b"']]
    said = found([AGE], rows, policy="FIRST")
    assert said == ["“Answer”, row 3: This row never speaks: rows 1 and 2 always speak before it."]


def test_rows_that_say_the_same_may_overlap_where_any_will_do():
    rows = [["null, <= 18", '"a"'], [">= 18", '"a"']]
    assert found([AGE], rows, policy="ANY") == []
    rows[1][1] = '"b"'
    assert "both met" in found([AGE], rows, policy="ANY")[0]


def test_an_answer_of_another_type_is_found_before_it_is_asked_for_and_told_when_it_is():
    output = ("says", "number", "")
    assert found([AGE], [["-", '"a"']], output=output) == [
        "“Answer”, row 1, column “says”: “a” is of another type than “says”: it would count as not known."
    ]
    body = a_table([AGE], [("says", "Any", "")], [["-", '"a"']])
    model = guidance.read(
        file(an_input("age", "number"), a_decision("Answer", body, rests=needs("age"), of="number"))
    )
    outcome = model.decide("Answer", {"age": 3})
    assert (
        outcome.value is None
        and "not of the type" in outcome.notes[0]
        and "not of the type" in outcome.why.words
    )


def test_a_table_with_a_default_has_no_gaps():
    assert found([AGE], [["< 18", '"a"']], output=(*SAYS, '"b"')) == []


def test_what_cannot_be_looked_at_is_said_to_be_unchecked():
    problems = a_model([AGE, ("limit", "number", "")], [SAYS], [["> limit", "-", '"a"']]).check()
    assert [(one.kind, one.stops) for one in problems] == [("unchecked", False)]


def test_a_clock_in_guidance_is_found():
    body = text("literalExpression", "today()")
    (problem,) = guidance.read(file(a_decision("Answer", body))).check()
    assert problem.kind == "clock" and problem.stops


def test_an_unknown_name_outside_a_table_is_found():
    body = text("literalExpression", "aeg + 1")
    (problem,) = guidance.read(file(an_input("age"), a_decision("Answer", body, rests=needs("age")))).check()
    assert "There is no “aeg”" in problem.words


def test_a_decision_says_because_of_which_rows_and_what_would_change_it():
    rows = [["< 18", "-", '"a"'], ["-", '"ill"', '"a"'], ["-", "-", '"b"']]
    model = a_model([AGE, HOW], [SAYS], rows, policy="FIRST")
    outcome = model.decide("Answer", {"age": 40, "how": "well"})
    assert outcome.why.words == (
        "Because of row 3. Would change if age were under 18 (then “a”); or if how were “ill” (then “a”)."
    )
    assert model.decide("Answer", {"age": 4, "how": "ill"}).why.words == "Because of row 1."


def test_every_change_that_is_told_is_so():
    rows = [["[10..20)", "-", '"a"'], ["not(3)", '"ill"', '"b"'], ["null", "-", '"b"'], ["-", "null", '"a"']]
    model = a_model([AGE, HOW], [SAYS], rows, policy="FIRST")
    for age in (None, 3, 9, 10, 15, 20, 30):
        for how in (None, "ill", "well"):
            outcome = model.decide("Answer", {"age": age, "how": how})
            told = {(change.input, change.then) for change in outcome.why.changes}
            others = {
                ("age", model.decide("Answer", {"age": one, "how": how}).value)
                for one in (None, 2, 3, 4, 10, 15, 20, 21)
            }
            others |= {
                ("how", model.decide("Answer", {"age": age, "how": one}).value)
                for one in (None, "ill", "well")
            }
            assert told == {one for one in others if one[1] != outcome.value}


def test_several_rows_that_speak_are_all_named():
    model = a_model([AGE], [SAYS], [["< 18", '"a"'], ["-", '"b"'], ["< 5", '"a"']], policy="RULE ORDER")
    assert model.decide("Answer", {"age": 3}).why.because == "Because of rows 1, 2 and 3"


def test_guidance_is_drawn_with_its_words_beside_it():
    drawing = a_model([AGE, HOW], [SAYS], [["< 18", "-", '"a"']], name="What <to> do").draw()
    root = tree.fromstring(drawing.svg)
    said = [one.text for one in root.iter() if one.text and one.text.strip()]
    assert "What <to> do" in said and "age" in said
    assert drawing.words == ["“What <to> do” rests on “age”, “how”."] and drawing.words[0] in said
    (table,) = drawing.tables
    assert table["rows"] == [{"number": 1, "inputs": ["< 18", "-"], "outputs": ['"a"'], "notes": []}]
