"""Which names are known where: those a decision says it rests on, and nobody else's."""

import pytest

from nowrongdoor.rules import guidance
from tests.rules.guidance.made import a_decision, a_table, an_input, file, needs, text

SAYS = ("says", "string", "")


def feel(words):
    return text("literalExpression", words)


def rests(*names):
    return "".join(
        f'<informationRequirement><requiredDecision href="#d_{name}"/></informationRequirement>'
        for name in names
    )


KNOWLEDGE = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'


def test_a_name_with_a_sign_in_it_is_a_difference_to_whoever_rests_on_its_parts():
    one = a_decision("one", feel("a-b"), rests=needs("a-b"))
    other = a_decision("other", feel("a-b"), rests=needs("a", "b"))
    model = guidance.read(file(an_input("a"), an_input("b"), an_input("a-b"), one, other))
    given = {"a": 7, "b": 2, "a-b": 100}
    assert [model.decide(name, given).value for name in ("one", "other")] == [100, 5]


def test_a_table_that_looks_at_what_it_does_not_rest_on_is_refused_with_its_place():
    table = a_table([("age", "number", "")], [SAYS], [["-", '"a"']])
    content = file(
        an_input("age", "number"), an_input("how"), a_decision("Answer", table, rests=needs("how"))
    )
    with pytest.raises(guidance.Unreadable, match="input 1: “age” is not known here"):
        guidance.read(content)


def test_an_expression_that_names_what_it_does_not_rest_on_is_found_by_the_check():
    body = a_decision("Answer", feel("age + 1"))
    (problem,) = guidance.read(file(an_input("age", "number"), body)).check()
    assert problem.kind == "unknown word" and "“age” is not known here" in problem.words and problem.stops


def test_what_knowledge_is_given_goes_before_an_input_of_the_same_name():
    table = a_table([("size", "string", "")], [SAYS], [['"big"', '"a"'], ["-", '"b"']], policy="FIRST")
    knowledge = f"""<businessKnowledgeModel id="k" name="Of"><variable name="Of"/><encapsulatedLogic>
      <formalParameter name="size" typeRef="string"/>{table}</encapsulatedLogic></businessKnowledgeModel>"""
    answer = a_decision("Answer", feel('[Of("big"), Of(string(size))]'), rests=needs("size") + KNOWLEDGE)
    model = guidance.read(file(an_input("size", "number"), knowledge, answer))
    assert model.decide("Answer", {"size": 4}).value == ["a", "b"]


def test_knowledge_that_is_a_table_and_says_no_parameters_is_given_what_its_columns_look_at():
    inputs = [("size", "number", ""), ("how much", "number", "")]
    table = a_table(inputs, [SAYS], [["> 3", "< 2", '"a"'], ["-", "-", '"b"']], policy="FIRST")
    knowledge = f"""<businessKnowledgeModel id="k" name="Of"><variable name="Of"/>
      <encapsulatedLogic>{table}</encapsulatedLogic></businessKnowledgeModel>"""
    invoked = f"""<invocation>{feel("Of")}<binding><parameter name="how much"/>{feel("x")}</binding>
      <binding><parameter name="size"/>{feel("9")}</binding></invocation>"""
    one = a_decision("one", feel("Of(4, x)"), rests=needs("x") + KNOWLEDGE)
    other = a_decision("other", invoked, rests=needs("x") + KNOWLEDGE)
    model = guidance.read(file(an_input("x"), knowledge, one, other))
    assert [model.decide(name, {"x": x}).value for name in ("one", "other") for x in (1, 5)] == [*"abab"]


def test_an_entry_of_one_decision_is_known_by_its_name_in_another_that_rests_on_it():
    # The one that rests on the other stands before it in the file.
    second = a_decision("second", feel("first.full name"), rests=rests("first"))
    first = a_decision("first", feel('{full name: "Ada", n: 1}'))
    assert guidance.read(file(second, first)).decide("second", {}).value == "Ada"


def test_names_made_in_an_expression_are_known_in_their_own_part_of_it_only():
    body = feel("[for a-b in [1] return a-b, a-b, {a-b: 3}.a-b, (function(a-b) a-b)(4)]")
    model = guidance.read(file(an_input("a"), an_input("b"), a_decision("x", body, rests=needs("a", "b"))))
    assert model.decide("x", {"a": 7, "b": 2}).value == [[1], 5, 3, 4]


def test_a_type_may_only_ask_of_its_own_value():
    made = '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>{}</text></allowedValues></itemDefinition>'
    with pytest.raises(guidance.Unreadable, match=r"type “t”, line 1: “age” is not known here"):
        guidance.read(file(made.format("age"), an_input("age")))
    with pytest.raises(guidance.Unreadable, match="There is no “High”"):
        guidance.read(file(made.format('High, "Low"')))
    with pytest.raises(guidance.Unreadable, match="The type “t” is told twice"):
        guidance.read(file(made.format('"a"'), made.format('"b"')))


def test_a_name_is_the_same_whatever_its_blanks():
    body = feel("Monthly   Salary * 2")
    content = file(
        '<inputData id="in_s" name="Monthly Salary"><variable name="Monthly Salary" typeRef="number"/></inputData>',
        a_decision("x", body, rests=needs("s")),
    )
    assert guidance.read(content).decide("x", {"Monthly Salary": 4}).value == 8


def test_many_names_that_begin_alike_are_told_apart_in_a_moment():
    names = [f"a{' a' * at}" for at in range(1, 400)]
    leaves = [f'<inputData id="in_{at}" name="{name}"/>' for at, name in enumerate(names)]
    asked = a_decision("x", feel("a" + " a" * 399), rests=needs(*(str(at) for at in range(len(names)))))
    assert guidance.read(file(*leaves, asked)).decide("x", {names[-1]: 3}).value == 3
    many = "".join(a_decision(f"x{at}", feel("a" + " a" * 3000), rests=needs("398")) for at in range(20))
    with pytest.raises(guidance.Unreadable, match=r"too long and too many|was not expected"):
        guidance.read(file(*leaves, many))
