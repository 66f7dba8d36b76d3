"""
A team lead: sees what is late and raises it, lets a team close or a member go without letting go
of anyone, and settles who holds those who were re-homed.
"""

from datetime import timedelta
from functools import partial

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim import county, words
from nowrongdoor.sim.actors import team_member
from nowrongdoor.sim.actors.shift import MINUTE, Shift

ROUND = 20  # how many of a team's promises a lead goes through at a time


def go_round(shift: Shift) -> None:
    """Every lead looks at what their team owes, and raises what is late to the centre's lead."""
    for team in shift.roster.teams:
        if team not in shift.closed:
            _raise_late(shift, team)


def close_team(shift: Shift, team: str, successor: str) -> None:
    """The team ends; its successor answers for everyone from that instant, and settles each."""
    asked = shift.place.offers_waiting(shift.roster.team_id(team))
    shift.place.agencies.close_team(
        team_id=shift.roster.team_id(team),
        successor_id=shift.roster.team_id(successor),
        words=words.CLOSING_TEAM,
        by=shift.roster.lead(team),
        at=shift.tick(),
        seen=shift.place.team(shift.roster.team_id(team)).version,
    )
    shift.closed.add(team)
    for number, offered in enumerate(asked):
        shift.after(MINUTE * (2 + number), partial(ask_instead, shift, offered, successor))
    will_settle(shift, successor)


def ask_instead(shift: Shift, offered: Handover, successor: str) -> None:
    """The team that was asked has closed: whoever asked it asks its successor, in the same words."""
    case = shift.place.case(offered.referral_id)
    if case.holding is None or case.live_offer is not None:
        return
    to = "rapid" if case.holding.team_id == shift.roster.team_id(successor) else successor
    shift.place.handovers.offer(
        referral_id=offered.referral_id,
        handover_id=shift.id(),
        to_team_id=shift.roster.team_id(to),
        message=offered.message,
        by=shift.who_holds(case, "handover.offer"),
        at=shift.tick(),
        seen=case.referral.version,
    )


def member_leaves(shift: Shift, gone: Viewer) -> None:
    """A member goes to another post: what was in their name stays with the team."""
    team = shift.roster.key_of(gone.team_id)
    shift.place.agencies.leave(
        member_id=gone.member_id, words=words.LEAVING, by=shift.roster.lead(team), at=shift.tick()
    )
    shift.roster.leaves(gone)
    will_settle(shift, team)


def will_settle(shift: Shift, team: str) -> None:
    shift.after(timedelta(minutes=35), partial(settle, shift, team))


def settle(shift: Shift, team: str) -> None:
    """Keep those who were re-homed to us: someone is named, and the promise to settle is kept."""
    for owed in shift.place.owed(shift.roster.team_id(team)):
        if owed.kind != PromiseKind.RE_HOMING or owed.referral_id is None:
            continue
        case = shift.place.case(owed.referral_id)
        if case.holding is not None and case.holding.member_id is None:
            shift.place.holdings.take(
                referral_id=owed.referral_id,
                by=shift.who(shift.roster.key_of(case.holding.team_id), "holding.take"),
                at=shift.tick(),
                seen=case.holding.version,
            )
        team_member.settle(shift, owed.id)


def _raise_late(shift: Shift, team: str) -> None:
    for owed in shift.place.owed(shift.roster.team_id(team), limit=ROUND):
        if owed.due_at > shift.at:
            return
        shift.place.promises.escalate(
            promise_id=owed.id,
            escalation_id=shift.id(),
            to_team_id=shift.roster.team_id(county.CENTRE),
            words=shift.streams["promises"].one_of(words.ESCALATED),
            by=shift.roster.lead(team),
            at=shift.tick(),
            seen=owed.version,
        )
