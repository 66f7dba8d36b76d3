"""A real browser on the gallery, served under the policy of the product and nothing else."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from nowrongdoor.site.csp import POLICY
from tests.chromium import AS_HERE, FLAGS
from tests.nhsuk import gallery


class Served(SimpleHTTPRequestHandler):
    """The gallery's files under the policy. A browser may hang up early; that is no fault."""

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing: the test's own words are enough."""


@pytest.fixture(scope="session")
def gallery_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write_to(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Served, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def in_browser() -> Iterator[Callable[..., Any]]:
    """Runs an act with a new page, in a thread of its own so that no other test's browser is in the way."""
    from playwright.sync_api import sync_playwright

    thread = ThreadPoolExecutor(max_workers=1)
    playwright = thread.submit(lambda: sync_playwright().start()).result()
    program = os.environ["NWD_CHROMIUM"]
    chromium = thread.submit(lambda: playwright.chromium.launch(executable_path=program, args=FLAGS)).result()

    def run(act: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        context = chromium.new_context(**AS_HERE | options)
        try:
            return act(context.new_page())
        finally:
            context.close()

    yield lambda act, options: thread.submit(run, act, options).result()
    thread.submit(chromium.close).result()
    thread.submit(playwright.stop).result()
    thread.shutdown()


@pytest.fixture
def look(gallery_address: str, in_browser: Callable[..., Any]) -> Callable[..., Any]:
    """`look("work", act)` opens a page and lets `act(page)` look; faults and outside requests fail it."""

    def looked(
        name: str, act: Callable[[Any], Any], expected_faults: tuple[str, ...] = (), **options: Any
    ) -> Any:
        faults: list[str] = []

        def opened(page: Any) -> Any:
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.on(
                "request",
                lambda asked: None if asked.url.startswith(gallery_address) else faults.append(asked.url),
            )
            page.goto(f"{gallery_address}{name}.html")
            return act(page)

        found = in_browser(opened, options)
        assert [fault for fault in faults if not any(words in fault for words in expected_faults)] == []
        return found

    return looked
