"""
The rapid-response board on a wall, where anyone may read: how far each visit is, by when, and in which area.

No name of anybody, no address, and nothing that somebody typed, not even what a crew is called.
"""

from collections.abc import Sequence
from datetime import datetime

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.shapes import Strip
from nowrongdoor.pages.rapid import wording as words
from nowrongdoor.reading.rapid_board import Board, VisitLine
from nowrongdoor.reading.visit_record import is_late_to_say
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState

# Nobody stands at a wall to reload it: where no scripts run, it loads itself again so often.
SECONDS = 60
COLUMNS = (
    ("Waits for a crew", (VisitState.ASKED_ALONG, VisitState.ASKED)),
    ("Given to a crew", (VisitState.PLANNED, VisitState.TOLD)),
    ("On the way", (VisitState.ON_THE_WAY,)),
    ("There", (VisitState.THERE, VisitState.WITH_PERSON)),
    ("To be written up", (VisitState.LEFT,)),
)
FREE = "Free"
KEPT = "Area kept"


def context(found: Board, *, at: datetime) -> dict[str, object]:
    """Columns by state, what matters in figures, and where somebody has not said that they are safe."""
    visits = [line.visit for line in found.visits]
    silent = [line for line in found.visits if is_late_to_say(line.visit, at=at)]
    late = [one for one in visits if one.met_at is None and one.due_at <= at]
    free = [line for line in found.crews if words.status(line, at=at) == FREE]
    return {
        "columns": [
            (heading, [strip(one, at=at) for one in found.visits if one.visit.state in states])
            for heading, states in COLUMNS
        ],
        "silent": [area(line, at=at) for line in silent],
        "tiles": [
            (len(silent), "have not said that they are safe", "", "late"),
            (len(late), "late", "", "late"),
            (_waiting(visits), "wait for a crew", "", ""),
            (len(free), "crews free", "", ""),
        ],
        "open_now": len(visits),
        "more": found.more,
        "wall_seconds": SECONDS,
    }


def area(line: VisitLine, *, at: datetime) -> str:
    """The area; not even that of somebody whose whereabouts are kept from whoever put the wall up."""
    return words.area(line.visit.area, at=at) if Element.WHEREABOUTS in line.shows else KEPT


def strip(line: VisitLine, *, at: datetime) -> Strip:
    """One visit: its clock, its area, whether two go, and since when it is so far."""
    one = line.visit
    is_silent = is_late_to_say(one, at=at)
    chip = words.check_in_chip(one, at=at) if is_silent else words.chip(one, at=at)
    return Strip(
        id=f"visit-{one.id}",
        url="",
        name=area(line, at=at),
        chip=chip or words.chip(one, at=at),
        holder=words.state(one),
        hops="Two go" if one.pair_rules else "",
        reason="Has not said that they are safe" if is_silent else _safe_by(one),
    )


def _safe_by(one: Visit) -> str:
    return f"Says that they are safe by {wording.local_time(one.check_in_at)}" if one.check_in_at else ""


def _waiting(visits: Sequence[Visit]) -> int:
    return sum(one.state == VisitState.ASKED for one in visits)
