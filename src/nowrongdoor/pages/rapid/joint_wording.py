"""Joint visits in words: which team comes along, whether it has said so, and how far its crew is."""

from datetime import datetime

from nowrongdoor.nhsuk import wording
from nowrongdoor.pages.rapid import state_wording
from nowrongdoor.reading.joint_visits import HalfLine
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState

WITHOUT = (VisitState.ASKED_ALONG, VisitState.ASKED)


def half(one: HalfLine, *, at: datetime) -> str:
    """`Kettle House: On the way since 13:10. Van 2: Ana, Ben`; whose team it is comes first."""
    return f"{one.team_name}: {_how_far(one, at=at)}"


def words(one: HalfLine) -> str:
    """Why it does not come, as its team said; empty while it does."""
    return one.visit.ended_words if one.visit.state == VisitState.STOOD_DOWN else ""


def meets(one: Visit, *, at: datetime) -> str:
    return wording.local_when(one.meet_at, at=at) if one.meet_at else ""


def _how_far(one: HalfLine, *, at: datetime) -> str:
    its = one.visit
    if its.state == VisitState.ASKED_ALONG:
        return f"asked {wording.local_when(its.asked_at, at=at)}, has not said yet whether it comes"
    if its.state == VisitState.STOOD_DOWN and its.ended_at is not None:
        asked_only = its.joint_with_id is not None and its.joined_at is None
        said = "does not come" if asked_only else "stood down"
        return f"{said}, {wording.local_when(its.ended_at, at=at)}"
    if its.state == VisitState.ASKED:
        return "comes, has no crew yet" if its.joint_with_id else "has no crew yet"
    crew = f"{one.crew_name}: {wording.listed(one.goers)}" if one.goers else one.crew_name
    leaves = ""
    if its.leaves_at is not None and its.set_off_at is None:
        leaves = f", leaves {wording.local_when(its.leaves_at, at=at)}"
    return f"{state_wording.state(its)}{leaves}. {crew}"
