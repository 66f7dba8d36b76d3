"""
A PostgreSQL and web workers to be killed, each started here: nothing is ever signalled that this process has
not itself started, or that its own PostgreSQL or its own nursery has not.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from nowrongdoor import embedded
from nowrongdoor.console.databases import on_screen
from nowrongdoor.embedded.pidfile import parent_of

PATIENCE = 60.0  # seconds that anything may take to come up
LOOK_AGAIN = 0.01  # seconds
SOURCE = Path(__file__).resolve().parents[4]
NURSERY = "nowrongdoor.console.prove.crash.nursery"
ANOTHER_RUN = "Another run uses this proof's database. Run it again when that one has ended."


class Database:
    """A PostgreSQL with the settings of a demonstration, on a directory that no other run uses meanwhile."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.server = self._started()
        if self.server.child is None:  # left behind by a run that was itself killed: stopped, never killed
            self.server.stop()
            self.server = self._started()
        if self.server.child is None:
            self.server.let_go()
            raise embedded.CannotStart(ANOTHER_RUN)

    def _started(self) -> embedded.Server:
        return embedded.start(self.directory, say=lambda text: None)

    def kill(self) -> None:
        """Everything of it at once, as when the machine goes: nothing is written and nobody is told."""
        postmaster = self.server.child
        if postmaster is None or postmaster.poll() is not None:
            raise embedded.CannotStart("PostgreSQL ended by itself before it could be killed.")
        postmaster.send_signal(signal.SIGSTOP)  # it can neither start another nor tidy up after the dying
        for child in children_of(postmaster.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        postmaster.kill()
        postmaster.wait()
        self.server.let_go()

    def start_again(self) -> None:
        """Finds what was left behind and recovers from it."""
        self.server = self._started()

    def setting(self, **values: str | None) -> None:
        """As its administrator would: at once, for whoever connects from now on; None takes it back."""
        from psycopg import sql

        with self.server.connect() as admin:
            for name, value in values.items():
                change = "ALTER SYSTEM RESET {}" if value is None else "ALTER SYSTEM SET {} = {}"
                admin.execute(sql.SQL(change).format(sql.Identifier(name), sql.Literal(value)))
            admin.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        self.server.stop()


def children_of(pid: int) -> list[int]:
    if Path("/proc/self/stat").exists():
        return [one for one in map(int, filter(str.isdigit, os.listdir("/proc"))) if parent_of(one) == pid]
    listed = subprocess.run(["ps", "-Ao", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(child) for child, parent in pairs if int(parent) == pid]


class Nursery:
    """The process that web workers are born of, on one database."""

    def __init__(self, app_url: str, secret: str, log: Path) -> None:
        environment = os.environ | {
            "DATABASE_URL": app_url,
            "DATABASE_OWNER_URL": app_url,
            "NWD_DEMO": "1",
            "NWD_SWEEPS": "0",
            "NWD_SECRET_KEY": secret,
            "PYTHONPATH": str(SOURCE),
            "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        }
        environment.pop("DATABASE_READER_URL", None)  # acts are what is killed here, and no page reads
        with log.open("wb") as opened:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", NURSERY], env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=opened, start_new_session=True,
            )  # fmt: skip
        self.log = log

    def ask(self, *words: object) -> int:
        """One line there, one line back."""
        assert self.process.stdin is not None and self.process.stdout is not None
        print(*words, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise embedded.CannotStart(f"The web workers could not be started. See {self.log}.")
        return int(answer)

    def close(self) -> None:
        """All its workers end with it."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()


class Web:
    """One web worker. Its port is another each time it is started, as nobody holds the old one for it."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery = nursery
        self.kind = "whole"
        self.port = 0
        self.pid = 0

    def start(self) -> None:
        self.port = free_port()
        self.pid = self.nursery.ask("start", self.port, self.kind)

    def wait_until_up(self) -> None:
        """Until it answers that it reaches its database."""
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(f"A web worker did not answer within {PATIENCE:.0f} seconds.")
            time.sleep(LOOK_AGAIN)

    def answers(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/healthz")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def kill(self) -> None:
        """At whatever moment this is."""
        self.nursery.ask("end", self.pid, int(signal.SIGKILL), 10)

    def die_at(self, moment: int, *, within: float) -> bool:
        """By its own hand when it comes to that moment; killed, and false, when it does not come there."""
        return bool(self.nursery.ask("end", self.pid, moment, within))


@contextlib.contextmanager
def webs(app_url: str, secret: str, log: Path, *, how_many: int) -> Iterator[list[Web]]:
    """So many web workers on one database; ended afterwards, however it comes."""
    nursery = Nursery(app_url, secret, log)
    try:
        made = [Web(nursery) for _ in range(how_many)]
        for web in made:
            web.start()
        for web in made:
            web.wait_until_up()
        yield made
    finally:
        nursery.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def one_at_a_time(directory: Path) -> Iterator[None]:
    """A run that kills may not meet another on the same directory: the second waits, and says so."""
    import fcntl

    directory.parent.mkdir(parents=True, exist_ok=True)
    with directory.with_suffix(".lock").open("a+") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_screen("Another run of this proof is under way; waiting for it.")
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
