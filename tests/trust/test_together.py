"""Screens of one member that ask by themselves are answered together, and nobody is given another's page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from nowrongdoor.site import together
from nowrongdoor.site.together import Together, say_who

AMIR, LOU = ("amir's membership", "triage_clinician"), ("lou's membership", "call_handler")


class Place:
    """An application that makes a page when it is told to, and whoever is signed in there."""

    def __init__(self) -> None:
        self.whose = {"desk": AMIR, "tablet": AMIR, "wall": AMIR, "other": LOU}
        self.gone: set[str] = set()
        self.made: list[str] = []
        self.goes_on = asyncio.Event()
        self.may_begin = asyncio.Event()
        self.may_begin.set()
        self.body, self.status, self.headers = b"<p>somebody</p>", 200, []
        self.together = Together(self.application, self.there)

    async def there(self, sessions: Any) -> set[str]:
        return set(sessions) - self.gone

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        session = dict(scope["headers"])[b"cookie"].decode().partition("sessionid=")[2]
        await self.may_begin.wait()
        await receive()
        self.made.append(session)
        await self.goes_on.wait()
        if session not in self.gone:
            say_who(scope, self.whose[session])
        status = 302 if session in self.gone else self.status
        await send({"type": "http.response.start", "status": status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body + session.encode()})

    async def asks(self, session: str, *, path: str = "/", used: bytes = b"0") -> tuple[int, bytes]:
        said: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"cookie", f"sessionid={session}".encode()), (b"nwd-live", used)]
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
        await self.together(scope, receive, send)
        return said[0]["status"], b"".join(one.get("body", b"") for one in said)

    async def known(self, *sessions: str) -> None:
        """Each has asked for itself once, and was let in."""
        self.goes_on.set()
        for session in sessions:
            await self.asks(session)
        self.made.clear()
        self.goes_on.clear()

    async def all_ask(self, *sessions: str, **how: Any) -> list[tuple[int, bytes]]:
        """All at once, before any page is begun."""
        self.may_begin.clear()
        asking = [asyncio.ensure_future(self.asks(one, **how)) for one in sessions]
        await settle()
        self.may_begin.set()
        self.goes_on.set()
        return await asyncio.gather(*asking)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def told(story: Any) -> None:
    async def run() -> None:
        await story(Place())

    asyncio.run(run())


def test_screens_of_one_member_share_one_page_that_is_made_once() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet", "wall")
        assert await place.all_ask("desk", "tablet", "wall") == [(200, b"<p>somebody</p>desk")] * 3
        assert place.made == ["desk"] and place.together.shared == 2

    told(story)


def test_nobody_is_given_the_page_of_another_member() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "other")
        found = await place.all_ask("desk", "other")
        assert found == [(200, b"<p>somebody</p>desk"), (200, b"<p>somebody</p>other")]

    told(story)


def test_whoever_has_not_been_asked_who_they_are_asks_for_themselves() -> None:
    async def story(place: Place) -> None:
        await place.known("desk")
        await place.all_ask("desk", "tablet")
        assert sorted(place.made) == ["desk", "tablet"]

    told(story)


def test_whoever_has_signed_out_meanwhile_is_asked_for_themselves_and_sees_nothing() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        place.gone.add("tablet")
        assert [status for status, _ in await place.all_ask("desk", "tablet")] == [200, 302]

    told(story)


def test_whoever_is_somebody_else_since_is_asked_for_themselves() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        place.whose["desk"] = LOU
        assert (await place.all_ask("desk", "tablet"))[1] == (200, b"<p>somebody</p>tablet")

    told(story)


def test_a_page_that_was_begun_before_somebody_was_told_is_not_for_them() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        first = asyncio.ensure_future(place.asks("desk"))
        await settle()
        assert place.made == ["desk"], "it was begun, and read what was so then"
        second = asyncio.ensure_future(place.asks("tablet"))
        await settle()
        place.goes_on.set()
        assert [(await one)[1][-6:] for one in (first, second)] == [b"p>desk", b"tablet"]

    told(story)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"status": 403},
        {"headers": [(b"Set-Cookie", b"sessionid=new")]},
        {"body": b'<input name="csrfmiddlewaretoken" value="secret">'},
    ],
    ids=["refused", "a cookie", "a form"],
)
def test_what_is_for_one_browser_alone_is_not_shared(spoilt: dict[str, Any]) -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        vars(place).update(spoilt)
        await place.all_ask("desk", "tablet")
        assert sorted(place.made) == ["desk", "tablet"]

    told(story)


def test_each_is_asked_again_after_a_minute_and_whoever_is_there_and_working_always(monkeypatch) -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        await place.all_ask("desk", "tablet", used=b"1")
        assert sorted(place.made) == ["desk", "tablet"]
        place.made.clear()
        monkeypatch.setattr(together, "LASTS", -1.0)
        await place.all_ask("desk", "tablet")
        assert sorted(place.made) == ["desk", "tablet"]

    told(story)


def test_where_the_first_fails_the_others_ask_for_themselves() -> None:
    async def story(place: Place) -> None:
        await place.known("desk", "tablet")
        place.may_begin.clear()
        first = asyncio.ensure_future(place.asks("desk"))
        await settle()
        second = asyncio.ensure_future(place.asks("tablet"))
        await settle()
        first.cancel()
        place.may_begin.set()
        place.goes_on.set()
        assert await second == (200, b"<p>somebody</p>tablet")

    told(story)
