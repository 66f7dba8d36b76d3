"""
The record of a decision with the police, and what is owed with it: a look back, a call, a task, an alarm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import clock, law, promise
from nowrongdoor.rules.change import Refused, Step, Steps
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.police_advice import Advice, Told
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import PoliceOutcome, PromiseKind, PromiseState

MINUTE = timedelta(minutes=1)
WORDS = {
    PromiseKind.POLICE_RECHECK: "Look again at what was decided with the police: is somebody with them?",
    PromiseKind.CALLBACK: "Ring back: tell them whether the police come, and who else does.",
    PromiseKind.URGENT_HEALTH: "Harm is threatened for later. See them before it comes to that.",
    PromiseKind.LATE_ARRIVAL: "Whoever goes comes later than is safe. Find help that is sooner, or ask the "
    "police again.",
}


@dataclass(frozen=True)
class PoliceCall:
    """What was asked, said and agreed in a call with the police. `told` is whether the caller knows."""

    known: Told
    outcome: str
    reason: str
    words: str = ""
    log_reference: str = ""
    accepted_by: str = ""
    going: str = ""
    arrives_minutes: int | None = None
    safe_minutes: int | None = None
    told: str = ""
    call_back_when: str = ""
    recheck_minutes: int | None = None


@dataclass(frozen=True)
class PoliceDecision:
    """
    One decision, with what it came from. `follows_id` is the one before it: both stay. `log_reference` is the
    number of the police log, and nothing else of theirs is kept. A disagreement waits for its review at
    `review_level`, since `review_from_at`, by `review_due_at`, until a review has ended it.
    """

    id: UUID
    referral_id: UUID
    follows_id: UUID | None
    force: str
    category: str
    sector: str
    age: int | None
    question_set: str
    answers: dict[str, str]
    policies: str
    guidance: str
    advice: str
    new_fact: str
    outcome: str
    reason: str
    words: str
    log_reference: str
    accepting_team_id: UUID | None
    accepted_by: str
    accepted_at: datetime | None
    going: str
    arrives_at: datetime | None
    safe_until: datetime | None
    told: str
    call_back_when: str
    recheck_at: datetime
    decided_at: datetime
    decided_by_id: UUID
    seen_at: datetime | None = None
    seen_by_id: UUID | None = None
    seen_as: str = ""
    seen_words: str = ""
    disputed_at: datetime | None = None
    disputed_by_id: UUID | None = None
    our_view: str = ""
    police_view: str = ""
    our_rank: str = ""
    police_rank: str = ""
    review_level: str = ""
    review_from_at: datetime | None = None
    review_due_at: datetime | None = None
    review_ended_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True)
class Standing:
    """How a referral stands when a decision is made: who holds it, what is owed, what was decided before."""

    referral: Referral
    holding: Holding
    holder_is_police: bool
    before: Sequence[PoliceDecision] = field(default=())
    open_promises: Sequence[Promise] = field(default=())


def latest(decisions: Sequence[PoliceDecision]) -> PoliceDecision | None:
    """The decision that stands: the one that no other follows."""
    followed = {one.follows_id for one in decisions}
    return next((one for one in decisions if one.id not in followed), None)


def made(
    stands: Standing,
    call: PoliceCall,
    advice: Advice,
    decision_id: UUID,
    follows_id: UUID | None,
    by: UUID,
    at: datetime,
    *,
    fact: str = "",
) -> PoliceDecision:
    usual = law.promise_time(PromiseKind.POLICE_RECHECK, at=at).within
    within = usual if call.recheck_minutes is None else call.recheck_minutes * MINUTE
    later(call.recheck_minutes, "recheck_minutes", at)
    if call.safe_minutes is not None:
        within = min(within, call.safe_minutes * MINUTE)
    declines = call.outcome == PoliceOutcome.NOT_ATTENDING
    return PoliceDecision(
        id=decision_id,
        referral_id=stands.referral.id,
        follows_id=follows_id,
        force=call.known.force,
        category=call.known.category,
        sector=call.known.sector,
        age=call.known.age,
        question_set=advice.question_set,
        answers=advice.answers,
        policies=" ".join(advice.policies),
        guidance=f"{advice.version} {','.join(str(row) for row in advice.rows)}",
        advice=advice.word,
        new_fact=fact,
        outcome=call.outcome,
        reason=call.reason,
        words=call.words,
        log_reference=call.log_reference,
        accepting_team_id=stands.holding.team_id if declines else None,
        accepted_by=call.accepted_by if declines else "",
        accepted_at=at if declines else None,
        going=call.going,
        arrives_at=later(call.arrives_minutes, "arrives_minutes", at),
        safe_until=later(call.safe_minutes, "safe_minutes", at),
        told=call.told,
        call_back_when=call.call_back_when,
        recheck_at=clock.due_at(at, within),
        decided_at=at,
        decided_by_id=by,
    )


def later(minutes: int | None, box: str, at: datetime) -> datetime | None:
    if minutes is None:
        return None
    if not 0 < minutes <= seeing.most("police_minutes_ahead", at=at):
        raise Refused("Write whole minutes, like 45.", code="minutes_wrong", field=box)
    return clock.due_at(at, minutes * MINUTE)


def comes_late(one: PoliceDecision) -> bool:
    """Whoever goes comes after it is safe, or nobody can say when; where the police go, that is theirs."""
    if one.safe_until is None or one.outcome != PoliceOutcome.NOT_ATTENDING:
        return False
    return one.arrives_at is None or one.arrives_at > one.safe_until


def recheck(stands: Standing, one: PoliceDecision, *, at: datetime) -> Step:
    return owe(PromiseKind.POLICE_RECHECK, stands, one, at=at, due_at=one.recheck_at)


def unless_owed(
    kind: PromiseKind, stands: Standing, one: PoliceDecision, *, at: datetime, words: str = "", of: str = ""
) -> Steps:
    """One that stands already climbs until somebody acts, and is not raised beside itself."""
    if any((owed.kind, owed.state) == (kind, PromiseState.OPEN) for owed in stands.open_promises):
        return ()
    return (owe(kind, stands, one, at=at, words=words, of=of),)


def owe(
    kind: PromiseKind,
    stands: Standing,
    one: PoliceDecision,
    *,
    at: datetime,
    words: str = "",
    of: str = "",
    due_at: datetime | None = None,
) -> Step:
    return promise.make(
        promise_id=uuid5(one.id, of or kind),
        kind=kind,
        team_id=stands.holding.team_id,
        member_id=None,
        words=words or WORDS[kind],
        due_at=due_at,
        at=at,
        referral_id=stands.referral.id,
        person_id=stands.referral.person_id,
        by_rows=True,
    )
