"""My work, in parts that fail alone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, due, late_reviews, wording
from nowrongdoor.pages.work.wording import Row, row
from nowrongdoor.reading import due as due_reading
from nowrongdoor.reading import handover_lines, oversight
from nowrongdoor.reading import my_work as reading
from nowrongdoor.reading.keyset import Bookmark, bookmark
from nowrongdoor.reading.my_work import NOBODY_TO_RING, Part, Task
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element

# Lines that are about an offer: to answer, or waiting for its answer.
OFFERS = {"offer", "given"}
# What a line of My work tells of whoever it is about.
SHOWS = ("answerable", "identity", "response")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Section:
    """A part of the page: its lines, or that it could not be read."""

    rows: tuple[Row, ...] = ()
    next: Bookmark | None = None
    has_failed: bool = False

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if self.next else str(len(self.rows))


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Needs you now; held by you; handed over and not accepted; owed later today."""
    viewer, at = request.viewer, request.at
    now_part = _section(request, lambda: reading.needs_you(viewer=viewer, at=at))
    later = _section(request, lambda: reading.owed_later(viewer=viewer, at=at))
    today = tuple(one for one in later.rows if wording.local_day(one.chip.due_at) == wording.local_day(at))
    raised = due_reading.raised_if(access.looks_at_people(viewer, at=at), viewer=viewer)
    answers.lists(request, due.listed(raised))
    context = {
        "raised": raised,
        "raised_rows": due.rows(raised, team=viewer.team_name, at=at),
        "quiet": due.quiet(raised.swept_at, at=at),
        "needs_you": now_part,
        "in_progress": _section(request, lambda: reading.in_progress(viewer=viewer)),
        "handed_over": _section(request, lambda: reading.handed_over(viewer=viewer)),
        "today": Section(today, later.next if len(today) == len(later.rows) else None, later.has_failed),
        "after_today": later.rows[len(today)] if len(later.rows) > len(today) else None,
        "may_triage": access.may_do(viewer, "triage.decide", at=at),
        "may_board": access.may_do(viewer, "board.read", at=at),
        "late_reviews": late_reviews.words(oversight.late(viewer=viewer, at=at))
        if access.may_do(viewer, "review.decide", at=at)
        else "",
        "late": sum(one.chip.state == "late" for one in now_part.rows),
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
        "mine": lambda: reading.in_progress(viewer=viewer, after=after),
        "given": lambda: reading.handed_over(viewer=viewer, after=after),
        "owed": lambda: reading.owed_later(viewer=viewer, at=request.at, after=after),
    }
    heading, nothing = PARTS[name]
    context = {
        "name": name,
        "heading": heading,
        "nothing": nothing,
        "section": _section(request, read[name]),
        "after": after,
    }
    return answers.page(request, "work/part.jinja", context)


def _section(request: HttpRequest, read: Callable[[], Part]) -> Section:
    if not access.looks_at_people(request.viewer, at=request.at):
        return Section()
    try:
        with wall.alone():
            part = read()
            waits = handover_lines.waiting([one.subject_id for one in part.tasks if one.kind in OFFERS])
    except Error:
        logger.exception("a part of My work could not be read")
        return Section(has_failed=True)
    fits = access.sees(request.viewer, at=request.at)
    if fits is None or Element.WHEREABOUTS not in fits.elements:
        part = replace(part, tasks=tuple(replace(one, ring=NOBODY_TO_RING) for one in part.tasks))
    answers.lists(
        request, (Seen(one.person_id, one.referral_id, one.contact_id, _shows(one)) for one in part.tasks)
    )
    rows = (
        row(task, viewer=request.viewer, at=request.at, waiting=waits.get(task.subject_id))
        for task in part.tasks
    )
    return Section(tuple(rows), part.next)


def _shows(task: Task) -> tuple[str, ...]:
    return (*SHOWS, str(Element.WHEREABOUTS)) if task.ring.number else SHOWS
