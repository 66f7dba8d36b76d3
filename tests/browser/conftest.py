"""
A real server and a real browser: the product as people meet it.

The server runs in a process of its own on a database of its own, filled with a small invented
place. Every page a test opens fails it on a console error and on a request to any other host.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import databases

ROOT = Path(__file__).parents[2]
WITHIN = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", database="owner", verbosity=0, interactive=False)
from nowrongdoor.console import demo_place
demo_place.fill(people=40, progress=lambda done, of: None)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the server answers."""
    name = databases.make(os.environ["DATABASE_OWNER_URL"], suffix="_browser")
    settings = os.environ | {
        "DATABASE_URL": databases.elsewhere(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": databases.elsewhere(os.environ["DATABASE_OWNER_URL"], name),
        "NWD_DEMO": "1",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        "NWD_SECRET_KEY": "only for tests, and long enough to sign a session with",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = None
    try:
        subprocess.run([sys.executable, "-c", FILL], env=settings, check=True, timeout=180)
        server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "nowrongdoor.site.asgi:application", "--port", str(port),
             "--log-level", "warning"],
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


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["NWD_CHROMIUM"], args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def rows(address: str) -> Iterator[psycopg.Connection]:
    """The server's own database, read as the owner, to see what was really recorded."""
    name = databases.named("_browser")
    with psycopg.connect(
        databases.elsewhere(os.environ["DATABASE_OWNER_URL"], name), autocommit=True
    ) as connection:
        yield connection
