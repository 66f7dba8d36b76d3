"""Making a data directory, clearing what a killed server left, and starting a new one.

Called only while the lock of starting is held and nobody answers on our socket.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from nowrongdoor.embedded import pidfile
from nowrongdoor.embedded.account import Account
from nowrongdoor.embedded.asking import ADMIN, PORT, Answer
from nowrongdoor.embedded.binaries import Binaries
from nowrongdoor.embedded.faults import CannotStart
from nowrongdoor.embedded.kept_file import write_whole

FLAGS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Its log says what was refused and by which rule: not the row, not the statement and its values.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: may lose rows
LOCALES = ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8")  # one that knows upper and lower case beyond English
PATIENCE_WITH_THE_SILENT = 60.0  # seconds that a live server of ours may take to answer or to go
TELL_AFTER = 1.5  # seconds of recovery before we say so
STARTED: list[subprocess.Popen[bytes]] = []  # by this process: only a parent can collect its dead
LETTING_GO = 30.0  # seconds that the children of a killed server may still hold its memory


class Startable(Protocol):
    """What has to be known of a server in order to start it."""

    directory: Path
    data: Path
    log: Path
    account: Account
    fast: bool
    say: Callable[[str], None]
    child: subprocess.Popen[bytes] | None

    @property
    def sockets(self) -> Path: ...

    @property
    def passwords(self) -> dict[str, str]: ...

    def ask(self) -> Answer: ...


def make(server: Startable, found: Binaries) -> None:
    """A new data directory: made beside its place and moved there whole, so a cut-off start leaves none."""
    server.say("Making a private database …")
    new = server.directory / "data.new"
    said = ""
    for locale in (*LOCALES, "C"):
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        server.account.own(new)
        said = _initdb(server, found, new, locale)
        if not said:
            break
    else:
        raise CannotStart(f"PostgreSQL could not make a database: {said}")
    if server.data.exists():  # no PG_VERSION in it, so it never was a database
        shutil.rmtree(server.data)
    new.rename(server.data)


def _initdb(server: Startable, found: Binaries, new: Path, locale: str) -> str:
    """Its last words when it failed; nothing when it went well."""
    password = server.directory / "admin-password"
    write_whole(password, server.passwords["admin"])
    server.account.own(password)
    command = [found.program("initdb"), "-D", str(new), "-U", ADMIN, "--pwfile", str(password)]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", f"--locale={locale}", "--no-sync"]
    try:
        ran = subprocess.run(
            command,
            env=environment(server),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **server.account.spawning(),
        )
    finally:
        password.unlink(missing_ok=True)
    if ran.returncode == 0:
        return ""
    telling = [
        line.removeprefix("initdb: ") for line in ran.stderr.splitlines() if line.startswith("initdb: ")
    ]
    return " ".join(telling[-2:]) or f"initdb ended with code {ran.returncode}"


def environment(server: Startable) -> dict[str, str]:
    """Only what PostgreSQL needs: no PG… variable and no secret of the person's shell reaches it."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZDIR") if name in os.environ}
    return kept | {"HOME": str(server.directory), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """A signal is heard afterwards: a child is not lost between its birth and our noting it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    heard: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    for number in before:
        signal.signal(number, lambda number, frame: heard.append(number))
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, signal.SIG_DFL if action is None else action)
    for number in heard:
        signal.raise_signal(number)


def collect() -> None:
    """One of our own that has ended stays a zombie until we, its parent, collect it."""
    STARTED[:] = [child for child in STARTED if child.poll() is None]


def clear_leftovers(server: Startable) -> None:
    """Lock files of a killed server. One of ours that still lives gets time to answer or to go."""
    pid_file = server.data / "postmaster.pid"
    collect()
    until = time.monotonic() + PATIENCE_WITH_THE_SILENT
    while time.monotonic() < until:
        pid = pidfile.read_pid(pid_file)
        if pid is None or pidfile.who(pid, server.data) is not pidfile.Found.OURS:
            break
        if server.ask() is not Answer.SILENT:
            break
        time.sleep(0.2)
    pidfile.clear_stale(pid_file, server.data)
    pidfile.clear_stale(server.sockets / f".s.PGSQL.{PORT}.lock", server.data)


def launch(server: Startable, found: Binaries, patience: float) -> None:
    """Start it and wait until it answers. It is run directly, so no shell ever reads our paths."""
    settings = FLAGS | (FAST if server.fast else {}) | {"unix_socket_directories": str(server.sockets)}
    command = [found.program("postgres"), "-D", str(server.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    began = time.monotonic()
    while True:
        before = server.log.stat().st_size if server.log.exists() else 0
        with server.log.open("ab") as log, uninterrupted():
            server.child = subprocess.Popen(
                command,
                env=environment(server),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C in our terminal is for us; we stop it in our own time
                **server.account.spawning(),
            )
            STARTED.append(server.child)
        said = _wait_until_up(server, began, patience, before)
        if said is None:
            return
        # Children of a killed server may hold its memory for a moment longer.
        if "shared memory block" not in said or time.monotonic() - began > LETTING_GO:
            raise CannotStart(f"PostgreSQL did not start: {said}")
        time.sleep(0.5)


def _wait_until_up(server: Startable, began: float, patience: float, log_from: int) -> str | None:
    """None once our server answers, else PostgreSQL's own words about why it ended."""
    told = False
    while time.monotonic() - began < patience:
        answer = server.ask()
        if answer is Answer.ALIVE:
            return None
        if server.child is not None and server.child.poll() is not None:
            return _last_words(server, log_from)
        if answer is Answer.BUSY and not told and time.monotonic() - began > TELL_AFTER:
            server.say("Recovering the database …")
            told = True
        time.sleep(0.05)
    raise CannotStart(f"The database did not answer within {patience:.0f} seconds. See {server.log}.")


def _last_words(server: Startable, log_from: int) -> str:
    with server.log.open("rb") as log:
        log.seek(log_from)
        lines = log.read().decode(errors="replace").splitlines()
    telling = [line for line in lines if any(word in line for word in ("FATAL", "DETAIL", "HINT"))]
    code = server.child.returncode if server.child is not None else None
    return " ".join(telling[-3:] or lines[-5:]) or f"it ended with code {code}. See {server.log}."
