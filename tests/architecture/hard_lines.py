"""
The hard line: no level, score or colour of a person's risk anywhere, in no table, code list, page or act.

NHS England (April 2025) and NICE NG225 ask services to stop it, because such a label misleads whoever
reads it. Urgency here is a response time; colour belongs to clocks and tasks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import modules, syntax, texts, where

# Names of columns, variables, classes and codes, taken apart into words: `riskLevel` and `risk_level` alike.
GRADED = {"risk", "danger", "vulnerability", "suicide", "self_harm", "harm", "acuity", "severity"}
GRADES = {
    "level",
    "score",
    "rating",
    "category",
    "band",
    "grade",
    "colour",
    "color",
    "stratum",
    "tier",
    "rag",
}
NEVER = {"rag", "triage_colour", "triage_color"}
# Texts that people read: pages, labels, help, messages.
SAID = re.compile(
    r"\brisk[ _-]?(level|score|rating|category|band|grade|stratification)\b"
    r"|\b(low|medium|moderate|high|very high)[ -]risk\b"
    r"|\brisk:? (is )?(low|medium|moderate|high)\b"
    r"|\b(suicide|self[- ]harm) (level|score|rating|risk)\b"
    r"|\bRAG\b|\bred[ -]flag(ged)? (person|patient)\b",
    re.I,
)
GRADE_WORDS = {"low", "medium", "moderate", "high", "very_high", "red", "amber", "yellow", "green"}


def graded_names(package: Path) -> Iterator[str]:
    """Names that grade a person, in code, in tables and in SQL."""
    for path in modules(package, migrations=True):
        for node in ast.walk(syntax(path)):
            name = _name(node)
            if name and grades_a_person(name):
                yield f"{where(package, path, node)} grades a person: {name}"
    for path in sorted(package.rglob("*.sql")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for name in re.findall(r"\w+", line):
                if grades_a_person(name):
                    yield f"{path.relative_to(package).as_posix()}:{number} grades a person: {name}"


def grades_a_person(name: str) -> bool:
    """`risk_level`, `RiskScore`, `suicide_rating`; not `escalation_level`, which grades a promise."""
    words = [word for word in re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_") if word]
    joined = "_".join(words)
    has_subject = any(one in words or one in joined for one in GRADED)
    return bool(NEVER & {*words, joined}) or (has_subject and bool(GRADES & set(words)))


def said_to_people(package: Path) -> Iterator[str]:
    """Texts that grade a person, in templates, in code lists and in strings of code (docstrings apart)."""
    for path in sorted(package.rglob("*")):
        if path.suffix in {".jinja", ".html", ".csv", ".txt"} and path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if found := SAID.search(line):
                    yield f"{path.relative_to(package).as_posix()}:{number} says: {found[0]}"
    for path in modules(package):
        for text in texts(syntax(path)):
            if found := SAID.search(text.value):
                yield f"{where(package, path, text)} says: {found[0]}"


def graded_codes(rows: list[dict[str, str]]) -> Iterator[str]:
    """Codes that are grades by themselves, in a list that describes people."""
    for row in rows:
        if row["code"].lower() in GRADE_WORDS:
            yield f"{row['list']}: {row['code']}"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.keyword):
        return node.arg or ""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        return node.value
    return ""
