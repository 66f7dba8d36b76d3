"""The board in columns, the same as a table, and the wall."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, code_words, wording
from nowrongdoor.pages.board import screen
from nowrongdoor.pages.board import wording as words
from nowrongdoor.reading import traffic_board, traffic_table
from nowrongdoor.reading.keyset import bookmark
from nowrongdoor.reading.traffic_board import Chosen

# Nobody stands at a wall to reload it: where no scripts run, it loads itself again so often.
WALL_SECONDS = 60


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Seven columns and what is late; with wall=1 for a screen that anyone may read."""
    shown = screen.of(request.viewer, request.GET, at=request.at)
    asked = screen.asked_of(request.GET, at=request.at)
    context = {
        "wall": request.GET.get("wall") == "1",
        "wall_seconds": WALL_SECONDS,
        "words": shown.words,
        "parts": shown.parts,
        "table_url": screen.table_url(screen.filters(asked)),
        "wall_url": f"{reverse('board')}?{urlencode({**screen.filters(asked), 'wall': '1'})}",
        **_choosing(request, asked),
    }
    for seen in shown.seen:
        answers.lists(request, seen)
    return answers.page(request, "board/board.jinja", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same, one line each: what waits first, by due time, then what has been taken on."""
    at, asked = request.at, screen.asked_of(request.GET, at=request.at)
    after = bookmark(request.GET.get("after", ""))
    page = traffic_table.table(
        asked=asked, viewer=request.viewer, at=at, day_began=wording.day_began(at), after=after
    )
    here = screen.table_url(screen.filters(asked), column=asked.column, clock=asked.clock)
    context = {
        "rows": [words.row(one, at=at) for one in page.rows],
        "next_url": _with(here, after=page.next) if page.next else "",
        "first_url": here if after else "",
        "heading": _heading(asked),
        "board_url": f"{reverse('board')}?{urlencode(screen.filters(asked))}",
        "is_closed": asked.column == "closed",
        "columns": words.COLUMNS,
        "clocks": words.CLOCKS,
        **_choosing(request, asked),
    }
    answers.lists(request, words.shown(page.rows))
    return answers.page(request, "board/table.jinja", context)


def _with(url: str, **more: object) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"


def _choosing(request: HttpRequest, asked: Chosen) -> dict[str, object]:
    agencies, areas = traffic_board.to_choose_from()
    return {
        "agencies": [(str(key), name) for key, name in agencies],
        "needs": code_words.choices("needs", at=request.at),
        "areas": [(area, area) for area in areas],
        "asked": {
            "agency": str(asked.agency_id or ""),
            "need": asked.need,
            "area": asked.area,
            "column": asked.column,
            "clock": asked.clock,
        },
    }


def _heading(asked: Chosen) -> str:
    if asked.column:
        return words.COLUMNS[asked.column][0]
    if asked.clock:
        return f"Everyone {words.CLOCKS[asked.clock]}"
    return "Everyone held now"
