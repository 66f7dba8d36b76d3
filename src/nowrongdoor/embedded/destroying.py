"""Throwing away our own data directories. Never one that is in use, and never anything but our own."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from nowrongdoor.embedded import pidfile, places
from nowrongdoor.embedded.account import running_account
from nowrongdoor.embedded.faults import CannotStart
from nowrongdoor.embedded.pidfile import Found
from nowrongdoor.embedded.server import Server, on_screen

FILES = ("server.log", "passwords.json", "session-key")


def destroy(directory: Path | str, *, say: Callable[[str], None] = on_screen) -> None:
    """Data, log and passwords of one directory go, its server stopped first. What others put there stays."""
    server = Server(directory, fast=False, say=say)
    if not server.directory.is_dir():
        return
    with server.in_use():
        try:
            if not server.alone():
                raise CannotStart("Another ./nwd uses this database now. Stop it first; nothing was changed.")
            _remove(server)
        finally:
            server.let_go()


def _remove(server: Server) -> None:
    if (server.data / "PG_VERSION").exists() and (server.directory / "passwords.json").exists():
        server.stop_now()
    pid = pidfile.read_pid(server.data / "postmaster.pid")
    if pid is not None and pidfile.who(pid, server.data) in (Found.OURS, Found.HIDDEN):
        raise CannotStart(f"PostgreSQL ({pid}) still works on {server.data}; nothing was changed.")
    for folder in (server.data, server.directory / "data.new"):
        if folder.is_dir():
            shutil.rmtree(folder)
    for name in FILES:
        (server.directory / name).unlink(missing_ok=True)


def clear_abandoned() -> None:
    """Root's homes lie apart from their checkouts: when a checkout is gone, what its tests left goes too.

    An invented place is left alone, for the checkout may only be out of sight.
    """
    if not running_account().steps_down:
        return
    for note in places.FOR_ROOT.glob(f"*/{places.BELONGS_TO}"):
        home = note.parent
        if Path(note.read_text()).exists() or (home / "demo").exists():
            continue
        with contextlib.suppress(CannotStart):
            destroy(home / "test", say=lambda text: None)
            shutil.rmtree(home)
