"""How far a visit is, in words."""

from nowrongdoor.nhsuk import wording
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState

STATES = {
    VisitState.ASKED_ALONG: "Asked to come along",
    VisitState.ASKED: "Waits for a crew",
    VisitState.PLANNED: "Given to a crew",
    VisitState.TOLD: "The crew knows",
    VisitState.ON_THE_WAY: "On the way",
    VisitState.THERE: "There",
    VisitState.WITH_PERSON: "With the person",
    VisitState.LEFT: "Left – say what came of it",
    VisitState.DONE: "Done",
    VisitState.STOOD_DOWN: "Stood down",
}
SINCE = {
    VisitState.TOLD: "told_at",
    VisitState.ON_THE_WAY: "set_off_at",
    VisitState.THERE: "arrived_at",
    VisitState.WITH_PERSON: "met_at",
    VisitState.LEFT: "left_at",
}


def state(one: Visit) -> str:
    """`On the way since 13:10`."""
    column = SINCE.get(VisitState(one.state))
    since = getattr(one, column) if column else None
    words = STATES[VisitState(one.state)]
    return f"{words} since {wording.local_time(since)}" if since and one.state != "left" else words
