"""
Boards that are alive: one stream for each browser, in which its page is shown as it changes.

A browser that names no page, or one that is not shown so, is told a word when something has changed, and asks
for its page again, as itself.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from nowrongdoor.kernel.live.hub import AGAIN, HELLO, Ear, Hub
from nowrongdoor.kernel.live.listening import listen
from nowrongdoor.kernel.now import now
from nowrongdoor.site import sessions
from nowrongdoor.site.rounds import Rounds
from nowrongdoor.site.sessions import Listens
from nowrongdoor.site.streams import sse_response

BREATH = 0.2  # seconds between two words: no tab asks again sooner
PING = 15.0  # seconds: a sign of life where nothing happens
MOST_PAGES = 8  # of one browser are made for it
ROUND = 20.0  # seconds between two rounds in which is asked who has left
logger = logging.getLogger(__name__)
NOT_A_PAGE = "This address is for the boards themselves: open a board instead.\n"


class Streams:
    """What one process keeps for its streams: whom it tells, who listens, and who goes the rounds."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.hub = Hub()
        self.rounds = Rounds(self.hub)
        self.tasks = [
            self.loop.create_task(self.rounds.go_on()),
            self.loop.create_task(listen(settings.NWD_LISTEN_URL, self.hub)),
            self.loop.create_task(_rounds(self.hub)),
        ]

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


_streams: Streams | None = None


def streams() -> Streams:
    """Those of this process, made when the first browser listens."""
    global _streams
    if _streams is None or _streams.loop is not asyncio.get_running_loop():
        _streams = Streams()
    return _streams


@require_GET
async def live(request: HttpRequest) -> HttpResponseBase:
    """The stream of whoever is signed in. Made outside of everything that holds a page together."""
    if "text/event-stream" not in request.headers.get("Accept", "") or not isinstance(request, ASGIRequest):
        return HttpResponse(NOT_A_PAGE, status=406, content_type="text/plain; charset=utf-8")
    pages = request.GET.getlist("show")[:MOST_PAGES]
    ear = Ear(request.viewer.team_id, request.session.session_key, sessions.is_the_wall(request))
    return sse_response(_events(ear, request.viewer.agency_id, pages))


async def _events(ear: Ear, agency_id: UUID, pages: list[str]) -> AsyncIterator[str]:
    """What each of the pages is now, and what becomes of it; and words, for what is on no such page."""
    hub, rounds = streams().hub, streams().rounds
    opened = rounds.open(ear, agency_id, pages)
    ear.has_words = not opened
    hub.open(ear)
    try:
        while not ear.has_ended:
            said = await ear.heard(within=PING)
            shown = ear.shown()
            for event in shown:
                yield event
            for what, version in said:
                yield _event(f"{what} {ear.team_id}" if what in (AGAIN, HELLO) else what, version)
            if ear.is_behind:
                ear.is_behind = False
                rounds.again(opened)
            if said:
                await asyncio.sleep(BREATH)  # what comes meanwhile is said once
            elif not shown and hub.is_listening:
                yield _event("ping")
    finally:
        rounds.close(opened)
        hub.close(ear)


def _event(what: str, version: str = "") -> str:
    return f"id: {version}\ndata: {what}\n\n" if version else f"data: {what}\n\n"


async def _rounds(hub: Hub) -> None:
    """
    Whoever signed out, left, was disabled or has been signed in for too long hears nothing more, by the rule
    that every page asks.
    """
    while True:
        await asyncio.sleep(ROUND)
        asked = {_listens(ear) for ear in hub.ears}
        try:
            gone = await sync_to_async(_gone, thread_sensitive=False)(asked)
        except Exception:
            # Asked again next time, for as long as the process lives: nothing else finds an account that was
            # disabled. Where the database is gone, nothing is shown to anybody either.
            logger.exception("nobody could be asked about")
            continue
        for ear in tuple(hub.ears):
            if _listens(ear) in gone:
                ear.end()


def _listens(ear: Ear) -> Listens:
    return Listens(ear.session_key, ear.team_id, ear.is_wall)


def _gone(asked: set[Listens]) -> set[Listens]:
    """
    Those no longer signed in, or for another team. In a thread of its own, whose connections are closed.
    """
    try:
        return asked - sessions.still_there(asked, at=now())
    finally:
        connections.close_all()
