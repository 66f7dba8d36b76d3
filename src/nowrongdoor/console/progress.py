"""How far a long filling has come: a bar on a screen, a line for every tenth in a log."""

from __future__ import annotations

import sys
from typing import TextIO

STORING = "Storing every row …"
CHECKING = "Checking every constraint …"
COUNTING = "Counting, so that lists are found quickly …"


class Progress:
    """Call it with how many are done of how many; `says` tells what is done where nothing can be counted."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.on_screen = self.stream.isatty()
        self.shown = -1

    def __call__(self, done: int, of: int) -> None:
        percent = 100 * done // max(of, 1)
        if not self.on_screen:
            percent -= percent % 10
        if percent == self.shown:
            return
        self.shown = percent
        if self.on_screen:
            bar = "#" * (percent // 4)
            self._write(f"\r  [{bar:<25}] {percent:3d} %" + ("\n" if done >= of else ""))
        else:
            self._write(f"  {percent} %\n")

    def says(self, words: str) -> None:
        """A line of its own, below a bar that has not come to its end."""
        unended = self.on_screen and 0 <= self.shown < 100
        self._write(("\n" if unended else "") + f"  {words}\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
