"""No risk level, score or colour of a person anywhere; and the guard that says so can see one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from nowrongdoor.rules import law
from tests.architecture import hard_lines, source


def test_no_name_in_the_code_grades_a_person() -> None:
    assert list(hard_lines.graded_names(source.PACKAGE)) == []


def test_no_page_or_message_grades_a_person() -> None:
    assert list(hard_lines.said_to_people(source.PACKAGE)) == []


def test_no_code_list_grades_a_person() -> None:
    assert list(hard_lines.graded_codes(law.rows("code_lists"))) == []


def test_no_column_of_the_database_grades_a_person() -> None:
    """The schema itself: table and column names, and what stands on them."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            comment = getattr(field, "db_comment", None) or ""
            assert not hard_lines.grades_a_person(field.column), f"{model._meta.db_table}.{field.column}"
            assert not hard_lines.SAID.search(comment), f"{model._meta.db_table}.{field.column}: {comment}"


def test_urgency_is_a_length_of_time_and_nothing_else() -> None:
    for row in law.rows("response_times"):
        assert row["within_minutes"].isdigit(), row
        assert not hard_lines.SAID.search(row["label"]), row


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/people/planted.py", "risk_level = models.TextField()\n"),
        ("rules/planted.py", "class RiskScore:\n    pass\n"),
        ("reading/planted.py", "columns = ['suicide_risk_category']\n"),
        ("pages/planted.py", "def show(person, rag):\n    pass\n"),
        ("data/people/migrations/planted.sql", "ALTER TABLE people_person ADD COLUMN harm_rating text;\n"),
    ],
)
def test_a_planted_name_is_found(tmp_path: Path, name: str, text: str) -> None:
    assert len(list(hard_lines.graded_names(planted(tmp_path, name, text)))) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pages/people/templates/people/planted.jinja", "<p>Risk level: {{ person.level }}</p>\n"),
        ("pages/planted.py", "LABEL = 'High risk of self-harm'\n"),
        ("rules/law/planted.csv", "list,code,label\nflags,high,High risk\n"),
        ("pages/planted.py", "WORDS = 'Risk: medium'\n"),
    ],
)
def test_a_planted_text_is_found(tmp_path: Path, name: str, text: str) -> None:
    assert len(list(hard_lines.said_to_people(planted(tmp_path, name, text)))) == 1


def test_a_planted_code_is_found() -> None:
    assert list(hard_lines.graded_codes([{"list": "concern", "code": "amber"}])) == ["concern: amber"]


@pytest.mark.parametrize(
    "name", ["escalation_level", "level", "error_level", "fragment", "harm", "risk_words"]
)
def test_what_grades_no_person_is_left_alone(name: str) -> None:
    assert not hard_lines.grades_a_person(name)


def planted(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder
