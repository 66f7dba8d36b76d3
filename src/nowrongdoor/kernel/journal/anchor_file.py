"""
The anchor file: outside the database, only ever added to, one line a minute. See `rules.anchor` for its
lines.

Opened for appending only, so the system itself puts each line at the end, whoever else writes. Keep it on
another machine, or where nothing can be overwritten, and give partners copies.
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from nowrongdoor.rules.anchor import Anchored, Damaged, Line, write

APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
LONGEST = 2**24  # bytes: no place has so many agencies that a line would be longer


class AnchorFile:
    """An anchor and what its lines have said so far; `until` is the length beyond which nothing is read."""

    def __init__(self, path: Path, *, until: int | None = None) -> None:
        self.path = path
        self.until = until
        self.so_far = Anchored()
        self._offset = 0
        self._ends_open = False  # in the middle of a line: the power went

    def lines(self) -> Iterator[Line]:
        """
        The lines since this was last asked, each checked against those before it.

        Raises `rules.anchor.Damaged` for a line that is not as it was written.
        """
        for raw in self._raw():
            line = self.so_far.take(raw)
            if line is not None:
                yield line

    def catch_up(self) -> Anchored:
        """All that others have added meanwhile."""
        for _ in self.lines():
            pass
        return self.so_far

    def add(self, line: Line) -> None:
        """Adds a line, whole, and waits until it is on the disk."""
        opened = os.open(self.path, APPENDING, 0o644)
        try:
            end_first = b"\n" if self._ends_open else b""
            raw = end_first + write(line)
            if os.write(opened, raw) != len(raw):
                raise OSError(errno.EIO, "It took only a part of the line", str(self.path))
            os.fsync(opened)
            self._offset += len(end_first)
        finally:
            os.close(opened)
        self.catch_up()

    def _raw(self) -> Iterator[bytes]:
        if not self.path.exists() and not self._offset:
            return
        if self.path.stat().st_size < self._offset:
            raise Damaged(self.so_far.lines, "The file is shorter than it was.")
        with self.path.open("rb") as opened:
            opened.seek(self._offset)
            while self.until is None or self._offset < self.until:
                raw = opened.readline(LONGEST)
                if not raw:
                    return
                self._offset += len(raw)
                self._ends_open = not raw.endswith(b"\n")
                yield raw
