"""
The clocks of referrals, offers and promises in words, each with the rule that set it and its source.

Due times are read, never reckoned here. A standard nobody has checked says so wherever it is explained.
"""

from datetime import date, datetime
from functools import lru_cache

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.rules import law
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.law import Question, Standard, standards
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import CLOSED, UNDER_WAY, Referral
from nowrongdoor.rules.words import HandoverState, PromiseState

UNCHECKED = "not checked against its source"
KEPT = 1000  # far more than there are standards and days on which one began


@lru_cache(KEPT)
def standard_of(version: str) -> Standard | None:
    """The standard a due time follows, by the version that was written down with it."""
    code, _, since = version.partition("@")
    try:
        on = date.fromisoformat(since)
    except ValueError:
        return None
    for standard in (*law.response_times(on=on), *law.promise_times(on=on), *standards.standing(on=on)):
        if standard.code == code:
            return standard
    return None


def source_words(row: Standard | Question) -> str:
    """Where a row of law comes from, and whether anyone has checked it."""
    source = row.provenance.source
    says_so = row.provenance.verified or "not checked" in source
    return source if says_so else f"{source} ({UNCHECKED})"


def rule_words(version: str, *, started_at: datetime, at: datetime) -> str:
    """`Urgent – within 24 hours, started 09:02. Source: …`, for whoever asks why this is due then."""
    standard = standard_of(version)
    if standard is None:
        return f"Started {wording.local_when(started_at, at=at)}"
    started = wording.local_when(started_at, at=at)
    return f"{standard.label}, started {started}. Source: {source_words(standard)}"


def referral_chip(referral: Referral, *, at: datetime) -> Chip:
    """The response clock of a referral: it runs until help has begun or the referral is closed."""
    since = referral.reopened_at or referral.received_at
    if referral.state == CLOSED and referral.closed_at is not None:
        rule = rule_words(referral.standard, started_at=since, at=at)
        return wording.done_chip(f"Closed {wording.local_when(referral.closed_at, at=at)}", rule_words=rule)
    return response_chip(
        state=referral.state, due_at=referral.due_at, standard=referral.standard, since_at=since, at=at
    )


def response_chip(*, state: str, due_at: datetime, standard: str, since_at: datetime, at: datetime) -> Chip:
    """The same clock where a list knows only this much. Once help is under way it stands still."""
    rule = rule_words(standard, started_at=since_at, at=at)
    if state == UNDER_WAY:
        was_due = f"Was due {wording.local_when(due_at, at=at)}. {rule}"
        return wording.done_chip("Help under way", rule_words=was_due)
    return wording.chip(due_at, at=at, rule_words=rule)


def offer_chip(offered: Handover, *, at: datetime) -> Chip:
    """The answer clock of an offer: it runs until the receiver answers, and a return never restarts it."""
    if offered.state != HandoverState.OFFERED:
        said = {"accepted": "Accepted", "returned": "Returned", "withdrawn": "Withdrawn"}[offered.state]
        when = wording.local_when(offered.answered_at or offered.offered_at, at=at)
        return wording.done_chip(f"{said} {when}")
    return answer_chip(answer_by=offered.answer_by, offered_at=offered.offered_at, at=at)


def answer_chip(*, answer_by: datetime, offered_at: datetime, at: datetime) -> Chip:
    """The same clock where a list knows only this much: by when the team that was asked must answer."""
    rule = f"An answer to this offer, made {wording.local_when(offered_at, at=at)}"
    return wording.chip(answer_by, at=at, rule_words=rule)


def promise_chip(promise: Promise, *, at: datetime) -> Chip:
    """When what is owed falls due, or when it was kept or let go."""
    if promise.state != PromiseState.OPEN:
        said = "Done" if promise.state == PromiseState.KEPT else "No longer owed since"
        return wording.done_chip(f"{said} {wording.local_when(promise.ended_at or promise.made_at, at=at)}")
    raised = (
        f", raised {wording.plural(promise.escalation_level, 'time')}" if promise.escalation_level else ""
    )
    return wording.chip(
        promise.due_at, at=at, rule_words=f"Promised {wording.local_when(promise.made_at, at=at)}{raised}"
    )
