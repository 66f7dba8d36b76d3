"""The guidance we ship: dated and sourced, whole, in the words of the law's lists, and never less for not knowing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nowrongdoor.rules import guidance, law
from nowrongdoor.rules.guidance import shelf
from nowrongdoor.rules.law import unverified
from tests.rules.guidance.made import a_decision, file, text

DAY = date(2026, 11, 28)
ANSWERS = ("yes", "no", "not_asked", "not_known", "declined")
KNOWN = ("yes", "no")
QUESTIONS = ("in_danger", "taken_or_hurt", "can_wait", "getting_worse", "someone_trusted", "depended_on")
NOTHING_THE_MATTER = dict.fromkeys(QUESTIONS, "no") | {
    "can_wait": "yes",
    "someone_trusted": "yes",
    "age": 44,
    "asks_for": "help",
}


def response_time():
    return shelf.standing("response_time", on=DAY).model


def urgency(case):
    return response_time().decide("Response time", case).value["response"]


def within(code):
    return next(one.within for one in law.response_times(on=DAY) if one.code == code)


def test_what_we_ship_says_where_it_comes_from_and_is_shown_while_unverified():
    one = shelf.standing("response_time", on=DAY)
    assert one.source and one.jurisdiction and not one.verified
    assert ("guidance/response_time", one.label, one.source) in unverified.listed()
    with pytest.raises(LookupError):
        shelf.standing("response_time", on=date(2014, 12, 31))


def test_guidance_without_a_source_is_not_loaded(tmp_path):
    path = tmp_path / "made.dmn"
    path.write_text(file(a_decision("Answer", text("literalExpression", "1"))))
    with pytest.raises(guidance.Unreadable, match="does not say its label, source"):
        shelf._told(path)


def test_what_we_ship_has_nothing_to_put_right():
    assert [str(problem) for one in shelf.shipped() for problem in one.model.check()] == []


def test_it_answers_in_the_codes_of_the_law_and_the_soonest_goes_first():
    table = response_time().decisions["Response time"].table
    codes = {one.code: one.within for one in law.response_times(on=DAY)}
    said = list(table.outputs[0].values)
    assert set(said) == set(codes) and [codes[one] for one in said] == sorted(codes.values())


def test_it_asks_in_the_answers_of_the_law():
    allowed = response_time().inputs["in_danger"].allowed
    codes = {one.code for one in law.codes("answers", on=DAY)}
    assert codes == {one for one in (*ANSWERS, "else") if allowed({"?": one}) is True} == set(ANSWERS)


def test_a_routine_need_is_routine_and_danger_is_an_emergency():
    assert urgency(NOTHING_THE_MATTER) == "routine"
    assert urgency(NOTHING_THE_MATTER | {"in_danger": "yes"}) == "emergency"
    assert urgency(NOTHING_THE_MATTER | {"getting_worse": "yes"}) == "urgent"
    assert urgency(NOTHING_THE_MATTER | {"age": 9}) == "soon"


cases = some.fixed_dictionaries(
    {
        **{name: some.sampled_from(KNOWN) for name in QUESTIONS},
        "age": some.integers(0, 110),
        "asks_for": some.sampled_from(["advice", "help"]),
    }
)
UNKNOWN = {
    **{name: [*ANSWERS[2:], None, "perhaps"] for name in QUESTIONS},
    "age": [None, -1, 400, "old"],
    "asks_for": ["not_known", None],
}


@given(cases, some.data())
def test_not_knowing_never_makes_a_response_later(case, data):
    for name in UNKNOWN:
        unknown = case | {name: data.draw(some.sampled_from(UNKNOWN[name]))}
        assert within(urgency(unknown)) <= within(urgency(case)), (name, unknown)


@given(cases)
def test_nothing_known_at_all_is_answered_at_once(case):
    assert urgency({}) == "emergency"
    assert within(urgency({})) <= within(urgency(case))


def test_it_says_when_and_what_first_and_never_how_much_at_risk_somebody_is():
    said = " ".join(
        cell.text for rule in response_time().decisions["Response time"].table.rules for cell in rule.says
    )
    assert not any(word in said.lower() for word in ("risk", "score", "high", "low", "red", "amber", "level"))
