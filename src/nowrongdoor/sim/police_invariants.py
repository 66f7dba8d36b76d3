"""What must be so of every decision with the police, whoever made it and however."""

from collections.abc import Sequence

from nowrongdoor.rules.change import Step
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.police_decision import PoliceDecision, latest
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, ReferralState
from nowrongdoor.sim.invariants import Found


def leave_no_gap(decision: PoliceDecision, promises: Sequence[Promise]) -> Found:
    """A no is known; each decision leaves what is owed with it."""
    found: Found = []
    at, said = decision.decided_at, decision.answers
    made = {one.kind for one in promises if one.made_at == at}
    ever = {one.kind for one in promises}
    later = said["serious_harm"] == "yes" and said["happening_now"] == "no"
    if decision.outcome == "not_attending" and (
        said["crime_now"] != "no" or not (said["serious_harm"] == "no" or later)
    ):
        found.append(f"Police: {decision.id} is a no on what is not known")
    if PromiseKind.POLICE_RECHECK not in made:
        found.append(f"Police: {decision.id} is looked at again by nobody")
    if decision.told == "not_reached" and PromiseKind.CALLBACK not in ever:
        found.append(f"Police: nobody rings back about {decision.id}")
    if later and PromiseKind.URGENT_HEALTH not in ever:
        found.append(f"Police: a threat for later in {decision.id} is nobody's task")
    if decision.outcome == "unknown" and PromiseKind.POLICE_GAP not in ever:
        found.append(f"Police: {decision.id} is not settled, and nobody was told")
    return found


def without_a_holder(decision: PoliceDecision, holdings: Sequence[Holding]) -> bool:
    """
    The police do not attend, and nobody who held the person then has accepted by name. To be asked as the
    decision is made: somebody may tell late that they had taken the person on before it.
    """
    at = decision.decided_at
    holds = {
        one.team_id for one in holdings if one.from_at <= at and (one.until_at is None or one.until_at > at)
    }
    declines = decision.outcome == "not_attending"
    return declines and (decision.accepting_team_id not in holds or not decision.accepted_by.strip())


def closed_and_settled(step: Step, decisions: Sequence[PoliceDecision]) -> Found:
    """An act that closes a referral finds it settled with the police who responds."""
    before, after = step.before, step.change.after
    last = latest(decisions)
    was_open = before is not None and before.state != ReferralState.CLOSED
    if was_open and after.state == ReferralState.CLOSED and last is not None and last.outcome == "unknown":
        return [f"Police: referral {after.id} closed while nobody had settled who responds"]
    return []
