"""A member at a browser that sends anything: what is answered is timed, judged and counted."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote_from_bytes, urlsplit

from nowrongdoor.console.prove.attack.corpus import MARK
from nowrongdoor.console.prove.attack.pages import TOKEN, Fields, Page, strange_words

PATIENCE = 60  # seconds
FORM = "application/x-www-form-urlencoded"
POLICY = "Content-Security-Policy"
SIGNS = "=+-@\t\r＝＋－＠"


# What we answer with that is no file of somebody's.
OURS = {"application/json", "text/javascript", "text/css", "text/event-stream", "image/svg+xml", "font/woff2"}


@dataclass(frozen=True)
class Answer:
    """What came back. A status of 0 is a server that said nothing, or went away."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @property
    def goes_to(self) -> str:
        return self.headers.get("location", "")


def is_only_saved(answer: Answer) -> bool:
    """A file that is handed out can be saved, and neither run nor shown, whatever is in it."""
    headers = answer.headers
    return (
        headers.get("content-disposition", "").startswith("attachment")
        and headers.get("x-content-type-options") == "nosniff"
        and "sandbox" in headers.get(POLICY.lower(), "")
        and MARK not in headers
        and "html" not in headers.get("content-type", "")
    )


@dataclass
class Judge:
    """Everything that must not be, in all answers of one server."""

    answers: int = 0
    failed: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    unguarded_pages: list[str] = field(default_factory=list)
    led_away: list[str] = field(default_factory=list)
    cells: int = 0
    formula_cells: list[str] = field(default_factory=list)
    files: int = 0
    shown_files: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def hear(self, answer: Answer, what: str) -> None:
        self.answers += 1
        self.seconds.append(answer.seconds)
        self.slowest = max(self.slowest, (answer.seconds, what))
        if answer.status >= 500 or answer.status == 0:
            self.failed.append(f"{answer.status or 'no answer'}: {what}")
        away = urlsplit(answer.goes_to)
        if away.netloc or "zqx" in answer.headers.get("set-cookie", "") or MARK in answer.headers:
            self.led_away.append(f"{answer.goes_to[:80]}: {what}")
        kind = answer.headers.get("content-type", "")
        if answer.is_page:
            if "script-src 'self'" not in answer.headers.get(POLICY.lower(), ""):
                self.unguarded_pages.append(what)
            for words in [*Page(answer.text).strange, *strange_words(answer.text)]:
                self.strange.append(f"{words}: {what}")
        elif kind.startswith("text/csv"):
            for row in csv.reader(io.StringIO(answer.text)):
                for cell in row:
                    self.cells += 1
                    if cell.startswith(tuple(SIGNS)):
                        self.formula_cells.append(f"{cell[:20]!r}: {what}")
        elif answer.status == 200 and kind.partition(";")[0] not in OURS:
            self.files += 1
            if not is_only_saved(answer):
                self.shown_files.append(f"{kind}: {what}")


@dataclass(eq=False)
class Sender:
    """Signed in as one member, or nobody."""

    port: int
    judge: Judge
    role: str = "nobody"
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, membership_id: object) -> None:
        self.get("/sign-in")
        self.post("/sign-in", {"as": [str(membership_id)]})

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: Fields, *, token: bool = True, what: str = "") -> Answer:
        """As a form is sent, with the token of this browser where `token`."""
        sent = {TOKEN: [self.cookies.get("csrftoken", "")]} if token else {}
        sent |= {name: values for name, values in fields.items() if name != TOKEN}
        return self.ask("POST", path, body=encoded(sent), headers={"Content-Type": FORM}, what=what)

    def ask(
        self,
        how: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        what: str = "",
    ) -> Answer:
        began = time.monotonic()
        try:
            answer = self._ask(how, path, body, dict(headers or {}), began)
        except (OSError, http.client.HTTPException):
            answer = Answer(0, {}, "", time.monotonic() - began)
        self.judge.hear(answer, what or f"{how} {path[:100]} as {self.role}")
        return answer

    def _ask(self, how: str, path: str, body: bytes, headers: dict[str, str], began: float) -> Answer:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        is_own = "Cookie" not in headers  # what is answered to another's cookies changes nothing here
        if self.cookies and is_own:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            asked.putrequest(how, path, skip_host="Host" in headers, skip_accept_encoding=True)
            if body or how not in ("GET", "HEAD"):
                headers.setdefault("Content-Length", str(len(body)))
            for name, value in headers.items():
                asked.putheader(name, value.encode("latin-1", "replace"))
            # Some is answered before it has been read.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                asked.endheaders(body or None)
            answer = asked.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            asked.close()
        for line in (answer.headers.get_all("Set-Cookie") or ()) if is_own else ():
            try:
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            except CookieError:
                continue
        heard = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, heard, text, time.monotonic() - began)


def encoded(fields: Fields) -> bytes:
    """As a browser writes a form; lone halves of pairs go as the bytes they would be."""
    each = (f"{_quoted(name)}={_quoted(value)}" for name, values in fields.items() for value in values)
    return "&".join(each).encode()


def _quoted(text: str) -> str:
    return quote_from_bytes(encoded_text(text), safe="").replace("%20", "+")


def encoded_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
