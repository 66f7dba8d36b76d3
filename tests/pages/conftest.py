"""What page tests stand on: a small place, and browsers of its members."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nowrongdoor.kernel import wall
from tests.behind_the_wall import COMMITTED, standing
from tests.worlds import stories

# Whose tests commit, and whose pages read as nwd_reader, in every run: lists, records, what is kept from
# others and how it is shared. The others do by hand (`tests.behind_the_wall`), for each commit costs time.
BEHIND_THE_WALL = {
    "test_behind_the_wall.py",
    "test_glass.py",
    "test_my_work.py",
    "test_own_words.py",
    "test_sealed.py",
    "test_sharing.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _is_behind(item.path):
            item.add_marker(COMMITTED, append=False)


def _is_behind(path: Path) -> bool:
    return path.parent == Path(__file__).parent and path.name in BEHIND_THE_WALL


@pytest.fixture(scope="module", autouse=True)
def the_wall(request) -> Iterator[None]:
    """Round the tests of a file whose pages read behind it, unless it stands round all."""
    if not _is_behind(request.path) or wall.is_configured():
        yield
        return
    request.getfixturevalue("django_db_setup")
    with standing(request.getfixturevalue("test_database").name):
        yield


@pytest.fixture
def place(db):
    return stories.a_place()


@pytest.fixture
def amir(place):
    """The browser of the triage clinician at the front door."""
    return stories.browser(place.amir)


@pytest.fixture
def priya(place):
    """The browser of a member of the crisis team."""
    return stories.browser(place.priya)


@pytest.fixture
def sam(place):
    """The browser of a member of social care, another agency."""
    return stories.browser(place.sam)


@pytest.fixture
def with_accounts(settings):
    """A place as it is live: no personas, accounts instead; and hashes that take no second each."""
    settings.NWD_DEMO = False
    settings.NWD_ACCOUNTS = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
