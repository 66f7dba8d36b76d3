"""Private servers to be ill-treated, each in a directory with an awkward name that any account can reach."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import launching, pidfile, places
from nowrongdoor.embedded.account import running_account

SOURCE = Path(embedded.__file__).parents[2]
AWKWARD = "a home with spaces, 'quotes' & $(echo ŵ)"


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that the account of the server can reach; pytest's own is closed to it when root runs."""
    folder = Path(tempfile.mkdtemp(prefix="nwd test ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A directory whose server was made and stopped: copying it is quicker than making one for each test."""
    folder = Path(tempfile.mkdtemp(prefix="nwd made ", dir="/tmp"))
    folder.chmod(0o755)
    assert embedded.start(folder / "demo", fast=True).stop()
    yield folder / "demo"
    shutil.rmtree(folder)


@pytest.fixture
def directory(empty_directory: Path, made: Path) -> Path:
    """Where one server keeps its things: its database is made, and it does not run."""
    places.make_directory(empty_directory.parent, running_account())
    subprocess.run(["cp", "-a", str(made), str(empty_directory)], check=True)
    return empty_directory


@pytest.fixture
def empty_directory(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where one server will keep its things. Whatever is left running on it afterwards is stopped."""
    monkeypatch.delenv("NWD_HOME", raising=False)
    monkeypatch.delenv("NWD_PG_BIN", raising=False)
    directory = reachable / AWKWARD / "demo"
    yield directory
    monkeypatch.undo()
    end_all_on(directory)


@pytest.fixture(scope="module")
def server() -> Iterator[embedded.Server]:
    """One running server for a module's tests that only ask it things."""
    folder = Path(tempfile.mkdtemp(prefix="nwd asked ", dir="/tmp"))
    folder.chmod(0o755)
    server = embedded.start(folder / "demo", fast=True)
    yield server
    assert server.stop()
    shutil.rmtree(folder)


def end_all_on(directory: Path) -> None:
    """After a test only: these servers are the test's own, found by their data directory."""
    until = time.monotonic() + 20
    while servers_on(directory) and time.monotonic() < until:
        for pid in servers_on(directory):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
                os.kill(pid, signal.SIGCONT)  # it may have been stopped by a test that then failed
        time.sleep(0.1)
        launching.collect()
    shutil.rmtree(places.socket_path(directory), ignore_errors=True)


def servers_on(directory: Path) -> list[int]:
    """The process ids of every PostgreSQL that works on this directory, found by looking at all processes."""
    listed = subprocess.run(["ps", "-Ao", "pid="], capture_output=True, text=True, check=True).stdout.split()
    return [int(pid) for pid in listed if pidfile.who(int(pid), directory / "data") is pidfile.Found.OURS]


def pid_of(server: embedded.Server) -> int:
    """The server's process id, from the server itself."""
    with server.connect() as admin:
        pid = pidfile.parent_of(admin.info.backend_pid)
    assert pid is not None
    return pid


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """An innocent process of the server's account: PostgreSQL takes it for a rival when a file names it."""
    process = subprocess.Popen(["sleep", "600"], cwd="/", **running_account().spawning())
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def holder(directory: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts another process that starts the server and then just uses it."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", HOLD, str(directory)],
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


HOLD = """
import sys, time
from nowrongdoor import embedded
server = embedded.start(sys.argv[1], fast=True)
print("up", flush=True)
time.sleep(600)
"""
