"""What is refused when a file of guidance is read: in plain words, with the place named."""

import pytest

from nowrongdoor.rules import guidance
from tests.rules.guidance.made import a_decision, a_model, a_table, an_input, file, needs, text

AGE = ("age", "number", "")
SAYS = ("says", "string", "")


def refusal(content):
    with pytest.raises(guidance.Unreadable) as refused:
        guidance.read(content)
    return str(refused.value)


def test_files_of_every_version_of_the_standard_are_read():
    for space in (
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ):
        content = file(a_decision("Answer", text("literalExpression", "1 + 1")), space=space)
        assert guidance.read(content).decide("Answer", {}).value == 2
        assert guidance.read(content.encode()).decide("Answer", {}).value == 2


BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>' + file()
STEALS = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + file()


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        (BOMB, "line 1", "entities are not read"),
        (STEALS, "line 1", "entities are not read"),
        ("<a" * 10, "line 1", "not well-formed"),
        (file()[:-5], "line 1", "not well-formed"),
        ("<html></html>", "line 1", "not a DMN file"),
        (file("<a>" * 100 + "</a>" * 100), "line 1", "nested more than"),
        ("<a>" * 300_000, "line 1", "nested more than"),
        (file("<a/>" * 250_000), "line 1", "elements"),
        (" " * 6_000_000 + "<a/>", "the file", "larger than"),
        (file(text("description", "x" * 50_000)), "line 1", "longer than"),
        (b"", "the file", "empty"),
        (b"\xff\xfe\x00<", "line 1", "not well-formed"),
        (file('<import namespace="urn:x" name="x" importType="y"/>'), "line 1", "not fetched"),
        (file('<decision id="d" name="d" expressionLanguage="java"/>'), "line 1", "is not read"),
    ],
)
def test_what_could_do_harm_or_is_no_guidance_is_refused_with_its_place(content, place, why):
    said = refusal(content)
    assert said.startswith(place) and why in said


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.dmn")
    assert "no such file" in refusal("none.dmn")


def test_text_that_was_decoded_before_is_read_as_it_is_and_once_more_from_what_is_kept_of_it():
    content = '<?xml version="1.0" encoding="ISO-8859-1"?>' + file(
        a_decision("Answer", text("literalExpression", '"zoë"'))
    )
    model = guidance.read(content)
    assert model.decide("Answer", {}).value == guidance.read(model.source).decide("Answer", {}).value == "zoë"
    assert guidance.read(content.encode("latin-1")).decide("Answer", {}).value == "zoë"


def test_what_is_there_but_cannot_be_opened_is_not_said_to_be_absent(tmp_path):
    assert "no file that can be opened" in refusal(tmp_path)
    assert "empty" in refusal("  ")


def rests_on(name):
    return f'<informationRequirement><requiredDecision href="#d_{name}"/></informationRequirement>'


def test_decisions_that_rest_on_themselves_are_refused_by_name():
    one = a_decision("one", text("literalExpression", "two"), rests=rests_on("two"))
    two = a_decision("two", text("literalExpression", "one"), rests=rests_on("one"))
    said = refusal(file(one, two))
    assert "“one”" in said and "rests on itself" in said


def test_types_made_of_themselves_are_refused_by_name():
    loop = '<itemDefinition name="loop"><typeRef>loop</typeRef></itemDefinition>'
    assert "type “loop”" in refusal(file(loop))


def test_a_table_of_ten_thousand_rows_is_refused_at_the_row_that_is_too_many():
    rows = [[f"= {at}", '"a"'] for at in range(10_000)]
    content = file(an_input("age"), a_decision("Answer", a_table([AGE], [SAYS], rows), rests=needs("age")))
    said = refusal(content)
    assert "row 2001" in said and "10,000 rows" in said


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("High", "There is no “High”"),
        ('"High', "is not a sign"),
        ('date("2026-02-30")', "“2026-02-30” is no date"),
        ('< date("2026-13-01")', "“2026-13-01” is no date"),
        ('@"2026-02-30"', "“2026-02-30” is no date"),
        ("[1..", "A value is missing"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_row_and_column(cell, why):
    rows = [["< 5", '"a"'], [cell, '"b"']]
    content = file(an_input("age"), a_decision("Answer", a_table([AGE], [SAYS], rows), rests=needs("age")))
    said = refusal(content)
    assert "Answer, row 2, column “age” (line 1)" in said and why in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (file(an_input("a"), an_input("a")), "is used twice"),
        (
            file(
                a_decision(
                    "d",
                    "",
                    rests='<informationRequirement><requiredInput href="#x"/></informationRequirement>',
                )
            ),
            "nothing with the id “x”",
        ),
        (file(a_decision("d", "", of="tNone")), "no type “tNone”"),
        (file(a_decision("d", '<decisionTable hitPolicy="LAST"/>')), "no hit policy “LAST"),
        (file(a_decision("d", "<decisionTable/>")), "no output column"),
        (
            file(a_decision("d", "<decisionTable><input/><output/></decisionTable>")),
            "does not say what it looks at",
        ),
        (
            file(a_decision("d", "<decisionTable><output/><rule/></decisionTable>")),
            "has 0 inputs and 0 outputs",
        ),
        (file('<decision id="x"/>'), "has no name"),
    ],
)
def test_a_file_that_does_not_hang_together_is_refused(content, why):
    assert why in refusal(content)


def test_asking_for_what_is_not_there_is_refused_by_name():
    model = a_model([AGE], [SAYS], [["-", '"a"']])
    with pytest.raises(guidance.Unreadable, match=r"There is no decision “Anser”\. There are: “Answer”"):
        model.decide("Anser", {})
    with pytest.raises(guidance.Unreadable, match="no input “aeg”"):
        model.decide("Answer", {"aeg": 3})


def test_the_version_changes_with_the_file():
    one, other = (a_model([AGE], [SAYS], [["-", said]]) for said in ('"a"', '"b"'))
    assert one.version != other.version
    assert one.decide("Answer", {}).version == one.version == a_model([AGE], [SAYS], [["-", '"a"']]).version
