"""Every page in a real browser, after all that was sent: what runs there, what it asks for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nowrongdoor.console.prove.attack.sending import Sender
from nowrongdoor.console.testing import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--disable-quic", "--no-first-run"]
REPORT = """document.addEventListener("securitypolicyviolation", (e) =>
  console.error(`policy: ${e.effectiveDirective} stopped ${e.blockedURI} ${e.sample}`))"""
SETTLES = 30  # milliseconds after a page has come
FEWEST = 5  # pages, however slow the machine is


class NoBrowser(Exception):
    """There is no Chromium here, and without one nobody knows what runs in a page."""


@dataclass
class Seen:
    """What a browser met with on all its pages."""

    pages: int = 0
    fired: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    program = find_chromium()
    if program is None:
        raise NoBrowser("There is no Chromium here. Set NWD_CHROMIUM to one.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def look(pages: list[tuple[Sender, str]], *, within: float) -> Seen:
    """
    Each page as its member sees it, as many as time allows and `FEWEST` in any case. The page's own policy
    stays in force.

    Opened for this and closed again: while it runs, Django speaks to no database in this thread.
    """
    seen, until = Seen(), time.monotonic() + within
    at: dict[int, Any] = {}
    with chromium() as browser:
        for sender, path in pages:
            if time.monotonic() > until and seen.pages >= FEWEST:
                break
            if id(sender) not in at:
                at[id(sender)] = _sits_down(browser, sender, seen)
            _visit(at[id(sender)], f"http://127.0.0.1:{sender.port}", path, seen)
    return seen


def _sits_down(browser: Any, sender: Sender, seen: Seen) -> Any:
    address = f"http://127.0.0.1:{sender.port}"
    context = browser.new_context(base_url=address, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(15_000)
    context.add_init_script(REPORT)
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in sender.cookies.items() if value]
    )

    def fired(dialog: Any) -> None:
        seen.fired.append(f"{dialog.message[:40]} on {dialog.page.url if dialog.page else ''}")
        dialog.dismiss()

    def said(message: Any) -> None:
        if message.text.startswith("policy:") or "Content Security Policy" in message.text:
            seen.stopped.append(message.text[:160])

    def asked(request: Any) -> None:
        if not request.url.startswith((f"{address}/", "data:", "about:")):
            seen.asked_elsewhere.append(request.url[:100])

    context.on("dialog", fired)
    context.on("console", said)
    context.on("request", asked)
    return context.new_page()


def _visit(page: Any, address: str, path: str, seen: Seen) -> None:
    page.goto(path, wait_until="load")
    page.wait_for_timeout(SETTLES)
    seen.pages += 1
    if not page.url.startswith(address):
        seen.moved.append(f"{path} went to {page.url[:80]}")
