"""
A team lead: sees what is late and raises it, lets a team close or a member go without letting go
of anyone, and settles who holds those who were re-homed.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import ALARMS, ANSWERED_BY_TAKING
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim import county, words
from nowrongdoor.sim.actors import edges, team_member
from nowrongdoor.sim.actors.shift import MINUTE, Shift

NOT_OURS = 0.15  # of those who were re-homed to a team are better known to another
TAKE_ON = ("rapid", county.CENTRE)
ANSWERED = 0.9  # of the alarms that a lead finds when they go round
ROUND = 20  # how many of a team's promises a lead goes through at a time


def go_round(shift: Shift) -> None:
    """Every lead looks at what their team owes: most alarms are answered, what is late is raised."""
    for team in shift.roster.teams:
        if team not in shift.closed:
            owed = _owed(shift, team)
            _raise_late(shift, team, _owed(shift, team) if _answer_alarms(shift, owed) else owed)


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
    _will_reach(shift, offered.referral_id)


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
    """Answer for those who were re-homed to us: take them on with a read-back, or hand some over."""
    for owed in shift.place.owed(shift.roster.team_id(team)):
        if owed.kind != PromiseKind.RE_HOMING or owed.referral_id is None:
            continue
        if shift.streams["promises"].happens(NOT_OURS):
            _hand_over(shift, owed.referral_id)
        else:
            team_member.settle(shift, owed.id)


def _hand_over(shift: Shift, referral_id: UUID) -> None:
    """Another team knows them better: it is asked, and takes them on; until then they are ours."""
    case = shift.place.case(referral_id)
    if case.holding is None or case.live_offer is not None:
        return
    ours = shift.roster.key_of(case.holding.team_id)
    others = [one for one in TAKE_ON if one not in shift.closed and one != ours]
    handover_id = shift.id()
    shift.place.handovers.offer(
        referral_id=referral_id,
        handover_id=handover_id,
        to_team_id=shift.roster.team_id(others[0]),
        message=Message("", "", "", words.NOT_OURS, "", "", ""),
        by=shift.who_holds(case, "handover.offer"),
        at=shift.tick(),
        seen=case.referral.version,
    )
    _will_reach(shift, referral_id)
    shift.after(MINUTE * 25, partial(_take_on, shift, referral_id, handover_id))


def _will_reach(shift: Shift, referral_id: UUID) -> None:
    live = shift.place.case(referral_id).live_offer
    if live is not None:
        edges.will_reach(shift, live)


def _take_on(shift: Shift, referral_id: UUID, handover_id: UUID) -> None:
    """The team that was asked accepts, unless the offer has had its answer."""
    offered = shift.place.case(referral_id).live_offer
    if offered is None or offered.id != handover_id:
        return
    shift.place.handovers.accept(
        handover_id=handover_id,
        read_back=shift.streams["promises"].one_of(words.SETTLED),
        holding_id=shift.id(),
        by=shift.who(shift.roster.key_of(offered.receiver_team_id), "handover.accept"),
        at=shift.tick(),
        seen=offered.version,
    )


def _owed(shift: Shift, team: str) -> Sequence[Promise]:
    return shift.place.owed(shift.roster.team_id(team), limit=ROUND)


def _answer_alarms(shift: Shift, all_owed: Sequence[Promise]) -> bool:
    """Whether any was answered, so that what the team owes is to be looked at anew."""
    answered = False
    for owed in all_owed:
        alarmed = owed.kind in ALARMS and owed.kind not in ANSWERED_BY_TAKING
        if alarmed and shift.streams["alarms"].happens(ANSWERED):
            team_member.settle(shift, owed.id)
            answered = True
    return answered


def _raise_late(shift: Shift, team: str, all_owed: Sequence[Promise]) -> None:
    """Never to the team that owes it, which knows: to the front door, and what that owes to another."""
    others = [one for one in TAKE_ON if one not in shift.closed and one != team]
    to = county.CENTRE if team != county.CENTRE else others[0]
    for owed in all_owed:
        if owed.due_at > shift.at:
            return
        shift.place.promises.escalate(
            promise_id=owed.id,
            escalation_id=shift.id(),
            to_team_id=shift.roster.team_id(to),
            words=shift.streams["promises"].one_of(words.ESCALATED),
            by=shift.roster.lead(team),
            at=shift.tick(),
            seen=owed.version,
        )
