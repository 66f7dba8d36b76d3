"""Decision tables with the whole language: what the standard's third level asks of a table and what it rests on."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance import Months
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text

SAYS = ("says", "string", "")
D = Decimal


def feel(words):
    return text("literalExpression", words)


def met(of, cell, value, **others):
    """Whether a cell is met by a value, with other inputs beside it."""
    columns = [("x", of, ""), *((name, "Any", "") for name in others)]
    rows = [[cell, *("-" for _ in others), "true"]]
    model = a_model(columns, [("says", "boolean", "", "false")], rows)
    return model.decide("Answer", {"x": value, **others}).value


CELLS = [
    # lists, and lists of values
    ("Any", "[1, 2, 3]", [1, 2, 3], True),
    ("Any", "[1, 2, 3]", 2, True),
    ("Any", "[1, 2, 3]", [1, 2], False),
    ("Any", "list contains(?, 2)", [1, 2], True),
    ("Any", "count(?) > 1, null", [1, 2], True),
    ("Any", "some n in ? satisfies n > 5", [1, 9], True),
    ("Any", "every n in ? satisfies n > 5", [1, 9], False),
    ("Any", "?[item > 5] = [9]", [1, 9], True),
    ("Any", "sum(?) in [5..10]", [1, 9], True),
    ("number", "[[1..3], [7..9]]", 8, True),
    ("number", "in_list", 8, True),
    ("number", "not(in_list)", 8, False),
    # ranges by other inputs
    ("number", "[low..high]", 5, True),
    ("number", "]low..high[", 3, False),
    ("number", "not([low..high])", 5, False),
    ("number", "< low, > high", 99, True),
    ("number", "span", 5, True),
    ("number", "? in span", 2, False),
    ("number", "> low + 1", 5, True),
    ("number", "-1", -1, True),
    ("number", "< -1", -5, True),
    # text
    ("string", 'starts with(?, "a") and ends with(?, "z")', "a to z", True),
    ("string", 'matches(?, "^[A-Z]{2}\\\\d+$")', "AB12", True),
    ("string", 'upper case(?) = "AB"', "ab", True),
    ("string", '"a" + "b"', "ab", True),
    ("string", '< "m"', "a", True),
    ("string", "?", "a", True),
    ("string", "not(word)", "a", False),
    ("string", "word, null", None, True),
    # yes and no
    ("boolean", "true, null", None, True),
    ("boolean", "not(null)", None, False),
    ("boolean", "? = false", False, True),
    ("boolean", "low < high", True, True),
    # dates, times and lengths
    ("date", '@"2026-01-31" + @"P1M"', date(2026, 2, 28), True),
    ("date", '?.weekday in [6, 7]', date(2026, 11, 28), True),
    ("date", 'day of week(?) = "Saturday"', date(2026, 11, 28), True),
    ("date", '>= day - @"P18Y"', date(2010, 1, 1), True),
    ("date", 'not(< @"2026-01-01")', date(2026, 1, 1), True),
    ("time", '[@"09:00:00"..@"17:00:00")', time(17), False),
    ("time", '>= time("09:00:00")', time(9), True),
    ("dateTime", '> date and time("2026-01-01T00:00:00Z")', datetime(2026, 1, 2, tzinfo=UTC), True),
    ("dateTime", 'date(?) = @"2026-01-02"', datetime(2026, 1, 2, 23, tzinfo=UTC), True),
    ("dayTimeDuration", '< duration("PT4H")', timedelta(hours=3), True),
    ("dayTimeDuration", '[duration("PT1H")..duration("P1D")]', timedelta(hours=24), True),
    ("yearMonthDuration", '>= @"P1Y"', Months(11), False),
    ("yearMonthDuration", '@"P1Y"', Months(12), True),
    # kinds, and what may be missing
    ("Any", "? instance of number", 3, True),
    ("Any", "? instance of string", 3, False),
    ("Any", "? instance of list<number>", [1, 2], True),
    ("Any", "? instance of date", date(2026, 1, 1), True),
    ("Any", '?.name = "Ada"', {"name": "Ada"}, True),
    ("Any", "?.name", {"name": "Ada"}, False),
    ("Any", '{name: "Ada"}', {"name": "Ada"}, True),
    ("Any", "< 5", "a", False),
    ("Any", 'not("a")', 3, False),
]  # fmt: skip
BESIDE = {
    "low": 3,
    "high": 7,
    "span": guidance.Range(D(3), D(7), True, True),
    "in_list": [8, 9],
    "word": "a",
    "day": date(2027, 1, 1),
}


@pytest.mark.parametrize(("of", "cell", "value", "answer"), CELLS, ids=lambda one: str(one)[:40])
def test_a_cell_may_hold_the_whole_language(of, cell, value, answer):
    said = met(of, cell, value, **BESIDE)
    assert said is answer


TYPES = """
<itemDefinition name="tScore"><typeRef>number</typeRef><allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
<itemDefinition name="tHow"><typeRef>string</typeRef><allowedValues><text>"low", "mid", "top"</text></allowedValues></itemDefinition>
<itemDefinition name="tHows" isCollection="true"><typeRef>tHow</typeRef></itemDefinition>
<itemDefinition name="tCode"><typeRef>string</typeRef><allowedValues><text>string length(?) = 3, starts with(?, "long")</text></allowedValues></itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="full name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>number</typeRef><allowedValues><text>&gt;= 0</text></allowedValues></itemComponent>
  <itemComponent name="home"><itemComponent name="post code"><typeRef>string</typeRef></itemComponent></itemComponent>
  <itemComponent name="tags" isCollection="true"><typeRef>string</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>
<itemDefinition name="tSays"><itemComponent name="who"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="within"><typeRef>dayTimeDuration</typeRef></itemComponent></itemDefinition>
"""
ADA = {"full name": "Ada", "age": 40, "home": {"post code": "N1"}, "tags": ["a", "b"]}
FITS = [
    ("tScore", 100, True),
    ("tScore", 101, False),
    ("tScore", "5", False),
    ("tHow", "mid", True),
    ("tHow", "else", False),
    ("tHows", ["low", "top"], True),
    ("tHows", ["low", "else"], False),
    ("tHows", "low", True),
    ("tCode", "abc", True),
    ("tCode", "longer", True),
    ("tCode", "ab", False),
    ("tFew", [1, 2], True),
    ("tFew", [1, 2, 3], False),
    ("tPerson", ADA, True),
    ("tPerson", {**ADA, "age": -1}, False),
    ("tPerson", {**ADA, "home": "N1"}, False),
    ("tPeople", [ADA, ADA], True),
    ("tPeople", [ADA, 3], False),
]


@pytest.mark.parametrize(("of", "value", "fits"), FITS, ids=lambda one: str(one)[:40])
def test_an_input_is_held_to_its_type_with_all_its_parts(of, value, fits):
    body = a_table([("x", of, "")], [SAYS], [["null", '"not known"'], ["-", '"known"']], policy="FIRST")
    model = guidance.read(file(TYPES, an_input("x", of), a_decision("Answer", body, rests=needs("x"))))
    assert model.decide("Answer", {"x": value}).value == ("known" if fits else "not known")
    assert model.decide_columns("Answer", {"x": [value]})["Answer"] == ["known" if fits else "not known"]


def test_columns_look_at_parts_of_what_is_given_and_answers_are_made_of_parts():
    inputs = [("x.age", "number", ""), ("x.home.post code", "string", ""), ("x.tags", "Any", "")]
    outputs = [("who", "string", ""), ("within", "dayTimeDuration", "")]
    rows = [
        [">= 18", '"N1"', 'list contains(?, "a")', '"for " + x.full name', 'duration("PT2H") * 2'],
        ["< 18", "-", "-", '"a team for children"', '@"PT1H"'],
    ]
    body = a_table(inputs, outputs, rows)
    model = guidance.read(
        file(TYPES, an_input("x", "tPerson"), a_decision("Answer", body, rests=needs("x"), of="tSays"))
    )
    assert model.decide("Answer", {"x": ADA}).value == {"who": "for Ada", "within": timedelta(hours=4)}
    assert model.decide("Answer", {"x": {**ADA, "age": 4}}).value["within"] == timedelta(hours=1)
    both = model.decide_columns("Answer", {"x": [ADA, {**ADA, "age": 4}, None]})["Answer"]
    assert [one and one["who"] for one in both] == ["for Ada", "a team for children", None]


TWO = [("who", "string", '"a", "b", "c"'), ("how", "string", '"top", "mid"')]
ROWS = [["> 0", '"b"', '"mid"'], ["> 1", '"b"', '"top"'], ["> 2", '"c"', '"top"'], ["> 3", '"a"', '"mid"']]
SEVERAL = [
    ("PRIORITY", 3, {"who": "b", "how": "top"}, (2,)),
    ("PRIORITY", 9, {"who": "a", "how": "mid"}, (4,)),
    ("OUTPUT ORDER", 9, [4, 2, 1, 3], (4, 2, 1, 3)),
    ("RULE ORDER", 3, [1, 2, 3], (1, 2, 3)),
    ("COLLECT", 2, [1, 2], (1, 2)),
    ("FIRST", 9, {"who": "b", "how": "mid"}, (1,)),
    ("ANY", 2, None, ()),
    ("ANY", 1, {"who": "b", "how": "mid"}, (1,)),
    ("UNIQUE", 1, {"who": "b", "how": "mid"}, (1,)),
    ("UNIQUE", 2, None, ()),
]


@pytest.mark.parametrize(("policy", "x", "value", "rows"), SEVERAL)
def test_several_outputs_are_said_as_one_whatever_the_policy(policy, x, value, rows):
    outcome = a_model([("x", "number", "")], TWO, ROWS, policy=policy).decide("Answer", {"x": x})
    if isinstance(value, list):
        value = [{"who": ROWS[row - 1][1].strip('"'), "how": ROWS[row - 1][2].strip('"')} for row in value]
    assert (outcome.value, outcome.rows) == (value, rows)


AGGREGATED = [
    ("SUM", "number", ["1", "2", "x"], D(8)),
    ("MIN", "number", ["4", "2", "x"], D(2)),
    ("MAX", "number", ["4", "2", "x"], D(5)),
    ("COUNT", "number", ["4", "4", "x"], D(3)),
    ("MIN", "string", ['"b"', '"a"', '"c"'], "a"),
    ("MAX", "date", ['@"2026-01-01"', '@"2026-03-01"', '@"2026-02-01"'], date(2026, 3, 1)),
    ("SUM", "dayTimeDuration", ['@"PT1H"', '@"PT2H"', '@"P1D"'], timedelta(hours=27)),
    ("SUM", "number", ["1", "null", "2"], None),
    ("MAX", "number", ["1", "null", "2"], None),
    ("SUM", "string", ['"a"', '"b"', '"c"'], None),
]


@pytest.mark.parametrize(("how", "of", "says", "value"), AGGREGATED)
def test_what_is_collected_is_made_one(how, of, says, value):
    rows = [["> 0", said] for said in says]
    model = a_model([("x", "number", "")], [("says", of, "")], rows, policy="COLLECT", aggregation=how)
    assert model.decide("Answer", {"x": 5}).value == value
    assert model.decide_columns("Answer", {"x": [5, 5]})["Answer"] == [value, value]


DEFAULTS = [
    ("UNIQUE", "", "otherwise"),
    ("FIRST", "", "otherwise"),
    ("PRIORITY", "", "otherwise"),
    ("ANY", "", "otherwise"),
    ("COLLECT", "", ["otherwise"]),
    ("RULE ORDER", "", ["otherwise"]),
    ("OUTPUT ORDER", "", ["otherwise"]),
    ("COLLECT", "MAX", "otherwise"),
]


@pytest.mark.parametrize(("policy", "how", "value"), DEFAULTS)
def test_what_holds_otherwise_holds_under_every_policy(policy, how, value):
    output = ("says", "string", '"a", "otherwise"', '"otherwise"')
    model = a_model([("x", "number", "")], [output], [["> 5", '"a"']], policy=policy, aggregation=how)
    assert model.decide("Answer", {"x": 1}).value == value


def test_what_holds_otherwise_may_be_a_list_and_may_rest_on_an_input():
    output = ("says", "Any", "", "[x, x + 1]")
    model = a_model([("x", "number", "")], [output], [["> 5", '"a"']], policy="RULE ORDER")
    assert model.decide("Answer", {"x": 1}).value == [1, 2]


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
def test_a_policy_of_order_without_an_order_is_refused_when_it_is_read(policy):
    with pytest.raises(
        guidance.Unreadable, match=r"“Answer”, line 1: .* the values of its outputs in their order"
    ):
        a_model([("x", "number", "")], [SAYS], [["-", '"a"']], policy=policy)


def test_the_order_may_be_that_of_the_type():
    body = a_table(
        [("x", "number", "")], [("says", "tHow", "")], [["-", '"top"'], ["-", '"mid"']], policy="PRIORITY"
    )
    model = guidance.read(file(TYPES, an_input("x", "number"), a_decision("Answer", body, rests=needs("x"))))
    assert model.decide("Answer", {"x": 1}).value == "mid"


KNOWLEDGE = """<businessKnowledgeModel id="k_{0}" name="{0}"><variable name="{0}"/>{2}<encapsulatedLogic>
  {1}</encapsulatedLogic></businessKnowledgeModel>"""


def knows(*names):
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#k_{name}"/></knowledgeRequirement>'
        for name in names
    )


def parameters(*told):
    return "".join(f'<formalParameter name="{name}" typeRef="{of}"/>' for name, of in told)


def test_rows_call_knowledge_that_calls_knowledge():
    band = a_table([("n", "number", "")], [("b", "string", "")], [["< 10", '"small"'], [">= 10", '"big"']])
    size = KNOWLEDGE.format("Size of", parameters(("n", "number")) + band, "")
    twice = KNOWLEDGE.format(
        "Twice", parameters(("the n", "number")) + feel("Size of(the n * 2)"), knows("Size of")
    )
    rows = [['Size of(?) = "small"', "Twice(x)"], ["-", 'Twice(the n: x - 90) + "!"']]
    body = a_table([("x", "number", "")], [SAYS], rows, policy="FIRST")
    decision = a_decision("Answer", body, rests=needs("x") + knows("Size of", "Twice"))
    model = guidance.read(file(an_input("x", "number"), size, twice, decision))
    assert [model.decide("Answer", {"x": x}).value for x in (3, 6, 93)] == ["small", "big", "small!"]
    assert model.decide_columns("Answer", {"x": [3, 6, 93]})["Answer"] == ["small", "big", "small!"]


def test_a_table_may_stand_in_a_context_in_a_function_and_in_an_invocation():
    inner = a_table(
        [("n", "number", "")], [("b", "string", "")], [["< 10", '"small"'], ["-", '"big"']], policy="FIRST"
    )
    context = f"""<context>
      <contextEntry><variable name="n" typeRef="number"/>{feel("x + 1")}</contextEntry>
      <contextEntry><variable name="now"/>{inner}</contextEntry>
      <contextEntry><variable name="of"/><functionDefinition><formalParameter name="n" typeRef="number"/>{inner}
        </functionDefinition></contextEntry>
      <contextEntry><variable name="called"/><invocation>{feel("of")}<binding><parameter name="n"/>{feel("3")}
        </binding></invocation></contextEntry>
      <contextEntry>{feel("[now, of(99), called]")}</contextEntry></context>"""
    model = guidance.read(file(an_input("x", "number"), a_decision("Answer", context, rests=needs("x"))))
    assert model.decide("Answer", {"x": 20}).value == ["big", "big", "small"]
    assert model.decide("Answer", {"x": 2}).value == ["small", "big", "small"]


def test_decisions_asked_as_one_are_a_function_to_others():
    one = a_decision(
        "one",
        a_table([("x", "number", "")], [SAYS], [["> 5", '"a"'], ["-", '"b"']], policy="FIRST"),
        rests=needs("x"),
    )
    service = """<decisionService id="s" name="Ask"><variable name="Ask"/><outputDecision href="#d_one"/>
      <inputData href="#in_x"/></decisionService>"""
    rests = needs("y") + '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'
    other = a_decision("Answer", feel("Ask(y + 5) + Ask(x: y)"), rests=rests)
    model = guidance.read(file(an_input("x", "number"), an_input("y", "number"), one, service, other))
    assert model.decide("Answer", {"y": 2}).value == "ab"
    assert [model.decide("Ask", {"x": x}).value for x in (9, 1)] == ["a", "b"]
    assert model.decide_columns("Ask", {"x": [9, 1]})["Ask"] == ["a", "b"]


def test_a_relation_is_looked_up_by_a_table():
    relation = f"""<relation><column name="from"/><column name="word"/>
      <row>{feel("0")}{feel('"a"')}</row><row>{feel("18")}{feel('"b"')}</row></relation>"""
    rests = (
        needs("x") + '<informationRequirement><requiredDecision href="#d_Bands"/></informationRequirement>'
    )
    body = a_table(
        [("Bands[from <= x].word[-1]", "string", "")], [SAYS], [['"a"', '"child"'], ['"b"', '"adult"']]
    )
    model = guidance.read(
        file(an_input("x", "number"), a_decision("Bands", relation), a_decision("Answer", body, rests=rests))
    )
    assert [model.decide("Answer", {"x": x}).value for x in (4, 40)] == ["child", "adult"]


def test_a_value_that_may_not_be_is_told_by_the_columns_own_list_too():
    for values, x, value in (
        ("[0..10]", 11, None),
        ("> 0, null", 5, "b"),
        ("not(5)", 5, None),
        ("? * 2 > 8", 4, None),
    ):
        model = a_model([("x", "number", values)], [SAYS], [["> 50", '"a"'], ["-", '"b"']], policy="FIRST")
        assert model.decide("Answer", {"x": x}).value == value, values
        assert model.decide_columns("Answer", {"x": [x]})["Answer"] == [value]


def test_a_list_that_comes_to_one_is_that_one_where_one_is_wanted():
    body = a_table(
        [("x", "number", "")],
        [("says", "string", "")],
        [["> 5", '["a"]'], ["-", '["a", "b"]']],
        policy="FIRST",
    )
    model = guidance.read(
        file(an_input("x", "number"), a_decision("Answer", body, rests=needs("x"), of="string"))
    )
    assert [model.decide("Answer", {"x": x}).value for x in (9, 1, [9])] == ["a", None, "a"]


def test_times_are_what_a_place_says_they_are():
    rows = [['[@"22:00:00"..@"23:59:59"], < @"06:00:00"', '"night"'], ["-", '"day"']]
    model = a_model([("x", "time", "")], [SAYS], rows, policy="FIRST")
    assert [model.decide("Answer", {"x": time(hour)}).value for hour in (5, 12, 22)] == [
        "night",
        "day",
        "night",
    ]
