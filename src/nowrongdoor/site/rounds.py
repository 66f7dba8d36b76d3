"""
Screens are made in rounds: those of one agency's team that a change concerns, or those of the whole place,
together, and of each no two rounds at once. In quiet a round begins as soon as a change is heard of. Where
changes come faster than screens can be made, one round stands for all that was heard before it began. Those
of two are made at once, so that while one waits for the database the other is made. A page that somebody
asked for is made before them.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

from django.db import Error, connections

from nowrongdoor.kernel.live.hub import AGAIN, Ear, Hub, Notice
from nowrongdoor.kernel.live.turns import Turns
from nowrongdoor.kernel.now import now
from nowrongdoor.site import shows
from nowrongdoor.site.crowds import People
from nowrongdoor.site.shows import Made, Show

Of = tuple[UUID, UUID | None]
"""Whose screens: an agency, and one of its teams; or none, for those that show the whole place."""
logger = logging.getLogger(__name__)
AT_ONCE = 2
ENOUGH = 3 * AT_ONCE  # connections of each role, so that rounds which follow one another keep theirs


class Rounds:
    """The screens that are shown on and on to browsers of one process, and whose turn it is."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.shows: dict[Of, set[Show]] = {}
        self._names: dict[Of, str | None] = {}
        self.turns: Turns[Of] = Turns()
        self._asked = asyncio.Event()
        self._makers = ThreadPoolExecutor(AT_ONCE, "rounds")
        self._making: set[asyncio.Task[None]] = set()
        hub.tells = self.hear

    def open(self, ear: Ear, agency_id: UUID, paths: list[str]) -> list[tuple[Of, Show]]:
        """This browser shows these pages: each is made for it whole, and from then on what changes on it."""
        opened = []
        for path in dict.fromkeys(paths):
            one = shows.show(ear, path)
            if one is not None:
                of: Of = (agency_id, None if one.is_of_place else ear.team_id)
                self.shows.setdefault(of, set()).add(one)
                self._names[of] = None if one.is_of_place else str(ear.team_id)
                opened.append((of, one))
        self.again(opened)
        return opened

    def again(self, opened: list[tuple[Of, Show]]) -> None:
        """They are made whole as soon as it is their turn, whatever has changed."""
        for of, one in opened:
            one.has = None
            self._ask(of)

    def close(self, opened: list[tuple[Of, Show]]) -> None:
        for of, one in opened:
            left = self.shows.get(of, set())
            left.discard(one)
            if not left:
                self.shows.pop(of, None)
                self._names.pop(of, None)

    def hear(self, notice: Notice | None) -> None:
        """Screens that this concerns are made again; all of them where it may have been anything."""
        told = notice.teams if notice else None
        for of, team in self._names.items():
            if told is None or team is None or team in told:
                self._ask(of)

    def _ask(self, of: Of) -> None:
        """Where nothing is heard nothing is shown, for it would look alive: once it is again, all is."""
        if not self.hub.is_listening or of in self.turns.waits:
            return
        self.turns.ask(of, at=asyncio.get_running_loop().time())
        self._asked.set()

    async def go_on(self) -> None:
        """For as long as the process lives."""
        loop = asyncio.get_running_loop()
        while True:
            of, wait = self.turns.next(at=loop.time()) if len(self._making) < AT_ONCE else (None, None)
            if of is None:
                self._asked.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._asked.wait(), wait)
                continue
            making = asyncio.create_task(self._turn(of))
            self._making.add(making)
            making.add_done_callback(self._is_made)

    async def _turn(self, of: Of) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            await self._round(of)
        finally:
            self.turns.made(of, began=began, at=loop.time(), of_place=of[1] is None)

    def _is_made(self, making: asyncio.Task[None]) -> None:
        self._making.discard(making)
        self._asked.set()

    async def _round(self, of: Of) -> None:
        version, due = self.hub.latest, [
            one for one in self.shows.get(of, ()) if not one.ear.is_behind
        ]
        goes_on = bool(self.turns.waits)
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._makers, _make, due, of[0], goes_on)
        except Exception:
            logger.exception("screens could not be made")
            made = {}
        for one in due:
            self._tell(one, made.get(one), version)

    def _tell(self, one: Show, made: Made | None, version: str) -> None:
        """What is new on this screen; or that its browser must ask for itself."""
        if made is None:
            one.has = None
            one.ear.tell(AGAIN)
            return
        told = f"data: {made.told}\n\n"
        one.is_told(made)
        if not one.ear.show(f"id: {version}\n{told}" if version else told):
            one.has = None  # it reads too slowly for what is new: once it has read on it is given all of it


def _make(due: list[Show], agency_id: UUID, goes_on: bool) -> dict[Show, Made]:
    """
    In a thread of the rounds. Its connections are given back where they are lent, unless others wait to be
    made and there are enough: to take them anew for each costs two ways to the database.
    """
    try:
        made = shows.make(due, agency_id=agency_id, at=now(), between=People.first())
    except Error:
        connections.close_all()
        raise
    for connection in connections.all(initialized_only=True):
        pool = connection.settings_dict.get("OPTIONS", {}).get("pool")
        if pool and not (goes_on and pool["max_size"] >= ENOUGH):
            connection.close()
    return made


__all__ = ["Rounds"]
