"""
Browsers as far as a live board goes: a stream, and the page asked for again when it says so.

Plain HTTP clients, with the pace of `live.js` and without its drawing: what they measure ends when the page
has come, and a real browser then takes some hundredths of a second more to put it in place.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from dataclasses import dataclass, field

LEAST = 0.2  # seconds between two looks of one tab, as in live.js
HOST = "127.0.0.1"


@dataclass
class Browser:
    """
    One browser of one member, with one page open. `told` are (version, when heard), `looks` (asked, had),
    both in their order.
    """

    port: int
    session: str
    team: str
    path: str
    member: str = ""
    told: list[tuple[int, float]] = field(default_factory=list)
    looks: list[tuple[float, float]] = field(default_factory=list)
    failures: int = 0
    is_listening: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_of_place(self) -> bool:
        return self.path.startswith("/board")

    def had(self, version: int) -> float | None:
        """When the first page had come that was asked for since this change was heard of, if one had."""
        told = bisect_left(self.told, (version, 0.0))
        if told == len(self.told):
            return None
        look = bisect_left(self.looks, (self.told[told][1], 0.0))
        return self.looks[look][1] if look < len(self.looks) else None

    async def live(self) -> None:
        await asyncio.gather(self._listen(), self._look())

    async def _listen(self) -> None:
        while True:
            try:
                reader, writer = await self._asked("/live", "Accept: text/event-stream")
                try:
                    version = 0
                    async for line in reader:
                        if line.startswith(b"id: "):
                            version = int(line[4:])
                        elif line.startswith(b"data: "):
                            self._hear(line[6:].split()[0].decode(), version)
                finally:
                    writer.close()
            except OSError:
                pass
            self.is_listening = False
            await asyncio.sleep(2)

    def _hear(self, what: str, version: int) -> None:
        self.is_listening = True
        if what in ("again", "team") or (what == "place" and self.is_of_place):
            self._news.set()
            if version and (not self.told or version > self.told[-1][0]):
                self.told.append((version, time.monotonic()))

    async def _look(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            began = time.monotonic()
            if await self.asks("NWD-Live: 0"):
                self.looks.append((began, time.monotonic()))
            else:
                self.failures += 1
            await asyncio.sleep(max(LEAST, time.monotonic() - began))

    async def asks(self, *headers: str) -> bool:
        """The page, whole; whether it came."""
        try:
            reader, writer = await self._asked(self.path, "Accept: text/html", *headers)
            try:
                return (await reader.read()).startswith(b"HTTP/1.1 200")
            finally:
                writer.close()
        except OSError:
            return False

    async def _asked(self, path: str, *headers: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(HOST, self.port)
        lines = (f"GET {path} HTTP/1.1", f"Host: {HOST}", f"Cookie: sessionid={self.session}", *headers)
        writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode())
        return reader, writer
