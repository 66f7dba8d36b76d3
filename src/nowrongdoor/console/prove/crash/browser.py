"""A member at a browser without scripts: cookies, and forms as their pages give them."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit
from uuid import UUID

PATIENCE = 20  # seconds until a browser gives up on an answer
TOKEN = "csrfmiddlewaretoken"
GONE = (OSError, http.client.HTTPException)  # what a browser sees of a server that died
Fields = dict[str, str | list[str]]


class NotNow(Exception):
    """The page did not come, or not the page that was asked for; it may come later."""


@dataclass(frozen=True)
class Page:
    """What came: a status, where it sends us on to, and the words."""

    status: int
    location: str
    text: str

    @property
    def failed(self) -> bool:
        """The server could not: nobody knows whether anything was recorded."""
        return self.status >= 500

    def form(self, name: str) -> Fields:
        """What the form of this name carries unseen. Raises `NotNow` when the page holds no such form."""
        read = HiddenFields(name)
        read.feed(self.text)
        if read.found is None:
            raise NotNow(f"no form '{name}' ({self.status})")
        return read.found

    def link(self, to: str) -> str:
        """The first address on the page under `/<to>/<key>`."""
        found = re.search(rf'href="(/{to}/[0-9a-f-]{{36}})"', self.text)
        if found is None:
            raise NotNow(f"no link to {to} ({self.status})")
        return found[1]


class HiddenFields(HTMLParser):
    """The hidden fields of the one form that has this id."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: Fields | None = None
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.name
            if self.inside:
                self.found = {}
        elif tag == "input" and self.inside and given.get("type") == "hidden" and self.found is not None:
            self.found[given.get("name") or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


@dataclass
class Browser:
    """Signed in as one member; asks one worker after the other, so that each has work whichever dies."""

    membership_id: UUID
    ports: Callable[[], Sequence[int]]
    turn: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Raises `NotNow` when that did not come to pass."""
        self.get("/sign-in")
        done = self.post("/sign-in", {"as": str(self.membership_id)})
        if done.location != "/":
            raise NotNow(f"signing in ended with {done.status}")

    def get(self, path: str) -> Page:
        """The page, signed in again on the way if need be. Raises `NotNow` when it does not come."""
        page = self._ask("GET", path)
        if page.location.startswith("/sign-in") and path != "/sign-in":
            self.sign_in()
            page = self._ask("GET", path)
        if page.status != 200:
            raise NotNow(f"{page.status} {page.location}")
        return page

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> Page:
        """What is answered to a form, whatever it is. Raises `NotNow` when nothing is."""
        token = {TOKEN: self.cookies.get("csrftoken", "")}
        return self._ask("POST", path, urlencode(token | dict(fields), doseq=True))

    def _ask(self, how: str, path: str, body: str = "") -> Page:
        ports = self.ports()
        self.turn += 1
        asked = http.client.HTTPConnection("127.0.0.1", ports[self.turn % len(ports)], timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            asked.request(how, path, body or None, headers)
            answer = asked.getresponse()
            text = answer.read().decode()
        except GONE as gone:
            raise NotNow(f"{type(gone).__name__}: {gone}") from gone
        finally:
            asked.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return Page(answer.status, urlsplit(answer.headers.get("Location") or "").path, text)
