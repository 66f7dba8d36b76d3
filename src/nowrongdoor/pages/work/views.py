"""My work, in parts that fail alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, due, glass, late_reviews
from nowrongdoor.pages.work.wording import Row, escalated, opened, row
from nowrongdoor.reading import due as due_reading
from nowrongdoor.reading import handover_lines, heard, on_call, oversight
from nowrongdoor.reading import my_work as reading
from nowrongdoor.reading.handover_lines import WaitingOffer
from nowrongdoor.reading.keyset import Bookmark, bookmark
from nowrongdoor.reading.looks import REVIEWING
from nowrongdoor.reading.my_work import NOBODY_TO_RING, Part, Task
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element

# Lines that are about an offer: to answer, or waiting for its answer.
OFFERS = {"offer", "given"}
logger = logging.getLogger(__name__)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Section:
    """A part of the page: its lines, or that it could not be read."""

    rows: tuple[Row, ...] = ()
    next: Bookmark | None = None
    then_at: datetime | None = None
    has_failed: bool = False

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if self.next else str(len(self.rows))

    def without(self, above: Collection[UUID]) -> Section:
        """The same without what stands further up already."""
        return replace(self, rows=tuple(one for one in self.rows if one.subject_id not in above))


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Needs you now; held by you; handed over and not accepted; owed later today."""
    viewer, at = request.viewer, request.at
    now_part, in_progress, handed_over, today = _sections(
        request,
        (1, lambda: (reading.needs_you(viewer=viewer, at=at),)),
        (3, lambda: reading.not_pressing(viewer=viewer, at=at)),
    )
    on_ours = [opened(one) for one in now_part.rows if one.is_glass]
    now_part = replace(now_part, rows=tuple(one for one in now_part.rows if not one.is_glass))
    raised = due_reading.raised_if(access.looks_at_people(viewer, at=at), viewer=viewer)
    reviews = oversight.late(viewer=viewer, at=at) if access.may_do(viewer, "review.decide", at=at) else None
    broken = oversight.broken_glass(viewer=viewer) if reviews and reviews.waiting else ()
    fits = access.sees(viewer, at=at)
    names_people = fits is not None and Element.ACCESS in fits.elements
    if names_people:
        shown = {"elements": ("access", "identity"), "relationship": REVIEWING}
        answers.lists(request, [Seen(one.person_id, **shown) for one in broken])
    rota = on_call.current(viewer=viewer, at=at)
    called = heard.by(viewer, on_call=rota, at=at)
    # What was raised by hand to the team of whoever is on call for it anyway stands once.
    called_for = {line.clock.id for group in called.groups for line in group.lines}
    raised = replace(raised, lines=tuple(one for one in raised.lines if one.clock.id not in called_for))
    # What is escalated stands there, with all that can be done about it, and in no list of tasks below.
    tasks = {one.subject_id: one for one in (*now_part.rows, *today.rows)}
    raised_rows = [
        escalated(shown, tasks.get(one.clock.id))
        for one, shown in zip(
            raised.lines, due.rows(raised, viewer=viewer, on_call=rota, at=at), strict=True
        )
    ]
    above = {one.clock.id for one in raised.lines}
    needs_you = now_part.without(above)
    pressing = [*raised_rows, *needs_you.rows]
    answers.lists(request, due.listed(raised.lines))
    answers.lists(request, due.listed(line for group in called.groups for line in group.lines))
    context = {
        "raised": raised,
        "raised_rows": raised_rows,
        "called": called,
        "called_groups": due.groups(called, viewer=viewer, on_call=rota, at=at),
        "stands": due.stands(rota, viewer=viewer, at=at),
        "quiet": due.quiet(raised.swept_at, at=at),
        "needs_you": needs_you,
        "pressing": f"{len(pressing)}{'+' if raised.more or needs_you.next else ''}",
        "stands_above": len(needs_you.rows) < len(now_part.rows),
        "in_progress": in_progress,
        "handed_over": handed_over,
        "today": today.without(above),
        "may_triage": access.may_do(viewer, "triage.decide", at=at),
        "may_board": access.may_do(viewer, "board.read", at=at),
        "late_reviews": late_reviews.words(reviews) if reviews else "",
        "waiting_reviews": late_reviews.waiting(reviews) if reviews else "",
        "glass_on_ours": on_ours,
        "glass_rows": glass.rows(broken, shows_people=names_people, at=at),
        "late": sum(one.chip.state == "late" for one in pressing),
    }
    return answers.page(request, "work/my_work.jinja", context)


# What each part that may go on over pages is called, and where it ends.
PARTS = {
    "mine": ("Held by you", "You hold nobody else by name."),
    "given": ("Handed over, not yet accepted", "Nothing else your team has handed over waits for an answer."),
    "owed": ("Owed later", "No more call backs or answers are owed."),
}


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of My work, a page at a time, for whoever has more than fit on the first."""
    if name not in PARTS:
        raise Http404
    viewer, after = request.viewer, bookmark(request.GET.get("after", ""))
    read = {
        "mine": lambda: (reading.in_progress(viewer=viewer, after=after),),
        "given": lambda: (reading.handed_over(viewer=viewer, after=after),),
        "owed": lambda: (reading.owed_later(viewer=viewer, at=request.at, after=after),),
    }
    heading, nothing = PARTS[name]
    context = {
        "name": name,
        "heading": heading,
        "nothing": nothing,
        "section": _sections(request, (1, read[name]))[0],
        "after": after,
    }
    return answers.page(request, "work/part.jinja", context)


def _sections(request: HttpRequest, *reads: tuple[int, Callable[[], Sequence[Part]]]) -> list[Section]:
    """
    The parts of the page, as many from each reading as it says. A reading that fails takes no other with it.
    """
    if not access.looks_at_people(request.viewer, at=request.at):
        return [Section() for many, _ in reads for _ in range(many)]
    parts = [part for many, read in reads for part in _read(read) or [None] * many]
    offers = [one.subject_id for part in parts if part for one in part.tasks if one.kind in OFFERS]
    waits = _read(lambda: handover_lines.waiting(offers))
    return [_section(request, part, waits) for part in parts]


def _read(read: Callable[[], Found]) -> Found | None:
    try:
        with wall.alone():
            return read()
    except Error:
        logger.exception("a part of My work could not be read")
        return None


def _section(request: HttpRequest, part: Part | None, waits: dict[UUID, WaitingOffer] | None) -> Section:
    if part is None or (waits is None and any(one.kind in OFFERS for one in part.tasks)):
        return Section(has_failed=True)
    fits = access.sees(request.viewer, at=request.at)
    if fits is None or Element.WHEREABOUTS not in fits.elements:
        part = replace(part, tasks=tuple(replace(one, ring=NOBODY_TO_RING) for one in part.tasks))
    if fits is None or Element.ACCESS not in fits.elements:
        part = replace(part, tasks=tuple(one for one in part.tasks if one.kind != "glass"))
    answers.lists(
        request, (Seen(one.person_id, one.referral_id, one.contact_id, _shows(one)) for one in part.tasks)
    )
    rows = (
        row(task, viewer=request.viewer, at=request.at, waiting=(waits or {}).get(task.subject_id))
        for task in part.tasks
    )
    return Section(tuple(rows), part.next, part.then_at)


def _shows(task: Task) -> tuple[str, ...]:
    if task.kind == "glass":
        return (str(Element.ACCESS), "identity")
    return (*due.SHOWS, str(Element.WHEREABOUTS)) if task.ring.number else due.SHOWS
