"""./nwd demo as a person meets it: one line when it is ready, and nothing left behind (F13).

A small site stands in for the product, and a filling that only writes one row for the invented people.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import places
from tests.embedded.conftest import servers_on

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"^Ready in \d+ s: open (http://127\.0\.0\.1:(\d+)) – press Ctrl\+C to stop\n$")
START = """
import os, sys, time, types
from importlib.machinery import ModuleSpec

def fill(*, people, progress):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, 'x', now())", [f"{people} people"])
    if os.environ.get("CUT_SHORT"):
        os.kill(os.getpid(), 9)
    progress(people, people)

place = types.ModuleType("nowrongdoor.console.demo_place")
place.__spec__ = ModuleSpec(place.__name__, None)
place.fill = fill
sys.modules[place.__name__] = place
if os.environ.get("NO_UNWINDING"):
    from contextlib import nullcontext
    from nowrongdoor.console import databases
    databases.unwinding_on_sigterm = nullcontext
import runpy
sys.argv[1:1] = ["demo"]
runpy.run_module("nowrongdoor.console", run_name="__main__")
"""


class Demo:
    """One running demo, and what it has said."""

    def __init__(self, home: Path, *arguments: str, **more: str) -> None:
        ours = ("DATABASE_", "NWD_", "DJANGO")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", START, *arguments],
            env=kept
            | {
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
                "DJANGO_SETTINGS_MODULE": "tests.launcher.small_site",
                "NWD_HOME": str(home),
            }
            | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def wait_until_ready(self) -> str:
        """The address of the line that says it is ready."""
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else ""
        found = READY.match(line)
        assert found, (line, self.process.poll(), self.process.stderr.read() if self.process.poll() else "")
        self.address = found.group(1)
        return self.address

    def end(self, number: int) -> tuple[int, str, str]:
        """The exit code after a signal, and everything said since."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> tuple[int, str, str]:
        said, errors = self.process.communicate(timeout=60)
        return self.process.returncode, said, errors


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nwd demo ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    if servers_on(folder / "demo"):
        embedded.start(folder / "demo").stop()
    shutil.rmtree(folder)


@pytest.fixture
def demo(home: Path):
    """Starts demos; those still running at the end are ended."""
    started: list[Demo] = []

    def start(*arguments: str, **more: str) -> Demo:
        started.append(Demo(home, "--port", str(free_port()), *arguments, **more))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGTERM)
        one.process.stdout.close()
        one.process.stderr.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(address: str) -> str:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=10) as answer:
        return answer.read().decode()


def processes_of(demo: Demo) -> list[str]:
    """Every process of the demo's own session, and every PostgreSQL on its data."""
    listed = subprocess.run(["ps", "-Ao", "sid=,pid=,stat="], capture_output=True, text=True, check=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [pid for sid, pid, state in rows if int(sid) == demo.process.pid and not state.startswith("Z")]


def people_in(home: Path) -> list[str]:
    import psycopg

    server = embedded.start(home / "demo")
    with psycopg.connect(server.owner_url) as owner:
        found = [key for (key,) in owner.execute("SELECT session_key FROM django_session ORDER BY 1")]
    server.stop()
    return found


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
def test_each_way_of_ending_leaves_no_process_even_with_a_stream_open(demo, home: Path, number, code):
    running = demo()
    address = running.wait_until_ready()
    assert page(address) == "an invented place"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{address}/stream", timeout=10) as stream:
        assert stream.readline() == b": tick\n"
        began = time.monotonic()
        ended, said, errors = running.end(number)
    assert ended == code, errors
    assert said == ""  # the one line was the only one
    assert "Traceback" not in errors
    assert time.monotonic() - began < 20
    assert servers_on(home / "demo") == []
    assert processes_of(running) == []
    assert not places.socket_path(home / "demo").exists()


def test_control_without_unwinding_sigterm_would_leave_the_database_running(demo, home: Path):
    """What uvicorn does by default: it raises SIGTERM again, and no `finally` runs."""
    running = demo(NO_UNWINDING="yes")
    running.wait_until_ready()
    running.end(signal.SIGTERM)
    assert len(servers_on(home / "demo")) == 1


def test_ctrl_c_twice_is_ctrl_c_once(demo, home: Path):
    running = demo()
    running.wait_until_ready()
    running.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    code, _, errors = running.end(signal.SIGINT)
    assert code in (0, 130, -signal.SIGINT), errors  # the last: after everything was closed
    assert servers_on(home / "demo") == []


@pytest.mark.parametrize("sign", ["start.lock", "data.new", "data.new/base", "server.log", "session-key"])
def test_sigterm_while_it_is_still_starting_leaves_no_process(demo, home: Path, sign: str):
    """At each stage of a first start, known by what has just appeared in its directory."""
    running = demo()
    until = time.monotonic() + 30
    while not (home / "demo" / sign).exists() and running.process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.001)
    code, _, errors = running.end(signal.SIGTERM)
    assert code == 143, errors
    assert servers_on(home / "demo") == []
    assert processes_of(running) == []


def test_a_taken_port_is_named_and_the_next_free_one_is_used(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = demo("--port", str(port))
        address = running.wait_until_ready()
        code, _, errors = running.end(signal.SIGINT)
    used = int(address.rpartition(":")[2])
    assert used > port
    assert f"Port {port} is taken; using {used}." in errors
    assert code == 0


def test_a_second_start_keeps_the_place_and_reset_makes_it_anew(demo, home: Path):
    first = demo("--people", "3")
    first.wait_until_ready()
    _, _, errors = first.end(signal.SIGINT)
    assert "Filling an invented place with 3 people" in errors
    second = demo("--people", "7")
    second.wait_until_ready()
    _, _, errors = second.end(signal.SIGINT)
    assert "Filling" not in errors
    assert people_in(home) == ["3 people"]
    third = demo("--people", "7", "--reset")
    third.wait_until_ready()
    third.end(signal.SIGINT)
    assert people_in(home) == ["7 people"]


def test_a_filling_that_was_cut_short_is_done_again(demo, home: Path):
    assert demo("--people", "3", CUT_SHORT="yes").wait()[0] == -signal.SIGKILL
    again = demo("--people", "4")
    again.wait_until_ready()
    _, _, errors = again.end(signal.SIGINT)
    assert "The last filling was cut short: starting afresh." in errors
    assert people_in(home) == ["4 people"]


def test_two_demos_of_one_place_fill_it_once_and_the_last_one_stops_the_database(demo, home: Path):
    running = [demo("--people", "3"), demo("--people", "3")]
    for one in running:
        one.wait_until_ready()
    running[0].end(signal.SIGINT)
    assert page(running[1].address) == "an invented place"
    assert len(servers_on(home / "demo")) == 1
    running[1].end(signal.SIGINT)
    assert servers_on(home / "demo") == []
    assert people_in(home) == ["3 people"]


def test_reset_refuses_while_another_demo_runs(demo, home: Path):
    running = demo("--people", "3")
    running.wait_until_ready()
    code, _, errors = demo("--reset").wait()
    assert code == 1
    assert "Another ./nwd uses this database now" in errors
    assert page(running.address) == "an invented place"


def test_reset_refuses_a_database_that_is_not_ours(demo):
    code, _, errors = demo("--reset", DATABASE_URL="postgresql:///theirs").wait()
    assert code == 1
    assert "nothing was changed" in errors


def test_a_first_page_that_fails_is_not_called_ready(demo, home: Path):
    code, said, errors = demo(FIRST_PAGE="500").wait()
    assert code == 1
    assert said == ""
    assert "The first page does not answer: it answered 500." in errors
    assert servers_on(home / "demo") == []


def test_a_named_database_is_used_and_left_running(demo, home: Path):
    """DATABASE_URL: no server of ours is started, nwd_app is made there, and nothing of theirs is stopped."""
    theirs = embedded.start(home / "theirs", fast=True)
    with theirs.connect() as admin:
        admin.execute("CREATE DATABASE place")
    url = f"postgresql://nwd_admin:{theirs.passwords['admin']}@/place?host={theirs.sockets}"
    running = demo("--people", "3", DATABASE_URL=url)
    running.wait_until_ready()
    code, _, errors = running.end(signal.SIGINT)
    assert code == 0, errors
    assert not (home / "demo" / "data").exists()
    with theirs.connect(dbname="place") as admin:
        assert admin.execute("SELECT session_key FROM django_session").fetchall() == [("3 people",)]
    assert theirs.stop()


@pytest.mark.parametrize(
    "wrong", [["--port", "99999"], ["--port", "no"], ["--people", "0"], ["--nonsense"]], ids=" ".join
)
def test_what_cannot_be_asked_for_is_refused_in_words(demo, home: Path, wrong: list[str]):
    code, said, errors = demo(*wrong).wait()
    assert code == 2
    assert said == ""
    assert "./nwd demo: error:" in errors
    assert not (home / "demo").exists()
