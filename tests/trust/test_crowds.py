"""A page somebody asked for is answered before the screens of whoever only looks on, and not for ever."""

import asyncio
import time
from threading import Thread

from nowrongdoor.site.crowds import PATIENCE, People, few_by_themselves


def waited(wait) -> float:
    began = time.monotonic()
    wait()
    return time.monotonic() - began


def test_where_nobody_asks_screens_do_not_wait():
    assert waited(People.first()) < 0.02


def test_screens_wait_until_the_page_is_answered():
    with People.asked():
        first = People.first(patience=30)
        making = Thread(target=first, daemon=True)
        making.start()
        making.join(0.05)
        assert making.is_alive()
    making.join(5)
    assert not making.is_alive()


def test_two_pages_are_both_answered_first():
    with People.asked():
        with People.asked():
            pass
        making = Thread(target=People.first(patience=30), daemon=True)
        making.start()
        making.join(0.05)
        assert making.is_alive()
    making.join(5)


def test_however_many_pages_are_asked_for_screens_are_made():
    with People.asked():
        wait = People.first()
        assert PATIENCE <= waited(wait) < PATIENCE + 1
        assert waited(wait) < 0.02, "its patience is for the whole round"


def answered(headers: list[tuple[bytes, bytes]], path: str = "/work") -> float:
    """How long screens would have waited while this was answered."""
    waits: list[float] = []

    async def application(scope, receive, send):
        waits.append(waited(People.first(patience=0.05)))

    async def ask():
        scope = {"type": "http", "path": path, "headers": headers}
        await few_by_themselves(application)(scope, None, None)

    asyncio.run(ask())
    return waits[0]


def test_what_asks_by_itself_makes_no_screen_wait_and_a_person_does():
    assert answered([]) >= 0.05
    assert answered([(b"nwd-live", b"1")]) < 0.02
    assert answered([], path="/live") < 0.02
    assert waited(People.first()) < 0.02, "and once all is answered nobody waits"
