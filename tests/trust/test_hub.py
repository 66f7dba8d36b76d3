"""What one process tells its browsers: each word once, whom it concerns, and no sign of life while deaf."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import psycopg
import pytest

from nowrongdoor.kernel.live import hub as hubs
from nowrongdoor.kernel.live import listening
from nowrongdoor.kernel.live.hub import AGAIN, HELLO, MOST, PLACE, TEAM, Ear, Hub, Notice
from nowrongdoor.site import live, rounds
from nowrongdoor.site.rounds import ENOUGH, Rounds
from nowrongdoor.site.sessions import Listens

OURS, OTHERS = uuid4(), uuid4()


def living(story: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    def test() -> None:
        asyncio.run(story())

    test.__name__ = story.__name__
    return test


async def said(ear: Ear, *, within: float = 0.05) -> list[str]:
    return [what for what, _ in await ear.heard(within=within)]


def an_ear(team_id: UUID = OURS) -> Ear:
    return Ear(team_id, "a session")


@living
async def test_whoever_joins_looks_again_as_soon_as_something_can_be_heard():
    hub = Hub()
    early = hub.open(an_ear())
    assert await said(early) == [], "nothing can be heard yet, so nothing is promised"
    hub.listens()
    late = hub.open(an_ear())
    assert (await said(early), await said(late)) == ([AGAIN], [AGAIN])


@living
async def test_a_thousand_changes_are_two_words_for_a_browser_that_reads_slowly():
    hub = Hub()
    ear = hub.open(an_ear())
    for version in range(1000):
        hub.hear(Notice(str(version), frozenset({str(OURS)})))
    await asyncio.sleep(0.05)
    assert await ear.heard(within=0.05) == [(TEAM, "999"), (PLACE, "999")]
    assert await said(ear) == []


@living
async def test_a_team_is_told_its_own_and_everyone_that_something_is_new_in_the_place():
    hub = Hub()
    ours, others = hub.open(an_ear()), hub.open(an_ear(OTHERS))
    hub.hear(Notice.read(f"7 {OURS}"))
    await asyncio.sleep(0.05)
    assert (await said(ours), await said(others)) == ([TEAM, PLACE], [PLACE])
    hub.hear(Notice.read("8 *"))
    assert (await said(ours), await said(others)) == ([TEAM], [TEAM])


@living
async def test_the_place_is_told_twice_a_second_at_most_and_the_last_change_too():
    hub = Hub()
    ear = hub.open(an_ear(OTHERS))
    heard = []
    for version in range(8):
        hub.hear(Notice(str(version), frozenset({str(OURS)})))
        heard += await ear.heard(within=0.1)
    heard += await ear.heard(within=hubs.GAP + 0.2)
    assert len(heard) <= 4 and heard[-1] == (PLACE, "7")


@living
async def test_who_has_gone_is_told_nothing_and_leaves_nothing_behind():
    hub = Hub()
    here, gone = hub.open(an_ear()), hub.open(an_ear())
    hub.close(gone)
    hub.hear(Notice("7", frozenset({str(OURS)})))
    assert (await said(here), await said(gone)) == ([TEAM], [])
    hub.close(here)
    assert not hub.ears and not hub._have_words


@living
async def test_whoever_is_signed_out_is_woken_to_end():
    ear = Hub().open(an_ear())
    ear.tell(AGAIN)
    ear.show("somebody")
    ear.end()
    ear.show("somebody else")
    assert await said(ear) == [] and ear.has_ended
    assert ear.shown() == [], "nor is what waited for them shown"


@living
async def test_a_listener_that_cannot_come_tries_again_and_later_each_time():
    patch = pytest.MonkeyPatch()
    waits: list[float] = []

    async def refuses(url: str) -> psycopg.AsyncConnection:
        raise psycopg.OperationalError("nobody there")

    async def sleeps(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 7:
            raise asyncio.CancelledError

    patch.setattr(listening, "_connected", refuses)
    patch.setattr(listening.asyncio, "sleep", sleeps)
    hub = Hub()
    try:
        with pytest.raises(asyncio.CancelledError):
            await listening.listen("postgresql://nowhere", hub)
    finally:
        patch.undo()
    assert waits == [0.5, 1, 2, 4, 8, 10, 10] and not hub.is_listening


@living
async def test_whoever_is_shown_their_page_is_told_of_no_change_and_who_they_are():
    hub = Hub()
    heard: list[Notice | None] = []
    hub.tells = heard.append
    hub.listens()
    ear = an_ear()
    ear.has_words = False
    hub.open(ear)
    notice = Notice("7", frozenset({str(OURS)}))
    hub.hear(notice)
    assert (await said(ear), await said(ear)) == ([HELLO], [])
    assert heard == [None, notice], "whoever makes their page is told"
    hub.listens()
    assert await said(ear) == [AGAIN]


@living
async def test_whoever_reads_slowly_is_shown_no_more_until_they_have_read_on():
    ear = an_ear()
    assert all(ear.show(str(each)) for each in range(MOST))
    assert not ear.show("one too many") and not ear.show("another")
    assert ear.is_behind and ear.shown() == []
    ear.is_behind = False
    assert ear.show("all of it") and ear.shown() == ["all of it"]


@living
async def test_whoever_read_too_slowly_is_given_each_of_their_pages_whole():
    rounds, ear = Rounds(Hub()), an_ear()
    opened = rounds.open(ear, uuid4(), ["/", "/board"])
    for _, one in opened:
        one.has = {}
    assert not all(ear.show(str(each)) for each in range(MOST + 1)), "what waited of either is gone"
    rounds.again(opened)
    assert [one.has for _, one in opened] == [None, None]


@living
async def test_who_has_left_is_found_although_it_could_not_be_asked_once():
    patch, hub = pytest.MonkeyPatch(), Hub()
    ear, answers = hub.open(an_ear()), iter([RuntimeError()])

    def gone(asked: set[Listens]) -> set[Listens]:
        for fault in answers:
            raise fault
        return asked

    patch.setattr(live, "ROUND", 0.01)
    patch.setattr(live, "_gone", gone)
    going = asyncio.create_task(live._rounds(hub))
    try:
        for _ in range(100):
            await asyncio.sleep(0.01)
            if ear.has_ended:
                break
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
        patch.undo()
    assert ear.has_ended


@pytest.mark.parametrize(("goes_on", "lent", "is_kept"), [
    (True, ENOUGH, True), (False, ENOUGH, False), (True, ENOUGH - 1, False), (True, None, True),
])  # fmt: skip
def test_rounds_keep_their_connections_only_while_others_wait_and_enough_are_left(
    goes_on, lent, is_kept, monkeypatch
):
    closed = []

    class Lent:
        settings_dict = {"OPTIONS": {"pool": {"max_size": lent}} if lent else {}}

        def close(self):
            closed.append(self)

    monkeypatch.setattr(rounds.shows, "make", lambda *_, **__: {})
    monkeypatch.setattr(rounds.connections, "all", lambda **_: [Lent()])
    assert rounds._make([], uuid4(), goes_on) == {}
    assert bool(closed) is not is_kept
