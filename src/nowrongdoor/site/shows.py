"""
Screens that are shown on and on: each made as its page is, by the view itself, for whoever sits there.

Those of one agency that something concerns are made together, in one transaction behind the second wall. Who
is still signed in, at work, and in a role that may open that page is asked each time; whom the screens show
is on record before any of it is sent.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlsplit
from uuid import UUID

from django.db import Error
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Looker, Seen
from nowrongdoor.kernel.live import parts, sharing
from nowrongdoor.kernel.live.ahead import Round
from nowrongdoor.kernel.live.hub import Ear
from nowrongdoor.kernel.live.parts import Part
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import live, surroundings
from nowrongdoor.nhsuk.macros import macro
from nowrongdoor.pages.board import screen as board
from nowrongdoor.pages.triage import screen as triage
from nowrongdoor.pages.work import screen as work
from nowrongdoor.reading import viewers
from nowrongdoor.reading.navigation import Counts
from nowrongdoor.rules import access
from nowrongdoor.rules.law import seeing
from nowrongdoor.site import sessions
from nowrongdoor.site.doors import DOORS, SIGNED_IN

# Pages whose parts are made one by one, so that what is the same for many is made once.
IN_PARTS = {"my_work": work.of, "triage": triage.of, "board": board.of}
OF_TEAM = {"my_work", "triage", "our_team", "rapid"}
OF_PLACE = {"board", "board_table"}
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
LONGEST = 500  # of an address: what our own pages link to is far shorter
_menu = macro("nhsuk/frame.jinja", "menu")
_words = macro("nhsuk/boards.jinja", "live_words")
logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Show:
    """One page on the screens of one browser: what that browser was told of it, and whom it was shown."""

    ear: Ear
    path: str
    page: ResolverMatch
    query: QueryDict
    has: dict[str, Part] | None = None
    seen: tuple[tuple[Seen, ...], ...] = ()
    asked_at: datetime = LONG_AGO

    @property
    def is_of_place(self) -> bool:
        return self.page.view_name in OF_PLACE

    @property
    def is_wall(self) -> bool:
        return self.page.view_name in sessions.WALLS and self.query.get("wall") == "1"

    def is_told(self, made: "Made") -> None:
        """Its browser was told; whom it shows is on record."""
        self.has, self.seen = made.parts, made.seen
        if made.at - self.asked_at >= MINUTE:
            self.asked_at = made.at


def show(ear: Ear, path: str) -> Show | None:
    """The page at this address, if it is one that is shown on and on."""
    try:
        asked = urlsplit(path)
        page = resolve(asked.path)
    except (ValueError, Resolver404):
        return None
    if len(path) > LONGEST or page.view_name not in OF_TEAM | OF_PLACE:
        return None
    return Show(ear, path, page, QueryDict(asked.query))


@dataclass(frozen=True)
class Made:
    """A screen as it is now: its parts, what its browser must be told, and whom it shows, part by part."""

    parts: dict[str, Part]
    told: str
    seen: tuple[tuple[Seen, ...], ...]
    at: datetime


def make(
    shows: Sequence[Show], *, agency_id: UUID, at: datetime, between: Callable[[], None] = lambda: None
) -> dict[Show, Made]:
    """
    These screens of members of one agency, made and on record. Left out are those that nobody may be shown
    any more, and what could not be made: their browsers ask for themselves, and are told why. `between` is
    called before each: it may wait.
    """
    if not shows:
        return {}
    signed_in = _signed_in(shows, at=at)
    made: dict[Show, Made] = {}
    looks: list[tuple[Looker, Seen]] = []
    asks = Round((agency_id, shows[0].is_of_place or shows[0].ear.team_id), at)
    whoever = viewers.asks_who_is_at_work(set(signed_in.values()), agency_id=agency_id)
    with wall.reading():
        at_work, apart = viewers.all_at_work(asks.begin(*wall.as_agency(agency_id), whoever))
        with sharing.together((viewer.member_id for viewer, _ in at_work.values()), apart, asks=asks):
            for one in shows:
                found = at_work.get(signed_in[one]) if one in signed_in else None
                if found is None or not _may_open(one, found[0], at=at):
                    continue
                between()
                try:
                    made[one] = _made(one, *found, at=at)
                except Error:
                    raise
                except Exception:
                    logger.exception("a screen could not be made")
                    continue
                who = sharing.made(_looker, found[0], one.page.view_name, at)
                looks += [(who, each) for each in _new(one, made[one], at)]
        looking.record_of_many(looks, at=at, but_not_since=at - seeing.lasts("same_look", at=at))
    return made


def _made(one: Show, viewer: Viewer, waiting: Counts, *, at: datetime) -> Made:
    screen, seen = _screen(one, viewer, waiting, at=at)
    told = parts.changes(screen, one.has)
    return Made(screen, sharing.made(_told, tuple(told.values())), seen, at)


def _new(one: Show, made: Made, at: datetime) -> Iterable[Seen]:
    """
    Whom the screen shows that it did not show a moment ago. Once a minute all are named: the database knows
    whose look goes on, and whose has gone on for so long that it is another.
    """
    before = one.seen if at - one.asked_at < MINUTE and len(one.seen) == len(made.seen) else ()
    if not before:
        return [each for those in made.seen for each in those]
    both = zip(made.seen, before, strict=True)
    return [each for those, was in both for each in sharing.made(_newly, those, was)]


def _newly(those: tuple[Seen, ...], was: tuple[Seen, ...]) -> list[Seen]:
    known = set(was)
    return [each for each in those if each not in known]


def _told(told: tuple[str, ...]) -> str:
    """As the stream says it, in one line."""
    return json.dumps("".join(told), ensure_ascii=False)


def _looker(viewer: Viewer, page: str, at: datetime) -> Looker:
    return Looker(viewer, page, access.purpose(viewer, at=at))


def _signed_in(shows: Iterable[Show], *, at: datetime) -> dict[Show, UUID]:
    """Of these, whose sessions go on, and for which membership. One statement."""
    stored = sessions.stored((one.ear.session_key for one in shows), at=at)
    found = {}
    for one in shows:
        data = stored.get(one.ear.session_key)
        if data is not None:
            membership = sessions.member_of(data, is_wall=one.is_wall, at=at)
            if membership is not None:
                found[one] = membership
    return found


def _may_open(one: Show, viewer: Viewer, *, at: datetime) -> bool:
    asks = DOORS[one.page.view_name]
    return viewer.team_id == one.ear.team_id and (
        asks == SIGNED_IN or access.may_do(viewer, asks, at=at)
    )


def _screen(
    one: Show, viewer: Viewer, waiting: Counts, *, at: datetime
) -> tuple[dict[str, Part], tuple[tuple[Seen, ...], ...]]:
    name = one.page.view_name
    if name in IN_PARTS:
        found = IN_PARTS[name](viewer, one.query, at=at)
        texts: dict[str, str] = {
            "places": sharing.made(_menu, surroundings.places(viewer, waiting, here=name, at=at)),
            "live-words": sharing.made(_words, found.words),
            **found.parts,
        }
        return _parts(one, texts), found.seen
    return _of_page(one, viewer, waiting, at=at)


def _of_page(
    one: Show, viewer: Viewer, waiting: Counts, *, at: datetime
) -> tuple[dict[str, Part], tuple[tuple[Seen, ...], ...]]:
    """The parts of the whole page, where its view does not make them one by one."""
    request = _request(one, viewer, waiting, at)
    answer: HttpResponse = one.page.func(request, *one.page.args, **one.page.kwargs)
    if answer.status_code != 200:
        raise ValueError(f"{one.page.view_name} answered {answer.status_code}")
    found = parts.of(answer.content.decode())
    seen = (tuple(request.made_with_others),)
    return _parts(one, found), seen


def _parts(one: Show, texts: Mapping[str, str]) -> dict[str, Part]:
    """The same part as before where it reads just so, for then nothing of it has to be looked at."""
    has = one.has or {}
    return {
        name: has[name] if name in has and has[name].text == text else sharing.made(Part, text)
        for name, text in texts.items()
    }


def _request(one: Show, viewer: Viewer, waiting: Counts, at: datetime) -> HttpRequest:
    """The request that the browser would send by itself, after the door was passed."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", urlsplit(one.path).path, urlsplit(one.path).path
    request.META = {live.META: "0", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.COOKIES = SimpleCookie()
    request.GET, request.resolver_match = one.query, one.page
    request.session, request.viewer, request.waiting, request.at = {}, viewer, waiting, at
    request.made_with_others = []
    return request
