"""What every test stands on: a database of its own, used as nwd_app, the role the web itself has.

    db          a transaction that is rolled back; deferred constraints are checked at its end
    committed   real commits, for threads, other connections and browsers; afterwards every table that
                migrations did not fill is emptied by the owner

Both speak as nwd_app, for superusers and owners are let past row-level security without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import databases, lanes

# How long an example takes says how busy the machine is, and nothing about what it shows.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@dataclass(frozen=True)
class TestDatabase:
    """The suite's own database, for a test that needs a second process or connection."""

    __test__ = False
    name: str
    app_url: str
    owner_url: str


@pytest.fixture(scope="session")
def test_database() -> Iterator[TestDatabase]:
    """A new database, made, migrated and later removed by the owner."""
    owner_url, app_url = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    name = databases.make(owner_url, with_tables=True)
    try:
        yield TestDatabase(name, databases.elsewhere(app_url, name), databases.elsewhere(owner_url, name))
    finally:
        databases.remove(owner_url, name)


@pytest.fixture(scope="session")
def django_db_setup(
    test_database: TestDatabase, django_test_environment: None, django_db_blocker
) -> Iterator[None]:
    """Django's two aliases lead to the test database; 'owner' migrates it."""
    from django.db import connections
    from django.test import TransactionTestCase

    from nowrongdoor.console import filling

    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = test_database.name
        connections.settings[alias]["NAME"] = test_database.name
    with django_db_blocker.unblock():
        filling.migrate()
        connections["owner"].close()
    databases.never_counted(test_database.owner_url)
    empty = databases.Emptying(test_database.owner_url)
    # Django would flush as nwd_app, which may empty nothing.
    TransactionTestCase._fixture_teardown = lambda _: empty()
    yield
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            connection.close()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Real commits. See above."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: lanes.turn(item.nodeid))
    if not os.environ.get("NWD_CHROMIUM"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return lanes.scheduler(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = [
        report
        for report in terminalreporter.stats.get("skipped", ())
        if "no Chromium" in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.write_line(
            f"Browser tests skipped for want of Chromium: {len(left_out)}", yellow=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration nothing may be left out for want of something that could be installed.

    What a machine cannot help ("only as root", "only where an older Python is installed") may be skipped.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    reasons = {str(report.longrepr[-1]) for report in reporter.stats.get("skipped", ())}
    left_out = sorted(reason for reason in reasons if not reason.startswith("Skipped: only "))
    if left_out and session.exitstatus == 0:
        reporter.write_line(
            f"Nothing may be skipped in continuous integration: {'; '.join(left_out)}", red=True
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
