"""The hazard log is complete: every hazard has its fields and a control, and every test it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import source

SAFETY = source.ROOT / "docs" / "safety"
HAZARDS = sorted((SAFETY / "hazards").glob("*.md"))
FIELDS = [
    *("id", "hazard", "causes", "effect", "harm", "owner"),
    *(
        "severity",
        "likelihood",
        "risk",
        "residual severity",
        "residual likelihood",
        "residual risk",
        "status",
    ),
]
SCORES = [name for name in FIELDS if name.endswith(("severity", "likelihood", "risk"))]
KINDS = [
    "Controls in the design",
    "Controls by test",
    "Controls by training",
    "Controls by the deployer's own procedures",
]


def test_all_sixteen_seed_hazards_are_there() -> None:
    assert [path.stem for path in HAZARDS][:16] == [f"H-{number:03}" for number in range(1, 17)]


@pytest.mark.parametrize("path", HAZARDS, ids=lambda path: path.stem)
def test_a_hazard_says_everything_a_safety_officer_asks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fields = dict(re.findall(r"^- \*\*([a-z ]+)\*\*: (.+)$", text, re.M))
    assert list(fields) == FIELDS
    assert fields["id"] == path.stem and text.startswith(f"# {path.stem}: ")
    assert fields["status"] in {"open", "transferred", "closed"}
    assert set(sections(text)) >= set(KINDS)


@pytest.mark.parametrize("path", HAZARDS, ids=lambda path: path.stem)
def test_nobody_but_a_safety_officer_has_scored_it(path: Path) -> None:
    fields = dict(re.findall(r"^- \*\*([a-z ]+)\*\*: (.+)$", path.read_text(encoding="utf-8"), re.M))
    assert {fields[name] for name in SCORES} == {"TBC by CSO"}


@pytest.mark.parametrize("path", HAZARDS, ids=lambda path: path.stem)
def test_a_hazard_has_a_control_or_says_which_issue_will_bring_one(path: Path) -> None:
    said = sections(path.read_text(encoding="utf-8"))
    tested = named_tests(said["Controls by test"])
    missing = re.findall(r"^- not controlled yet: issue \d+", said.get("What is missing", ""), re.M)
    assert said["Controls in the design"].startswith("- ")
    assert tested or missing, f"{path.stem} has neither a test nor an issue"


@pytest.mark.parametrize("path", [*HAZARDS, SAFETY / "plan.md"], ids=lambda path: path.stem)
def test_every_test_that_is_named_is_there(path: Path) -> None:
    for file, name in named_tests(path.read_text(encoding="utf-8")):
        assert name in names_of_tests(source.ROOT / file), f"{path.name} names {file}::{name}"


def test_a_test_that_is_not_there_would_be_noticed() -> None:
    named = named_tests("- `tests/docs/test_safety.py::test_nothing_of_the_kind`")
    assert named == [("tests/docs/test_safety.py", "test_nothing_of_the_kind")]
    assert "test_nothing_of_the_kind" not in names_of_tests(Path(__file__))
    assert "test_a_test_that_is_not_there_would_be_noticed" in names_of_tests(Path(__file__))


def test_the_plan_says_plainly_who_is_missing() -> None:
    plan = " ".join((SAFETY / "plan.md").read_text(encoding="utf-8").split())
    assert "no clinical safety officer, no data protection officer and no penetration tester" in plan
    assert "must not be used in the care of real people" in plan


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.M)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def named_tests(text: str) -> list[tuple[str, str]]:
    return re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", text)


def names_of_tests(path: Path) -> set[str]:
    if not path.exists():
        return set()
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
    return found
