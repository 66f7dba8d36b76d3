"""Where a reply to what was escalated is written, and what a call just to talk keeps from whoever replies."""

from uuid import UUID

from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.rules.escalation import Clock, ClockKind


def to(one: Clock) -> str:
    """A call just to talk has a page of its own for it, because its clock does not say whom it is about."""
    name = "call_reply" if one.kind == ClockKind.JUST_TO_TALK else "clock_reply"
    return reverse(name, args=[one.id])


def is_anothers_call(one: Clock, *, team_id: UUID) -> bool:
    """A call that another team owes: whoever only hears of it replies, and reads nothing of it."""
    return one.kind == ClockKind.JUST_TO_TALK and one.team_id != team_id
