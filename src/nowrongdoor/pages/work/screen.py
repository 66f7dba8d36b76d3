"""
My work in its parts, each of which fails alone and changes by itself: for a page, and for the screens of a
whole team that are made together. What is a team's own is then made once, and a member's own apart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import Error
from django.http import QueryDict
from markupsafe import Markup

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import due, glass, late_reviews, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.macros import macro
from nowrongdoor.nhsuk.shapes import Screen
from nowrongdoor.pages.work.wording import Row, escalated, line, opened
from nowrongdoor.reading import due as due_reading
from nowrongdoor.reading import handover_lines, heard, on_call, oversight
from nowrongdoor.reading import my_work as reading
from nowrongdoor.reading.due import DueList
from nowrongdoor.reading.handover_lines import WaitingOffer
from nowrongdoor.reading.heard import Heard
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.looks import REVIEWING
from nowrongdoor.reading.my_work import NOBODY_TO_RING, Part, Task
from nowrongdoor.reading.on_call import OnCall
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element

# Lines that are about an offer: to answer, or waiting for its answer.
OFFERS = {"offer", "given"}
logger = logging.getLogger(__name__)
Found = TypeVar("Found")
_part = macro("work/parts.jinja", "part")
_reviews = macro("work/parts.jinja", "reviews")
_jumps = macro("work/parts.jinja", "jumps")
_sweeps = macro("work/parts.jinja", "sweeps")
_on_call = macro("work/parts.jinja", "on_call")
_raised = macro("work/parts.jinja", "raised")


@dataclass(frozen=True, eq=False)
class Section:
    """A part of the page: its lines and whom they show, or that it could not be read."""

    rows: tuple[Row, ...] = ()
    next: Bookmark | None = None
    then_at: datetime | None = None
    has_failed: bool = False
    seen: tuple[Seen, ...] = ()

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if self.next else str(len(self.rows))

    def without(self, above: Collection[UUID]) -> Section:
        """The same without what stands further up already."""
        return replace(self, rows=tuple(one for one in self.rows if one.subject_id not in above))


def of(viewer: Viewer, asked: QueryDict, *, at: datetime) -> Screen:
    """Needs you now; held by you; handed over and not accepted; owed later today; and what was raised."""
    now_part, in_progress, handed_over, today = sections(
        viewer,
        at,
        (1, lambda: (reading.needs_you(viewer=viewer, at=at),)),
        (3, lambda: reading.not_pressing(viewer=viewer, at=at)),
    )
    needed, on_ours = sharing.made(_without_glass, now_part)
    rota = on_call.current(viewer=viewer, at=at)
    called = heard.by(viewer, on_call=rota, at=at)
    every = due_reading.raised_if(access.looks_at_people(viewer, at=at), viewer=viewer)
    raised = sharing.made(_not_called_for, every, called)
    reviews, looked_at = _to_review(viewer, on_ours, at)
    triages, boards = (access.may_do(viewer, act, at=at) for act in ("triage.decide", "board.read"))
    team = sharing.made(_of_team, raised, needed, today, rota, viewer.team_id, at)
    seen_above = sharing.made(_seen, raised)
    called_part, called_seen = _of_called(called, rota, viewer, at)
    at_board = reverse("board") if boards else ""
    at_triage = reverse("triage") if triages else ""
    all_of_it = at_triage or (reverse("board_table") if boards else reverse("our_team"))
    parts = {
        "sweeps": sharing.made(_of_sweeps, raised.swept_at, at),
        "reviews": reviews,
        "jumps": sharing.made(_jumps, raised, team.needed, in_progress, handed_over, team.owed),
        "on-call": called_part,
        "raised": sharing.made(_raised, raised, team.raised, viewer.team_name),
        "now": sharing.made(_now, team, viewer.team_name, at_board, all_of_it),
        "mine": sharing.made(_part, "mine", in_progress, viewer.team_name, at_board, at_triage),
        "given": sharing.made(_part, "given", handed_over, viewer.team_name),
        "today": sharing.made(_of_today, team.owed, viewer.team_name, at),
    }
    seen = (*(one.seen for one in (now_part, in_progress, handed_over, today)), seen_above, called_seen)
    return Screen(sharing.made(_strip, team, at), parts, (*seen, looked_at))


def sections(
    viewer: Viewer, at: datetime, *reads: tuple[int, Callable[[], Sequence[Part]]]
) -> list[Section]:
    """
    The parts of the page, as many from each reading as it says. A reading that fails takes no other with it.
    """
    if not access.looks_at_people(viewer, at=at):
        return [NOTHING for many, _ in reads for _ in range(many)]
    parts = [part for many, read in reads for part in _read(read) or [None] * many]
    offers = [one for part in parts if part for one in sharing.made(_offers, part)]
    waits = _read(lambda: handover_lines.waiting(offers))
    fits = access.sees(viewer, at=at)
    elements = fits.elements if fits else frozenset()
    may_ring, may_know = Element.WHEREABOUTS in elements, Element.ACCESS in elements
    may_triage = access.may_do(viewer, "triage.decide", at=at)
    may = (viewer.team_name, may_triage, may_ring, may_know, at)
    return [sharing.made(_section, part, waits, _if_named(part, viewer), *may) for part in parts]


NOTHING = Section()


def _if_named(part: Part | None, viewer: Viewer) -> str:
    """What the viewer is called, where a line of this part names somebody who is called so."""
    return viewer.member_name if part and viewer.member_name in sharing.made(_names, part) else ""


def _names(part: Part) -> frozenset[str]:
    return frozenset(one.member for one in part.tasks)


def _offers(part: Part) -> tuple[UUID, ...]:
    return tuple(one.subject_id for one in part.tasks if one.kind in OFFERS)


def _read(read: Callable[[], Found]) -> Found | None:
    if sharing.members():
        return read()  # of screens that are made together each browser asks for itself where one fails
    try:
        with wall.alone():
            return read()
    except Error:
        logger.exception("a part of My work could not be read")
        return None


def _section(
    part: Part | None,
    waits: dict[UUID, WaitingOffer] | None,
    name: str,
    team: str,
    may_triage: bool,
    may_ring: bool,
    may_know: bool,
    at: datetime,
) -> Section:
    """For whoever of this team has these rights and is called so; or is not named at all, without a name."""
    if part is None or (waits is None and any(one.kind in OFFERS for one in part.tasks)):
        return Section(has_failed=True)
    tasks = [one if may_ring else replace(one, ring=NOBODY_TO_RING) for one in part.tasks]
    tasks = [one for one in tasks if may_know or one.kind != "glass"]
    moment = sharing.moment(at)
    rows = (
        sharing.lately(
            _line, task, name if task.member == name else "", team, may_triage,
            (waits or {}).get(task.subject_id), moment, sharing.Instant(at),
        )
        for task in tasks
    )  # fmt: skip
    seen = (Seen(one.person_id, one.referral_id, one.contact_id, _shows(one)) for one in tasks)
    return Section(tuple(rows), part.next, part.then_at, seen=tuple(seen))


def _line(
    task: Task,
    name: str,
    team: str,
    may_triage: bool,
    waiting: WaitingOffer | None,
    moment: int,
    instant: sharing.Instant,
) -> Row:
    return line(task, name, team, may_triage, waiting, instant.at)


def _shows(task: Task) -> tuple[str, ...]:
    if task.kind == "glass":
        return (str(Element.ACCESS), "identity")
    return (*due.SHOWS, str(Element.WHEREABOUTS)) if task.ring.number else due.SHOWS


def _without_glass(part: Section) -> tuple[Section, list[dict[str, str]]]:
    """What needs the viewer now, and apart from it glass that was broken on whom the team holds."""
    on_ours = [opened(one) for one in part.rows if one.is_glass]
    return replace(part, rows=tuple(one for one in part.rows if not one.is_glass)), on_ours


def _of_today(today: Section, team: str, at: datetime) -> Markup:
    next_at = wording.local_when(today.then_at, at=at) if today.then_at else ""
    return _part("today", today, team, "", "", next_at)


@dataclass(frozen=True, eq=False)
class Pressing:
    """
    What presses for a team. What is escalated stands there, with all that can be done about it, and in no
    list of tasks below; `stands_above` where that is some of what needs them.
    """

    raised: tuple[due.Row, ...]
    more: bool
    needed: Section
    owed: Section
    stands_above: bool


def _of_team(
    raised: DueList, needed: Section, today: Section, rota: OnCall, team_id: UUID, at: datetime
) -> Pressing:
    tasks = {one.subject_id: one for one in (*needed.rows, *today.rows)}
    lines = zip(raised.lines, due.rows(raised, team_id=team_id, on_call=rota, at=at), strict=True)
    rows = tuple(escalated(shown, tasks.get(one.clock.id)) for one, shown in lines)
    above = {one.clock.id for one in raised.lines}
    left = needed.without(above)
    return Pressing(rows, raised.more, left, today.without(above), len(left.rows) < len(needed.rows))


def _now(team: Pressing, name: str, board_url: str, other_url: str) -> Markup:
    return _part("now", team.needed, name, board_url, other_url, "", team.stands_above)


def _strip(team: Pressing, at: datetime) -> str:
    as_it_was = f"as it was at {wording.local_seconds(at)}"
    if team.needed.has_failed:
        return as_it_was
    pressing = [*team.raised, *team.needed.rows]
    late = sum(one.chip.state == "late" for one in pressing)
    more = "+" if team.more or team.needed.next else ""
    need = "needs" if len(pressing) == 1 and not more else "need"
    return f"{len(pressing)}{more} {need} you, {late} late · {as_it_was}"


def _not_called_for(raised: DueList, called: Heard) -> DueList:
    """What was raised by hand to the team of whoever is on call for it anyway stands once."""
    called_for = {one.clock.id for group in called.groups for one in group.lines}
    if not called_for:
        return raised
    return replace(raised, lines=tuple(one for one in raised.lines if one.clock.id not in called_for))


def _seen(raised: DueList) -> tuple[Seen, ...]:
    return tuple(due.listed(raised.lines))


def _of_called(
    called: Heard, rota: OnCall, viewer: Viewer, at: datetime
) -> tuple[Markup, tuple[Seen, ...]]:
    stands = due.stands(rota, viewer=viewer, at=at)
    if called is heard.NOTHING and not stands:
        return sharing.made(_on_call, called, (), ""), ()
    groups = due.groups(called, team_id=viewer.team_id, on_call=rota, at=at)
    seen = due.listed(one for group in called.groups for one in group.lines)
    return _on_call(called, groups, stands), tuple(seen)


def _of_sweeps(swept_at: datetime | None, at: datetime) -> Markup:
    return _sweeps(due.quiet(swept_at, at=at))


def _to_review(
    viewer: Viewer, on_ours: list[dict[str, str]], at: datetime
) -> tuple[Markup, tuple[Seen, ...]]:
    """Reviews that wait for a governance lead; and glass that was broken, to review or on one's own."""
    if not access.may_do(viewer, "review.decide", at=at):
        return sharing.made(_reviews, "", "", (), on_ours), ()
    reviews = oversight.late(viewer=viewer, at=at)
    broken = oversight.broken_glass(viewer=viewer) if reviews.waiting else ()
    fits = access.sees(viewer, at=at)
    names_people = fits is not None and Element.ACCESS in fits.elements
    shown: dict[str, Any] = {"elements": ("access", "identity"), "relationship": REVIEWING}
    rows = glass.rows(broken, shows_people=names_people, at=at)
    part = _reviews(late_reviews.words(reviews), late_reviews.waiting(reviews), rows, on_ours)
    return part, tuple(Seen(one.person_id, **shown) for one in broken if names_people)
