"""
Triage: a specialist decides how soon, for which needs, and who should respond.

Urgency is a response time, never a level of the person. Each decision sets the response time and
says why; the clock runs from the instant the referral was received, whatever the hour of triage.

A decision names the discipline it was made in. Which disciplines usually decide on a need is local
guidance, and advice: whoever decides all the same may say why, and that is kept with the decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, handover, holding, law, promise, promise_kinds
from nowrongdoor.rules import discipline as disciplines
from nowrongdoor.rules import referral as referrals
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Refused, Step, Steps, changed, moved, need_words, told_as_one
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import MOVES, REFUSALS, Referral
from nowrongdoor.rules.words import PromiseKind, PromiseState, ReferralState

# How the story tells what is waited for.
KINDS_OF_PAUSE: dict[str, str] = {
    PromiseKind.INFORMATION: "triage.asked",
    PromiseKind.THE_PERSON: "triage.waited",
}


@dataclass(frozen=True)
class Decision:
    """
    How soon (a code of response times), for which needs, and why.

    `why_not_usual` is what someone says who decides though another discipline usually does. `saw_advice`:
    what guidance advises was before them; `why_not_advised` is the one reason, from the list and in words,
    of whoever decides otherwise.
    """

    urgency: str
    needs: tuple[str, ...]
    why: str
    why_not_usual: str = ""
    saw_advice: bool = False
    why_not_advised: str = ""
    why_not_advised_words: str = ""


def usual_disciplines(needs: Sequence[str], *, at: datetime) -> tuple[str, ...]:
    """
    The disciplines that usually decide on these needs, as guidance stands at an instant.

    None where anyone who triages may: no need is known yet, or none that is known wants one.
    """
    on = local_date(at)
    return tuple(dict.fromkeys(one for need in needs for one in disciplines.usual(need, on=on)))


def is_usual(discipline: str, needs: Sequence[str], *, at: datetime) -> bool:
    """Whether this discipline is one of those; a discipline that nobody has recorded is not known to be."""
    usual = usual_disciplines(needs, at=at)
    return not usual or discipline in usual


def accept_here(
    referral: Referral,
    *,
    held: Holding,
    live_offer: Handover | None,
    open_promises: Sequence[Promise],
    decision: Decision,
    discipline: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """The holding team keeps the referral as its own, and the one who decided is named."""
    _no_offer_waits(live_offer)
    state = moved(MOVES, "accept_here", referral, refusals=REFUSALS)
    taken: Steps = ()
    if held.member_id != by:
        taken = holding.take(held, open_promises=open_promises, member_id=by, at=at)
    decided = _decided(referral, decision, discipline, by, at, "triage.accepted", state=state, accepted_at=at)
    return (decided, *taken)


def hand_on(
    referral: Referral,
    *,
    held: Holding,
    live_offer: Handover | None,
    decision: Decision,
    discipline: str,
    handover_id: UUID,
    to: Team,
    message: Message,
    hop: int,
    service: Service | None = None,
    by: UUID,
    at: datetime,
) -> Steps:
    """Another team should respond: the referral is offered to it, and held here until it accepts."""
    state = moved(MOVES, "hand_on", referral, refusals=REFUSALS)
    decided = _decided(referral, decision, discipline, by, at, "triage.handed_on", state=state)
    offered = handover.offer(
        decided.change.after,
        held=held,
        live_offer=live_offer,
        handover_id=handover_id,
        to=to,
        message=message,
        hop=hop,
        service=service,
        by=by,
        at=at,
    )
    return (decided, offered)


def ask(
    referral: Referral,
    *,
    held: Holding,
    promise_id: UUID,
    asked_of: str,
    words: str,
    due_at: datetime | None,
    waits_for: str = PromiseKind.INFORMATION,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    A pause: something must be known first, or the person needs time. Who waits for whom, for what, and until
    when. The response clock runs on beside it.

    Refuses a question without words or without anyone it is asked of, and a wait for anything else.
    """
    if waits_for not in promise_kinds.PAUSES:
        raise Refused("Choose what this waits for.", code="waits_for_unknown", field="waits_for")
    state = moved(MOVES, "ask", referral, refusals=REFUSALS)
    if waits_for == PromiseKind.INFORMATION:
        need_words(asked_of, field="asked_of", ask="Say who is being asked.")
        need_words(words, field="words", ask="Say what you need to know.")
    before = referral.waiting_from if referral.state == ReferralState.WAITING else referral.state
    return (
        changed(referral, KINDS_OF_PAUSE[waits_for], state=state, waiting_from=before),
        promise.make(
            promise_id=promise_id,
            kind=waits_for,
            team_id=held.team_id,
            member_id=by,
            words=words,
            due_at=due_at,
            at=at,
            asked_of=asked_of,
            referral_id=referral.id,
            person_id=referral.person_id,
        ),
    )


def answered(referral: Referral, *, still_open: Sequence[Promise]) -> Steps:
    """What was waited for came, or is let go: the referral goes back, unless it waits for something else."""
    waits = any(one.kind in promise_kinds.PAUSES and one.state == PromiseState.OPEN for one in still_open)
    if referral.state != ReferralState.WAITING or waits:
        return ()
    return (changed(referral, "referral.answered", state=referral.waiting_from, waiting_from=None),)


def advise(
    referral: Referral,
    *,
    held: Holding,
    live_offer: Handover | None,
    open_promises: Sequence[Promise],
    decision: Decision,
    discipline: str,
    told: str,
    told_by: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """Advice is enough, and was given: the referral closes with what the person was told."""
    decided = _decided(referral, decision, discipline, by, at, "triage.advised")
    return told_as_one(
        referral,
        referrals.closing(
            decided.change.after,
            held=held,
            offer_waits=live_offer,
            open_promises=open_promises,
            outcome="advice",
            told=told,
            told_by=told_by,
            by=by,
            at=at,
            kind="triage.advised",
        ),
    )


def duplicate_of(
    referral: Referral,
    *,
    other: Referral,
    held: Holding,
    live_offer: Handover | None,
    open_promises: Sequence[Promise],
    told: str,
    told_by: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The same request has been received before: this one closes into the other, which stays held.

    Refuses unless the other is open and about the same person: only then does someone go on
    holding them.
    """
    if other.id == referral.id:
        raise Refused(
            "Choose another referral; this is the same one.", code="duplicate_of_self", field="other"
        )
    if other.state == ReferralState.CLOSED:
        raise Refused(
            "That referral is closed. A duplicate must be of one that is open.",
            code="duplicate_of_closed",
            field="other",
        )
    if other.person_id is None or other.person_id != referral.person_id:
        raise Refused(
            "That referral is not known to be about the same person.",
            code="duplicate_of_another_person",
            field="other",
        )
    return referrals.closing(
        referral,
        held=held,
        offer_waits=live_offer,
        open_promises=open_promises,
        outcome="duplicate",
        told=told,
        told_by=told_by,
        by=by,
        at=at,
        duplicate_of_id=other.id,
        kind="triage.duplicate",
    )


def _decided(
    referral: Referral,
    decision: Decision,
    discipline: str,
    by: UUID,
    at: datetime,
    kind: str,
    **more: object,
) -> Step:
    standard = law.response_time(decision.urgency, at=at)
    needs = referrals.known_needs(decision.needs, at=at)
    if not needs:
        raise Refused("Choose at least one need, or 'Something else'.", code="needs_missing", field="needs")
    need_words(decision.why, field="why", ask="Say why: what you know that decides how soon and for what.")
    if referral.state == ReferralState.CLOSED:
        raise Refused(REFUSALS[ReferralState.CLOSED], code="decide_when_closed")
    # A reopened referral is asked for anew at its reopening.
    asked_at = referral.reopened_at or referral.received_at
    if at < asked_at:
        raise Refused("This had not been received yet. Look again before you act.", code="before_referral")
    return changed(
        referral,
        kind,
        urgency=standard.code,
        standard=standard.version,
        due_at=clock.due_at(asked_at, standard.within),
        needs=needs,
        triage_words=decision.why,
        triaged_as=discipline,
        # What is said for an unusual decision would be false of a usual one.
        triaged_as_words="" if is_usual(discipline, needs, at=at) else decision.why_not_usual,
        triaged_at=at,
        triaged_by_id=by,
        waiting_from=None,
        **more,
    )


def _no_offer_waits(live_offer: Handover | None) -> None:
    if live_offer is not None:
        raise Refused(
            "This has been offered to a team that has not answered. Withdraw the offer first.",
            code="offer_unanswered",
            of=live_offer,
        )
