"""What tables say: every hit policy, defaults, values that may not be, and what rests on other decisions."""

from datetime import date
from decimal import Decimal

import pytest

from nowrongdoor.rules import guidance
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text

AGE = ("age", "number", "")
SAYS = ("says", "string", '"soon", "later", "never"')
ROWS = [["< 18", '"later"'], ["< 65", '"soon"'], [">= 10", '"never"']]


def said(policy, age, *, rows=ROWS, output=SAYS, aggregation=""):
    outcome = a_model([AGE], [output], rows, policy=policy, aggregation=aggregation).decide(
        "Answer", {"age": age}
    )
    return outcome.value, outcome.rows


POLICIES = [
    ("FIRST", 12, "later", (1,)),
    ("UNIQUE", 5, None, ()),
    ("UNIQUE", 70, "never", (3,)),
    ("PRIORITY", 12, "soon", (2,)),
    ("RULE ORDER", 12, ["later", "soon", "never"], (1, 2, 3)),
    ("OUTPUT ORDER", 12, ["soon", "later", "never"], (2, 1, 3)),
    ("COLLECT", 12, ["later", "soon", "never"], (1, 2, 3)),
    ("ANY", 12, None, ()),
    ("ANY", 70, "never", (3,)),
    ("FIRST", None, None, ()),
    ("COLLECT", None, [], ()),
]


@pytest.mark.parametrize(("policy", "age", "value", "rows"), POLICIES)
def test_each_hit_policy_says_what_the_standard_says(policy, age, value, rows):
    assert said(policy, age) == (value, rows)


@pytest.mark.parametrize(("how", "value"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_collected_answers_are_made_one(how, value):
    rows = [["> 0", "1"], ["> 1", "2"], ["> 2", "3"]]
    output = ("says", "number", "")
    assert said("COLLECT", 5, rows=rows, output=output, aggregation=how)[0] == Decimal(value)
    assert said("COLLECT", 0, rows=rows, output=output, aggregation=how)[0] == (0 if how == "COUNT" else None)


def test_when_no_row_is_met_the_default_holds():
    output = ("says", "string", "", '"otherwise"')
    assert said("UNIQUE", 99, rows=[["< 18", '"a"']], output=output) == ("otherwise", ())


def test_an_outcome_without_an_answer_says_why():
    model = a_model([AGE], [SAYS], ROWS)
    assert "rows 1 and 2 are all met" in model.decide("Answer", {"age": 5}).notes[0]


def test_several_outputs_are_said_together_under_their_names():
    outputs = [("who", "string", ""), ("within", "number", "", "9")]
    model = a_model([AGE], outputs, [["< 18", '"a team for children"', "4"]])
    assert model.decide("Answer", {"age": 7}).value == {"who": "a team for children", "within": Decimal(4)}
    assert model.decide("Answer", {"age": 70}).value == {"who": None, "within": Decimal(9)}


def test_a_value_that_may_not_be_meets_no_row_and_takes_no_default():
    column = ("how", "string", '"a", "b"')
    model = a_model([column], [("says", "string", "", '"otherwise"')], [["-", '"met"']])
    assert model.decide("Answer", {"how": "a"}).value == "met"
    outcome = model.decide("Answer", {"how": "c"})
    assert outcome.value is None and "not one of the values" in outcome.notes[0]


TESTS = [
    ("number", "-", None, True),
    ("number", "null", None, True),
    ("number", "< 5", None, False),
    ("number", "not(null)", 3, True),
    ("number", "not(< 5)", None, False),
    ("number", "not(1, 2)", 3, True),
    ("number", "[1..5)", 5, False),
    ("number", "(1..5]", 5, True),
    ("number", "]1..5[, 9", 9, True),
    ("number", "? * 2 > 5", 3, True),
    ("number", "3", 3, True),
    ("number", "2 + 1", 3, True),
    ("string", '"a", "b"', "b", True),
    ("string", 'not("a")', None, True),
    ("string", 'contains(?, "e")', "hello", True),
    ("boolean", "false", False, True),
    ("boolean", "true", None, False),
    ("boolean", "not(true)", False, True),
    ("date", '> date("2026-01-01")', date(2026, 1, 2), True),
    ("date", '[@"2026-01-01"..@"2026-02-01")', date(2026, 2, 1), False),
    ("Any", '["a", "b"]', "a", True),
    ("Any", 'list contains(?, "a")', ["a", "c"], True),
]


@pytest.mark.parametrize(("of", "cell", "value", "met"), TESTS)
def test_a_cell_asks_of_its_input(of, cell, value, met):
    model = a_model([("x", of, "")], [("says", "boolean", "", "false")], [[cell, "true"]])
    assert model.decide("Answer", {"x": value}).value is met


def test_a_cell_may_rest_on_another_input():
    model = a_model([AGE, ("limit", "number", "")], [SAYS], [["> limit", "-", '"soon"']])
    assert model.decide("Answer", {"age": 5, "limit": 4}).rows == (1,)
    assert model.decide("Answer", {"age": 5, "limit": 6}).rows == ()


BAND = a_table(
    [("years", "number", "")], [("band", "string", "")], [["< 18", '"child"'], [">= 18", '"adult"']]
)
KNOWLEDGE = f"""
<businessKnowledgeModel id="k" name="Band of"><variable name="Band of"/><encapsulatedLogic>
  <formalParameter name="years" typeRef="number"/>{BAND}</encapsulatedLogic></businessKnowledgeModel>
"""
RESTS = needs("age") + '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
INVOKED = f"""<invocation>{text("literalExpression", "Band of")}
  <binding><parameter name="years"/>{text("literalExpression", "age")}</binding></invocation>"""


@pytest.mark.parametrize(
    "body",
    [INVOKED, text("literalExpression", "Band of(age)"), text("literalExpression", "Band of(years: age)")],
)
def test_business_knowledge_is_a_table_that_is_called(body):
    model = guidance.read(file(an_input("age", "number"), KNOWLEDGE, a_decision("Answer", body, rests=RESTS)))
    assert [model.decide("Answer", {"age": age}).value for age in (7, 40, None)] == ["child", "adult", None]


BOXES = f"""<context>
  <contextEntry><variable name="base" typeRef="number"/>{text("literalExpression", "age + 1")}</contextEntry>
  <contextEntry><variable name="rows"/><relation><column name="from"/><column name="word"/>
    <row>{text("literalExpression", "0")}{text("literalExpression", '"a"')}</row>
    <row>{text("literalExpression", "18")}{text("literalExpression", '"b"')}</row></relation></contextEntry>
  <contextEntry><variable name="more"/><list>{text("literalExpression", "base")}{text("literalExpression", "2")}</list></contextEntry>
  <contextEntry><variable name="twice"/><functionDefinition><formalParameter name="n"/>
    {text("literalExpression", "n * 2")}</functionDefinition></contextEntry>
  <contextEntry>{text("literalExpression", "{words: rows[from < base].word, sum: sum(more), doubled: twice(base)}")}</contextEntry>
</context>"""


def test_boxes_may_stand_in_boxes():
    model = guidance.read(file(an_input("age", "number"), a_decision("Answer", BOXES, rests=needs("age"))))
    said = model.decide("Answer", {"age": 4}).value
    assert said == {"words": ["a"], "sum": Decimal(7), "doubled": Decimal(10)}


def feel(words):
    return text("literalExpression", words)


CHOICE = f"""<conditional><if>{feel("age > 17")}</if>
  <then><for iteratorVariable="n"><in>{feel("[1..3]")}</in><return>{feel("n + age")}</return></for></then>
  <else><filter><in>{feel("[1, 5, 9]")}</in><match>{feel("item > age")}</match></filter></else></conditional>"""


def test_choices_loops_and_filters_may_be_boxes():
    model = guidance.read(file(an_input("age", "number"), a_decision("Answer", CHOICE, rests=needs("age"))))
    assert model.decide("Answer", {"age": 20}).value == [21, 22, 23]
    assert model.decide("Answer", {"age": 4}).value == [5, 9]


def test_a_decision_rests_on_another_and_both_say_which_rows():
    first = a_decision(
        "Band",
        a_table([AGE], [("band", "string", "")], [["< 18", '"child"'], [">= 18", '"adult"']]),
        rests=needs("age"),
    )
    second = a_decision(
        "Answer",
        a_table([("Band", "string", "")], [SAYS], [['"child"', '"soon"'], ['"adult"', '"later"']]),
        rests='<informationRequirement><requiredDecision href="#d_Band"/></informationRequirement>',
    )
    outcome = guidance.read(file(an_input("age", "number"), first, second)).decide("Answer", {"age": 40})
    assert (outcome.value, outcome.rows, outcome.used) == ("later", (2,), {"age": Decimal(40)})
    assert [(hit.decision, hit.speaks) for hit in outcome.hits] == [("Band", (2,)), ("Answer", (2,))]


TYPES = """<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>
  <itemDefinition name="tBand"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>
  <itemDefinition name="tBands" isCollection="true"><typeRef>tBand</typeRef></itemDefinition>"""


@pytest.mark.parametrize(
    ("of", "words", "value"),
    [
        ("tBand", '"a"', "a"),
        ("tBand", '"c"', None),
        ("tBands", '["a", "b"]', ["a", "b"]),
        ("tBands", '"a"', ["a"]),
        ("tBands", '["a", "c"]', None),
        ("string", '["a"]', "a"),
        ("number", '"a"', None),
        ("tPerson", '{name: "Ada", age: 40}', {"name": "Ada", "age": Decimal(40)}),
        ("tPerson", '{name: "Ada"}', None),
        ("tPerson", '{name: "Ada", age: "40"}', None),
    ],
)
def test_an_answer_is_of_its_kind_or_is_none(of, words, value):
    model = guidance.read(file(TYPES, a_decision("Answer", text("literalExpression", words), of=of)))
    assert model.decide("Answer", {}).value == value


def test_an_input_that_is_not_of_its_kind_counts_as_not_known_and_is_noted():
    outcome = a_model([AGE], [SAYS], [["null", '"soon"']]).decide("Answer", {"age": "seven"})
    assert (outcome.value, outcome.used) == ("soon", {"age": None})
    assert outcome.notes == ("“age” is not a value it may have, and counts as not known.",)
