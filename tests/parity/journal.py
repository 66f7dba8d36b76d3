"""
Journal and rows tell one story: folding the entries of every row gives the row, column by column.

The same comparison as `./nwd prove replay`, over whatever a test has left in the database.
"""

from collections.abc import Iterator

import pytest

from nowrongdoor.console.prove import replay


def why_not_one_story() -> str:
    """What the journal does not tell, or tells and is not so; empty when all is told."""
    found = replay.compared()
    if not found.rows:
        return "nothing was touched, so nothing was shown; a test about no row asks for touches_nothing"
    return "\n".join(found.violations)


@pytest.fixture
def touches_nothing() -> None:
    """This test is about no row: there is nothing for journal and rows to agree on."""


@pytest.fixture(autouse=True)
def journal_and_rows_tell_one_story(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each journey test, every row there is equals the fold of its journal entries."""
    if "touches_nothing" in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    yield
    differ = why_not_one_story()
    assert not differ, differ
