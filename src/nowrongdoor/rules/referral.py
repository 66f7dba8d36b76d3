"""
A referral: a request that a service take someone on, for any need or several at once.

It may come from any door, for a person whose name nobody knows yet, with any field missing: none
of that is a reason to refuse it. From the instant it is received until it is closed, someone
holds it. Its due time runs from the instant it was received; nothing restarts it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, holding, law
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, ReferralState

NEW, WAITING, TRIAGED, ACCEPTED, UNDER_WAY, CLOSED = (
    ReferralState.NEW,
    ReferralState.WAITING,
    ReferralState.TRIAGED,
    ReferralState.ACCEPTED,
    ReferralState.UNDER_WAY,
    ReferralState.CLOSED,
)
MOVES: Moves = {
    "refer": {None: NEW},
    "accept_here": {NEW: ACCEPTED, TRIAGED: ACCEPTED, WAITING: ACCEPTED},
    "hand_on": {NEW: TRIAGED, TRIAGED: TRIAGED, WAITING: TRIAGED},
    "ask": {NEW: WAITING, TRIAGED: WAITING, ACCEPTED: WAITING, UNDER_WAY: WAITING, WAITING: WAITING},
    "begin": {ACCEPTED: UNDER_WAY},
    "close": {NEW: CLOSED, WAITING: CLOSED, TRIAGED: CLOSED, ACCEPTED: CLOSED, UNDER_WAY: CLOSED},
    "reopen": {CLOSED: NEW},
}
REFUSALS: Refusals = {
    NEW: "This referral has not been triaged yet.",
    WAITING: "This referral is waiting for information, or for the person.",
    TRIAGED: "This referral is waiting for a team to accept it.",
    ACCEPTED: "A team has already accepted this referral.",
    UNDER_WAY: "Help is already under way.",
    CLOSED: "This referral is closed. Reopen it first.",
}


@dataclass(frozen=True)
class Referral:
    id: UUID
    person_id: UUID | None
    contact_id: UUID | None
    from_team_id: UUID
    needs: tuple[str, ...]
    request: str
    words: str
    urgency: str | None
    standard: str
    state: str
    waiting_from: str | None
    received_at: datetime
    due_at: datetime
    triaged_at: datetime | None
    triaged_by_id: UUID | None
    triage_words: str
    triaged_as: str
    triaged_as_words: str
    accepted_at: datetime | None
    closed_at: datetime | None
    closed_by_id: UUID | None
    outcome: str
    told: str
    told_by: str
    duplicate_of_id: UUID | None
    reopened_at: datetime | None
    reopening_words: str
    version: int = 0


def refer(
    *,
    referral_id: UUID,
    holding_id: UUID,
    person_id: UUID | None,
    contact_id: UUID | None,
    team_id: UUID,
    member_id: UUID | None,
    needs: Sequence[str],
    request: str,
    words: str,
    at: datetime,
) -> Steps:
    """
    A request for help is taken in and held from this instant. Starts the answer clock.

    Never refused for a missing answer: without needs, the need is not known yet and triage asks.
    Until triage sets a response time, the due time is the standard for answering whoever asked.
    """
    answer = law.promise_time("answer_referrer", at=at)
    return (
        began(
            "referral.received",
            Referral(
                id=referral_id,
                person_id=person_id,
                contact_id=contact_id,
                from_team_id=team_id,
                needs=known_needs(needs, at=at),
                request=request,
                words=words,
                urgency=None,
                standard=answer.version,
                state=MOVES["refer"][None],
                waiting_from=None,
                received_at=at,
                due_at=clock.due_at(at, answer.within),
                triaged_at=None,
                triaged_by_id=None,
                triage_words="",
                triaged_as="",
                triaged_as_words="",
                accepted_at=None,
                closed_at=None,
                closed_by_id=None,
                outcome="",
                told="",
                told_by="",
                duplicate_of_id=None,
                reopened_at=None,
                reopening_words="",
            ),
        ),
        holding.receive(
            holding_id=holding_id, referral_id=referral_id, team_id=team_id, member_id=member_id, at=at
        ),
    )


def begin(referral: Referral, *, at: datetime) -> Step:
    """Help has begun: the team has been in touch with the person."""
    return changed(referral, "referral.begun", state=moved(MOVES, "begin", referral, refusals=REFUSALS))


def accepted(referral: Referral, *, at: datetime) -> Steps:
    """A team has taken the person on. What nobody has triaged yet stays new, for its new holder to triage."""
    if NEW in (referral.state, referral.waiting_from):
        return ()
    # What waits for an answer still waits; once answered, a team has accepted it.
    if referral.state == WAITING:
        return (changed(referral, "referral.accepted", waiting_from=ACCEPTED, accepted_at=at),)
    return (changed(referral, "referral.accepted", state=ACCEPTED, accepted_at=at),)


def link_person(referral: Referral, *, person_id: UUID) -> Step:
    """The person this referral is about is known now."""
    if referral.person_id is not None and referral.person_id != person_id:
        raise Refused("This referral is already about another person.", code="already_linked")
    return changed(referral, "referral.person_linked", person_id=person_id)


def close(
    referral: Referral,
    *,
    held: Holding,
    offer_waits: object,
    open_promises: Sequence[Promise],
    outcome: str,
    told: str,
    told_by: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The referral ends with an outcome, and with what the person was told and by whom.

    Refuses while an offer waits for its answer (`offer_waits` is that offer) or a promise is still
    owed: each is answered, taken back or handed on first. Ends the holding at the same instant.
    """
    entry = law.code("close_outcomes", outcome, at=at, field="outcome")
    if entry.entails == "recorded":
        raise Refused(
            "Name the open referral this is a duplicate of.", code="outcome_not_chosen", field="outcome"
        )
    return closing(
        referral,
        held=held,
        offer_waits=offer_waits,
        open_promises=open_promises,
        outcome=outcome,
        told=told,
        told_by=told_by,
        by=by,
        at=at,
    )


def closing(
    referral: Referral,
    *,
    held: Holding,
    offer_waits: object,
    open_promises: Sequence[Promise],
    outcome: str,
    told: str,
    told_by: str,
    by: UUID,
    at: datetime,
    duplicate_of_id: UUID | None = None,
    kind: str = "referral.closed",
) -> Steps:
    """What every ending of a referral has in common; the acts that end one decide the outcome."""
    state = moved(MOVES, "close", referral, refusals=REFUSALS)
    if offer_waits:
        raise Refused(
            "This has been offered to a team that has not answered. Withdraw the offer first.",
            code="offer_unanswered",
            of=offer_waits,
        )
    unanswered = [one for one in open_promises if one.kind == PromiseKind.RE_HOMING]
    if unanswered:
        raise Refused(
            "This came to your team by a re-homing that nobody has accepted yet. "
            "Accept it with a read-back, or hand it over.",
            code="re_homing_to_answer",
            of=unanswered[0],
        )
    if open_promises:
        raise Refused(
            f"Something is still owed: {open_promises[0].words.rstrip('. ') or 'a promise made earlier'}. "
            "Record that it was kept, or why it is let go.",
            code="promise_open",
            of=open_promises[0],
        )
    need_words(told, field="told", ask="Say what the person was told.")
    law.code("told_by", told_by, at=at, field="told_by")
    return (
        changed(
            referral,
            kind,
            state=state,
            waiting_from=None,
            closed_at=at,
            closed_by_id=by,
            outcome=outcome,
            told=told,
            told_by=told_by,
            duplicate_of_id=duplicate_of_id,
        ),
        holding.end(held, at=at),
    )


def reopen(
    referral: Referral, *, holding_id: UUID, team_id: UUID, member_id: UUID, why: str, at: datetime
) -> Steps:
    """
    A closed referral is taken up again by the team that reopens it, and goes back to triage.

    The answer clock starts anew from the reopening; what was decided before stays on record.
    """
    state = moved(MOVES, "reopen", referral, refusals={**REFUSALS, **_NOT_CLOSED})
    need_words(why, field="why", ask="Say why this is being reopened.")
    if referral.closed_at is not None and at < referral.closed_at:
        raise Refused("This was closed a moment ago. Look again before you act.", code="too_soon")
    answer = law.promise_time("answer_referrer", at=at)
    return (
        changed(
            referral,
            "referral.reopened",
            state=state,
            urgency=None,
            standard=answer.version,
            due_at=clock.due_at(at, answer.within),
            triaged_at=None,
            triaged_by_id=None,
            triaged_as="",
            triaged_as_words="",
            accepted_at=None,
            closed_at=None,
            closed_by_id=None,
            outcome="",
            told="",
            told_by="",
            duplicate_of_id=None,
            reopened_at=at,
            reopening_words=why,
        ),
        holding.reopen(
            holding_id=holding_id, referral_id=referral.id, team_id=team_id, member_id=member_id, at=at
        ),
    )


def known_needs(needs: Sequence[str], *, at: datetime) -> tuple[str, ...]:
    """The needs, each once, each on the list that stands at the instant."""
    return tuple(dict.fromkeys(law.code("needs", need, at=at, field="needs").code for need in needs))


_NOT_CLOSED: Refusals = dict.fromkeys(
    (NEW, WAITING, TRIAGED, ACCEPTED, UNDER_WAY), "This referral is open; there is nothing to reopen."
)
