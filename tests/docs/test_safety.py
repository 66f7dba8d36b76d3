"""The clinical safety file holds, and `./nwd check` sees what would make it untrue: each is planted once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from nowrongdoor.console import checking, documents
from nowrongdoor.console.documents import safety, safety_case, safety_check
from tests.architecture import source

SEEDS = [f"H-{number:03}" for number in range(1, 17)]

HAZARD = """
id = "H-001"
name = "A referral nobody holds"
description = "Nobody has them."
hazard = "Nobody is answerable"
causes = ["A team closes"]
effect = "Nobody rings"
harm = "Help comes late"
existing_controls = "Telephone calls"
owner = "not appointed"
status = "open"
not_built = ["An alarm"]

[scores]
severity = "TBC by clinical safety officer"
likelihood = "TBC by clinical safety officer"
risk = "TBC by clinical safety officer"
residual_severity = "TBC by clinical safety officer"
residual_likelihood = "TBC by clinical safety officer"
residual_risk = "TBC by clinical safety officer"

[[controls]]
kind = "design"
what = "One holding"
code = ["src/holding.py::Holding.receive", "src/holding.sql::held_without_gap"]
tests = ["tests/test_holding.py::test_it_is_held", "tests/test_holding.py::TestHolding::test_by_one"]

[[controls]]
kind = "training"
what = "Read back"
duty_of = "deployer"
"""
SIGNED = """
[signed]
name = "Dr Anwen Pryce"
registration = "Invented, 0000000"
on = 2026-12-01
release = "0.1.0"
"""
TESTS = """
import pytest

def test_it_is_held(): ...
class TestHolding:
    def test_by_one(self): ...
@pytest.mark.skip
def test_left_out(): ...
@pytest.mark.xfail(reason="not yet")
def test_that_may_fail(): ...
"""
CODE = """
class Holding:
    def receive(self): ...
"""
CASE = """
scope = "All."
system = "It carries people."
intended_use = "By staff."
not_intended = "No treatment."
identification = "By walking."
residual = "Not judged."
known_defects = ["Much"]
duties = ["Appoint an officer"]
monitoring = ["Each landing"]
[people]
"Clinical safety officer" = "not appointed"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A product in miniature: one hazard, held by one control with code and tests, and one duty."""
    for name, text in {
        "docs/safety/hazards/H-001.toml": HAZARD,
        "docs/safety/case.toml": CASE,
        "docs/safety/verbs.md": "| `holdings.take` | H-001 | Changes the name. |\n",
        "docs/safety/faults.csv": (source.ROOT / "docs/safety/faults.csv").read_text(encoding="utf-8"),
        "src/holding.py": CODE,
        "src/holding.sql": "CREATE FUNCTION held_without_gap()",
        "tests/test_holding.py": TESTS,
        "pyproject.toml": '[project]\nversion = "0.1.0"\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def problems(tree: Path) -> list[str]:
    """Without those of the table of faults, which has tests of its own."""
    return [line for line in safety_check.problems(tree) if "faults.csv" not in line]


def swap(tree: Path, name: str, old: str, new: str) -> None:
    path = tree / name
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_safety_file_of_this_tree_holds() -> None:
    assert safety_check.problems(source.ROOT) == []


def test_all_sixteen_seed_hazards_are_there() -> None:
    assert [one.id for one in safety.hazards(source.ROOT)][:16] == SEEDS


def test_each_seed_hazard_is_held_by_the_software_too_and_says_what_is_not_built() -> None:
    for one in safety.hazards(source.ROOT):
        assert one.of_kind(*safety.IN_SOFTWARE), one.id
        assert one.not_built, one.id


def test_nobody_is_appointed_and_nothing_is_scored() -> None:
    case = safety.case(source.ROOT)
    for role in ("Clinical safety officer", "Data protection officer", "Penetration tester"):
        assert case.people[role] == safety.NOT_APPOINTED
    for one in safety.hazards(source.ROOT):
        assert set(one.scores.values()) == {safety.TBC} and not one.signed


def test_a_safety_file_in_order_is_left_alone(tree: Path) -> None:
    assert problems(tree) == []


H = "docs/safety/hazards/H-001.toml"
SCORE = f'severity = "{safety.TBC}"'
PLANTED: dict[str, tuple[str, str, str, str]] = {
    "a hazard that nothing holds": (
        H,
        HAZARD[HAZARD.index("[[controls]]") :],
        "",
        "H-001: nothing holds this hazard",
    ),
    "a control without a test": (
        H,
        HAZARD[HAZARD.index("tests =") : HAZARD.index('\n\n[[controls]]\nkind = "tr')],
        "",
        "has no test",
    ),
    "a control without code": (
        H,
        HAZARD[HAZARD.index("code =") : HAZARD.index("\ntests =")],
        "",
        "names no code",
    ),
    "a test that is not there": (
        H,
        "::test_it_is_held",
        "::test_it_is_lost",
        "test_it_is_lost: there is no such test",
    ),
    "a test in a class, named without it": (
        H,
        "::TestHolding::test_by_one",
        "::test_by_one",
        "there is no such test",
    ),
    "a file of tests that is not there": (
        H,
        "tests/test_holding.py::test_it",
        "tests/test_gone.py::test_it",
        "tests/test_gone.py::test_it_is_held: there is no such file",
    ),
    "a test that is left out": (H, "::test_it_is_held", "::test_left_out", "left out or expected to fail"),
    "a test that may fail": (H, "::test_it_is_held", "::test_that_may_fail", "left out or expected to fail"),
    "a test that is no test": (
        H,
        "tests/test_holding.py::test_it_is_held",
        "the tests of holdings",
        "is no name of a test",
    ),
    "code that is not there": (
        H,
        "Holding.receive",
        "Holding.release",
        "Holding.release: there is no such thing",
    ),
    "a file of code that is not there": (
        H,
        "src/holding.py::",
        "src/gone.py::",
        "there is no such file of the product",
    ),
    "a guard of the database that is not there": (
        H,
        "::held_without_gap",
        "::held_by_two",
        "held_by_two: there is no such thing",
    ),
    "code outside of the product": (
        H,
        "src/holding.sql::held_without_gap",
        "tests/test_holding.py",
        "no such file of the product",
    ),
    "a duty that is nobody's": (H, 'duty_of = "deployer"', "", "does not say whose duty it is"),
    "a duty of the project that no page shows": (
        H,
        'duty_of = "deployer"',
        'duty_of = "project"',
        "names no page",
    ),
    "a page of evidence that is not there": (
        H,
        'duty_of = "deployer"',
        'duty_of = "project"\npage = "docs/gone.md"',
        "docs/gone.md: there is no such page",
    ),
    "training that claims a test": (
        H,
        'duty_of = "deployer"',
        'duty_of = "deployer"\ntests = ["tests/test_holding.py::test_it_is_held"]',
        "is one by people",
    ),
    "a score that nobody signed": (
        H,
        SCORE,
        'severity = "major"',
        "severity is 'major', and nobody has signed it",
    ),
    "a number for a score": (
        H,
        f'risk = "{safety.TBC}"',
        "risk = 3",
        "risk is '3', and nobody has signed it",
    ),
    "a residual score that nobody signed": (
        H,
        f"residual_{SCORE}",
        'residual_severity = "minor"',
        "residual_severity is 'minor'",
    ),
    "a score that is left away": (H, SCORE, "", "severity is '', and nobody has signed it"),
    "a signature though nobody is appointed": (
        H,
        "\n[[controls]]",
        SIGNED + "\n[[controls]]",
        "has appointed no clinical safety officer",
    ),
    "a hazard closed by nobody": (
        H,
        'status = "open"',
        'status = "closed"',
        "no clinical safety officer has signed that",
    ),
    "a status that is none": (H, 'status = "open"', 'status = "fine"', "its status is 'fine'"),
    "a field that is misspelt": (H, "harm = ", "harms = ", "there is no field harms"),
    "a field that says nothing": (H, '"Help comes late"', '""', "harm says nothing"),
    "a kind of control that is none": (H, '"training"', '"hope"', "a control of the kind 'hope'"),
    "an id that is not the file's": (H, 'id = "H-001"', 'id = "H-002"', "its id is H-002"),
    "a file that cannot be read": (H, "[scores]", "[scores", "H-001.toml: "),
    "an act that names no hazard there is": (
        "docs/safety/verbs.md",
        "H-001",
        "H-001, H-099",
        "docs/safety/verbs.md names H-099",
    ),
    "a link that leads nowhere": (
        "docs/safety/verbs.md",
        "Changes",
        "[Changes](gone.md)",
        "the link gone.md leads nowhere",
    ),
    "a case without its people": ("docs/safety/case.toml", "[people]", "[folk]", "there is no field folk"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_would_make_it_untrue_is_seen(tree: Path, planted: str) -> None:
    name, old, new, words = PLANTED[planted]
    swap(tree, name, old, new)
    assert any(words in line for line in problems(tree)), problems(tree)


def test_a_file_of_tests_that_nobody_can_read_is_named_and_breaks_nothing_else(tree: Path) -> None:
    (tree / "tests/test_holding.py").write_text("def test_it_is_held(:\n", encoding="utf-8")
    (tree / "src/holding.py").write_text("class Holding:\n", encoding="utf-8")
    said = "\n".join(problems(tree))
    assert re.search(r"test_it_is_held: .+, line 1", said)
    assert "src/holding.py::Holding.receive: expected an indented block" in said


def test_a_hazard_transferred_with_no_duty_of_the_deployer_is_seen(tree: Path) -> None:
    swap(tree, H, 'status = "open"', 'status = "transferred"')
    assert problems(tree) == []
    swap(tree, H, HAZARD[HAZARD.rindex("[[controls]]") :], "")
    assert "H-001: it is transferred, and no control says what the deployer must do" in problems(tree)


def test_a_gap_in_the_numbers_is_seen_and_so_is_an_empty_log(tree: Path) -> None:
    text = (tree / H).read_text(encoding="utf-8")
    (tree / H).with_name("H-003.toml").write_text(text.replace("H-001", "H-003"), encoding="utf-8")
    assert any("H-002 missing" in line for line in problems(tree))
    for path in safety.files(tree):
        path.unlink()
    assert "there is no hazard in docs/safety/hazards" in problems(tree)


def test_what_is_not_built_yet_is_no_control(tree: Path) -> None:
    swap(tree, H, HAZARD[HAZARD.index("[[controls]]") :], "")
    assert safety.hazards(tree)[0].not_built == ("An alarm",)
    assert any("nothing holds this hazard" in line for line in problems(tree))


def appoint(tree: Path) -> None:
    swap(tree, "docs/safety/case.toml", '"not appointed"', '"Dr Anwen Pryce"')


def test_an_appointed_officer_scores_signs_and_closes(tree: Path) -> None:
    appoint(tree)
    swap(tree, H, "\n[[controls]]", SIGNED + "\n[[controls]]")
    swap(tree, H, SCORE, 'severity = "major"')
    swap(tree, H, 'status = "open"', 'status = "closed"')
    assert problems(tree) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Dr Anwen Pryce", "A developer", "signed by A developer, and the officer is Dr Anwen Pryce"),
        ("Invented, 0000000", " ", "without a professional registration"),
        ("on = 2026-12-01", 'on = "lately"', "without the date"),
        ('severity = "major"', 'severity = "quite bad"', "may be minor, significant"),
    ],
)
def test_a_signature_that_is_none_is_seen(tree: Path, old: str, new: str, words: str) -> None:
    appoint(tree)
    swap(tree, H, "\n[[controls]]", SIGNED + "\n[[controls]]")
    swap(tree, H, SCORE, 'severity = "major"')
    swap(tree, H, old, new)
    assert any(words in line for line in problems(tree)), problems(tree)


def test_the_check_fails_on_it_and_says_where(tree: Path) -> None:
    assert "safety" in checking.CHECKS
    swap(tree, H, SCORE, 'severity = "major"')
    assert "H-001: severity is 'major'" in checking.safety(tree)


def test_a_printed_page_that_is_stale_is_found_and_printed_anew(tree: Path) -> None:
    pages = safety_case.pages(tree)
    documents.write(tree, pages)
    assert not documents.stale(tree, pages)
    swap(tree, H, "One holding", "Two holdings")
    said = documents.stale(tree, safety_case.pages(tree))
    for page in ("hazards/H-001.md", "safety-case.md"):
        assert f"{page} (on disk)" in said
    assert "+- Two holdings" in said
    assert "deployment-checklist.md" not in said


def test_the_documents_check_holds_the_pages_of_the_safety_file_to_it_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "stale", lambda root, pages=(): "\n".join(pages))
    looked_at = checking.documents(source.ROOT).splitlines()
    assert looked_at == list(safety_case.pages(source.ROOT))
    assert {"docs/safety/safety-case.md", "docs/safety/faults.md"} <= set(looked_at)


def test_printing_the_documents_anew_prints_the_pages_of_the_safety_file_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "write", lambda root, pages=(): list(pages))
    monkeypatch.setattr(checking, "CHECKS", {"safety": lambda _: ""})
    assert checking.main(["--write"]) == 0
    said = capsys.readouterr().out
    assert all(f"printed {name}\n" in said for name in safety_case.pages(source.ROOT))


def test_the_case_has_its_sections_in_order_and_is_not_signed() -> None:
    case = safety_case.case_page(source.ROOT)
    heads = [line.partition(". ")[2] for line in case.splitlines() if line.startswith("## ")]
    assert heads == [
        *("Scope and release", "The system and its intended use", "The people of risk management"),
        *("How hazards are identified", "Summary of risk", "Controls and their evidence", "Residual risk"),
        *("Known defects, and what is not built yet", "Hazards transferred to the deployer"),
        *("Monitoring", "Sign-off"),
    ]
    assert "**It is intended not to be a medical device**" in case and "**not signed**" in case
    assert "| Clinical safety officer | not appointed |" in case


def test_every_duty_of_the_deployer_is_on_the_checklist_once_and_nobody_has_ticked_it() -> None:
    duties = [
        control.what
        for one in safety.hazards(source.ROOT)
        for control in one.controls
        if control.duty_of == "deployer"
    ]
    page = safety_case.checklist_page(source.ROOT)
    assert len(duties) > 16
    for duty in [*duties, *safety.case(source.ROOT).duties]:
        assert page.count(f"| ☐ | {duty} |") == 1, duty


def test_the_release_is_the_one_of_the_package() -> None:
    package = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"Release **{package['project']['version']}**" in safety_case.case_page(source.ROOT)


def test_the_plan_says_plainly_who_is_missing() -> None:
    plan = " ".join((source.ROOT / "docs/safety/plan.md").read_text(encoding="utf-8").split())
    assert "no clinical safety officer, no data protection officer and no penetration tester" in plan
    assert "must not be used in the care of real people" in plan
