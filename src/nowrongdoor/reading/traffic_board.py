"""
The care traffic board: every open referral as one strip in one column, each with its one holder.

However many referrals are open, the board is two statements: one pass over what is open, which
counts it and keeps the first of each column, and one look at what was closed today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import in_common, scope
from nowrongdoor.reading.board_statements import (
    AGENCIES_AND_AREAS,
    CLOSED_IN_COMMON,
    CLOSED_TODAY,
    IN_COMMON,
    KEPT,
    OPEN,
    OPEN_IN_COMMON,
    THOUGH_KEPT,
)
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.whom import NOBODY_YET, Whom, whom
from nowrongdoor.rules.access import Element, Sight

COLUMNS = ("new", "offered", "accepted", "under_way", "waiting", "back", "closed")
CLOCKS = ("late", "soon", "unowned", "returned")
IN_COLUMN = 20
# As soon as a clock on the page says so too.
SOON = timedelta(minutes=15)


@dataclass(frozen=True)
class Chosen:
    """
    Which strips: those held by one agency, for one need, in one column, with one kind of clock, about
    people of one area. An area is the first half of a postcode, as it is held of the person.
    """

    agency_id: UUID | None = None
    need: str = ""
    column: str = ""
    clock: str = ""
    area: str = ""


@dataclass(frozen=True)
class BoardLine:
    """One referral on its way. `answer_by` is set while a team is being asked; `hop` counts the asking."""

    referral_id: UUID
    column: str
    state: str
    due_at: datetime
    received_at: datetime
    since_at: datetime
    standard: str
    needs: tuple[str, ...]
    answer_by: datetime | None
    offered_at: datetime | None
    closed_at: datetime | None
    team: str
    agency: str
    member: str
    receiver: str
    hop: int
    whom: Whom
    person_id: UUID | None
    may_see: bool = True
    """Whom it is about and what for; who answers and by when is for everyone who may read the board."""

    @property
    def clock_at(self) -> datetime:
        """What falls due first: the answer to an offer, or the response to the person."""
        return min(self.due_at, self.answer_by) if self.answer_by else self.due_at

    @property
    def bookmark(self) -> Bookmark:
        taken_on = self.column in {"accepted", "under_way"}
        return Bookmark(self.clock_at, self.received_at, self.referral_id, rank=int(taken_on))


@dataclass(frozen=True)
class Board:
    """What the board shows: how many of everything, and the first of each column by due time."""

    late: int
    soon: int
    unowned: int
    returned: int
    counts: dict[str, int]
    strips: dict[str, tuple[BoardLine, ...]]


def board(*, asked: Chosen, viewer: Viewer, at: datetime, day_began: datetime) -> Board:
    """All columns at once. `day_began` is when today began on the wall clock of the place."""
    asks = in_common.of(viewer)
    params = {**params_of(asked, asks, at), "day_began": day_began, "most": IN_COLUMN}
    if sharing.members():
        params = _in_common(params)
        rows, closed = sharing.asked(OPEN_IN_COMMON, params), sharing.asked(CLOSED_IN_COMMON, params)
    else:
        rows, closed = sharing.asked(OPEN, params), sharing.asked(CLOSED_TODAY, params)
    return sharing.made(_board, rows, closed, asks, at)


def _in_common(params: dict[str, Any]) -> dict[str, Any]:
    """What the same asks for of everyone in the agency for whom as much of what is kept is shown."""
    (kept,) = sharing.asked(KEPT, {name: params[name] for name in ("day_began", "at")})[0]
    shown = sharing.asked(THOUGH_KEPT, {**params, "kept": kept}) if kept else []
    asked = {name: params[name] for name in IN_COMMON}
    return {**asked, "though_kept": sorted(key for (key,) in shown)}


def _board(rows: list[Any], closed: list[Any], viewer: Viewer, at: datetime) -> Board:
    totals = rows[0][:10]
    strips: dict[str, tuple[BoardLine, ...]] = dict.fromkeys(COLUMNS, ())
    for one in as_seen(sharing.made(_lines, rows, closed), viewer=viewer, at=at):
        strips[one.column] += (one,)
    counts = dict(zip(COLUMNS, (*totals[4:], closed[0][0] if closed else 0), strict=True))
    return Board(*totals[:4], counts, strips)


def _lines(rows: list[Any], closed: list[Any]) -> list[BoardLine]:
    return [line(row[10:]) for row in rows if row[10] is not None] + [line(row[1:]) for row in closed]


def as_seen(lines: Sequence[BoardLine], *, viewer: Viewer, at: datetime) -> tuple[BoardLine, ...]:
    """The lines, without whom and what for where this viewer may not see it. One statement."""
    asked = {one.referral_id: one.person_id for one in lines if one.may_see}
    shown = scope.sights(asked, viewer=viewer, at=at)
    return tuple(_as_seen(one, shown.get(one.referral_id)) for one in lines)


def _as_seen(one: BoardLine, sight: Sight | None) -> BoardLine:
    if sight is None:
        return replace(one, may_see=False, whom=NOBODY_YET, needs=(), person_id=None) if one.may_see else one
    if sight.shows(Element.WHEREABOUTS):
        return one
    return replace(one, whom=replace(one.whom, postcode=""))


def to_choose_from() -> tuple[tuple[tuple[UUID, str], ...], tuple[str, ...]]:
    """The agencies whose teams hold people, and the areas people are known to live in. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(AGENCIES_AND_AREAS)
        rows = cursor.fetchall()
    return (
        tuple((key, name) for key, name in rows if key),
        tuple(name for key, name in rows if not key),
    )


def params_of(asked: Chosen, viewer: Viewer, at: datetime) -> dict[str, Any]:
    return {
        **scope.params(viewer, at=at),
        "agency": asked.agency_id,
        "need": asked.need,
        "area": asked.area,
        "at": at,
        "soon": at + SOON,
    }


def line(row: tuple[Any, ...]) -> BoardLine:
    """Of whom the second wall shows nothing, in whose care nobody of the agency has a part, none may see."""
    own, needs, rest = row[:7], row[7], row[8:16]
    answer_by, offered_at, closed_at, team, agency, member, receiver, hop = rest
    return BoardLine(
        *own, tuple(needs or ()), answer_by, offered_at, closed_at,
        team or "", agency or "", member or "", receiver or "", hop or 0, whom(row[16:24]),
        row[24], may_see=needs is not None,
    )  # fmt: skip
