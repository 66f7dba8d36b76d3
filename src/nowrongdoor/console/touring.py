"""
./nwd tour: an invented place, walked through in a browser, with a picture of each main screen.

It makes a place of its own, takes it up afresh each time, and leaves the pictures in docs/pictures.
The walk fails when the browser reports an error or asks anything of another machine.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nowrongdoor import embedded
from nowrongdoor.console import serving
from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.console.testing import HOW_TO_GET, find_chromium
from nowrongdoor.embedded.places import checkout

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
DESK = {"width": 1440, "height": 800}
PHONE = {"width": 390, "height": 844}
QUALITY = 75  # in a hundred: its words are as sharp as in a PNG, at half the size
LARGEST = 200_000  # bytes; a picture in a repository is carried by everyone who takes a copy of it
WITH_AGE = "tr:has(.nwd-name .nwd-quiet:text-matches('^\\\\d+y'))"  # someone whose date of birth is known
SAID = "I have not slept for days, I hear voices and my mum is worried. I don't want to go to hospital."


class WentWrong(Exception):
    """The walk could not go on, or what it saw was not as it should be."""


def main(arguments: list[str]) -> int:
    asked = read(arguments)
    chromium = find_chromium()
    if chromium is None:
        on_screen(f"The tour needs a browser, and there is no Chromium here. {HOW_TO_GET}")
        return 1
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        on_screen("The tour drives the browser with Playwright, which is not here: ./nwd test fetches it.")
        return 1
    began = time.monotonic()
    asked.into.mkdir(parents=True, exist_ok=True)
    try:
        with a_place(asked.people) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            walk = Walk(browser, address, asked.into)
            for stop in STOPS:
                stop(walk)
            browser.close()
        return walk.report(time.monotonic() - began)
    except (embedded.CannotStart, WentWrong, Error) as refusal:
        on_screen(f"The tour ended early: {refusal}")
        return 1


def read(arguments: list[str]) -> argparse.Namespace:
    root = checkout()
    parser = argparse.ArgumentParser(prog="./nwd tour", description="Pictures of the main screens.")
    parser.add_argument(
        "--into",
        type=Path,
        default=(root or Path()) / "docs" / "pictures",
        help="where the pictures go (docs/pictures)",
    )
    parser.add_argument("--people", type=int, default=150, help="how many invented people there are (150)")
    return parser.parse_args(arguments)


@contextlib.contextmanager
def a_place(people: int) -> Iterator[str]:
    """A fresh place with a server before it, both gone afterwards; gives its address."""
    if os.environ.get("DATABASE_URL"):
        raise embedded.CannotStart("it fills a private database of its own, and DATABASE_URL names another.")
    os.environ["NWD_DEMO"] = "1"
    embedded.destroy(embedded.directory_for("tour"))
    with database_for("tour"):
        serving.fill(people)
        yield from _served()


def _served() -> Iterator[str]:
    import uvicorn

    bound = serving.listen("127.0.0.1", serving.PORT)
    server = uvicorn.Server(
        uvicorn.Config(
            "nowrongdoor.site.asgi:application",
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=serving.GRACE,
        )
    )
    running = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    running.start()
    try:
        while not server.started and running.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join(timeout=serving.GRACE + 5)
        bound.close()


@dataclass
class Walk:
    """Where we are on the tour, the pictures so far, and all that went wrong."""

    browser: Any
    address: str
    into: Path
    page: Any = None
    taken: list[Path] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)

    def sit_down(self, role: str, screen: dict[str, int] = DESK) -> None:
        """Choose a chair: one click, as in the demonstration."""
        if self.page is not None:
            self.page.context.close()
        context = self.browser.new_context(
            base_url=self.address,
            locale="en-GB",
            timezone_id="Europe/London",
            viewport=screen,
            reduced_motion="reduce",  # a picture is of what has come to rest
        )
        context.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        context.on("request", lambda request: self._left(request.url))
        self.page = context.new_page()
        self.page.goto("/sign-in")
        self.page.locator(".nwd-role").filter(has_text=role).click()
        self.page.wait_for_url(f"{self.address}/")

    def _left(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:")):
            self.faults.append(f"another machine was asked: {url}")

    def open(self, path: str) -> None:
        self.page.goto(path)

    def open_first(self, selector: str, what: str, *paths: str) -> None:
        """The first of a list, in the first of these places that has one."""
        for path in paths or ("",):
            if path:
                self.open(path)
            first = self.page.locator(selector).first
            if first.count():
                first.click()
                self.page.wait_for_load_state()
                return
        raise WentWrong(f"the invented place has {what}.")

    def picture(self, name: str) -> None:
        """What the screen shows, without what still has the focus."""
        self.page.evaluate("document.activeElement.blur()")
        path = self.into / f"{name}.webp"
        asked = {"format": "webp", "quality": QUALITY}
        taken = self.page.context.new_cdp_session(self.page).send("Page.captureScreenshot", asked)
        path.write_bytes(b64decode(taken["data"]))
        self.taken.append(path)

    def report(self, seconds: float) -> int:
        """In words; what went wrong, and pictures that are too large, fail the tour."""
        for path in self.taken:
            size = path.stat().st_size
            print(f"  {path.name:<24} {size / 1000:4.0f} kB")
            if size > LARGEST:
                self.faults.append(f"{path.name} is larger than {LARGEST // 1000} kB")
        print(f"{len(self.taken)} pictures in {self.into}, in {seconds:.0f} s.")
        for fault in self.faults:
            print(f"  Wrong: {fault}")
        if not self.faults:
            print("No error in the browser, and nothing was asked of another machine.")
        return 1 if self.faults else 0


# The stops, in the order a person's story takes through the place.


def my_work(walk: Walk) -> None:
    walk.sit_down("Triage clinician")
    walk.picture("my-work")


def the_board(walk: Walk) -> None:
    walk.open("/board")
    walk.picture("board")


def a_person(walk: Walk) -> None:
    """Someone whom several teams have held in turn."""
    reached = "tr:not(:has-text('Care Co-ordination Centre'))" + WITH_AGE.removeprefix("tr")
    places = (f"/board/table?column={column}" for column in ("under_way", "accepted"))
    walk.open_first(f"{reached} [data-open]", "nobody whom another team has taken on", *places)
    walk.open_first(".nwd-person__name a", "no name for them")
    line = walk.page.locator(".nwd-person__line").inner_text()
    walk.known["name"] = walk.page.locator(".nwd-person__name").inner_text()
    born = re.search(r"\d\d-\w{3}-\d{4}", line)
    walk.known["born"] = born.group() if born else ""
    walk.picture("person")


def a_decision(walk: Walk) -> None:
    walk.open_first(f"{WITH_AGE} [data-open]", "nobody to triage", "/triage")
    walk.page.get_by_label("Hand to…", exact=True).check()
    walk.page.evaluate("window.scrollTo(0, 0)")
    walk.picture("triage")


def a_call(walk: Walk) -> None:
    """Somebody known rings; their record comes up alongside while the call handler types."""
    walk.sit_down("Call handler")
    walk.page.get_by_role("banner").get_by_role("link", name="New contact").click()
    walk.page.get_by_label("What is happening?", exact=True).fill(SAID)
    family, _, given = walk.known["name"].partition(", ")
    walk.page.get_by_label("Name of the person", exact=True).fill(f"{given} {family.title()}")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    if walk.known["born"]:
        day, month, year = walk.known["born"].split("-")
        for part, typed in (("day", day), ("month", str(months.index(month) + 1)), ("year", year)):
            walk.page.locator(f"#id_born_on_{part}").fill(typed)
    walk.page.locator("#match .nwd-candidate").first.wait_for()
    walk.page.evaluate("window.scrollTo(0, 0)")
    walk.picture("new-contact")


def an_offer(walk: Walk) -> None:
    """The same offer at a desk and on a telephone."""
    walk.sit_down("Rapid responder")
    walk.open_first("[id^=offer-] [data-open]", "no offer to that team")
    walk.picture("handover")
    walk.page.set_viewport_size(PHONE)
    walk.page.evaluate("window.scrollTo(0, 0)")
    walk.picture("handover-phone")
    walk.open("/")
    walk.picture("my-work-phone")


STOPS: tuple[Callable[[Walk], None], ...] = (my_work, the_board, a_person, a_decision, a_call, an_offer)
