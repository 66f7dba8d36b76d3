"""
A governance lead: looks into glass that was broken, mostly within the time for it, and finds it right.

And those who break it: somebody at night with a person before them whose record is another agency's.
"""

from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.sim.actors.shift import Shift

BROKEN = (
    ("danger_now", "Found wandering in the road at night, confused and cold."),
    ("cannot_ask", "Nobody answers there at this hour, and she is at our desk without her tablets."),
    ("safeguarding", "A neighbour heard shouting; we must know who else lives there before we go."),
    ("danger_now", "He took something and cannot say what; his medicines are in the record."),
)
FOUND = (
    ("right", "It was right: the person was found and is safe."),
    ("right_learn", "It was right to look. The night number of the team should be on their door."),
)


def break_glass(shift: Shift, team: str, number: int, reviewed_after: timedelta | None) -> None:
    """One who has no part in their care opens the record of somebody who is known to others."""
    chance, (reason, words) = shift.streams["governance"], BROKEN[number % len(BROKEN)]
    if not shift.known or team in shift.closed:
        return
    review_id = shift.id()
    shift.place.openings.break_glass(
        opening_id=shift.id(),
        review_id=review_id,
        person_id=chance.one_of(list(shift.known)),
        reason=reason,
        words=words,
        by=shift.who(team, "access.break_glass"),
        at=shift.tick(),
    )
    if reviewed_after is not None:
        shift.after(reviewed_after, partial(review, shift, review_id, number))


def review(shift: Shift, review_id: UUID, number: int) -> None:
    """Say what was found."""
    outcome, words = FOUND[number % len(FOUND)]
    shift.place.reviews.decide(
        review_id=review_id,
        outcome=outcome,
        words=words,
        by=shift.roster.office["governance_lead"],
        at=shift.tick(),
        seen=1,
    )
