"""
Browsers as far as a live board goes: a stream that shows one page, and what is new on it as it comes.

Plain HTTP clients, as `live.js` is one and without its drawing: what they measure ends when what is new has
come, and a real browser then takes some hundredths of a second more to put it in place.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from urllib.parse import quote

HOST = "127.0.0.1"
LONGEST_LINE = 1 << 24


@dataclass
class Browser:
    """
    One browser of one member, with one page open. `shown` are (version, when it had come), in their order;
    `bytes` how many came in all.
    """

    port: int
    session: str
    team: str
    path: str
    member: str = ""
    shown: list[tuple[int, float]] = field(default_factory=list)
    bytes: int = 0
    failures: int = 0
    is_listening: bool = False

    @property
    def is_of_place(self) -> bool:
        return self.path.startswith("/board")

    def had(self, version: int) -> float | None:
        """When the first had come that was made since this change was heard of, if one had."""
        first = bisect_left(self.shown, (version, 0.0))
        return self.shown[first][1] if first < len(self.shown) else None

    async def live(self) -> None:
        while True:
            try:
                asked = f"/live?show={quote(self.path, safe='')}"
                reader, writer = await self._asked(asked, "Accept: text/event-stream")
                try:
                    version = 0
                    async for line in reader:
                        if line.startswith(b"id: "):
                            version = int(line[4:])
                        elif line.startswith(b"data: "):
                            self._hear(line, version)
                finally:
                    writer.close()
            except OSError:
                pass
            self.is_listening = False
            await asyncio.sleep(2)

    def _hear(self, line: bytes, version: int) -> None:
        self.is_listening = True
        if line.startswith(b'data: "'):
            self.bytes += len(line)
            self.shown.append((version, time.monotonic()))
        elif line.startswith(b"data: again"):
            self.failures += 1  # what is shown on and on could not be made for it

    async def asks(self) -> bool:
        """The page, whole, as somebody opens it; whether it came."""
        try:
            reader, writer = await self._asked(self.path, "Accept: text/html")
            try:
                return (await reader.read()).startswith(b"HTTP/1.1 200")
            finally:
                writer.close()
        except OSError:
            return False

    async def _asked(self, path: str, *headers: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(HOST, self.port, limit=LONGEST_LINE)
        lines = (f"GET {path} HTTP/1.1", f"Host: {HOST}", f"Cookie: sessionid={self.session}", *headers)
        writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode())
        return reader, writer
