"""What the documents point to is there: files, links, verbs of the launcher. Each decision has its parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nowrongdoor.console.__main__ import VERBS
from nowrongdoor.console.documents import clocks
from nowrongdoor.rules import (
    contact,
    handover,
    joint_visit,
    law,
    onward_link,
    police,
    promise,
    re_homing,
    referral,
    talk,
    talk_asking,
    triage,
    visit,
)
from tests.architecture import source

DOCUMENTS = sorted([*source.ROOT.glob("*.md"), *(source.ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((source.ROOT / "docs" / "adr").glob("*.md"))
PARTS = [
    *("What forces a choice", "Decision", "Options refused", "Consequences"),
    *("How it is kept", "Wrong if", "Look again"),
]
RULES = {
    "contact": contact,
    "handover": handover,
    "onward_link": onward_link,
    "police": police,
    "promise": promise,
    "re_homing": re_homing,
    "referral": referral,
    "talk": talk,
    "talk_asking": talk_asking,
    "triage": triage,
    "joint_visit": joint_visit,
    "visit": visit,
}
# A path in backticks, with or without the test in it; beginning where our files begin.
PATH = re.compile(
    r"`((?:src|tests|docs|rules|data|journeys|reading|pages|site|kernel|sim|nhsuk)/[\w./-]*)(?:::\w+)?`"
)


def name_of(path: Path) -> str:
    return path.relative_to(source.ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), f"{name_of(path)} links to {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    for named in PATH.findall(path.read_text(encoding="utf-8")):
        assert any((root / named).exists() for root in (source.ROOT, source.PACKAGE)), (
            f"{name_of(path)}: {named}"
        )


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_verb_of_the_launcher_that_is_named_is_there(path: Path) -> None:
    for verb in re.findall(r"\./nwd (\w+)", path.read_text(encoding="utf-8")):
        assert verb in VERBS, f"{name_of(path)}: ./nwd {verb}"


def test_decisions_are_numbered_once_and_without_a_gap() -> None:
    assert [path.stem[:4] for path in DECISIONS] == [f"{one:04}" for one in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_argues_what_it_refused_and_how_we_would_notice_we_were_wrong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem[:4]}. ")
    assert re.search(
        r"^Date: \d{4}-\d\d-\d\d · Status: (proposed|accepted|superseded by \d{4}) · ", text, re.M
    )
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS
    options = text.partition("## Options refused")[2].partition("## ")[0]
    rows = [line for line in options.splitlines() if line.startswith("| ")]
    assert rows[0] == "| Option | Its best argument | Why not here | What would make it right |"
    assert len(rows) >= 4, "at least three options refused"
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|"))


def test_every_clock_says_which_acts_move_it_and_every_act_it_names_is_a_rule() -> None:
    for row in law.rows("promise_times"):
        assert clocks.clock_of(row["code"]) is not None, (
            f"say in documents/clocks.py what moves {row['code']}"
        )
    for clock in (clocks.RESPONSE, clocks.ANSWER, clocks.OFFER, *clocks.PROMISED.values()):
        for act in (*clock.starts, *clock.stops, *clock.goes_on):
            module, _, verb = act.partition(".")
            assert callable(getattr(RULES[module], verb)), act


def test_the_readme_says_what_is_missing_and_leaves_room_for_figures() -> None:
    readme = (source.ROOT / "README.md").read_text(encoding="utf-8")
    assert "must not be used for real people" in readme
    assert "no clinical safety officer" in readme


def test_a_dead_link_would_be_noticed() -> None:
    page = source.ROOT / "docs" / "page-that-is-not-there.md"
    assert PATH.findall("see `docs/page-that-is-not-there.md` and `tests/x.py::test_y`") == [
        "docs/page-that-is-not-there.md",
        "tests/x.py",
    ]
    assert not page.exists()
