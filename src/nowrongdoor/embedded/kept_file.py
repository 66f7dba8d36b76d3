"""A file that its owner alone can read, there whole and on the disk, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from pathlib import Path

OPEN_TO = 0o600


def write_whole(path: Path, text: str) -> None:
    """Beside its place first, under a hidden name of this thread's own; then in its place at once."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OPEN_TO)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    with contextlib.suppress(OSError):  # not every system opens a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def keep_secret(path: Path) -> str:
    """A random secret: made the first time, the same ever after."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_urlsafe(48))
    return path.read_text()
