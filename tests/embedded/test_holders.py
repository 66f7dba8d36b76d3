"""F3, F4, F8, F9, F14: who uses the server, who may stop it, and what survives a kill."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import CannotStart, launching, locks, pidfile
from nowrongdoor.embedded import server as servers
from nowrongdoor.embedded.asking import Answer
from tests.embedded.conftest import HOLD, SOURCE, answers, is_alive, pid_of, servers_on

ROWS = 300_000


def test_after_a_holder_was_killed_its_server_is_adopted_and_really_stopped(directory: Path, holder):
    process = holder()
    (pid,) = servers_on(directory)
    process.kill()
    process.wait()
    assert is_alive(pid)
    server = embedded.start(directory, fast=True)
    assert pid_of(server) == pid
    assert server.stop()
    assert servers_on(directory) == []


def test_a_server_that_another_run_still_uses_is_left_running(directory: Path, holder):
    process = holder()
    server = embedded.start(directory, fast=True)
    assert not server.stop()
    assert len(servers_on(directory)) == 1
    process.kill()
    process.wait()
    assert embedded.start(directory, fast=True).stop()


def test_control_without_asking_who_else_uses_it_stop_would_take_it_from_them(directory, holder, monkeypatch):
    holder()
    server = embedded.start(directory, fast=True)
    monkeypatch.setattr(locks.Using, "alone", lambda self: True)
    assert server.stop()
    assert servers_on(directory) == []


def test_a_run_that_asked_and_was_not_alone_still_counts_as_a_user(directory: Path):
    first = embedded.start(directory, fast=True)
    second = embedded.start(directory, fast=True)
    assert not first.stop()
    third = embedded.start(directory, fast=True)
    assert not third.stop()
    assert answers(second.app_url)
    assert second.stop()


def test_stopping_twice_is_stopping_once(directory: Path):
    server = embedded.start(directory, fast=True)
    assert server.stop()
    assert not server.stop()


def test_a_second_start_finds_the_same_server_at_once(directory: Path):
    first = embedded.start(directory, fast=True)
    began = time.monotonic()
    second = embedded.start(directory, fast=True)
    assert time.monotonic() - began < 1
    assert pid_of(first) == pid_of(second)
    assert first.app_url == second.app_url
    second.stop()
    first.stop()


def test_four_starters_at_once_make_one_database_and_all_reach_it(empty_directory: Path):
    together = f"import time; time.sleep(max(0, {time.time() + 1!r} - time.time()))"
    starters = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", together + HOLD, str(empty_directory)],
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    try:
        assert [starter.stdout.readline() for starter in starters] == ["up\n"] * 4
        assert len(servers_on(empty_directory)) == 1
    finally:
        for starter in starters:
            starter.kill()
    said = "".join(starter.communicate()[1] for starter in starters)
    assert said.count("Making a private database") == 1
    assert embedded.start(empty_directory, fast=True).stop()


def starters_inside(directory: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of two starters were making the database at the same moment, at most."""
    inside, most = [], []

    def make(server, found):
        inside.append(server)
        most.append(len(inside))
        time.sleep(0.5)
        inside.pop()
        raise CannotStart("enough")

    def start():
        with pytest.raises(CannotStart, match="enough"):
            embedded.start(directory, fast=True)

    monkeypatch.setattr(launching, "make", make)
    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(most)


def test_only_one_starter_at_a_time_makes_a_database(empty_directory: Path, monkeypatch):
    assert starters_inside(empty_directory, monkeypatch) == 1


def test_control_without_the_lock_two_would_make_it_at_once(empty_directory: Path, monkeypatch):
    from contextlib import nullcontext

    monkeypatch.setattr(locks, "starting", lambda directory: nullcontext())
    assert starters_inside(empty_directory, monkeypatch) == 2


@pytest.fixture
def crashed(directory: Path) -> Path:
    """Many rows committed, and then the server and all its children killed outright."""
    server = embedded.start(directory)
    with psycopg.connect(server.owner_url) as owner:
        owner.execute("CREATE TABLE told (id int PRIMARY KEY, words text)")
        owner.execute("INSERT INTO told SELECT n, repeat('words ', 20) FROM generate_series(1, %s) n", [ROWS])
        owner.commit()
    pid = pid_of(server)
    listed = subprocess.run(["ps", "-Ao", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children = [int(line.split()[0]) for line in listed.splitlines() if int(line.split()[1]) == pid]
    os.kill(pid, signal.SIGSTOP)  # so that it cannot tidy up while its children die
    for child in (*children, pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    server.child.wait()
    server.let_go()
    return directory


def test_after_a_crash_every_committed_row_is_there(crashed: Path):
    server = embedded.start(crashed)
    with psycopg.connect(server.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM told").fetchone() == (ROWS,)
    assert server.stop()


def test_recovery_is_an_answer_of_its_own_and_is_waited_for(crashed: Path, monkeypatch):
    heard, said = [], []
    ask = embedded.Server.ask

    def ask_and_note(self):
        heard.append(ask(self))
        return heard[-1]

    monkeypatch.setattr(embedded.Server, "ask", ask_and_note)
    monkeypatch.setattr(launching, "TELL_AFTER", 0.0)
    server = embedded.start(crashed, say=said.append)
    assert Answer.BUSY in heard
    assert heard[-1] is Answer.ALIVE
    assert said == ["Recovering the database …"]
    assert server.stop()


def test_control_an_impatient_start_would_give_up_on_a_recovering_server(crashed: Path, monkeypatch):
    monkeypatch.setattr(servers, "PATIENCE", 0.02)
    with pytest.raises(CannotStart, match="did not answer"):
        embedded.start(crashed)
    assert servers_on(crashed) == []  # and even so it leaves nothing behind


def test_a_server_that_recovers_is_adopted_when_it_is_done(directory: Path, monkeypatch):
    """Someone else's start is still recovering: we wait for its answer and start none of our own."""
    first = embedded.start(directory, fast=True)
    answered = iter([Answer.BUSY, Answer.BUSY, Answer.BUSY])
    ask = embedded.Server.ask
    monkeypatch.setattr(embedded.Server, "ask", lambda self: next(answered, None) or ask(self))
    second = embedded.start(directory, fast=True)
    assert pid_of(first) == pid_of(second)
    second.stop()
    assert first.stop()


def test_a_server_killed_while_we_hold_it_can_be_started_again(directory: Path):
    server = embedded.start(directory, fast=True)
    os.kill(pid_of(server), signal.SIGKILL)
    again = embedded.start(directory, fast=True)
    assert answers(again.app_url)
    again.stop()
    server.stop()
    assert servers_on(directory) == []


def test_demo_and_tests_at_once_never_meet(directory: Path):
    test = embedded.start(directory.with_name("test"), fast=True)
    demo = embedded.start(directory, fast=True)
    assert pid_of(test) != pid_of(demo)
    assert test.sockets != demo.sockets
    assert test.app_url != demo.app_url
    assert test.stop()
    assert answers(demo.app_url)
    assert demo.stop()


def test_each_purpose_has_a_directory_of_its_own(monkeypatch, reachable: Path):
    monkeypatch.setenv("NWD_HOME", str(reachable))
    assert embedded.directory_for("demo") == reachable / "demo"
    assert embedded.directory_for("test") == reachable / "test"


def test_a_directory_in_use_is_never_destroyed(directory: Path, holder):
    process = holder()
    with pytest.raises(CannotStart, match="uses this database now"):
        embedded.destroy(directory)
    assert len(servers_on(directory)) == 1
    process.kill()
    process.wait()
    (directory / "mine.txt").write_text("put here by a person")
    embedded.destroy(directory)  # nobody uses it now: the server that was left behind is stopped first
    assert servers_on(directory) == []
    assert not (directory / "data").exists()
    assert (directory / "mine.txt").exists()


def test_a_directory_with_a_stale_pid_file_is_destroyed_without_touching_anyone(directory: Path, bystander):
    (directory / "data" / "postmaster.pid").write_text(f"{bystander.pid}\n")
    embedded.destroy(directory)
    assert not (directory / "data").exists()
    assert bystander.poll() is None


def test_a_start_cut_short_by_a_person_leaves_no_process(directory: Path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(launching, "_wait_until_up", interrupted)
    with pytest.raises(KeyboardInterrupt):
        embedded.start(directory, fast=True)
    monkeypatch.undo()
    assert servers_on(directory) == []
    assert embedded.start(directory, fast=True).stop()


def test_a_making_cut_short_is_made_anew(empty_directory: Path, monkeypatch):
    """Killed inside initdb: what lies there has no PG_VERSION in its final place, and is replaced."""
    half = empty_directory / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = embedded.start(empty_directory, fast=True)
    assert answers(server.app_url)
    assert not half.exists()
    assert server.stop()


def test_roles_cut_short_are_completed(directory: Path):
    server = embedded.start(directory, fast=True)
    with server.connect() as admin:
        admin.execute("DROP DATABASE nwd")
    server.stop()
    server = embedded.start(directory, fast=True)
    assert answers(server.app_url)
    assert server.stop()


def test_a_live_server_that_does_not_answer_is_never_signalled(directory: Path, monkeypatch):
    """Its socket was removed: it is ours by its looks, but it cannot say so, and so it is left alone."""
    server = embedded.start(directory, fast=True)
    pid = pid_of(server)
    socket = server.sockets / ".s.PGSQL.5432"
    socket.rename(socket.with_name("hidden"))
    assert not server.stop()
    assert pidfile.who(pid, server.data) is pidfile.Found.OURS
    monkeypatch.setattr(launching, "PATIENCE_WITH_THE_SILENT", 0.5)
    with pytest.raises(CannotStart, match="lock file"):
        embedded.start(directory, fast=True)
    with pytest.raises(CannotStart, match="still works on"):
        embedded.destroy(directory)
    assert is_alive(pid)
    socket.with_name("hidden").rename(socket)
    assert embedded.start(directory, fast=True).stop()


def test_a_signal_in_the_moment_of_launching_is_heard_once_the_child_is_noted(directory: Path, monkeypatch):
    """The child is born and not yet ours to end: a signal just then must not make us lose it."""
    popen = subprocess.Popen

    def born_under_a_signal(*arguments, **more):
        child = popen(*arguments, **more)
        signal.raise_signal(signal.SIGINT)
        return child

    monkeypatch.setattr(launching.subprocess, "Popen", born_under_a_signal)
    with pytest.raises(KeyboardInterrupt):
        embedded.start(directory, fast=True)
    monkeypatch.undo()
    assert servers_on(directory) == []


def test_control_a_signal_in_that_moment_would_lose_the_child(directory: Path, monkeypatch):
    from contextlib import nullcontext

    popen = subprocess.Popen

    def born_under_a_signal(*arguments, **more):
        born.append(popen(*arguments, **more))
        signal.raise_signal(signal.SIGINT)
        return born[0]

    born: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(launching.subprocess, "Popen", born_under_a_signal)
    monkeypatch.setattr(launching, "uninterrupted", nullcontext)
    lost = []
    for _ in range(3):  # on a busy machine the child may come to its own end before we look
        with pytest.raises(KeyboardInterrupt):
            embedded.start(directory, fast=True)
        lost.append(born[-1].poll() is None)  # nobody knew of it
        born[-1].kill()
        born[-1].wait()
    monkeypatch.undo()
    assert any(lost)
