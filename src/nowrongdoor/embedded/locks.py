"""Who is starting, and who is using, one server: locks that the system itself lets go when a process dies.

There is no list of users to go stale. `starting` is held by one at a time; `using` is shared by every run
that uses the server, and only a run that finds itself alone may stop it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: start() refuses before it comes here
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def starting(directory: Path) -> Iterator[None]:
    """Held around looking, making, clearing and starting, and around stopping."""
    with (directory / "start.lock").open("a+") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


class Using:
    """Says that this run uses the server, from now until let_go (or death)."""

    def __init__(self, directory: Path) -> None:
        self._file = (directory / "use.lock").open("a+")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def alone(self) -> bool:
        """True when no other run uses the server. Ask only while holding `starting`."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._file, fcntl.LOCK_SH)  # trying for more may have lost us what we had
            return False
        return True

    def let_go(self) -> None:
        self._file.close()
