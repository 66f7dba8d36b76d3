"""Starting, adopting and stopping one private server.

The truth is what the server answers, never what a file says: before anything is signalled it has answered
on *our* socket, with *our* password and *our* data directory.
"""

from __future__ import annotations

import enum
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from nowrongdoor.embedded import binaries, locks, pidfile, places, roles
from nowrongdoor.embedded.account import Account, running_account
from nowrongdoor.embedded.faults import CannotStart

ADMIN = "nwd_admin"
PATIENCE = 180.0  # seconds: crash recovery after two million rows was seen to take 23
FLAGS = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests only: data may be lost
LOCALES = ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8")  # one that knows upper and lower case beyond English


class Answer(enum.Enum):
    """What came back from the socket. 'Starting up' is an answer of its own beside alive and silent."""

    ALIVE = "our server answers"
    BUSY = "starting up, recovering, shutting down or full"
    STRANGER = "something else answers there"
    SILENT = "nothing answers"


def on_screen(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(directory: Path | str, *, fast: bool = False, say: Callable[[str], None] = on_screen) -> Server:
    """A running server on this directory: adopted when it runs already, else started, first made if need be."""
    if os.name == "nt":
        raise CannotStart("The private PostgreSQL does not run on Windows yet: set DATABASE_URL to one that does.")
    account = running_account()
    server = Server(Path(directory).expanduser().absolute(), account, fast=fast, say=say)
    places.make_directory(server.directory, account)
    account.need_way_to(server.directory, "NWD_HOME")
    with locks.starting(server.directory):
        server.use()
        try:
            server.bring_up()
        except BaseException:
            server.let_go()
            raise
    return server


class Server:
    """One private PostgreSQL. app_url and owner_url lead to its database; stop() ends our use of it."""

    def __init__(self, directory: Path, account: Account, *, fast: bool, say: Callable[[str], None]) -> None:
        self.directory = directory
        self.data = directory / "data"
        self.log = directory / "server.log"
        self._account = account
        self._fast = fast
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._using: locks.Using | None = None
        self._sockets: Path | None = None

    # -- where it is

    @property
    def sockets(self) -> Path:
        if self._sockets is None:
            self._sockets = places.socket_directory(self.directory, self._account)
        return self._sockets

    @property
    def app_url(self) -> str:
        """The role of the web and the jobs: owns nothing."""
        return self._url(roles.APP, self.passwords["app"])

    @property
    def owner_url(self) -> str:
        """The role of migrations: owns the tables."""
        return self._url(roles.OWNER, self.passwords["owner"])

    def _url(self, user: str, password: str) -> str:
        return f"postgresql://{user}:{password}@/{roles.DATABASE}?host={quote(str(self.sockets), safe='')}"

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
            made = {name: secrets.token_urlsafe(24) for name in ("admin", "owner", "app")}
            roles.write_secret(path, json.dumps(made))
        return json.loads(path.read_text())

    def connect(self, **how: Any) -> psycopg.Connection:
        """A connection over our own socket, whatever PG… variables the shell may have set."""
        wanted = {"user": ADMIN, "password": self.passwords["admin"], "dbname": "postgres"} | how
        return psycopg.connect(
            host=str(self.sockets), hostaddr="", port=FLAGS["port"], connect_timeout=10, autocommit=True,
            options="", sslmode="disable", **wanted,
        )  # fmt: skip

    # -- asking

    def ask(self) -> Answer:
        """Who answers on our socket."""
        try:
            with self.connect() as admin:
                return Answer.ALIVE if self._is_ours(admin) else Answer.STRANGER
        except psycopg.OperationalError as error:
            said = str(error)
            if "the database system is" in said or "too many clients" in said or "connection slots" in said:
                return Answer.BUSY
            if "authentication failed" in said or "does not exist" in said or "pg_hba.conf" in said:
                return Answer.STRANGER
            return Answer.SILENT

    def _is_ours(self, admin: psycopg.Connection) -> bool:
        row = admin.execute("SHOW data_directory").fetchone()
        return row is not None and os.path.realpath(row[0]) == os.path.realpath(self.data)

    # -- starting

    def use(self) -> None:
        self._using = locks.Using(self.directory)

    def let_go(self) -> None:
        if self._using is not None:
            self._using.let_go()
            self._using = None

    def bring_up(self) -> None:
        """From whatever state was left behind to a server that answers. Call while holding `starting`."""
        answer = self._wait_while_busy(self.ask())
        if answer is Answer.STRANGER:
            raise CannotStart(
                f"Something else answers on {self.sockets}. Stop it, or set NWD_HOME to another folder."
            )
        if answer is Answer.SILENT:
            found = binaries.choose(self.data)
            found = binaries.within_reach(found, self._account, self.directory.parent / "programs", self._say)
            if binaries.major_of_data(self.data) is None:
                self._make(found)
            self._clear_leftovers()
            self._launch(found)
        with self.connect() as admin:
            roles.prepare(admin, self.connect, self.passwords)

    def _wait_while_busy(self, answer: Answer, patience: float = PATIENCE) -> Answer:
        """A server that is starting or recovering is neither dead nor alive: give it time, and say so."""
        began = time.monotonic()
        said = False
        while answer is Answer.BUSY and time.monotonic() - began < patience:
            if not said and time.monotonic() - began > 1.0:
                self._say("Recovering the database …")
                said = True
            time.sleep(0.1)
            answer = self.ask()
        if answer is Answer.BUSY:
            raise CannotStart(f"The database is still recovering after {patience:.0f} seconds. See {self.log}.")
        return answer

    def _make(self, found: binaries.Binaries) -> None:
        """A new data directory. Made beside its place and moved there whole, so a cut-off start leaves none."""
        self._say("Making a private database …")
        new = self.directory / "data.new"
        password_file = self.directory / "admin-password"
        for locale in (*LOCALES, "C"):
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            self._account.own(new)
            roles.write_secret(password_file, self.passwords["admin"])
            self._account.own(password_file)
            try:
                said = self._run_initdb(found, new, password_file, locale)
            finally:
                password_file.unlink(missing_ok=True)
            if said is None:
                break
        else:
            raise CannotStart(f"PostgreSQL could not make a database: {said}")
        if self.data.exists():  # no PG_VERSION in it, so it never was a database
            shutil.rmtree(self.data)
        new.rename(self.data)

    def _run_initdb(self, found: binaries.Binaries, new: Path, password_file: Path, locale: str) -> str | None:
        """None when it went well, else its last words."""
        ran = subprocess.run(
            [found.program("initdb"), "-D", str(new), "-U", ADMIN, "--pwfile", str(password_file),
             "--auth=scram-sha-256", "--encoding=UTF8", f"--locale={locale}", "--no-sync"],
            env=self._environment(), cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, **self._account.spawning(),
        )  # fmt: skip
        return None if ran.returncode == 0 else ran.stderr.strip().splitlines()[-1:][0]

    def _clear_leftovers(self) -> None:
        """Lock files of a killed server. One that still lives gets time to answer or to go."""
        pid_file = self.data / "postmaster.pid"
        pid = pidfile.read_pid(pid_file)
        until = time.monotonic() + 60
        while pid is not None and pidfile.who(pid, self.data) is pidfile.Found.OURS and time.monotonic() < until:
            time.sleep(0.2)
        pidfile.clear_stale(pid_file, self.data)
        pidfile.clear_stale(self.sockets / f".s.PGSQL.{FLAGS['port']}.lock", self.data)

    def _environment(self) -> dict[str, str]:
        """Only what PostgreSQL needs: no PG… variable and no secret of the person's shell reaches it."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZDIR") if name in os.environ}
        return kept | {"HOME": str(self.directory), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}

    def _launch(self, found: binaries.Binaries) -> None:
        """Start it and wait until it answers. Run directly, so no shell ever reads our paths."""
        began = time.monotonic()
        while True:
            mark = self.log.stat().st_size if self.log.exists() else 0
            settings = FLAGS | (FAST if self._fast else {}) | {"unix_socket_directories": str(self.sockets)}
            command = [found.program("postgres"), "-D", str(self.data)]
            for name, value in settings.items():
                command += ["-c", f"{name}={value}"]
            with self.log.open("ab") as log:
                self._child = subprocess.Popen(
                    command, env=self._environment(), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, **self._account.spawning(),
                )  # fmt: skip
            said = self._wait_until_up(began, mark)
            if said is None:
                return
            # Children of a killed server may hold its memory for a moment longer.
            if "shared memory block" not in said or time.monotonic() - began > 30:
                raise CannotStart(f"PostgreSQL did not start: {said}")
            time.sleep(0.5)

    def _wait_until_up(self, began: float, mark: int) -> str | None:
        """None once our server answers, else PostgreSQL's own words about why it ended."""
        said = False
        while time.monotonic() - began < PATIENCE:
            answer = self.ask()
            if answer is Answer.ALIVE:
                return None
            if self._child is not None and self._child.poll() is not None:
                with self.log.open("rb") as log:
                    log.seek(mark)
                    words = log.read().decode(errors="replace")
                fatal = [line for line in words.splitlines() if "FATAL" in line or "HINT" in line]
                return " ".join(fatal[-2:]) or f"it ended with code {self._child.returncode}. See {self.log}."
            if answer is Answer.BUSY and not said and time.monotonic() - began > 1.5:
                self._say("Recovering the database …")
                said = True
            time.sleep(0.05)
        raise CannotStart(f"The database did not answer within {PATIENCE:.0f} seconds. See {self.log}.")

    # -- stopping

    def stop(self) -> bool:
        """End our use. True when that stopped the server, False when another run still uses it."""
        if self._using is None:
            return False
        with locks.starting(self.directory):
            try:
                return self._using.alone() and self._stop_now()
            finally:
                self.let_go()

    def _stop_now(self) -> bool:
        """Ask the server to end. Only a process that has just answered as ours is ever signalled."""
        if self._wait_while_busy(self.ask()) is not Answer.ALIVE:
            return False
        pid = None
        try:
            with self.connect() as admin:
                # While this connection is open its parent *is* the server: no number from a file, and no
                # number that could meanwhile have passed to another process.
                pid = pidfile.parent_of(admin.info.backend_pid)
                if pid is None or not self._is_ours(admin):
                    return False
                if pidfile.who(pid, self.data) is not pidfile.Found.OURS:
                    return False
                os.kill(pid, signal.SIGINT)
        except psycopg.OperationalError:  # it ended while we were still connected
            pass
        return pid is not None and self._wait_until_gone(pid)

    def _wait_until_gone(self, pid: int, patience: float = 60.0) -> bool:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self._child is not None:
                self._child.poll()
            if pidfile.who(pid, self.data) is not pidfile.Found.OURS:
                return True
            time.sleep(0.02)
        self._say(f"PostgreSQL ({pid}) is still writing and will end by itself.")
        return False
