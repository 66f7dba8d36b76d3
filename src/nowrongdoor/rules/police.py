"""
A decision with the police: whether they attend, attend together with us, do not attend, or nobody knows yet.

The police saying no is no end. Whoever holds the person has accepted by name, somebody is on the way within
the time that is safe, the caller was told or is rung back, it is said when to ring again, and there is a time
at which it is looked at again. What is not known never lets anybody say no: it stays open, and is told at
once. A new fact asks anew, and both decisions stay on record. That the police saw somebody closes nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law, police_advice, police_declining, police_review, promise, referral
from nowrongdoor.rules.change import Refused, Steps, began, changed, need_words
from nowrongdoor.rules.police_advice import Advice, Told
from nowrongdoor.rules.police_decision import (
    MINUTE,
    PoliceCall,
    PoliceDecision,
    Standing,
    comes_late,
    latest,
    made,
    owe,
    recheck,
    unless_owed,
)
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import PoliceOutcome, PromiseKind

UNKNOWN = PoliceOutcome.UNKNOWN
SETTLED_BY_DECIDING = frozenset(
    {PromiseKind.POLICE_GAP, PromiseKind.POLICE_RECHECK, PromiseKind.LATE_ARRIVAL}
)
POLICE = "police"  # a kind of agency
NOT_REACHED = "not_reached"
NEW_FACT = "new_fact"
NOT_SETTLED = "Nobody has settled who responds. Ask a supervisor, ours and theirs, and decide again."
TELL_BOTH = "Something new was said. Tell police and ambulance now, and record what they answer."
STILL_THERE = "The police saw them, and they are not well or were not found. Decide again who responds."


def decide(
    stands: Standing, call: PoliceCall, *, decision_id: UUID, follows_id: UUID | None, by: UUID, at: datetime
) -> Steps:
    """
    It is decided with the police who responds, from what is known; or that nobody knows yet.

    Makes the promise to look again, and where they are owed a call back and an urgent health task. Raises at
    once what nobody settled, and whoever comes later than is safe. Refuses a no on what is not known, against
    guidance, without a holder who accepted, and by a team of the police themselves.
    """
    _need_last(stands.before, follows_id)
    law.code("police_outcomes", call.outcome, at=at, field="outcome")
    advice = police_advice.of(call.known, at=at)
    need_fit(call, advice, at=at)
    if call.outcome == PoliceOutcome.NOT_ATTENDING:
        police_declining.need_holder(stands, call, advice, at=at)
    new = made(stands, call, advice, decision_id, follows_id, by, at)
    answered = SETTLED_BY_DECIDING - ({PromiseKind.POLICE_GAP} if call.outcome == UNKNOWN else set())
    again = "Decided again with the police."
    settled = promise.settle(stands.open_promises, words=again, kinds=frozenset(answered), by=by, at=at)
    return (began("police.decided", new), *owed_with(stands, new, advice, at=at), *settled)


def need_fit(call: PoliceCall, advice: Advice, *, at: datetime) -> None:
    """The reason fits the answer and is so; it is said whether the caller knows, and when they ring."""
    reason = law.code("police_reasons", call.reason, at=at, field="reason")
    if call.outcome not in reason.entails.split():
        raise Refused(
            "This reason is for another answer of the police. Choose one that fits what they said.",
            code="reason_of_another",
            field="reason",
        )
    police_declining.need_reason(call, advice)
    law.code("police_told", call.told, at=at, field="told")
    when = "Say in a line when they ring back at once, such as: if he leaves the house."
    need_words(call.call_back_when, field="call_back_when", ask=when)


def owed_with(
    stands: Standing, new: PoliceDecision, advice: Advice, *, words: str = NOT_SETTLED, at: datetime
) -> Steps:
    """
    What is owed from the instant of a decision: a look back, a call to who was not told, a task for a threat
    of later, and an alarm where it is not settled who responds (`words` say why) or they come too late.
    """
    steps = [recheck(stands, new, at=at)]
    if law.code("police_told", new.told, at=at, field="told").entails:
        steps += unless_owed(PromiseKind.CALLBACK, stands, new, at=at)
    if advice.threatens_later:
        steps += unless_owed(PromiseKind.URGENT_HEALTH, stands, new, at=at)
    if new.outcome == UNKNOWN:
        steps += unless_owed(PromiseKind.POLICE_GAP, stands, new, at=at, words=words)
    elif comes_late(new):
        steps.append(owe(PromiseKind.LATE_ARRIVAL, stands, new, at=at))
    return tuple(steps)


def learn(
    stands: Standing,
    *,
    decision_id: UUID,
    fact: str,
    answers: dict[str, str],
    follows_id: UUID | None,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    Something new was said: what was decided is asked anew, with the new answers, and both stay on record.

    Until it is decided again nobody has settled it: police and ambulance are to be told at once.
    """
    before = latest(stands.before)
    if before is None:
        raise Refused("Nothing was decided with the police yet. Record that first.", code="nothing_decided")
    _need_last(stands.before, follows_id)
    need_words(fact, field="fact", ask="Say in a line what is new.")
    known = Told(
        before.force, before.category, before.sector, before.age,
        {**before.answers, **answers}, before.question_set,
    )  # fmt: skip
    call = PoliceCall(
        known,
        UNKNOWN,
        NEW_FACT,
        log_reference=before.log_reference,
        told=NOT_REACHED,
        call_back_when=before.call_back_when,
        recheck_minutes=law.promise_time(PromiseKind.POLICE_GAP, at=at).within // MINUTE,
    )
    advice = police_advice.of(known, at=at)
    new = made(stands, call, advice, decision_id, before.id, by, at, fact=fact)
    steps = [began("police.learned", new), recheck(stands, new, at=at)]
    if advice.threatens_later:
        steps += unless_owed(PromiseKind.URGENT_HEALTH, stands, new, at=at)
    steps += promise.settle(
        stands.open_promises, words="Something new was said.", kinds=SETTLED_BY_DECIDING, by=by, at=at
    )
    steps += unless_owed(PromiseKind.CALLBACK, stands, new, at=at)
    steps.append(owe(PromiseKind.POLICE_GAP, stands, new, at=at, words=TELL_BOTH))
    return tuple(steps)


def see(
    stands: Standing,
    one: PoliceDecision,
    *,
    seen_as: str,
    words: str,
    seen_at: datetime | None,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The police saw them, or looked and did not. That is no assessment: it ends no promise and closes nothing.

    Whoever is not well or was not found is told of at once, where nobody has been yet.
    """
    if one.seen_at is not None:
        raise Refused("What the police saw is on record already. Add what is new.", code="seen", of=one)
    entry = law.code("police_seen", seen_as, at=at, field="seen_as")
    when = seen_at or at
    if when > at:
        ahead = "That time has not come yet. Write when it was."
        raise Refused(ahead, code="happens_later", field="happened_time")
    told = changed(one, "police.saw", seen_at=when, seen_by_id=by, seen_as=seen_as, seen_words=words)
    if not entry.entails:
        return (told,)
    return (
        told,
        *unless_owed(PromiseKind.POLICE_GAP, stands, told.change.after, at=at, words=STILL_THERE, of="seen"),
    )


def dispute(
    stands: Standing,
    one: PoliceDecision,
    *,
    our_view: str,
    police_view: str,
    our_rank: str,
    police_rank: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    We and the police do not agree: both views are written down, and named ranks of both settle it.

    From then on it is owed to be reviewed, by a time that climbs: a review of the decision, of nobody.
    """
    if one.disputed_at is not None:
        raise Refused("This disagreement is on record already, and stays.", code="disputed", of=one)
    need_words(our_view, field="our_view", ask="Say in a line what we think, and why.")
    need_words(police_view, field="police_view", ask="Say in a line what the police think, and why.")
    ours = law.code("our_ranks", our_rank, at=at, field="our_rank")
    theirs = law.code("police_ranks", police_rank, at=at, field="police_rank")
    told = changed(
        one,
        "police.disputed",
        disputed_at=at,
        disputed_by_id=by,
        our_view=our_view,
        police_view=police_view,
        our_rank=our_rank,
        police_rank=police_rank,
        **police_review.owed(at=at),
    )
    # What each thinks stands with the decision. What is owed is read by more people than may read that.
    asks = f"Settle it between our {ours.label.lower()} and the police’s {theirs.label.lower()}."
    return (told, owe(PromiseKind.DISAGREEMENT, stands, told.change.after, at=at, words=asks))


def need_settled(decisions: Sequence[PoliceDecision]) -> None:
    """Nobody is let go of while it is not settled with the police who responds."""
    last = latest(decisions)
    if last is not None and last.outcome == UNKNOWN:
        raise Refused(
            "No accepting holder: it is not settled with the police who responds. Decide that first.",
            code="no_accepting_holder",
            of=last,
        )


def reopening(
    about: Referral, *, holding_id: UUID, team_id: UUID, by: UUID, fact: str, at: datetime
) -> Steps:
    """A new fact about somebody whose referral is closed takes it up again."""
    return referral.reopen(about, holding_id=holding_id, team_id=team_id, member_id=by, why=fact, at=at)


def _need_last(before: Sequence[PoliceDecision], follows_id: UUID | None) -> None:
    last = latest(before)
    if (last.id if last else None) != follows_id:
        raise Refused(
            "Somebody decided this with the police meanwhile. Look at that first.",
            code="decided_meanwhile",
            of=last,
        )
