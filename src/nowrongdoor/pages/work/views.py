"""My work, in parts that fail alone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, wording
from nowrongdoor.pages.work.wording import Row, row
from nowrongdoor.reading import my_work as reading
from nowrongdoor.reading.my_work import Part
from nowrongdoor.rules import access

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Section:
    """A part of the page: its lines, or that it could not be read."""

    rows: tuple[Row, ...] = ()
    has_more: bool = False
    has_failed: bool = False

    @property
    def count(self) -> str:
        return f"{len(self.rows)}+" if self.has_more else str(len(self.rows))


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Needs you now; in progress; handed over and not accepted; owed later today."""
    viewer, at = request.viewer, request.at
    now_part = _section(request, lambda: reading.needs_you(viewer=viewer, at=at))
    later = _section(request, lambda: reading.owed_later(viewer=viewer, at=at))
    today = tuple(one for one in later.rows if wording.local_day(one.chip.due_at) == wording.local_day(at))
    context = {
        "needs_you": now_part,
        "in_progress": _section(request, lambda: reading.in_progress(viewer=viewer)),
        "handed_over": _section(request, lambda: reading.handed_over(viewer=viewer)),
        "today": Section(today, later.has_more and len(today) == len(later.rows), later.has_failed),
        "after_today": later.rows[len(today)] if len(later.rows) > len(today) else None,
        "may_triage": access.may_do(viewer, "triage.decide", at=at),
        "late": sum(one.chip.state == "late" for one in now_part.rows),
    }
    return answers.page(request, "work/my_work.jinja", context)


def _section(request: HttpRequest, read: Callable[[], Part]) -> Section:
    try:
        part = read()
    except Error:
        logger.exception("a part of My work could not be read")
        return Section(has_failed=True)
    rows = (row(task, viewer=request.viewer, at=request.at) for task in part.tasks)
    return Section(tuple(rows), part.has_more)
