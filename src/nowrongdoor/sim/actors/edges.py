"""
The edges of a handover as a place lives them: an offer reaches the list of the team that was asked and is
opened by somebody there; whoever helps is in touch with the person, and mostly sees them.

Chance is drawn from streams of its own, so that nobody else's day is changed by it.
"""

from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules import access
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.sim import words
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift

ON_LIST_AFTER = timedelta(seconds=4)


def will_reach(shift: Shift, offered: Handover, *, answered_after: timedelta | None = None) -> None:
    """A worker finds it on their list; somebody opens it before they answer. One in nine lies unopened."""
    shift.after(ON_LIST_AFTER, partial(deliver, shift, offered.id))
    chance = shift.streams["looks at offers"]
    whole = offered.answer_by - offered.offered_at
    until = whole if answered_after is None else min(answered_after, whole)
    if answered_after is None and chance.happens(1 / 9):
        return
    shift.after(max(until * chance.uniform(0.2, 0.9), ON_LIST_AFTER * 2), partial(receive, shift, offered))


def deliver(shift: Shift, handover_id: UUID) -> None:
    """Nothing, where it was answered before, or nobody is there to receive it: then its clock goes on."""
    try:
        shift.place.handovers.deliver(handover_id=handover_id, by=NOBODY, at=shift.tick())
    except Refused:
        return


def receive(shift: Shift, offered: Handover) -> None:
    by = somebody(shift, shift.roster.key_of(offered.receiver_team_id), "handover.receive")
    if by is None:
        return
    try:
        shift.place.handovers.receive(handover_id=offered.id, by=by, at=shift.tick())
    except Refused:
        return


def be_in_touch(shift: Shift, course: Course, *, way: str) -> None:
    """Whoever holds the person rings them or goes to see them, and says so."""
    case = shift.look(course)
    if case.holding is None:
        return
    by = somebody(shift, shift.roster.key_of(case.holding.team_id), "care_contact.record")
    if by is None:
        return
    chance = shift.streams["care contacts"]
    shift.place.care_contacts.record(
        care_contact_id=chance.id(),
        referral_id=course.referral_id,
        way=way,
        words=chance.one_of(words.IN_TOUCH),
        happened_at=max(shift.at - MINUTE * chance.randrange(1, 12), case.referral.received_at),
        by=by,
        at=shift.tick(),
    )


def somebody(shift: Shift, team: str, act: str) -> Viewer | None:
    able = [one for one in shift.roster.staff[team] if access.may_do(one, act, at=shift.at)]
    return shift.streams["who looks"].one_of(able) if able else None
