"""
A real server and a real browser: the product as people meet it.

The server runs in a process of its own on a database of its own, filled with a small invented
place; one browser serves every story. Every test fails on a console error, on a report of the
content security policy, on a request to any other host, and on a refusal it did not expect.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import chromium, databases
from tests.browser.rows import Rows
from tests.browser.seat import Door, Seat

ROOT = Path(__file__).parents[2]
WITHIN = 60
FILL = """
import django; django.setup()
from django.db import connections
from nowrongdoor.console import demo_place, filling
filling.migrate()
demo_place.fill(people=40, progress=lambda done, of: None)
filling.note(connections["owner"], filling.FILLED)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Where the server answers."""
    name = databases.make(os.environ["DATABASE_OWNER_URL"], suffix="_browser", with_tables=True)
    settings = os.environ | {
        "DATABASE_URL": databases.elsewhere(os.environ["DATABASE_URL"], name),
        "DATABASE_READER_URL": databases.elsewhere(os.environ["DATABASE_READER_URL"], name),
        "DATABASE_OWNER_URL": databases.elsewhere(os.environ["DATABASE_OWNER_URL"], name),
        "NWD_DEMO": "1",
        # As a new user has it: nothing is installed but what `./nwd demo` brings.
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "runtime_alone"), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        "NWD_SECRET_KEY": "only for tests, and long enough to sign a session with",
        "NWD_DOWNTIME_KEY": "only for tests, and long enough to lock a downtime pack with",
        # A sweep would raise what the stories leave late, at an instant of its own choosing.
        "NWD_SWEEPS": "0",
    }
    settings.pop("NWD_TEST", None)  # with it, pages would read past the second wall
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = None
    try:
        subprocess.run([sys.executable, "-c", FILL], env=settings, check=True, timeout=180)
        server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "nowrongdoor.site.asgi:application", "--port", str(port),
             "--log-level", "warning", "--lifespan", "off", "--timeout-graceful-shutdown", "1"],
            env=settings,
        )  # fmt: skip
        yield answering(f"http://127.0.0.1:{port}", server)
    finally:
        if server is not None:
            server.terminate()
            server.wait(timeout=20)
        databases.remove(os.environ["DATABASE_OWNER_URL"], name)


def answering(address: str, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return address
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"no answer within {WITHIN} seconds")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One for the folder, and closed with it: its event loop would be in the way of other tests."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ["NWD_CHROMIUM"], args=chromium.FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def connection(address: str) -> Iterator[psycopg.Connection]:
    url = databases.elsewhere(os.environ["DATABASE_OWNER_URL"], databases.named("_browser"))
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="package")
def rows(connection: psycopg.Connection) -> Rows:
    """The server's own database, read as the owner, to see what was really recorded."""
    return Rows(connection)


@pytest.fixture(scope="package")
def door(browser: Any, address: str, rows: Rows) -> Iterator[Door]:
    """Through which colleagues come in and sit down at a browser; contexts are kept from test to test."""
    opened = Door(browser, chromium.Watch(address), rows)
    yield opened
    opened.close()


@pytest.fixture
def at_work(door: Door) -> Iterator[Callable[..., Seat]]:
    """`at_work("Crisis Resolution and Home Treatment")`: a member of that team, signed in, with a page."""
    yield door.sit_down
    found = door.everyone_leaves()
    assert found == [], "the browser saw something that no test expected"
