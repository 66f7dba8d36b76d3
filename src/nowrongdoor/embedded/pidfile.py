"""What a process id in a lock file really stands for. A number left in a file proves nothing.

PostgreSQL leaves postmaster.pid (and a .lock beside its socket) behind when it is killed. The number in
it may by now be an innocent process, a zombie or nobody. We only ever look; nothing here signals.
"""

from __future__ import annotations

import enum
import itertools
import os
import subprocess
import time
from pathlib import Path

from nowrongdoor.embedded.faults import CannotStart


class Found(enum.Enum):
    """Who is behind a process id."""

    OURS = "a PostgreSQL on our data directory"
    ZOMBIE = "dead, and not yet collected by its parent"
    OTHER = "somebody else"
    GONE = "nobody"
    HIDDEN = "alive, and we may not look"


def read_pid(path: Path) -> int | None:
    """The process id in a lock file; None when the file is missing, empty or cut off."""
    try:
        with path.open("rb") as opened:
            first = opened.readline(64).strip()
        pid = int(first)
    except (OSError, ValueError):
        return None
    return pid if pid > 0 else None


def who(pid: int, data: Path) -> Found:
    """Look at one process. Ours is a postgres whose command line names our data directory."""
    try:
        os.kill(pid, 0)  # signal 0 delivers nothing: it only asks whether the process exists
    except (ProcessLookupError, OverflowError):
        return Found.GONE
    except PermissionError:
        pass
    state, words = _look(pid)
    if state is None:
        return Found.HIDDEN if _exists(pid) else Found.GONE
    if state.startswith("Z"):
        return Found.ZOMBIE
    if not words or Path(words[0]).name not in ("postgres", "postgres.exe"):
        return Found.OTHER
    return Found.OURS if _names_our_data(words, data) or _works_in(pid, data) else Found.OTHER


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _look(pid: int) -> tuple[str | None, list[str]]:
    """State letter and command line of a process; (None, []) when we may not see it."""
    proc = Path("/proc") / str(pid)
    if Path("/proc/self/stat").exists():
        try:
            state = (proc / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            words = (proc / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
        except (OSError, IndexError):
            return None, []
        return state, words
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    if not shown:
        return None, []
    state, _, command = shown.partition(" ")
    program, _, rest = command.strip().partition(" -D ")
    return state, [program, "-D", rest.partition(" -c ")[0]]


def _names_our_data(words: list[str], data: Path) -> bool:
    named = [after for before, after in itertools.pairwise(words) if before == "-D"]
    return any(os.path.realpath(name) == os.path.realpath(data) for name in named)


def _works_in(pid: int, data: Path) -> bool:
    """A PostgreSQL always works inside its data directory: that still holds after the folder was moved."""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", data)
    except OSError:
        return False


def parent_of(pid: int) -> int | None:
    """The parent's process id; None when we cannot tell."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        if stat.exists():
            return int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
        shown = subprocess.run(
            ["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return int(shown.stdout)
    except (OSError, ValueError, IndexError):
        return None


def clear_stale(path: Path, data: Path, *, zombie_patience: float = 15.0) -> None:
    """Take away a lock file that no server of ours stands behind. Called only while nobody answers.

    Ours or hidden: the file stays, and PostgreSQL itself has the word. A zombie is waited for.
    """
    if not path.exists():
        return
    until = time.monotonic() + zombie_patience
    while True:
        pid = read_pid(path)
        found = Found.GONE if pid is None else who(pid, data)
        if found is not Found.ZOMBIE or time.monotonic() >= until:
            break
        time.sleep(0.1)
    if found in (Found.OURS, Found.HIDDEN):
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotStart(f"{path} is left over and cannot be removed: {error.strerror}.") from error
