"""One meaning for one case and for ten million: the answers in columns are those of one case at a time."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nowrongdoor.rules import guidance
from nowrongdoor.rules.guidance.coding import Coded, joined
from nowrongdoor.rules.guidance.values import same
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text

WORDS = ("yes", "no", "not_asked")
CELLS = {
    "word": (
        "-",
        '"yes"',
        '"no", "not_asked"',
        'not("yes")',
        "null",
        'null, "no"',
        'starts with(?, "n")',
        "other",
    ),
    "size": ("-", "< 18", "[18..65)", ">= 65", "not(5, 7)", "null", "5", "? * 2 > 40", "> size"),
    "other": ("-", '"yes"', 'not("yes", "no")', "null"),
    "sure": ("-", "true", "false", "not(true)", "null"),
    "day": ("-", '> @"2026-01-01"', '[@"2025-01-01"..@"2026-01-01"]', "?.year = 2026"),
}
TYPES = {"word": "string", "size": "number", "other": "Any", "sure": "boolean", "day": "date"}
VALUES = {
    "word": some.sampled_from([*WORDS, None, "else"]),
    "size": some.sampled_from([None, 0, 1, 5, 17, Decimal("17.5"), 18, 18.0, 64, 65, 100, True, "5"]),
    "other": some.sampled_from([*WORDS, None, 1, True, Decimal("1.0"), ["yes"], {"a": 1}]),
    "sure": some.sampled_from([True, False, None, 1, 0, "yes"]),
    "day": some.sampled_from(
        [date(2024, 5, 1), date(2025, 6, 1), date(2026, 6, 1), None, datetime(2026, 1, 1, tzinfo=UTC)]
    ),
}
SAYS = ('"a"', '"b"', '"c"', "null", "1 + 1")


@some.composite
def questions(draw):
    names = draw(some.lists(some.sampled_from(sorted(CELLS)), min_size=1, max_size=5, unique=True))
    inputs = [
        (name, TYPES[name], '"yes", "no", "not_asked"' if name == "word" and draw(some.booleans()) else "")
        for name in names
    ]
    here = [[cell for cell in CELLS[name] if cell != "other" or "other" in names] for name in names]
    rows = [
        [*(draw(some.sampled_from(cells)) for cells in here), draw(some.sampled_from(SAYS))]
        for _ in range(draw(some.integers(0, 6)))
    ]
    policy = draw(
        some.sampled_from(["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"])
    )
    otherwise = ['"d"'] if draw(some.booleans()) else []
    output = ("says", draw(some.sampled_from(["string", "Any"])), '"b", "a", "c"', *otherwise)
    cases = draw(
        some.lists(some.fixed_dictionaries({name: VALUES[name] for name in names}), min_size=1, max_size=12)
    )
    return a_model(inputs, [output], rows, policy=policy), cases


def agree(model, name, cases):
    columns = {key: [case[key] for case in cases] for key in cases[0]}
    together = model.decide_columns(name, columns)
    alone = [model.decide(name, case) for case in cases]
    for found, rows, one in zip(together[name], together.rows, alone, strict=True):
        assert same(found, one.value), (found, one.value, one.used)
        assert rows == one.rows
    return together


@settings(max_examples=100)
@given(questions())
def test_columns_say_exactly_what_one_case_says(asked):
    model, cases = asked
    agree(model, "Answer", cases)


def test_the_control_two_engines_that_differ_are_found_out(monkeypatch):
    model = a_model([("size", "number", "")], [("says", "string", "")], [["< 5", '"a"'], [">= 5", '"b"']])
    monkeypatch.setattr("nowrongdoor.rules.guidance.coding._both", lambda one, other: one)
    with pytest.raises(AssertionError):
        agree(model, "Answer", [{"size": 1}, {"size": 7}])


PLAIN = some.one_of(
    some.integers(-3, 9).map(str),
    some.tuples(some.sampled_from(["<", "<=", ">", ">=", "="]), some.integers(-3, 9)).map(
        lambda one: f"{one[0]} {one[1]}"
    ),
    some.tuples(
        some.sampled_from("[(]"), some.integers(-3, 9), some.integers(-3, 9), some.sampled_from("])[")
    ).map(lambda one: f"{one[0]}{one[1]}..{one[2]}{one[3]}"),
    some.sampled_from(['"a"', '"b"', "null", "not(3)", "? > 4", "-", "2 + 1", "1.50"]),
)
ASKED = [Decimal(at) / 2 for at in range(-8, 22)] + ["a", "b", "c", "", None, True, date(2026, 1, 1)]


@settings(max_examples=60)
@given(some.lists(some.lists(PLAIN, min_size=1, max_size=3), min_size=12, max_size=20))
def test_rows_looked_up_are_those_that_are_asked_one_by_one(cells):
    rows = [[", ".join(one) if "-" not in one and "not(3)" not in one else one[0], '"a"'] for one in cells]
    column = a_model([("x", "Any", "")], [("says", "string", "")], rows).decisions["Answer"].table.inputs[0]
    for value in ASKED:
        one_by_one = sum(met for cell, met in column.tests if cell.ready({"?": value}) is True)
        assert column.rows(value, {}) == one_by_one, (value, rows)


def test_yes_is_not_one_though_python_thinks_so():
    model = a_model(
        [("x", "Any", "")],
        [("says", "string", "")],
        [["true", '"yes"'], ["1", '"one"'], ["-", '"else"']],
        policy="FIRST",
    )
    said = agree(model, "Answer", [{"x": x} for x in (True, 1, Decimal(1), 1.0, False, 0)])
    assert said["Answer"] == ["yes", "one", "one", "one", "else", "else"]


def test_one_instant_in_two_zones_is_two_values():
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    abroad = noon.astimezone(timezone(timedelta(hours=5)))
    model = a_model(
        [("x", "dateTime", "")],
        [("says", "string", "")],
        [["?.hour > 15", '"late"'], ["-", '"early"']],
        policy="FIRST",
    )
    said = agree(model, "Answer", [{"x": noon}, {"x": abroad}, {"x": noon}, {"x": None}])
    assert said["Answer"] == ["early", "late", "early", "early"]
    clocks = a_model(
        [("x", "time", "")],
        [("says", "string", "")],
        [["?.hour > 15", '"late"'], ["-", '"early"']],
        policy="FIRST",
    )
    agree(
        clocks, "Answer", [{"x": time(12, tzinfo=UTC)}, {"x": time(17, tzinfo=timezone(timedelta(hours=5)))}]
    )


@given(some.lists(some.integers(0, 400), min_size=1, max_size=40))
@settings(max_examples=10)
def test_a_column_may_tell_more_than_a_byte_of_classes_apart(sizes):
    rows = [[f"= {at}", f'"{at % 7}"'] for at in range(300)]
    model = MANY.setdefault(
        "many",
        a_model(
            [("x", "number", ""), ("y", "number", "")],
            [("says", "string", "")],
            [[cell, cell, said] for cell, said in rows],
            policy="FIRST",
        ),
    )
    agree(model, "Answer", [{"x": size, "y": size if size % 3 else 0} for size in sizes])


MANY = {}


@settings(max_examples=20)
@given(some.lists(some.tuples(some.integers(0, 255), some.integers(0, 255)), min_size=1, max_size=50))
def test_two_columns_meet_however_many_classes_they_have(pairs):
    masks = list(range(1, 257))
    for first, second in ((256, 256), (7, 9), (256, 3), (1, 200)):
        codes = bytes(one % first for one, _ in pairs)
        more = bytes(other % second for _, other in pairs)
        joint, met = joined(codes, masks[:first], more, masks[:second], lambda mask: mask)
        for at, (one, other) in enumerate(zip(codes, more, strict=True)):
            assert met[joint[at]] == masks[one] & masks[other]


def test_a_decision_that_rests_on_another_is_worked_out_in_columns_too():
    band = a_table(
        [("age", "number", "")], [("band", "string", "")], [["< 18", '"child"'], [">= 18", '"adult"']]
    )
    rows = [['"child"', "-", '"soon"'], ["-", '"yes"', '"soon"'], ["-", "-", '"later"']]
    answer = a_table(
        [("Band", "string", ""), ("alone", "string", "")], [("says", "string", "")], rows, policy="FIRST"
    )
    on_both = (
        needs("alone") + '<informationRequirement><requiredDecision href="#d_Band"/></informationRequirement>'
    )
    model = guidance.read(
        file(
            an_input("age", "number"),
            an_input("alone"),
            a_decision("Band", band, rests=needs("age")),
            a_decision("Answer", answer, rests=on_both),
        )
    )
    cases = [{"age": age, "alone": alone} for age in (3, 30, None, "x") for alone in ("yes", "no", None)]
    agree(model, "Answer", cases)
    agree(model, "Answer", [{"Band": band, "alone": "no"} for band in ("child", "adult")])


def test_what_is_no_table_is_worked_out_case_by_case():
    model = guidance.read(
        file(an_input("x"), a_decision("Answer", text("literalExpression", "x + 1"), rests=needs("x")))
    )
    assert model.decide_columns("Answer", {"x": [1, 2, 1]})["Answer"] == [2, 3, 2]


def test_a_coded_column_is_asked_again_without_being_read_again():
    model = a_model(
        [("x", "string", "")], [("says", "string", "")], [['"yes"', '"a"'], ["-", '"b"']], policy="FIRST"
    )
    column = ["yes", "no", None, "yes"]
    coded = Coded.of(column)
    assert list(coded) == column and len(coded) == 4
    assert model.decide_columns("Answer", {"x": coded}) == model.decide_columns("Answer", {"x": column})
    with pytest.raises(guidance.Unreadable, match="more than 256"):
        Coded.of(range(300))
    with pytest.raises(guidance.Unreadable, match="does not hold"):
        Coded(b"\x02", ["a", "b"])


def test_a_column_that_is_not_there_is_not_known_and_unlike_lengths_are_refused():
    model = a_model(
        [("x", "number", ""), ("y", "number", "")],
        [("says", "string", "")],
        [["null", "-", '"a"'], ["-", "-", '"b"']],
        policy="FIRST",
    )
    assert model.decide_columns("Answer", {"y": [1, 2]})["Answer"] == ["a", "a"]
    for columns, why in (
        ({"x": [1], "y": [1, 2]}, "not of one length"),
        ({}, "there are none"),
        ({"z": [1]}, "no input “z”"),
    ):
        with pytest.raises(guidance.Unreadable, match=why):
            model.decide_columns("Answer", columns)


def test_an_answer_of_another_kind_than_its_table_has_is_not_known_in_columns_either():
    table = a_table(
        [("x", "number", "")], [("says", "Any", "")], [["< 5", '"a"'], ["-", "7"]], policy="FIRST"
    )
    table = table.replace("<decisionTable ", '<decisionTable typeRef="number" ')
    model = guidance.read(file(an_input("x", "number"), a_decision("Answer", table, rests=needs("x"))))
    said = agree(model, "Answer", [{"x": 1}, {"x": 9}])
    assert said["Answer"] == [None, 7]
    (change,) = model.decide("Answer", {"x": 9}).why.changes
    assert (change.if_it_were, change.then) == ("under 5", None)


def test_no_cases_have_no_answers():
    model = a_model([("x", "number", "")], [("says", "string", "")], [["-", '"a"']])
    assert model.decide_columns("Answer", {"x": []})["Answer"] == []
