"""
Streams on a real server: hundreds hold no connection to the database, whoever is signed out hears nothing
more, and what changes while nobody could hear it is looked for afterwards.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from nowrongdoor.kernel.live.listening import LISTENER
from tests.worlds import stories
from tests.worlds.small_place import SmallPlace

ROOT = Path(__file__).parents[2]
MANY = 200
FEW = 4  # connections, of which one listens
ASKS = (
    "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    "Accept: text/event-stream\r\nCookie: sessionid={session}\r\n\r\n"
)
QUICK = {"ROUND": "1.0", "PING": "1.0"}
SERVE = """
import sys, uvicorn
from nowrongdoor.site.asgi import application
from nowrongdoor.site import live
live.ROUND, live.PING = {ROUND}, {PING}
uvicorn.run(
    application, port=int(sys.argv[1]), log_level="warning", lifespan="off", timeout_graceful_shutdown=1
)
"""


class Listening:
    """One browser, as far as a stream goes."""

    def __init__(self, port: int, session: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=15)
        self.socket.sendall(ASKS.format(session=session).encode())
        self.text = ""

    def hears(self, what: str, *, within: float = 5.0) -> bool:
        """Reads on until the word is said; what was read is gone."""
        until = time.monotonic() + within
        said = re.compile(rf"data: {what}\b")
        while not (found := said.search(self.text)):
            self.socket.settimeout(max(0.01, until - time.monotonic()))
            try:
                read = self.socket.recv(65536)
            except TimeoutError:
                return False
            if not read:
                raise EOFError(self.text)
            self.text += read.decode()
        self.text = self.text[found.end() :]
        return True

    def has_ended(self, *, within: float) -> bool:
        try:
            self.hears("no such word", within=within)
        except (EOFError, ConnectionError):
            return True
        return False


@pytest.fixture
def place(committed) -> SmallPlace:
    return stories.a_place()


@pytest.fixture
def port(test_database) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from django.conf import settings as ours

    settings = os.environ | {
        "DATABASE_URL": test_database.app_url,
        "DATABASE_OWNER_URL": test_database.owner_url,
        "NWD_TEST": "1",
        "NWD_SECRET_KEY": ours.SECRET_KEY,
        "PYTHONPATH": str(ROOT / "src"),
    }
    server = subprocess.Popen([sys.executable, "-c", SERVE.format(**QUICK), str(port)], env=settings)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert server.poll() is None, "the server ended before it answered"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def listens(port: int) -> Iterator[Callable[[str], Listening]]:
    with ExitStack() as opened:

        def listen(session: str) -> Listening:
            one = Listening(port, session)
            opened.enter_context(closing(one.socket))
            return one

        yield listen


def session_of(viewer) -> str:
    return stories.browser(viewer).session.session_key


def asks(port: int, session: str, path: str = "/") -> tuple[int, float]:
    began = time.monotonic()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={session}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
        return answer.status, time.monotonic() - began


def connections(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as asking:
        return asking.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'nwd_app'"
            " AND pid <> pg_backend_pid()"
        ).fetchone()[0]


def of_the_suite(url: str) -> int:
    from django.db import connections as ours

    ours.close_all()
    return connections(url)


def test_hundreds_of_streams_hold_no_connection_while_pages_answer(place, port, listens, test_database):
    session = session_of(place.amir)
    of_the_suite(test_database.owner_url)
    streams = [listens(session) for _ in range(MANY)]
    assert all(one.hears("again", within=30) for one in streams)
    assert of_the_suite(test_database.owner_url) <= FEW
    answered = [asks(port, session) for _ in range(5)]
    assert all(status == 200 and took < 5 for status, took in answered)
    place.a_referral()
    assert all(one.hears("team") for one in streams)
    assert of_the_suite(test_database.owner_url) <= FEW


def test_a_change_is_told_to_the_team_at_once_and_to_the_place_as_a_word(place, listens):
    concerned, other = listens(session_of(place.amir)), listens(session_of(place.sam))
    assert concerned.hears("again") and other.hears("again")
    place.a_referral()
    assert concerned.hears("team", within=1) and other.hears("place", within=2)
    assert not other.hears("team", within=0.7), "it is no concern of theirs"


def test_what_changed_while_the_listener_was_gone_is_looked_for(place, listens, test_database):
    stream = listens(session_of(place.amir))
    assert stream.hears("again")
    with psycopg.connect(test_database.app_url, autocommit=True) as us:
        ended = us.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [LISTENER],
        ).fetchall()
        assert ended == [(True,)]
        place.a_referral()
    assert stream.hears("again", within=5), "whoever could not hear looks again"
    place.a_referral()
    assert stream.hears("team", within=2), "and hears from then on"


def test_whoever_signs_out_hears_nothing_more(place, listens):
    from django.contrib.sessions.backends.db import SessionStore

    leaving, staying = session_of(place.amir), session_of(place.priya)
    gone, there = listens(leaving), listens(staying)
    assert gone.hears("again") and there.hears("again")
    SessionStore(leaving).flush()
    assert gone.has_ended(within=5)
    assert there.hears("ping", within=3)


def test_whoever_has_left_the_team_hears_nothing_more(place, listens):
    from nowrongdoor.journeys import agencies

    stream = listens(session_of(place.priya))
    assert stream.hears("again")
    lou = place.viewers["Lou of Crisis team"]
    agencies.leave(member_id=place.priya.member_id, words="", by=lou, at=place.later())
    assert stream.has_ended(within=5)


def test_a_quiet_stream_gives_a_sign_of_life_and_is_kept_by_nobody(place, port, listens):
    stream = listens(session_of(place.amir))
    assert stream.hears("again") and stream.hears("ping", within=3) and stream.hears("ping", within=3)
    head = Listening(port, session_of(place.amir))
    with closing(head.socket):
        time.sleep(0.3)
        sent = head.socket.recv(4096).decode().lower()
    assert "content-type: text/event-stream" in sent
    assert "cache-control: no-store" in sent and "x-accel-buffering: no" in sent
    assert "retry: 2000" in sent
