"""The board in columns, the same as a table, and the wall."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, code_words, due, wording
from nowrongdoor.pages.board import wording as words
from nowrongdoor.reading import board_escalations, traffic_board, traffic_table
from nowrongdoor.reading.keyset import bookmark
from nowrongdoor.reading.traffic_board import Chosen

# Nobody stands at a wall to reload it: where no scripts run, it loads itself again so often.
WALL_SECONDS = 60
# The first half of a postcode, such as LK4: a town or a quarter, and nobody's address.
AREA = re.compile("[A-Z]{1,2}[0-9][0-9A-Z]?")


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Seven columns and what is late; with wall=1 for a screen that anyone may read."""
    at, asked = request.at, _asked(request)
    wall = request.GET.get("wall") == "1"
    shown = traffic_board.board(asked=asked, viewer=request.viewer, at=at, day_began=wording.day_began(at))
    climbed = board_escalations.of(viewer=request.viewer, at=at)
    context = {
        "wall": wall,
        "climbed": [words.climbed(one, wall=wall, at=at) for one in climbed.lines],
        "climbed_count": climbed.count,
        "wall_seconds": WALL_SECONDS,
        "quiet": due.quiet(climbed.swept_at, at=at),
        "tiles": [
            (getattr(shown, clock), said, _table_url(asked, clock=clock), _tile_state(clock))
            for clock, said in words.CLOCKS.items()
        ],
        "columns": [
            {
                "heading": heading,
                "hint": hint,
                "count": shown.counts[name],
                "strips": [words.strip(one, wall=wall, at=at) for one in shown.strips[name]],
                "more": shown.counts[name] - len(shown.strips[name]),
                "more_url": _table_url(asked, column=name),
            }
            for name, (heading, hint) in words.COLUMNS.items()
        ],
        "table_url": _table_url(asked),
        "wall_url": f"{reverse('board')}?{urlencode({**_filters(asked), 'wall': '1'})}",
        "open_now": sum(count for name, count in shown.counts.items() if name != "closed"),
        **_choosing(request, asked),
    }
    if not wall:
        answers.lists(request, words.climbed_shown(climbed.lines))
        answers.lists(request, words.shown(one for strips in shown.strips.values() for one in strips))
    return answers.page(request, "board/board.jinja", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same, one line each: what waits first, by due time, then what has been taken on."""
    at, asked = request.at, _asked(request)
    after = bookmark(request.GET.get("after", ""))
    page = traffic_table.table(
        asked=asked, viewer=request.viewer, at=at, day_began=wording.day_began(at), after=after
    )
    here = _table_url(asked, column=asked.column, clock=asked.clock)
    context = {
        "rows": [words.row(one, at=at) for one in page.rows],
        "next_url": _with(here, after=page.next) if page.next else "",
        "first_url": here if after else "",
        "heading": _heading(asked),
        "board_url": f"{reverse('board')}?{urlencode(_filters(asked))}",
        "is_closed": asked.column == "closed",
        "columns": words.COLUMNS,
        "clocks": words.CLOCKS,
        **_choosing(request, asked),
    }
    answers.lists(request, words.shown(page.rows))
    return answers.page(request, "board/table.jinja", context)


def _asked(request: HttpRequest) -> Chosen:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.GET
    try:
        agency = UUID(asked.get("agency", ""))
    except ValueError:
        agency = None
    known = dict(code_words.choices("needs", at=request.at))
    return Chosen(
        agency_id=agency,
        need=asked.get("need", "") if asked.get("need") in known else "",
        column=asked.get("column", "") if asked.get("column") in words.COLUMNS else "",
        clock=asked.get("clock", "") if asked.get("clock") in words.CLOCKS else "",
        area=asked.get("area", "") if AREA.fullmatch(asked.get("area", "")) else "",
    )


def _filters(asked: Chosen) -> dict[str, str]:
    given = {"agency": str(asked.agency_id or ""), "need": asked.need, "area": asked.area}
    return {name: value for name, value in given.items() if value}


def _table_url(asked: Chosen, *, column: str = "", clock: str = "") -> str:
    given = _filters(asked) | ({"column": column} if column else {}) | ({"clock": clock} if clock else {})
    return reverse("board_table") + (f"?{urlencode(given)}" if given else "")


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


def _tile_state(clock: str) -> str:
    return {"late": "late", "soon": "soon", "unowned": "late"}.get(clock, "")
