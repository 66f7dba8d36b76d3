"""What page tests stand on: a small place, and browsers of its members."""

import pytest

from tests.worlds import stories


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
