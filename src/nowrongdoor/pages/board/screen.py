"""
The board in its parts, for a page, and for the screens of an agency that are made together: strips that two
are shown alike are made once.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from markupsafe import Markup

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import code_words, due, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.macros import macro
from nowrongdoor.nhsuk.shapes import Screen
from nowrongdoor.pages.board import wording as words
from nowrongdoor.reading import board_escalations, traffic_board
from nowrongdoor.reading.board_escalations import Climbed, ClimbedLine
from nowrongdoor.reading.traffic_board import Board, BoardLine, Chosen

# The first half of a postcode, such as LK4: a town or a quarter, and nobody's address.
AREA = re.compile("[A-Z]{1,2}[0-9][0-9A-Z]?")
NOBODY: tuple[Seen, ...] = ()
_sweeps = macro("board/parts.jinja", "sweeps")
_climbed = macro("board/parts.jinja", "climbed")
_tiles = macro("board/parts.jinja", "tiles")
_columns = macro("board/parts.jinja", "columns")
_strip = macro("nhsuk/boards.jinja", "strip")


def of(viewer: Viewer, given: QueryDict, *, at: datetime) -> Screen:
    """Seven columns and what is late; with wall=1 for a screen that anyone may read."""
    asked, wall = asked_of(given, at=at), given.get("wall") == "1"
    shown = traffic_board.board(asked=asked, viewer=viewer, at=at, day_began=wording.day_began(at))
    climbed = board_escalations.of(viewer=viewer, at=at)
    clocks = tuple((getattr(shown, clock), clock) for clock in words.CLOCKS)
    columns = tuple(
        (name, shown.counts[name], len(strips), sharing.made(_strips, strips, wall, at))
        for name in words.COLUMNS
        for strips in [shown.strips[name]]
    )
    filtered = tuple(filters(asked).items())
    parts = {
        "sweeps": sharing.made(_sweeps, due.quiet(climbed.swept_at, at=at), "" if wall else reverse("due")),
        "climbed": sharing.made(_of_climbed, climbed, wall, viewer.agency_name, at),
        "tiles": sharing.made(_of_clocks, clocks, filtered),
        "board": sharing.made(_of_columns, columns, filtered),
    }
    held = sum(count for name, count in shown.counts.items() if name != "closed")
    seen = (NOBODY, NOBODY) if wall else (sharing.made(_seen_above, climbed), sharing.made(_seen, shown))
    return Screen(f"{held} held now · as it was at {wording.local_seconds(at)}", parts, seen)


def _strips(lines: Iterable[BoardLine], wall: bool, at: datetime) -> Markup:
    # Most strips are the very same for many who look on: only the first of them looks whether it is kept.
    return Markup("").join(sharing.made(_one, line, wall, at) for line in lines)


def _one(line: BoardLine, wall: bool, at: datetime) -> Markup:
    return sharing.lately(_made, line, wall, sharing.moment(at), sharing.Instant(at))


def _made(line: BoardLine, wall: bool, moment: int, instant: sharing.Instant) -> Markup:
    return _strip(words.strip(line, wall=wall, at=instant.at))


def _of_climbed(found: Climbed, wall: bool, organisation: str, at: datetime) -> Markup:
    moment, instant = sharing.moment(at), sharing.Instant(at)
    lines = [sharing.lately(_climb, one, wall, moment, instant) for one in found.lines]
    return _climbed(lines, found.count, organisation)


def _climb(one: ClimbedLine, wall: bool, moment: int, instant: sharing.Instant) -> words.Climb:
    return words.climbed(one, wall=wall, at=instant.at)


def _of_clocks(clocks: tuple[tuple[int, str], ...], filtered: tuple[tuple[str, str], ...]) -> Markup:
    return _tiles([
        (count, words.CLOCKS[name], table_url(dict(filtered), clock=name), words.TILES.get(name, ""))
        for count, name in clocks
    ])  # fmt: skip


def _of_columns(
    columns: tuple[tuple[str, int, int, Markup], ...], filtered: tuple[tuple[str, str], ...]
) -> Markup:
    return _columns([
        (*words.COLUMNS[name], count, strips, count - shown, table_url(dict(filtered), column=name))
        for name, count, shown, strips in columns
    ])  # fmt: skip


def _seen_above(found: Climbed) -> tuple[Seen, ...]:
    return tuple(words.climbed_shown(found.lines))


def _seen(shown: Board) -> tuple[Seen, ...]:
    return tuple(words.shown(one for strips in shown.strips.values() for one in strips))


def asked_of(given: QueryDict, *, at: datetime) -> Chosen:
    """What the address asks for; what it cannot mean is left out."""
    try:
        agency = UUID(given.get("agency", ""))
    except ValueError:
        agency = None
    known = dict(code_words.choices("needs", at=at))
    return Chosen(
        agency_id=agency,
        need=given.get("need", "") if given.get("need") in known else "",
        column=given.get("column", "") if given.get("column") in words.COLUMNS else "",
        clock=given.get("clock", "") if given.get("clock") in words.CLOCKS else "",
        area=given.get("area", "") if AREA.fullmatch(given.get("area", "")) else "",
    )


def filters(asked: Chosen) -> dict[str, str]:
    """What is chosen of the board, as its addresses say it."""
    given = {"agency": str(asked.agency_id or ""), "need": asked.need, "area": asked.area}
    return {name: value for name, value in given.items() if value}


def table_url(filtered: dict[str, str], *, column: str = "", clock: str = "") -> str:
    """The same as a table, of one column or one kind of clock."""
    given = filtered | ({"column": column} if column else {}) | ({"clock": clock} if clock else {})
    return reverse("board_table") + (f"?{urlencode(given)}" if given else "")
