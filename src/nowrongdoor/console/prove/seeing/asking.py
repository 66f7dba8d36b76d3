"""
Asking as a browser does, through every middleware, and looking at all that comes back: status, headers,
body and whatever was logged meanwhile. Nothing that an ask did is kept.

An ask is rolled back. Behind the second wall pages read over a connection of their own, to which an act is
there only once it is committed: an answer that both acts and shows is asked for again on a copy of the whole
place, where everything is committed, and the copy is thrown away.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from nowrongdoor.console.prove.ground import Ground
from nowrongdoor.console.prove.seeing import outside
from nowrongdoor.console.prove.seeing.calls import PLANTED, PLANTED_WORDS, Ask
from nowrongdoor.console.prove.seeing.expected import NOBODY, ROLES
from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.kernel import wall

# What differs from one showing of a page to the next, and says nothing: tokens, signatures, keys of drafts.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|name="typed_by" value="[^"]*"')
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NO_MATTER = {"Date", "Content-Length", "Set-Cookie", "Vary"}


Rows = Callable[[str, list[Any]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Answer:
    """What came back, as text, and what was written meanwhile."""

    status: int
    headers: str
    body: str
    logged: str
    took_planted: bool
    is_stale: bool = False
    """It was made behind the wall after an act that the wall did not let it see yet."""

    def alike(self, typed: tuple[str, ...]) -> str:
        """The same for two answers that differ in nothing but keys, tokens and what was typed."""
        text = KEY.sub("KEY", TOKEN.sub("TOKEN", f"{self.status}\n{self.headers}\n{self.body}"))
        for one in sorted(set(typed) - {""}, key=len, reverse=True):
            # A number may stand in a page for itself: only where it is the whole of what is shown.
            shown = (
                re.escape(one)
                if len(one) > 3 and not one.isdigit()
                else f'(?<=[">“]){re.escape(one)}(?=["<”])'
            )
            text = re.sub(shown, "TYPED", text)
        return text


class Written(logging.Handler):
    """What the product's own log would say, as its formatter and filter write it."""

    def __init__(self) -> None:
        from nowrongdoor.console.prove.seeing import borrowed

        super().__init__(logging.INFO)
        self.lines: list[str] = []
        self.setFormatter(borrowed.formatter())
        self.addFilter(borrowed.log_filter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Asking:
    """Browsers of every role, and one in which nobody has signed in."""

    def __init__(self, place: Place, ground: Ground) -> None:
        from django.test import Client

        self.place, self.ground = place, ground
        self.token = secrets.token_hex(16)
        self.clients = {role: self._browser(role) for role in ROLES} | {
            NOBODY: Client(enforce_csrf_checks=True, raise_request_exception=False)
        }
        for role, said in outside.sessions(place).items():
            self.clients[role] = self._browser_saying(said)
        self.sessions = {
            role: client.cookies["sessionid"].value
            for role, client in self.clients.items()
            if role != NOBODY
        }
        self.written = Written()
        self.looked: list[Any] = []
        self.recorded = 0

    def _browser(self, role: str) -> Any:
        return self._browser_saying({"membership": str(self.place.memberships[role])})

    def _browser_saying(self, said: dict[str, str]) -> Any:
        from django.test import Client

        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        session = client.session
        for name, value in said.items():
            session[name] = value
        session["seen_at"] = self.place.at.isoformat()
        session.save()
        return client

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """It is the same instant for everybody, and what would be written to the log is read here instead."""
        root, django = logging.getLogger(), logging.getLogger("django")
        levels = root.level, django.level
        handlers = root.handlers[:]
        root.handlers = [self.written]
        root.setLevel(logging.INFO)
        django.setLevel(logging.INFO)
        try:
            with (
                mock.patch("nowrongdoor.site.doors.now", lambda: self.place.at),
                mock.patch("nowrongdoor.site.failures.now", lambda: self.place.at),
            ):
                yield
        finally:
            root.handlers = handlers
            root.setLevel(levels[0])
            django.setLevel(levels[1])

    def look_around(self) -> None:
        """Some looks that stay on record, so that whoever looks into looking has something to find."""
        with self.standing_still():
            for name in ("holder", "restricted_held", "glass", "nameless_held"):
                for kind, key in self.place.lives[name].keys.items():
                    place = {"person": "people", "referral": "referrals"}.get(kind)
                    if place:
                        self.clients["team_member"].get(f"/{place}/{key}")
        with here() as cursor:
            cursor.execute("SELECT id FROM access_log_look")
            self.looked = [key for (key,) in cursor.fetchall()]
            self.recorded = _recorded(cursor)

    def ask(self, role: str, one: Ask, *, whole: bool = True) -> Answer:
        """One request, and what it did undone. Without `whole`, what it showed of its own act is not seen."""
        with self.asked(role, one, whole=whole) as (answer, _):
            return answer

    @contextmanager
    def asked(self, role: str, one: Ask, *, whole: bool = True) -> Iterator[tuple[Answer, Rows]]:
        """One request; inside, what it did is there yet, for whoever asks for rows with their keys."""
        with undone() as cursor:
            answer = self._asked(role, one, cursor)
            if not (whole and answer.is_stale):
                yield answer, rows_anywhere
                return
        with self.ground.copied(), here() as cursor:
            yield self._asked(role, one, cursor), rows_anywhere

    def _asked(self, role: str, one: Ask, cursor: Any) -> Answer:
        self.written.lines.clear()
        client = self.clients[role]
        # As signed in as ever, whatever the last answer did about it: that was undone.
        client.cookies.clear()
        client.cookies["csrftoken"] = self.token
        if role in self.sessions:
            client.cookies["sessionid"] = self.sessions[role]
        if one.method == "POST":
            data = dict(one.data)
            if one.has_token:
                data["csrfmiddlewaretoken"] = self.token
            response = client.post(one.path, data)
        else:
            response = client.generic(one.method, one.path)
        answered = one.method == "POST" and response.status_code < 500  # else nothing more can be asked
        acted = answered and _recorded(cursor) > self.recorded
        leads_on = response.status_code in (302, 303)
        headers = "\n".join(
            f"{name}: {value}" for name, value in sorted(response.items()) if name not in NO_MATTER
        )
        return Answer(
            response.status_code,
            headers,
            response.content.decode("utf-8", "replace"),
            "\n".join(self.written.lines),
            leads_on and acted and _took_planted(cursor),
            acted and not leads_on and wall.is_configured(),
        )


@contextmanager
def here() -> Iterator[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        yield cursor


@contextmanager
def undone() -> Iterator[Any]:
    """
    A transaction around a request, as round a test, over each of the connections it may use: journeys run in
    it, pages read in it, and nothing of it stays.
    """
    from django.db import connection, connections, transaction

    with ExitStack() as every:
        for alias in ("default", wall.READER) if wall.is_configured() else ("default",):
            every.enter_context(transaction.atomic(using=alias))
            # Journeys refuse to run inside another transaction, but for one that says it is a test's.
            connections[alias].atomic_blocks[-1]._from_testcase = True
            every.callback(transaction.set_rollback, True, using=alias)
        with connection.cursor() as cursor:
            yield cursor


def rows_anywhere(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """The rows that acts wrote, and those that pages did, each once: neither sees the other's yet."""
    from django.db import connections

    found: dict[Any, tuple[Any, ...]] = {}
    for alias in ("default", wall.READER) if wall.is_configured() else ("default",):
        with connections[alias].cursor() as cursor:
            cursor.execute(statement, values)
            found |= {key: tuple(row) for key, *row in cursor.fetchall()}
    return list(found.values())


def _recorded(cursor: Any) -> int:
    cursor.execute("SELECT count(*) FROM journal_entry")
    return int(cursor.fetchone()[0])


def _took_planted(cursor: Any) -> bool:
    """Something was recorded that only a field of no form asked for."""
    cursor.execute(
        "SELECT count(*) FROM journal_entry WHERE changes::text LIKE ANY(%s)",
        [[f"%{PLANTED}%", f"%{PLANTED_WORDS}%", "%2001-01-01%"]],
    )
    return bool(cursor.fetchone()[0])
