"""
One page for all who are told of the same change, see the same address and are the same member: made once.

A member sits at a desk, carries a tablet and has a board on the wall; when something changes, each screen
asks. Those who ask before the page is begun wait for it together, so that nobody is given a page that is
older than what they were told. Nobody shares with anybody else: what is seen, and that it was looked at, is
one member's, in one team and role, and whoever asks first is asked all that every page asks. The others must
still be signed in at that moment, and must themselves have been asked all of it within the last minute.

Stands before the application, and asks of it who was let in (`say_who`) and who is still signed in (`there`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from nowrongdoor.site.bodies import Application, Message, Receive, Send

WHO = "nowrongdoor.who"
LASTS = 60.0  # seconds after which each browser is asked everything for itself again
MOST = 10_000  # browsers that are remembered; past these all are forgotten, and asked again
ASKS = b"nwd-live"
BY_ITSELF = b"0"
TOKEN = b"csrfmiddlewaretoken"  # a page with a form in it is for the browser that asked for it

Who = tuple[Any, ...]
There = Callable[[Iterable[str]], Awaitable[set[str]]]


def say_who(scope: MutableMapping[str, Any] | None, who: Who) -> None:
    """The door tells who was let in: membership, team and role. Nobody is remembered by anything else."""
    if scope is not None:
        scope[WHO] = who


@dataclass
class Page:
    """An answer as it was sent, or none where it is for whoever asked alone."""

    messages: list[Message] = field(default_factory=list)
    who: Who | None = None

    @property
    def may_be_shared(self) -> bool:
        if self.who is None or not self.messages or self.messages[0].get("status") != 200:
            return False
        headers = {name.lower() for name, _ in self.messages[0].get("headers", ())}
        if b"set-cookie" in headers or self.messages[-1].get("more_body"):
            return False
        return not any(TOKEN in one.get("body", b"") for one in self.messages[1:])


Waiting = list[tuple[str, "asyncio.Future[Page | None]"]]


class Together:
    """The application, where screens of one member that ask by themselves are answered together."""

    def __init__(self, application: Application, there: There) -> None:
        self.application, self.there = application, there
        self.known: dict[str, tuple[Who, float]] = {}
        self.waiting: dict[Any, Waiting] = {}
        self.shared = 0

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        session = _session(scope)
        who, when = self.known.get(session, ((), float("-inf")))
        if not session or asyncio.get_running_loop().time() - when > LASTS:
            await self._made(session, scope, receive, send)
            return
        key = (asyncio.get_running_loop(), who, scope["path"], scope.get("query_string", b""))
        if key not in self.waiting:
            await self._made_for_all(key, session, scope, receive, send)
            return
        future: asyncio.Future[Page | None] = asyncio.get_running_loop().create_future()
        self.waiting[key].append((session, future))
        page = await future
        if page is None:
            await self._made(session, scope, receive, send)
            return
        for message in page.messages:
            await send(message)

    async def _made_for_all(
        self, key: Any, session: str, scope: MutableMapping[str, Any], receive: Receive, send: Send
    ) -> None:
        """The page of whoever asks first. Whoever asks once it is begun waits for the next one."""
        waiting = self.waiting[key] = []

        def begins() -> None:
            if self.waiting.get(key) is waiting:
                del self.waiting[key]

        async def begun() -> Message:
            begins()  # the first that the application does is to read what was asked
            return await receive()

        try:
            page = await self._made(session, scope, begun, send)
            begins()
            if waiting and page.may_be_shared:
                await self._handed_on(page, waiting)
        finally:
            begins()
            for _, future in waiting:
                if not future.done():
                    future.set_result(None)  # each asks for itself

    async def _made(
        self, session: str, scope: MutableMapping[str, Any], receive: Receive, send: Send
    ) -> Page:
        """The page as ever; and who it turned out that asked."""
        page = Page()

        async def kept(message: Message) -> None:
            page.messages.append(message)
            await send(message)

        await self.application(scope, receive, kept if session else send)
        page.who = scope.get(WHO)
        self.known.pop(session, None)
        if session and page.who is not None:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[session] = (page.who, asyncio.get_running_loop().time())
        return page

    async def _handed_on(self, page: Page, waiting: Waiting) -> None:
        there = await self.there({session for session, _ in waiting})
        for session, future in waiting:
            who, _ = self.known.get(session, (None, 0.0))
            if session in there and who == page.who and not future.done():
                self.shared += 1
                future.set_result(page)


def _session(scope: MutableMapping[str, Any]) -> str:
    """The session of a screen that asks by itself; empty for every other request."""
    if scope["type"] != "http" or scope.get("method") != "GET":
        return ""
    headers = {name.lower(): value for name, value in scope["headers"] if name.lower() in (ASKS, b"cookie")}
    if headers.get(ASKS) != BY_ITSELF:
        return ""
    try:
        found = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get("sessionid")
    except CookieError:
        return ""
    return found.value if found else ""
