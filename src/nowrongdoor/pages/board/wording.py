"""Columns, clocks and strips of the board in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import clocks, due, replies, whom, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.nhsuk.shapes import Strip
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.board_escalations import ClimbedLine
from nowrongdoor.reading.traffic_board import BoardLine
from nowrongdoor.rules.law import ladder

COLUMNS = {
    "new": ("New", "to triage"),
    "offered": ("Offered", "waiting for an answer"),
    "accepted": ("Accepted", "not begun yet"),
    "under_way": ("Under way", ""),
    "waiting": ("Waiting", "for information, or for the person"),
    "back": ("Back with us", "asked, and not accepted"),
    "closed": ("Closed today", ""),
}
CLOCKS = {
    "late": "late",
    "soon": "due within 15 min",
    "unowned": "with no holder",
    "returned": "returned twice or more",
}
# Of these, what presses where there is any.
TILES = {"late": "late", "soon": "soon", "unowned": "late"}
NEXT = {
    "new": "triage",
    "accepted": "get in touch with the person",
    "under_way": "go on, or close",
    "waiting": "get the answer",
    "back": "decide who responds",
    "closed": "",
}


@dataclass(frozen=True)
class Row:
    """A referral as a line of the table."""

    id: str
    url: str
    name: str
    about: str
    chip: Chip
    column: str
    needs: str
    holder: str
    member: str
    hops: str
    next_step: str


def strip(one: BoardLine, *, wall: bool, at: datetime) -> Strip:
    """A referral as a strip. On the wall, where anyone may read, it carries no name."""
    return Strip(
        id=f"j-{one.referral_id}",
        url=url(one),
        name=_needs(one, at=at) or initials(one) if wall else initials(one),
        chip=chip(one, at=at),
        reason="" if wall else _needs(one, at=at),
        holder=one.team or "Nobody: ring the duty lead",
        age=whom.age(one.whom, at=at) if one.whom.is_known else "",
        hops=hops(one),
        next_step=next_step(one) if one.column == "offered" else "",
    )


def row(one: BoardLine, *, at: datetime) -> Row:
    """The same as a line."""
    return Row(
        id=f"j-{one.referral_id}",
        url=url(one),
        name=initials(one),
        about=whom.about(one.whom, at=at),
        chip=chip(one, at=at),
        column=COLUMNS[one.column][0],
        needs=_needs(one, at=at),
        holder=one.team or "Nobody: ring the duty lead",
        member=one.member,
        hops=hops(one),
        next_step=next_step(one),
    )


def shown(lines: Iterable[BoardLine]) -> list[Seen]:
    """Whom these lines show, for the record of who was looked at: those with initials and needs."""
    return [
        Seen(one.person_id, one.referral_id, None, ("answerable", "identity", "response"))
        for one in lines
        if one.may_see
    ]


@dataclass(frozen=True)
class Climb:
    """What was escalated, as a line: of which team, to whom, and where it is done or replied to."""

    id: str
    chip: Chip
    what: str
    name: str
    team: str
    told: str
    url: str


def climbed(one: ClimbedLine, *, wall: bool, at: datetime) -> Climb:
    """On the wall, where anyone may read, it is about nobody."""
    name, is_of_nobody = "", one.clock.kind in due.OF_NOBODY
    if not wall:
        known = one.may_see and one.whom.is_known
        name = wording.initials(one.whom.family_name, one.whom.given_names) if known else ""
    return Climb(
        id=f"climbed-{one.clock.id}",
        chip=due.chip(one.clock, at=at),
        what=due.what(one.clock, at=at),
        name=name or ("" if wall else "No name" if one.may_see else "Not shown to you"),
        team=one.team,
        told=f"for {ladder.label(one.clock.rung)}",
        url="" if wall or not one.may_see or is_of_nobody else replies.to(one.clock),
    )


def climbed_shown(lines: Iterable[ClimbedLine]) -> list[Seen]:
    """Whom these lines show."""
    return [
        Seen(one.person_id, one.clock.referral_id, None, ("answerable", "identity", "response"))
        for one in lines
        if one.may_see
    ]


def url(one: BoardLine) -> str:
    """Where the line leads; nowhere where it is not this viewer's to see."""
    return reverse("referral", args=[one.referral_id]) if one.may_see else ""


def _needs(one: BoardLine, *, at: datetime) -> str:
    return whom.needs(one.needs, at=at) if one.may_see else ""


def initials(one: BoardLine) -> str:
    """`M.K.`, or that no name is known, or that it is not this viewer's to see."""
    if not one.may_see:
        return "Not shown to you"
    return wording.initials(one.whom.family_name, one.whom.given_names) if one.whom.is_known else "No name"


def chip(one: BoardLine, *, at: datetime) -> Chip:
    """The clock that falls due first: the answer to an offer, or the response to the person."""
    if one.closed_at is not None:
        return wording.done_chip(f"Closed {wording.local_when(one.closed_at, at=at)}")
    if one.answer_by is not None and one.offered_at is not None and one.answer_by <= one.due_at:
        return clocks.answer_chip(answer_by=one.answer_by, offered_at=one.offered_at, at=at)
    return clocks.response_chip(
        state=one.state, due_at=one.due_at, standard=one.standard, since_at=one.since_at, at=at
    )


def hops(one: BoardLine) -> str:
    """`3rd handover`; nothing for the first, which is how it should be."""
    return f"{ordinal(one.hop)} handover" if one.hop > 1 else ""


def next_step(one: BoardLine) -> str:
    """Who must do what next."""
    return f"{one.receiver} to answer" if one.column == "offered" else NEXT[one.column]
