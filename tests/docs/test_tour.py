"""The tour is true: its blocks run in order through the real journeys, and its excerpts stand in the code."""

from __future__ import annotations

import re

import pytest

from tests.architecture import source

TOUR = source.ROOT / "docs" / "tour.md"
BLOCK = re.compile(r"^```python(?: from (\S+))?\n(.*?)^```$", re.M | re.S)


def blocks(text: str) -> list[tuple[str, str, int]]:
    """Each block with the file it is from, if it is an excerpt, and the line it begins at."""
    return [
        (found[1] or "", found[2], text.count("\n", 0, found.start(2)) + 1) for found in BLOCK.finditer(text)
    ]


TEXT = TOUR.read_text(encoding="utf-8")
EXCERPTS = [(name, code) for name, code, _ in blocks(TEXT) if name]


@pytest.mark.django_db
def test_the_tour_runs_from_beginning_to_end() -> None:
    run = [(code, line) for name, code, line in blocks(TEXT) if not name]
    assert len(run) >= 10
    known: dict[str, object] = {"__name__": "tour"}
    for code, line in run:
        # Blank lines before it, so that a failure names the line of the page.
        exec(compile("\n" * (line - 1) + code, str(TOUR), "exec"), known)


@pytest.mark.parametrize(("name", "code"), EXCERPTS, ids=lambda part: part[:50].strip())
def test_an_excerpt_stands_word_for_word_in_its_file(name: str, code: str) -> None:
    assert code in (source.ROOT / name).read_text(encoding="utf-8"), f"docs/tour.md: no longer so in {name}"


def test_an_excerpt_that_has_changed_would_be_noticed() -> None:
    name, code = EXCERPTS[0]
    assert code.replace("begin", "start") not in (source.ROOT / name).read_text(encoding="utf-8")


def test_a_block_that_is_not_true_would_be_noticed() -> None:
    ((_, code, _),) = blocks("```python\nassert 1 == 2\n```\n")
    with pytest.raises(AssertionError):
        exec(code, {})
