"""What guidance from outside may cost: nothing hangs, nothing fills the memory, and nothing fails unsaid."""

from datetime import datetime
from decimal import Decimal
from time import process_time

import pytest

from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance import Unreadable
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text, worked_out

SAYS = ("says", "string", "")
# Far more than any of these needs where others use the processor too, far less than without the limits.
SECONDS = 20


@pytest.fixture(autouse=True)
def done_in_a_moment():
    began = process_time()
    yield
    assert process_time() - began < SECONDS


def doubled(first, twice):
    """Each entry twice the one before: two to the fiftieth in the end."""
    entries = ", ".join(f"x{at}: {twice.format(f'x{at - 1}')}" for at in range(1, 50))
    return f"{{x0: {first}, {entries}, all: x49}}"


LIST = doubled("[1]", "[{0}, {0}]")
HANGS = {
    "brackets that turn out to be no range": "1 in (" * 30 + "1" + ")" * 29,
    "ranges that leave their ends out": "x in " + "]1..2[-" * 60 + "1",
    "a name that never ends": "{" + " " * 3900 + "a" + " " * 3900 + "!",
    "a loop without its in": "for " + "a " * 3000 + "1",
    "a text that doubles": f"{doubled(chr(34) + 'a' * 9 + chr(34), '{0} + {0}')}.all",
    "texts joined that double": f"{doubled(chr(34) + 'a' * 9 + chr(34), 'string join([{0}, {0}])')}.all",
    "a list that doubles, written": f"string({LIST}.all)",
    "a list that doubles, compared": f"{LIST}.all = {LIST}.all",
    "a list that doubles, made flat": f"count(flatten({LIST}.all))",
    "lists put together that double": f"{doubled('[1]', 'concatenate({0}, {0})')}.all",
    "a list looked over again and again": "{l: for i in 1..9999 return i, s: for i in l return sum(l)}.s[1]",
    "a filter in a filter": "{l: for i in 1..999 return i, s: l[count(l[item > 5]) > 1]}.s[1]",
    "the most frequent of many": "mode(for i in 1..99999 return i)",
    "different values of many": "count(distinct values(for i in 1..99999 return [i]))",
    "one that is sorted by itself": "sort(for i in 1..9999 return i, function(a, b) count(sort([a, b])) > 1)",
    "patterns made one after another": 'for i in 1..99999 return matches("a", string(i) + "(a|b)*c")',
    "a pattern within a pattern": f'matches("{"a" * 19}b", "^(((a+)+)+)+$")',
    "choices in a pattern": f'matches("{"a" * 19}b", "^(a|a|a|a|aa|aaa)+$")',
    "what is left over of the greatest": "for i in 1..99999 return modulo(1E6000, 7E-6000)",
    "days without end": 'count(for d in @"0001-01-01"..@"9999-12-31" return d)',
    "a function of itself": "{f: function(n) f(n + 1), g: f(1)}.g",
    "a function of itself, twice": "{f: function(n) f(n) + f(n), g: f(1)}.g",
    "sums without end": "(1" + "+1" * 190 + "+(1" + "+1" * 190 + "+(1" + "+1" * 190 + ")))",
    "a type without end": "1 instance of " + "list<" * 1500 + "number" + ">" * 1500,
    "a function's type without end": "1 instance of " + "function<number>->" * 400 + "number",
}


@pytest.mark.parametrize("asked", HANGS.values(), ids=HANGS)
def test_what_would_take_for_ever_ends_in_a_moment(asked):
    try:
        worked_out(asked, x=1)
    except Unreadable as refusal:
        assert refusal.place


def test_a_refusal_while_deciding_names_the_decision():
    with pytest.raises(Unreadable, match=r"^Answer: This goes round too often"):
        worked_out("for i in 1..1000000000 return i")


def test_decisions_asked_as_one_do_not_begin_their_work_anew():
    service = """<decisionService id="s" name="S"><outputDecision href="#d_one"/><inputData href="#in_x"/></decisionService>"""
    one = a_decision("one", text("literalExpression", "count(for i in 1..9999 return x)"), rests=needs("x"))
    rests = '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'
    often = a_decision("Answer", text("literalExpression", "for i in 1..9999 return S(i)"), rests=rests)
    model = guidance.read(file(an_input("x"), one, service, often))
    with pytest.raises(Unreadable, match="too often"):
        model.decide("Answer", {})


MUCH = ", ".join(f"v{at}: 1" for at in range(600))
CROWDED = {
    "a loop where much is known": f"{{{MUCH}, all: for i in 1..30000 return i}}",
    "a question where much is known": f"{{{MUCH}, all: every i in 1..30000 satisfies i > 0}}",
    "a filter where much is known": f"{{l: for i in 1..30000 return i, c: {{{MUCH}, all: l[item > 0]}}}}",
}


@pytest.mark.parametrize("asked", CROWDED.values(), ids=CROWDED)
def test_what_goes_round_costs_as_much_as_is_known_around_it(asked):
    with pytest.raises(Unreadable, match="too often"):
        worked_out(asked)


def test_a_filter_that_is_a_box_costs_as_much_as_its_items_hold():
    of = text("literalExpression", f"{{b: {{{MUCH}}}, l: for i in 1..30000 return b}}.l")
    body = f"<filter><in>{of}</in><match>{text('literalExpression', 'true')}</match></filter>"
    with pytest.raises(Unreadable, match="too often"):
        guidance.read(file(a_decision("Answer", body))).decide("Answer", {})


def test_a_question_that_is_a_box_is_asked_no_further_than_its_answer():
    within, asked = text("literalExpression", "[1..900000000]"), text("literalExpression", "item > 5")
    body = f"<some iteratorVariable='item'><in>{within}</in><satisfies>{asked}</satisfies></some>"
    assert guidance.read(file(a_decision("Answer", body))).decide("Answer", {}).value is True


def test_each_value_of_a_column_may_cost_as_much_as_one_case():
    column = "count(for i in 1..999 return x)"
    body = a_table([(column, "number", "")], [SAYS], [["> 5", '"a"']])
    model = guidance.read(file(an_input("x", "number"), a_decision("Answer", body, rests=needs("x"))))
    assert model.decide_columns("Answer", {"x": list(range(1000))})["Answer"] == ["a"] * 1000


FAULTS = [
    "get value([{a: 1}], [{a: 1}])",
    "1e7000",
    'duration("P99999999999999999999999999Y")',
    f'duration("P{"9" * 5000}D")',
    f'duration("P{"9" * 5000}M")',
    'date("2026-01-01") + duration("P999999999Y")',
    'duration("P999999998Y") + duration("P999999998Y")',
    'duration("P9M") * 1e6000',
    "time(1e300, 1, 1)",
    "time(12, 0, 1e300)",
    "date(1e300, 1, 1)",
    'time(1, 2, 3, duration("P9999D"))',
    '@"9999-12-31T23:59:59Z" + @"P1D"',
    '@"0001-01-01T00:00:00+14:00" - @"9999-12-31T00:00:00-14:00"',
    "even(1e50) and odd(1e50 + 1)",
    "2 ** 1e6000",
    'substring("a", 1e300)',
    "[1, 2][1e300]",
    "sublist([1, 2], 1e300, 1e300)",
    'string(duration("P9999999999M"))',
    "-(1e6144 * 10)",
    "decimal(1, 1e300)",
    "list replace([1], 1e300, 2)",
    '@"2026-01-01T00:00:00@Europe/Nowhere"',
    '@"2026-01-01T00:00:00@../../etc/passwd"',
    'range("[1e7000..2]")',
]


@pytest.mark.parametrize("asked", FAULTS)
def test_what_is_beyond_all_measure_is_not_known_or_refused_with_its_place(asked):
    try:
        worked_out(asked, x=1)
    except Unreadable as refusal:
        assert refusal.place


BEYOND = {
    "without end": float("inf"),
    "no number": float("nan"),
    "a whole number": 10**7000,
    "a decimal": Decimal("1e7000"),
    "no decimal": Decimal("NaN"),
    "an object": object(),
    "a set": {1, 2},
    "bytes": b"a",
}


@pytest.mark.parametrize("value", BEYOND.values(), ids=BEYOND)
def test_an_input_that_cannot_be_read_is_refused_by_its_name(value):
    with pytest.raises(Unreadable, match=r"^x: x is"):
        worked_out("x", x=value)


def test_inputs_that_are_no_mapping_are_refused():
    with pytest.raises(Unreadable, match=r"^Answer: A case is told as a value for each input"):
        a_model([("x", "number", "")], [SAYS], [["-", '"a"']]).decide("Answer", ["x"])


class Moment(datetime):
    """What other libraries make of a date."""


def test_a_value_of_a_kind_made_from_pythons_own_is_that_kind():
    assert type(worked_out("x", x=Moment(2026, 1, 2)).value) is datetime
    assert worked_out("x + x", x=10**30 + Decimal("0.00001")).value == 2 * 10**30 + Decimal("0.0000")


@pytest.mark.parametrize(
    "column", [{1, 2}, "ab", {"a": 1, "b": 2}, iter([1, 2])], ids=["set", "text", "dict", "iterator"]
)
def test_a_column_that_is_in_no_order_is_refused_by_its_name(column):
    model = a_model([("x", "number", "")], [SAYS], [["-", '"a"']])
    with pytest.raises(Unreadable, match=r"^x: A column is a list"):
        model.decide_columns("Answer", {"x": column})


def test_a_cell_that_never_ends_is_refused_when_it_is_read():
    endless = "{f: function(n) f(n), g: f(1)}.g"
    table = a_table([("x", "number", "")], [SAYS], [["-", f"string({endless})"]], policy="FIRST")
    with pytest.raises(Unreadable, match=r"“Answer”, line 1: This is nested too deep, or calls itself"):
        guidance.read(file(an_input("x", "number"), a_decision("Answer", table, rests=needs("x"))))


def test_a_test_that_never_ends_is_refused_when_it_is_asked_and_passed_over_by_the_check():
    cell = "count(for i in 1..999999999 return i) > ?"
    model = a_model([("x", "number", "")], [SAYS], [[cell, '"a"']])
    with pytest.raises(Unreadable, match=r"^Answer: This goes round too often"):
        model.decide("Answer", {"x": 1})
    (problem,) = model.check()
    assert problem.kind == "unchecked" and "too often" in problem.words


def test_decisions_that_rest_on_one_another_without_end_are_refused():
    def rests(at):
        return f'<informationRequirement><requiredDecision href="#d_{at}"/></informationRequirement>'

    feel = text("literalExpression", "1")
    many = [a_decision(str(at), feel, rests=rests(at + 1)) for at in range(5000)]
    with pytest.raises(Unreadable, match="more than 100 deep"):
        guidance.read(file(*many, a_decision("5000", feel)))


def test_a_type_with_a_name_without_end_is_refused():
    with pytest.raises(Unreadable, match="name of this type is too long"):
        guidance.read(file(an_input("x", "list&lt;" * 100_000)))


def test_a_check_of_a_table_that_tells_a_great_many_cases_apart_says_that_it_stopped():
    inputs = [(f"x{at}", "number", "") for at in range(12)]
    rows = [[*(f"> {(row * 7 + at * 13) % 90}" for at in range(12)), '"a"'] for row in range(150)]
    problems = a_model(inputs, [SAYS], rows).check()
    assert "unchecked" in {one.kind for one in problems}


DIGITS = Decimal("-1234567890123456789012345678901.25")


def test_no_digit_is_lost_on_the_way():
    assert worked_out("abs(x)", x=DIGITS).value == DIGITS.copy_abs()
    assert worked_out("for i in x..x+1 return i", x=10**30 + 1).value == [10**30 + 1, 10**30 + 2]
    assert worked_out("modulo(10 ** 33 + 1, 10)").value == 1
    assert worked_out("even(10 ** 33)").value is True


def test_two_functions_that_are_written_alike_are_not_the_same():
    table = a_table(
        [("x", "number", "")],
        [("f", "Any", "")],
        [["< 5", "function(n) n + 1"], ["-", "function(n) n + 2"]],
        policy="FIRST",
    )
    rests = needs("x") + '<informationRequirement><requiredDecision href="#d_F"/></informationRequirement>'
    answer = a_decision("Answer", text("literalExpression", "F(x)"), rests=rests)
    model = guidance.read(file(an_input("x", "number"), a_decision("F", table, rests=needs("x")), answer))
    assert [model.decide("Answer", {"x": x}).value for x in (1, 9)] == [2, 11]


def test_two_contexts_that_differ_in_their_names_only_are_not_the_same():
    rows = [["< 5", '{"a: 1, b": 2}'], ["-", "{a: 1, b: 2}"]]
    model = a_model([("x", "number", "")], [("says", "Any", "")], rows, policy="FIRST")
    assert [model.decide("Answer", {"x": x}).value for x in (1, 9)] == [{"a: 1, b": 2}, {"a": 1, "b": 2}]


def test_a_table_that_tells_too_much_apart_says_what_it_says_and_that_it_looked_no_further():
    cells = [" or ".join(f"? = {at}" for at in range(row, row + 90)) for row in range(300)]
    model = a_model([("x", "number", "")], [SAYS], [[cell, '"a"'] for cell in cells], policy="FIRST")
    for _ in range(2):
        why = model.decide("Answer", {"x": 5}).why
        assert why.changes == () and not why.looked
        assert why.words.startswith("Because of row 1. What would change it is not looked for")


def test_a_table_of_two_thousand_rows_is_decided_and_explained():
    rows = [[f"< {row * 31 % 5000}", f"> {row * 7 % 5000}", '"a"'] for row in range(2000)]
    model = a_model([("x", "number", ""), ("y", "number", "")], [SAYS], rows, policy="FIRST")
    outcome = model.decide("Answer", {"x": 5000, "y": 5000})
    assert (outcome.value, outcome.why.because) == (
        None,
        "Because no row is met",
    )
    assert {change.then for change in outcome.why.changes} == {"a"}


def test_expressions_that_fill_a_file_are_refused():
    rows = [[f"? > {'0' * 900}{row}", '"a"'] for row in range(1200)]
    with pytest.raises(Unreadable, match="longer than 1,000,000 characters"):
        a_model([("x", "number", "")], [SAYS], rows)
