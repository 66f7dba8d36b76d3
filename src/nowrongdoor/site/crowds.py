"""
What pages ask by themselves waits its turn, so that a crowd of boards is never in the way of a person.

When something changes, or a server is back, every board asks at once. Each request has a thread and a
connection to the database: only so many that nobody pressed a button for are answered at the same time. And
screens that are made for whoever only looks on wait a moment where somebody has pressed one.

Needs nothing of the application: it stands before it.
"""

import asyncio
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from threading import Event
from typing import Any

from nowrongdoor.site.bodies import Application, Message, Receive, Send

AT_ONCE = 4
PATIENCE = 0.1  # seconds in all that the making of one round of screens waits for pages
SLICE = 0.01
OF_A_BOARD = b"nwd-live"
STREAMS = "/live"


class People:
    """How many pages that somebody asked for are being answered by this process."""

    _now = 0
    _nobody = Event()
    _nobody.set()

    @classmethod
    @contextmanager
    def asked(cls) -> Iterator[None]:
        """Counted in the thread of the loop alone, which lets every request in."""
        cls._now += 1
        cls._nobody.clear()
        try:
            yield
        finally:
            cls._now -= 1
            if not cls._now:
                cls._nobody.set()

    @classmethod
    def first(cls, *, patience: float = PATIENCE) -> Callable[[], None]:
        """
        For whoever makes screens in a thread: waits while a page is answered, in all for so many seconds at
        most, so that screens are made however many pages are asked for.
        """
        left = patience

        def wait() -> None:
            nonlocal left
            while left > 0 and not cls._nobody.wait(min(SLICE, left)):
                left -= SLICE

        return wait


def few_by_themselves(application: Application, *, at_once: int = AT_ONCE) -> Application:
    """The application, where streams and boards that ask for themselves are let in so many at a time."""
    turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}

    async def guarded(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        if not _asks_by_itself(scope):
            with People.asked():
                return await application(scope, receive, send)
        loop = asyncio.get_running_loop()
        turn = Turn(turns.setdefault(loop, asyncio.Semaphore(at_once)))

        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and message.get("body"):
                turn.end()  # a stream has let go of its connection before its first word

        await turn.come()
        try:
            await application(scope, receive, sent)
        finally:
            turn.end()

    return guarded


class Turn:
    """One of the turns there are; it ends once, however often that is said."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self.turns, self.is_on = turns, False

    async def come(self) -> None:
        await self.turns.acquire()
        self.is_on = True

    def end(self) -> None:
        if self.is_on:
            self.is_on = False
            self.turns.release()


def _asks_by_itself(scope: MutableMapping[str, Any]) -> bool:
    return scope["path"] == STREAMS or any(name.lower() == OF_A_BOARD for name, _ in scope["headers"])
