"""
Page tests behind the second wall: `./nwd test -p tests.behind_the_wall tests/pages`.

A test that rolls back reads what it never committed, so ordinarily there is one connection and no wall.
Here everything is committed, and every page reads as nwd_reader, as it does where people work. Some files do
so in every run: `tests/pages/conftest.py` names them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nowrongdoor.console.prove.seeing import behind
from tests import databases

COMMITTED = pytest.mark.django_db(transaction=True, databases=["default", "reader"])


@contextmanager
def standing(name: str) -> Iterator[str]:
    """The wall stands round the database of this name; answers with the reader's address."""
    with behind.standing(databases.elsewhere(os.environ["DATABASE_READER_URL"], name)) as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def behind_the_wall(test_database, django_db_setup) -> Iterator[None]:
    with standing(test_database.name):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(COMMITTED, append=False)
