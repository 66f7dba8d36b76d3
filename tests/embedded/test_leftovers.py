"""F1 and F2: what a killed server leaves behind must never lead us to an innocent process.

Each guard has its control: without it, the fault would really bite.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import CannotStart, launching, pidfile, places
from nowrongdoor.embedded.account import running_account
from tests.embedded.conftest import answers, is_alive, pid_of, servers_on


def leave_pid_file(directory: Path, first_line: str | bytes) -> Path:
    path = directory / "data" / "postmaster.pid"
    first = first_line if isinstance(first_line, bytes) else first_line.encode()
    path.write_bytes(first + b"\n%s\n1700000000\n5432\n/tmp\n\n0 0\nready\n" % bytes(directory / "data"))
    running_account().own(path)
    return path


def test_a_pid_file_that_names_an_innocent_process_is_taken_away(directory: Path, bystander):
    leave_pid_file(directory, str(bystander.pid))
    server = embedded.start(directory, fast=True)
    assert answers(server.app_url)
    assert server.stop()
    assert bystander.poll() is None


def test_control_left_alone_it_would_keep_the_server_from_starting(directory, bystander, monkeypatch):
    leave_pid_file(directory, str(bystander.pid))
    monkeypatch.setattr(launching, "clear_leftovers", lambda server: None)
    with pytest.raises(CannotStart, match="lock file"):
        embedded.start(directory, fast=True)
    assert bystander.poll() is None


def test_a_socket_lock_that_names_an_innocent_process_is_taken_away(directory: Path, bystander):
    lock = places.socket_directory(directory, running_account()) / ".s.PGSQL.5432.lock"
    lock.write_text(f"{bystander.pid}\n{directory / 'data'}\n1700000000\n5432\n{lock.parent}\n\n")
    running_account().own(lock)
    server = embedded.start(directory, fast=True)
    assert answers(server.app_url)
    assert bystander.poll() is None
    server.stop()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"123",
        b"-1\n",
        b"0\n",
        b"garbage\n",
        b"\x00\xff\x00",
        b"99999999999999999999\n",
        b"4194304999\n",
    ],
    ids=["empty", "blank", "cut off", "negative", "zero", "words", "bytes", "too large", "no process"],
)
def test_a_pid_file_that_makes_no_sense_is_taken_away(directory: Path, content: bytes):
    path = directory / "data" / "postmaster.pid"
    path.write_bytes(content)
    running_account().own(path)
    server = embedded.start(directory, fast=True)
    assert answers(server.app_url)
    assert server.stop()


def test_stop_never_reads_whom_to_signal_from_a_file(directory: Path, bystander):
    server = embedded.start(directory, fast=True)
    pid = pid_of(server)
    leave_pid_file(directory, str(bystander.pid))  # while our own server runs
    assert server.stop()
    assert not is_alive(pid)
    assert bystander.poll() is None


def test_control_a_stop_that_believed_the_file_would_kill_the_innocent(directory, bystander, monkeypatch):
    server = embedded.start(directory, fast=True)
    path = leave_pid_file(directory, str(bystander.pid))
    monkeypatch.setattr(pidfile, "parent_of", lambda pid: pidfile.read_pid(path))
    monkeypatch.setattr(
        pidfile, "who", lambda pid, data: pidfile.Found.OURS if is_alive(pid) else pidfile.Found.GONE
    )
    threading.Thread(target=bystander.wait, daemon=True).start()
    server.stop()
    assert bystander.wait(10) is not None


def test_stop_refuses_a_process_that_is_not_our_server(directory: Path, bystander, monkeypatch):
    """Should the way to the process id ever be wrong, a second look still protects the innocent."""
    server = embedded.start(directory, fast=True)
    monkeypatch.setattr(pidfile, "parent_of", lambda pid: bystander.pid)
    assert not server.stop()
    assert bystander.poll() is None
    monkeypatch.undo()
    assert embedded.start(directory, fast=True).stop()


def test_stop_refuses_a_server_that_works_on_other_data(directory: Path, reachable: Path):
    """Something answers on our socket, but its data directory is not ours: it is left alone."""
    theirs = embedded.start(directory, fast=True)
    ours = embedded.Server(reachable / "ours" / "demo", fast=True, say=lambda text: None)
    ours.directory.mkdir(parents=True)
    (ours.directory / "passwords.json").write_text((directory / "passwords.json").read_text())
    ours._sockets = theirs.sockets
    with ours.in_use():
        assert not ours.stop_now()
        with pytest.raises(CannotStart, match="Something else answers"):
            ours.bring_up()
    ours.let_go()
    assert answers(theirs.app_url)
    assert theirs.stop()


def test_a_postgres_of_somebody_else_is_not_ours(reachable: Path, directory: Path):
    """Its program is called postgres and it has a data directory: just not this one."""
    program = reachable / "postgres"
    program.symlink_to("/bin/sleep")
    other = subprocess.Popen(["postgres", "600"], executable=program, cwd="/")
    try:
        assert pidfile.who(other.pid, directory / "data") is pidfile.Found.OTHER
    finally:
        other.kill()
        other.wait()


def test_a_running_server_is_ours_even_under_another_spelling(directory: Path, reachable: Path):
    server = embedded.start(directory, fast=True)
    (reachable / "link").symlink_to(directory)
    assert pidfile.who(pid_of(server), reachable / "link" / "data") is pidfile.Found.OURS
    assert server.stop()


def test_a_running_server_whose_folder_was_moved_is_still_ours(directory: Path):
    server = embedded.start(directory, fast=True)
    pid = pid_of(server)
    moved = directory.with_name("moved")
    directory.rename(moved)
    assert pidfile.who(pid, moved / "data") is pidfile.Found.OURS
    moved.rename(directory)
    assert server.stop()


@pytest.fixture
def zombie(bystander: subprocess.Popen[bytes]) -> Callable[[], int]:
    """Ends the bystander without collecting it."""

    def end() -> int:
        bystander.kill()
        until = time.monotonic() + 5
        while pidfile.who(bystander.pid, Path("/nowhere")) is not pidfile.Found.ZOMBIE:
            assert time.monotonic() < until
            time.sleep(0.01)
        return bystander.pid

    return end


def test_a_zombie_is_waited_for_until_it_is_collected(directory: Path, bystander, zombie):
    path = leave_pid_file(directory, str(zombie()))
    collected = threading.Timer(1.0, bystander.wait)
    collected.start()
    began = time.monotonic()
    pidfile.clear_stale(path, directory / "data")
    assert 0.8 < time.monotonic() - began < 10
    assert not path.exists()
    server = embedded.start(directory, fast=True)
    assert answers(server.app_url)
    server.stop()


def test_a_zombie_nobody_collects_does_not_hold_us_up_for_ever(directory: Path, zombie):
    path = leave_pid_file(directory, str(zombie()))
    began = time.monotonic()
    pidfile.clear_stale(path, directory / "data", zombie_patience=0.5)
    assert 0.4 < time.monotonic() - began < 5
    assert not path.exists()


def test_control_a_zombie_in_the_file_would_keep_the_server_from_starting(directory, zombie, monkeypatch):
    leave_pid_file(directory, str(zombie()))
    monkeypatch.setattr(launching, "clear_leftovers", lambda server: None)
    with pytest.raises(CannotStart, match="lock file"):
        embedded.start(directory, fast=True)


def test_a_process_we_may_not_look_at_counts_as_ours_and_postgresql_has_the_word(
    directory, bystander, monkeypatch
):
    path = leave_pid_file(directory, str(bystander.pid))
    monkeypatch.setattr(pidfile, "_look", lambda pid: (None, []))
    assert pidfile.who(bystander.pid, directory / "data") is pidfile.Found.HIDDEN
    with pytest.raises(CannotStart, match="lock file"):
        embedded.start(directory, fast=True)
    assert path.exists()
    assert bystander.poll() is None


def test_a_start_that_fails_leaves_no_process(directory: Path, monkeypatch):
    monkeypatch.setitem(launching.FLAGS, "max_connections", "nonsense")
    with pytest.raises(CannotStart, match="max_connections"):
        embedded.start(directory, fast=True)
    assert servers_on(directory) == []
