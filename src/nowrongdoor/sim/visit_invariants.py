"""What must be so of every visit and whoever goes on it, whoever sent them and however."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from nowrongdoor.rules import skill_kinds
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.rules.words import PromiseKind, PromiseState, ReferralState, VisitState
from nowrongdoor.sim.invariants import Found

AT_THE_DOOR = (VisitState.THERE, VisitState.WITH_PERSON)
OUT = (VisitState.ON_THE_WAY, *AT_THE_DOOR)
HAS_A_CREW = (VisitState.PLANNED, VisitState.TOLD, *OUT, VisitState.LEFT)
NOT_AT_HOME = "not_at_home"
# By so much at most does a clock go behind that an act is told by.
BEHIND = timedelta(hours=1)


def in_one_place(member_id: UUID, goings: Sequence[Going]) -> Found:
    """I9: nobody is planned on two visits for one instant, and nobody is out on two."""
    planned = sorted((one.from_at, one.until_at) for one in goings if one.until_at > one.from_at)
    found: Found = []
    if any(before[1] > after[0] for before, after in pairwise(planned)):
        found.append(f"I9: member {member_id} is planned on two visits at once")
    if sum(one.is_under_way for one in goings) > 1:
        found.append(f"I9: member {member_id} is out on two visits at once")
    return found


def given_by_somebody(step: Step) -> Found:
    """A visit goes to a crew by a person's word, and to another only once taken back, with a reason."""
    before, after, kind = step.before, step.change.after, step.change.kind
    was = before.crew_id if before is not None else None
    if after.crew_id == was:
        return []
    if after.crew_id is None:
        if kind == "visit.taken_back" and after.chosen_words.strip():
            return []
        return [f"Visit: {after.id} lost its crew, and nobody said why"]
    if was is not None:
        return [f"Visit: {after.id} went from one crew to another, and nobody took it back"]
    return [] if kind == "visit.assigned" else [f"Visit: {after.id} has a crew that nobody gave it to"]


def goes_as_planned(visit: Visit, crew: Crew | None, goings: Sequence[Going]) -> Found:
    """Whoever goes is as many as must, of the crew that has the visit; nobody is out for one that is over."""
    out = [one for one in goings if one.is_under_way]
    found: Found = []
    if (visit.crew_id is not None) != (visit.state in HAS_A_CREW) and visit.ended_at is None:
        found.append(f"Visit: {visit.id} is {visit.state} and its crew does not say so")
    if crew is not None and crew.team_id != visit.team_id:
        found.append(f"Visit: {visit.id} has a crew of another team")
    if len(out) != (visit.people if visit.state in OUT else 0):
        found.append(f"Visit: {visit.id} is {visit.state} and {len(out)} are out for it")
    if any(one.crew_id != visit.crew_id for one in out):
        found.append(f"Visit: somebody is out for {visit.id} who is not of its crew")
    return found


def may_go(visit: Visit, seats: Sequence[Seat], skills: Sequence[Skill]) -> Found:
    """
    As it was given: nobody goes as what they were registered as, and nobody is counted on for a power that is
    over by then unless somebody gave a reason. Days are counted here by themselves.
    """
    found: Found = []
    for seat in seats:
        mine = [one for one in skills if one.member_id == seat.member_id]
        gives = [one for one in mine if seat.role in _kind(one).roles]
        if gives and not any(_lasts(one, visit) for one in gives):
            found.append(f"Visit: {seat.member_id} goes on {visit.id} as what they are not by then")
    going = {seat.member_id for seat in seats}
    held = [_kind(one) for one in skills if one.member_id in going and _lasts(one, visit)]
    lacks = set(visit.skills) & skill_kinds.by_law() - {code for kind in held for code in kind.skills}
    if lacks and not visit.chosen_words.strip():
        found.append(f"Visit: {visit.id} was given to people without the power, and nobody said why")
    return found


def _kind(one: Skill) -> skill_kinds.Kind:
    return skill_kinds.by_code()[one.kind]


def _lasts(one: Skill, visit: Visit) -> bool:
    """From when they set off up to when they are free again, by the calendar on the wall."""
    assert visit.leaves_at is not None and visit.free_at is not None
    last = local_date(visit.free_at - timedelta(microseconds=1))
    return (
        one.from_on <= local_date(visit.leaves_at)
        and (one.until_on is None or last <= one.until_on)
        and (one.ended_at is None or visit.free_at <= one.ended_at)
    )


def has_its_team(visit: Visit, team: Team) -> Found:
    """While a visit is open, the team whose crews go on it is."""
    if visit.ended_at is None and team.closed_at is not None:
        return [f"Visit: {visit.id} waits for a crew of a team that has closed"]
    return []


def none_is_forgotten(
    visits: Sequence[Visit],
    referral: Referral,
    holding: Holding | None,
    promises: Sequence[Promise],
    closed: Collection[UUID],
) -> Found:
    """
    While a visit is open somebody holds its person, and each part of it that is still to come is owed.
    `closed` are the teams that are no more: what they were told, whoever followed them owes.
    """
    about, found = referral.id, []
    every = [one for one in visits if one.ended_at is None]
    asked = [one for one in every if one.state == VisitState.ASKED_ALONG]
    still = [one for one in every if one not in asked]
    if every and (holding is None or referral.state == ReferralState.CLOSED):
        found.append(f"Visit: one is open and nobody holds referral {about}")
    owed = [one.kind for one in promises if one.state == PromiseState.OPEN]
    made = [one.kind for one in promises]
    to_come = [one for one in still if one.met_at is None and one.state != VisitState.LEFT]
    alone = [one for one in still if one.state in AT_THE_DOOR and one.people == 1]
    left = [one for one in still if one.state == VisitState.LEFT]
    missed = [one for one in visits if one.outcome == NOT_AT_HOME]
    for there, kinds, kind, words in (
        (to_come, owed, PromiseKind.VISIT, "to be with them is owed by nobody"),
        (alone, owed, PromiseKind.CHECK_IN, "nobody waits for the word of who is alone"),
        (left, owed, PromiseKind.AFTER_VISIT, "the crew has left, and nobody says what came of it"),
        (asked, owed, PromiseKind.JOINT_VISIT, "whether they come along is owed by nobody"),
        (missed, made, PromiseKind.NOT_AT_HOME, "they were not at home, and nobody follows them up"),
    ):
        if kinds.count(kind) < len(there):
            found.append(f"Visit: of referral {about}: {words}")
    for one in visits:
        if one.ended_at is not None and not one.ended_words.strip():
            found.append(f"Visit: {one.id} ended in silence")
    return [*found, *_halves_fit(visits, promises, closed)]


def _halves_fit(
    visits: Sequence[Visit], promises: Sequence[Promise], closed: Collection[UUID]
) -> Found:
    """
    Of a joint visit: nobody is counted on who has not said yes, and whoever does not come is heard of by the
    team they were to go with, unless that had ended, or was with the person, already.
    """
    by_id, found = {one.id: one for one in visits}, []
    for one in visits:
        if one.joint_with_id is None:
            continue
        lead = by_id[one.joint_with_id]
        yes = one.joined_at is not None
        if not yes and one.state not in (VisitState.ASKED_ALONG, VisitState.STOOD_DOWN):
            found.append(f"Visit: {one.id} goes on, and its team never said yes")
        if one.state == VisitState.ASKED_ALONG and lead.ended_at is not None:
            found.append(f"Visit: {one.id} is asked along still, to one that is over")
        if one.state == VisitState.STOOD_DOWN and one.ended_at is not None and _was_going(lead, one.ended_at):
            heard = {
                told.owner_team_id
                for told in promises
                if told.kind == PromiseKind.JOINT_VISIT and told.made_at == one.ended_at
            }
            if lead.team_id not in heard and not (heard and lead.team_id in closed):
                found.append(f"Visit: {one.id} stood down, and whoever goes with them did not hear")
    return found


def _was_going(lead: Visit, at: datetime) -> bool:
    """Not over then, and neither with the person nor gone again; by clocks of which one may be behind."""
    surely = at + BEHIND
    return all(when is None or when > surely for when in (lead.ended_at, lead.met_at, lead.left_at))


def shift_ended_on_nobody(crew: Crew, waiting: Sequence[Visit]) -> Found:
    """Whoever goes home early leaves no visit behind that others believe they do."""
    if crew.ended_at is not None and waiting:
        return [f"Visit: {waiting[0].id} waits for a crew whose shift was ended"]
    return []
