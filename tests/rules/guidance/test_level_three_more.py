"""Twenty-odd cases more of the standard's third level, written from its text: tables as a partner's tool writes them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance import Months
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text, worked_out

D = Decimal
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OVERLAP = [["< 10", '"few"'], ["< 5", '"fewer"'], ["< 5", '"few"'], [">= 10", '"many"']]
ORDER = '"many", "few", "fewer"'


def said(policy, x, *, rows=OVERLAP, of="string", order=ORDER, how="", otherwise=None):
    output = ("says", of, order, *([otherwise] if otherwise else []))
    return a_model([("x", "number", "")], [output], rows, policy=policy, aggregation=how).decide(
        "Answer", {"x": x}
    )


@pytest.mark.parametrize(
    ("policy", "x", "value"),
    [
        ("UNIQUE", 12, "many"),
        ("UNIQUE", 3, None),  # more rows than one are met: no answer
        ("ANY", 3, None),  # they do not say the same
        ("FIRST", 3, "few"),
        ("PRIORITY", 3, "few"),
        ("RULE ORDER", 3, ["few", "fewer", "few"]),
        ("OUTPUT ORDER", 3, ["few", "few", "fewer"]),
        ("COLLECT", 3, ["few", "fewer", "few"]),
    ],
)
def test_each_policy_of_rows_that_overlap(policy, x, value):
    found = said(policy, x).value
    assert (sorted(found) if policy == "COLLECT" else found) == (
        sorted(value) if policy == "COLLECT" else value
    )


def test_any_says_what_all_that_are_met_say():
    assert said("ANY", 3, rows=[["< 10", '"few"'], ["< 5", '"few"']]).value == "few"


@pytest.mark.parametrize(
    ("how", "x", "value"),
    [("SUM", 3, D(7)), ("MIN", 3, D(2)), ("MAX", 3, D(5)), ("COUNT", 3, D(2)), ("COUNT", 7, D(1))],
)
def test_collected_numbers_are_made_one(how, x, value):
    rows = [["< 10", "5"], ["< 5", "2"]]
    assert said("COLLECT", x, rows=rows, of="number", order="", how=how).value == value


def test_what_is_collected_twice_is_added_twice():
    rows = [["< 10", "5"], ["< 5", "5"]]
    assert said("COLLECT", 3, rows=rows, of="number", order="", how="SUM").value == D(10)


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "ANY"])
def test_where_no_row_is_met_the_default_is_said(policy):
    rows = [["< 0", '"few"']]
    assert said(policy, 3, rows=rows, otherwise='"many"').value == "many"
    assert said(policy, 3, rows=rows).value is None


def test_two_outputs_have_each_its_own_default():
    outputs = [("who", "string", "", '"nobody"'), ("within", "number", "", "72")]
    model = a_model([("x", "number", "")], outputs, [["> 5", '"us"', "4"]])
    assert model.decide("Answer", {"x": 9}).value == {"who": "us", "within": D(4)}
    assert model.decide("Answer", {"x": 1}).value == {"who": "nobody", "within": D(72)}


def test_an_input_outside_its_allowed_values_meets_no_row():
    model = a_model([("x", "string", '"a", "b"')], [("says", "string", "")], [["-", '"yes"']])
    assert model.decide("Answer", {"x": "a"}).value == "yes"
    assert model.decide("Answer", {"x": "c"}).value is None


@pytest.mark.parametrize(
    ("of", "cell", "x", "met"),
    [
        ("date", '< date("2026-03-01")', date(2026, 2, 28), True),
        ("date", '[date("2026-01-01")..date("2026-01-31")]', date(2026, 1, 31), True),
        ("date", 'not(date("2026-01-01"))', date(2026, 1, 1), False),
        ("time", '[time("22:00:00")..time("23:59:59")]', time(23, 0), True),
        ("dateTime", '>= date and time("2026-01-01T00:00:00Z")', datetime(2026, 1, 1, tzinfo=UTC), True),
        ("dayTimeDuration", '<= duration("PT4H")', 4 * HOUR, True),
        ("dayTimeDuration", '> duration("P1D")', DAY, False),
        ("yearMonthDuration", '>= duration("P1Y")', Months(12), True),
        ("number", "]5..10]", 5, False),
        ("number", "[5..10[", 10, False),
        ("number", "(5..10)", 7, True),
        ("number", "1, 2, [5..7]", 6, True),
        ("number", "not(1, 2, [5..7])", 6, False),
        ("number", "not(1, 2, [5..7])", 8, True),
        ("number", "null", None, True),
        ("number", "-", None, True),
        ("string", 'contains(?, "pills")', "took pills", True),
        ("string", 'string length(?) > 3', "abcd", True),
        ("string", '"a", "b"', "b", True),
        ("boolean", "not(true)", False, True),
        ("boolean", "true", None, False),
    ],
)
def test_a_cell_of_each_kind(of, cell, x, met):
    model = a_model([("x", of, "")], [("says", "boolean", "", "false")], [[cell, "true"]])
    assert model.decide("Answer", {"x": x}).value is met


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
        ('date("2024-02-29") + duration("P1Y")', date(2025, 2, 28)),
        ('date("2026-03-01") - date("2026-02-01")', 28 * DAY),
        ('years and months duration(date("2024-05-31"), date("2026-05-30"))', Months(23)),
        ('date("2026-01-05").weekday', D(1)),
        ('duration("P1DT2H").hours', D(2)),
        ('date and time(date("2026-01-01"), time("10:00:00")).hour', D(10)),
        ('substring("foobar", -3, 2)', "ba"),
        ('substring before("one:two", ":")', "one"),
        ('replace("a1b2", "[0-9]", "#")', "a#b#"),
        ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
        ('3 in [1..5]', True),
        ('"b" in ("a", "b")', True),
        ('if null then 1 else 2', D(2)),
        ('null = null', True),
        ('1 + null', None),
        ('null and false', False),
        ('null or true', True),
        ('for i in 1..3 return i * i', [D(1), D(4), D(9)]),
        ('distinct values([1, 2, 1])', [D(1), D(2)]),
        ('sort([3, 1, 2], function(x, y) x < y)', [D(1), D(2), D(3)]),
        ('{a: 1, b: a + 1}.b', D(2)),
        ('[{a: 1}, {a: 2}].a', [D(1), D(2)]),
        ('[1, 2, 3, 4][item > 2]', [D(3), D(4)]),
        ('[1, 2, 3][-1]', D(3)),
        ('decimal(2.5, 0)', D(2)),
        ('floor(-1.5)', D(-2)),
        ('modulo(-12, 5)', D(3)),
        ('before(date("2026-01-01"), date("2026-01-02"))', True),
        ('overlaps([1..5], [5..8])', True),
    ],
)
def test_an_expression_comes_to_what_the_standard_says(words, value):
    assert worked_out(words).value == value


def test_a_table_rests_on_a_table_that_rests_on_a_function():
    near = (
        '<businessKnowledgeModel id="k_near" name="near"><variable name="near"/><encapsulatedLogic>'
        '<formalParameter name="miles" typeRef="number"/>'
        + text("literalExpression", "miles <= 5")
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    knows = '<knowledgeRequirement><requiredKnowledge href="#k_near"/></knowledgeRequirement>'
    first = a_decision("Close", text("literalExpression", "near(x)"), rests=needs("x") + knows, of="boolean")
    table = a_table([("Close", "boolean", "")], [("says", "string", "")], [["true", '"walk"'], ["false", '"drive"']])
    above = '<informationRequirement><requiredDecision href="#d_Close"/></informationRequirement>'
    model = guidance.read(file(an_input("x", "number"), near, first, a_decision("Answer", table, rests=above)))
    assert [model.decide("Answer", {"x": x}).value for x in (5, 6)] == ["walk", "drive"]
    assert model.decide("Answer", {"x": 5}).rows, "and says which row"
