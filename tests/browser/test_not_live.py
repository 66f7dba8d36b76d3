"""A board that is not told any more says so, and catches up by itself."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import chromium, databases
from tests.browser.conftest import answering
from tests.browser.given import CRISIS
from tests.browser.living import Live, is_live, state_of
from tests.chromium import AS_HERE


@pytest.fixture
def server(browser: Any) -> Iterator[Server]:
    """A web of one's own on the same rows, to be stopped and started again, and a browser before it."""
    with Server(browser) as started:
        yield started


class Server:
    """The page of somebody of the crisis team, and the server it comes from."""

    def __init__(self, browser: Any) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.context = browser.new_context(**AS_HERE, base_url=self.address)
        self.context.set_default_timeout(20_000)

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        self.kill()

    def start(self) -> None:
        name = databases.named("_browser")
        settings = os.environ | {
            "NWD_DEMO": "1",
            "NWD_CONNECTIONS": "4",
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            "NWD_SECRET_KEY": "only for tests, and long enough to sign a session with",
        }
        for url in ("DATABASE_URL", "DATABASE_READER_URL", "DATABASE_OWNER_URL"):
            settings[url] = databases.elsewhere(os.environ[url], name)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "nowrongdoor.site.asgi:application", "--port", str(self.port),
             "--log-level", "critical", "--lifespan", "off"],
            env=settings,
        )  # fmt: skip
        answering(self.address, self.process)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def page_of(self, member: Any) -> Any:
        page = self.context.new_page()
        page.goto("/sign-in")
        page.locator("main").get_by_role("button", name=member.name, exact=True).click()
        page.get_by_role("heading", name="My work", exact=True).wait_for()
        is_live(page)
        return page


class TestWhenItIsNotLive(Live):
    def test_a_server_that_is_killed_and_comes_back_is_caught_up_with_and_what_was_typed_stays(self, server):
        offer = self.an_offer()
        writing = server.page_of(self.rows.member(CRISIS))
        writing.goto(f"/handovers/{offer.id}")
        is_live(writing)
        box = writing.get_by_label("In one line, what will you do?", exact=True)
        box.fill("I go there with Sam at")
        looking = server.context.new_page()
        looking.goto("/")
        is_live(looking)
        server.kill()
        another = self.an_offer()  # by way of another process of the web
        self.accepts(offer)
        server.start()
        expect(looking.locator(f"#offer-{another.id}")).to_be_visible(timeout=20_000)
        expect(looking.locator(f"#offer-{offer.id}")).to_have_count(0)
        expect(writing.locator("#overtaken")).to_contain_text("Answered meanwhile", timeout=20_000)
        expect(box).to_have_value("I go there with Sam at")
        is_live(looking)

    def test_forty_seconds_after_the_server_went_it_says_not_live_and_live_when_it_is_back(self, server):
        page = server.page_of(self.rows.member(CRISIS))
        page.clock.install()
        page.goto("/")
        is_live(page)
        server.kill()
        page.clock.run_for(40_000)
        expect(state_of(page)).to_have_text("Not live – checking every 15 seconds")
        expect(page.locator("html")).to_have_attribute("data-live", "lost")
        assert chromium.violations(page) == []
        server.start()
        page.clock.run_for(20_000)
        is_live(page)

    def test_without_a_network_it_says_since_when(self, server):
        page = server.page_of(self.rows.member(CRISIS))
        server.context.set_offline(True)
        expect(state_of(page)).to_have_text(re.compile(r"^Offline since \d\d:\d\d$"))
        offer = self.an_offer()
        server.context.set_offline(False)
        expect(page.locator(f"#offer-{offer.id}")).to_be_visible(timeout=20_000)
        is_live(page)

    def test_whoever_signed_out_in_another_tab_is_told_so(self, server):
        page = server.page_of(self.rows.member(CRISIS))
        other = server.context.new_page()
        other.goto("/")
        server.context.request.post(
            "/sign-out",
            form={"csrfmiddlewaretoken": other.locator("[name=csrfmiddlewaretoken]").first.input_value()},
        )
        self.an_offer()
        expect(state_of(page)).to_contain_text("Signed out", timeout=20_000)
        expect(page.locator("html")).to_have_attribute("data-live", "out")

    def test_without_scripts_the_page_is_whole_and_says_nothing_of_being_live(self):
        seat = self.at_work(CRISIS, scripts=False)
        seat.opens("/")
        assert state_of(seat.page).inner_text() == ""
        assert seat.page.locator("main button:visible").count() == 0
        expect(seat.page.get_by_role("link", name="Reload for changes")).to_be_visible()
