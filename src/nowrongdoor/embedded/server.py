"""One private server: where it is, adopting or starting it, and stopping it.

Before anything is signalled it has answered on *our* socket, with *our* password and *our* data directory.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from nowrongdoor.embedded import asking, binaries, launching, locks, pidfile, places, roles
from nowrongdoor.embedded.account import Account, running_account
from nowrongdoor.embedded.asking import Answer
from nowrongdoor.embedded.faults import CannotStart
from nowrongdoor.embedded.kept_file import write_whole

PATIENCE = 180.0  # seconds: crash recovery after two million rows was seen to take 23
STOPPING = 60.0  # seconds


def on_screen(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(directory: Path | str, *, fast: bool = False, say: Callable[[str], None] = on_screen) -> Server:
    """A running server on this directory: adopted when it runs, else started, and first made if need be."""
    if os.name == "nt":
        raise CannotStart(
            "The private PostgreSQL does not run on Windows yet: set DATABASE_URL to one that does."
        )
    server = Server(directory, fast=fast, say=say)
    places.make_directory(server.directory, server.account)
    server.account.need_way_to(server.directory, "NWD_HOME")
    with server.in_use():
        try:
            server.bring_up()
        except BaseException:  # Ctrl+C too: a start that is cut short leaves no process behind
            server.abandon()
            raise
    return server


class Server:
    """
    One private PostgreSQL. app_url, reader_url and owner_url lead to its database; stop() ends our use of it.
    """

    def __init__(self, directory: Path | str, *, fast: bool, say: Callable[[str], None]) -> None:
        self.directory = Path(directory).expanduser().absolute()
        self.data = self.directory / "data"
        self.log = self.directory / "server.log"
        self.account: Account = running_account()
        self.fast = fast
        self.say = say
        self.child: subprocess.Popen[bytes] | None = None
        self._using: locks.Using | None = None
        self._sockets: Path | None = None

    # -- where it is

    @property
    def sockets(self) -> Path:
        if self._sockets is None:
            self._sockets = places.socket_directory(self.directory, self.account)
        return self._sockets

    @property
    def app_url(self) -> str:
        """The role of the web: owns nothing."""
        return self._url(roles.APP, self.passwords["app"])

    @property
    def reader_url(self) -> str:
        """The role that pages read as: shown only what its viewer's agency has a part in."""
        return self._url(roles.READER, self.passwords["reader"])

    @property
    def owner_url(self) -> str:
        """The role of migrations: owns the tables."""
        return self._url(roles.OWNER, self.passwords["owner"])

    def _url(self, user: str, password: str) -> str:
        where = quote(str(self.sockets), safe="")
        return f"postgresql://{user}:{password}@/{roles.DATABASE}?host={where}&port={asking.PORT}"

    @property
    def passwords(self) -> dict[str, str]:
        """Random, made once, in a file that only we can read."""
        path = self.directory / "passwords.json"
        if not path.exists():
            if (self.data / "PG_VERSION").exists():
                raise CannotStart(
                    f"{path} is missing, and without it nobody can sign in to the data beside it. "
                    f"Put it back, or start afresh with ./nwd demo --reset."
                )
            made = {name: secrets.token_urlsafe(24) for name in ("admin", "owner", "app", "reader")}
            write_whole(path, json.dumps(made))
        known = json.loads(path.read_text())
        if "reader" not in known:  # made before pages read as a role of their own
            known["reader"] = secrets.token_urlsafe(24)
            write_whole(path, json.dumps(known))
        return known

    def connect(self, **how: Any) -> psycopg.Connection:
        """As the server's administrator, unless another user, password or database is named."""
        return asking.connect(self.sockets, **({"password": self.passwords["admin"]} | how))

    def ask(self) -> Answer:
        """Who answers on our socket."""
        return asking.ask(self.sockets, self.passwords["admin"], self.data)[0]

    def ask_when_settled(self) -> Answer:
        """Who answers, once it is no longer busy: starting and recovering are neither dead nor alive."""
        began = time.monotonic()
        said = False
        while (answer := self.ask()) is Answer.BUSY:
            waited = time.monotonic() - began
            if waited > PATIENCE:
                raise CannotStart(f"The database is still busy after {PATIENCE:.0f} s. See {self.log}.")
            if waited > 1 and not said:
                self.say("Recovering the database …")
                said = True
            time.sleep(0.1)
        return answer

    # -- using it

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Holds the lock of starting and stopping, and counts us as a user from now on."""
        with locks.starting(self.directory):
            self._using = locks.Using(self.directory)
            yield

    def alone(self) -> bool:
        """Whether no other run uses this server. Ask only while holding the lock of starting."""
        return self._using is not None and self._using.alone()

    def let_go(self) -> None:
        if self._using is not None:
            self._using.let_go()
            self._using = None

    def bring_up(self) -> None:
        """From whatever state was left behind to a server that answers."""
        answer = self.ask_when_settled()
        if answer is Answer.STRANGER:
            raise CannotStart(
                f"Something else answers on {self.sockets}. Stop it, or set NWD_HOME to another folder."
            )
        if answer is Answer.SILENT:
            found = binaries.choose(self.data)
            found = binaries.within_reach(found, self.account, self.say)
            if binaries.major_of_data(self.data) is None:
                launching.make(self, found)
            launching.clear_leftovers(self)
            launching.launch(self, found, PATIENCE)
        with self.connect() as admin:
            roles.prepare(admin, self.connect, self.passwords)

    def abandon(self) -> None:
        """After a start that failed or was cut short: our own child may be ended, nobody uses it yet."""
        if self.child is not None and self.child.poll() is None and self.alone():
            self.child.send_signal(signal.SIGINT)  # a child not yet collected: its number is nobody else's
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(STOPPING)
        self.let_go()

    # -- stopping it

    def stop(self) -> bool:
        """End our use. True when that stopped the server, False when another run still uses it."""
        if self._using is None:
            return False
        with locks.starting(self.directory):
            try:
                return self.alone() and self.stop_now()
            finally:
                self.let_go()

    def stop_now(self) -> bool:
        """Ask the server to end. Only a process that has just answered as ours is ever signalled."""
        if self.ask_when_settled() is not Answer.ALIVE:
            return False
        pid = None
        try:
            with self.connect() as admin:
                # While this connection is open its parent *is* the server: no number from a file, and
                # no number that could meanwhile have passed to another process.
                pid = pidfile.parent_of(admin.info.backend_pid)
                if pid is None or not asking.is_ours(admin, self.data):
                    return False
                if pidfile.who(pid, self.data) is not pidfile.Found.OURS:
                    return False
                os.kill(pid, signal.SIGINT)
        except psycopg.OperationalError:  # it ended while we were still connected
            pass
        return pid is not None and self._wait_until_gone(pid)

    def _wait_until_gone(self, pid: int) -> bool:
        until = time.monotonic() + STOPPING
        while time.monotonic() < until:
            launching.collect()
            if pidfile.who(pid, self.data) is not pidfile.Found.OURS:
                with contextlib.suppress(OSError):
                    self.sockets.rmdir()  # empty now
                return True
            time.sleep(0.02)
        self.say(f"PostgreSQL ({pid}) is still writing and will end by itself.")
        return False
