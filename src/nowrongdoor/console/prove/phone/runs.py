"""
One note on a phone in Chromium, and a signal that goes at one step of sending it and comes back.

What the phone says meanwhile counts as well: a note that is not recorded is never said to be sent.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error

from nowrongdoor.console.prove.phone.notes import Note

PHONE = {"width": 320, "height": 640}
PATIENCE = 15_000  # milliseconds
NOT_YET = "Kept on this phone, not sent yet."
LEFT = "Object.keys(localStorage).filter((key) => key.startsWith('kept ')).length"
LOOKS = "dispatchEvent(new Event('focus'))"
SCRIPT = "**/kept.js"
KEYS = ("care_contact_id=", "seen=", "draft_key=")


class StillKept(Exception):
    """A phone that should be rid of a note is not."""


@dataclass
class Told:
    """How many runs there were of each kind, and in which of them the phone did not say how it stood."""

    runs: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


class Phone:
    """One member's phone, signed in, with one page."""

    def __init__(self, browser: Any, address: str, membership_id: object) -> None:
        self.address, self.membership_id = address, membership_id
        self.context = browser.new_context(
            base_url=address, locale="en-GB", timezone_id="Europe/London", viewport=PHONE, has_touch=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.signs_in()

    def signs_in(self) -> None:
        self.page.goto("/sign-in")
        self.page.locator(f'button[name="as"][value="{self.membership_id}"]').first.click()
        self.page.wait_for_url(f"{self.address}/")

    def types(self, note: Note) -> None:
        page = self.page
        page.goto(note.page)
        if note.of_visit:
            page.locator("input[name=outcome]").first.check()
            page.locator("input[name=next_step]").first.check()
        else:
            page.locator("input[name=way]").first.check()
        page.locator("textarea[name=words]").fill(note.words)

    def sends(self) -> None:
        self.page.locator("form[data-keeps] button[type=submit]").first.click(no_wait_after=True)

    def says(self, words: str) -> None:
        self.page.locator("[data-kept-says], [data-kept-for]").filter(has_text=words).first.wait_for()

    def signal(self, is_there: bool) -> None:
        self.context.set_offline(not is_there)

    def is_rid_of_it(self) -> None:
        """Nothing is kept there any more. Raises `StillKept` when something is after a while."""
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            with contextlib.suppress(Error):  # the page may just be moving on
                if self.page.evaluate(LEFT) == 0:
                    return
            self.page.wait_for_timeout(20)
        raise StillKept("it is kept still")

    @contextlib.contextmanager
    def posts(self, note: Note, met_with: Callable[[Any], None]) -> Iterator[None]:
        """Whatever is posted to the note's form meets with this."""

        def either(route: Any) -> None:
            met_with(route) if route.request.method == "POST" else route.continue_()

        self.context.route(f"{self.address}{note.sent_to}", either)
        try:
            yield
        finally:
            self.context.unroute(f"{self.address}{note.sent_to}", either)


def before(phone: Phone, note: Note) -> None:
    """There is no signal when it is sent."""
    phone.types(note)
    phone.signal(False)
    phone.sends()
    phone.says(NOT_YET)
    phone.signal(True)
    phone.says("Sent at")


def while_asking(phone: Phone, note: Note) -> None:
    """The signal goes before all of it has reached us."""
    phone.types(note)
    with phone.posts(note, lambda route: route.abort("internetdisconnected")):
        phone.sends()
        phone.says(NOT_YET)
    phone.page.evaluate(LOOKS)
    phone.says("Sent at")


def unanswered(phone: Phone, note: Note, *, times: int = 1) -> None:
    """It is stored, and the answer never reaches the phone."""
    phone.types(note)
    lost: list[int] = []
    with phone.posts(note, _stored(lost)):
        phone.sends()
        phone.says(NOT_YET)
        while len(lost) < times:
            with phone.page.expect_event("requestfailed"):
                phone.page.evaluate(LOOKS)
    phone.page.evaluate(LOOKS)
    phone.says("Sent at")


def unanswered_twice(phone: Phone, note: Note) -> None:
    """So again, when it is sent again."""
    unanswered(phone, note, times=2)


def turned_away(phone: Phone, note: Note) -> None:
    """Something between the phone and us answers that there is nobody."""
    phone.types(note)
    with phone.posts(note, lambda route: route.fulfill(status=503, body="<h1>Not now</h1>")):
        phone.sends()
        phone.says(NOT_YET)
    phone.page.evaluate(LOOKS)
    phone.says("Sent at")


def phone_dies(phone: Phone, note: Note) -> None:
    """It is sent without signal, and the page is gone; any page of ours sends it when there is signal."""
    phone.types(note)
    phone.signal(False)
    phone.sends()
    phone.says(NOT_YET)
    _another_page(phone)
    phone.signal(True)
    phone.page.goto("/visits" if note.of_visit else "/")


def dies_unsent(phone: Phone, note: Note) -> None:
    """It was typed and not sent when the page went: it is in its form again, and nothing else sends it."""
    phone.types(note)
    phone.signal(False)
    phone.page.locator("textarea[name=words]").blur()
    _another_page(phone)
    phone.signal(True)
    phone.page.goto(note.page)
    phone.says(NOT_YET)
    phone.sends()


def two_pages(phone: Phone, note: Note) -> None:
    """Two pages of one phone send it, at once."""
    phone.types(note)
    other = phone.context.new_page()
    other.goto("/visits")
    phone.signal(False)
    phone.sends()
    phone.says(NOT_YET)
    phone.signal(True)
    other.evaluate(LOOKS)
    phone.is_rid_of_it()
    other.close()


def signed_out(phone: Phone, note: Note) -> None:
    """The session ended meanwhile: it is sent once its member has signed in."""
    phone.types(note)
    phone.context.clear_cookies(name="sessionid")
    phone.sends()
    phone.says("Sign in to send it.")
    phone.signs_in()


def _another_page(phone: Phone) -> None:
    phone.page.close()
    phone.page = phone.context.new_page()


def _stored(lost: list[int]) -> Callable[[Any], None]:
    def meet(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    return meet


KINDS = {
    "no signal when it is sent": before,
    "the signal goes while it is sent": while_asking,
    "stored, and the answer is lost": unanswered,
    "stored, and the answer is lost twice": unanswered_twice,
    "answered that there is nobody": turned_away,
    "sent, and the phone dies": phone_dies,
    "typed, and the phone dies": dies_unsent,
    "sent from two pages at once": two_pages,
    "signed out meanwhile": signed_out,
}


def run(browser: Any, address: str, membership_id: object, notes: Sequence[Note]) -> Told:
    """Each note meets with the next kind of loss; of both forms, all kinds in turn."""
    told = Told()
    phone = Phone(browser, address, membership_id)
    count = {True: 0, False: len(KINDS) // 2}  # few notes of both forms meet with all kinds between them
    for note in notes:
        kind = list(KINDS)[count[note.of_visit] % len(KINDS)]
        count[note.of_visit] += 1
        told.runs[kind] = told.runs.get(kind, 0) + 1
        try:
            KINDS[kind](phone, note)
            phone.is_rid_of_it()
        except (Error, StillKept) as fault:
            told.wrong.append(f"{kind}, {note.words[:30]}…: {str(fault).splitlines()[0]}")
            phone.context.close()
            phone = Phone(browser, address, membership_id)
    phone.context.close()
    return told


def forgets(browser: Any, address: str, membership_id: object, note: Note) -> None:
    """Control: a phone that keeps nothing."""
    phone = Phone(browser, address, membership_id)
    phone.context.route(SCRIPT, lambda route: route.fulfill(body="", content_type="text/javascript"))
    phone.types(note)
    phone.signal(False)
    phone.sends()
    phone.page.wait_for_timeout(500)
    _another_page(phone)
    phone.signal(True)
    phone.page.goto(note.page)
    phone.context.close()


def without_a_key(browser: Any, address: str, membership_id: object, note: Note) -> None:
    """Control: the form has no key, and its answer is lost."""
    phone = Phone(browser, address, membership_id)
    lost: list[int] = []

    def keyless(route: Any) -> None:
        body = "&".join(
            each for each in (route.request.post_data or "").split("&") if not each.startswith(KEYS)
        )
        lost.append(route.fetch(post_data=body).status)
        route.abort("connectionreset")

    phone.types(note)
    with phone.posts(note, keyless):
        phone.sends()
        phone.says(NOT_YET)
        with phone.page.expect_event("requestfailed"):
            phone.page.evaluate(LOOKS)
    phone.context.close()
