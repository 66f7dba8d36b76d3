"""
A holding: the time one team, or one named member of it, is answerable for a referral.

Every open referral has exactly one open holding. A holding ends only in the act that begins the
next, at the same instant, or when the referral is closed; periods are half-open, so no instant is
covered twice or missed. It passes on only by an accepted handover or a recorded re-homing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import promise
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import Began, Ended, PromiseKind

TAKEN = "A colleague took them on by name."
ANSWERED = frozenset({PromiseKind.HOLDER_OFF})
"""What somebody answers who says: this one is mine."""


@dataclass(frozen=True)
class Holding:
    id: UUID
    referral_id: UUID
    team_id: UUID
    member_id: UUID | None
    from_at: datetime
    until_at: datetime | None
    began_by: str
    ended_by: str | None
    handover_id: UUID | None
    re_homing_id: UUID | None
    version: int = 0


@dataclass(frozen=True)
class ReHoming:
    """
    A recorded change of holder without an acceptance, because the holder is gone.

    It is an offer too: the team that holds now accepts it with a read-back, or hands it on.
    """

    id: UUID
    referral_id: UUID
    from_team_id: UUID
    to_team_id: UUID
    reason: str
    words: str
    re_homed_at: datetime
    re_homed_by_id: UUID
    accepted_at: datetime | None = None
    accepted_by_id: UUID | None = None
    read_back: str = ""
    version: int = 0


def receive(
    *, holding_id: UUID, referral_id: UUID, team_id: UUID, member_id: UUID | None, at: datetime
) -> Step:
    """The team that takes a referral in holds it from that instant."""
    return _begin(holding_id, referral_id, team_id, member_id, at, Began.RECEIVED)


def reopen(
    *, holding_id: UUID, referral_id: UUID, team_id: UUID, member_id: UUID | None, at: datetime
) -> Step:
    """The team that reopens a referral holds it from that instant."""
    return _begin(holding_id, referral_id, team_id, member_id, at, Began.REOPENING)


def pass_on(
    held: Holding, *, holding_id: UUID, team_id: UUID, member_id: UUID | None, handover_id: UUID, at: datetime
) -> Steps:
    """The receiver has accepted: the giver's holding ends and the receiver's begins, at one instant."""
    _open(held, at)
    return (
        changed(held, "holding.passed_on", until_at=at, ended_by=Ended.HANDOVER),
        _begin(holding_id, held.referral_id, team_id, member_id, at, Began.HANDOVER, handover_id=handover_id),
    )


def re_home(
    held: Holding,
    *,
    holding_id: UUID,
    re_homing_id: UUID,
    team_id: UUID,
    reason: str,
    words: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The holder is gone (team closed, member left): another team holds from this instant, on record.

    Refuses a re-homing without words: whoever finds the person on their list must learn why.
    """
    _open(held, at)
    need_words(words, field="words", ask="Say why this is being re-homed.")
    re_homing = ReHoming(re_homing_id, held.referral_id, held.team_id, team_id, reason, words, at, by)
    return (
        began("holding.re_homed", re_homing),
        changed(held, "holding.passed_on", until_at=at, ended_by=Ended.RE_HOMING),
        _begin(holding_id, held.referral_id, team_id, None, at, Began.RE_HOMING, re_homing_id=re_homing_id),
    )


def take(held: Holding, *, open_promises: Sequence[Promise], member_id: UUID, at: datetime) -> Steps:
    """
    A member of the holding team says: this one is mine. Their acceptance is the act itself.

    It relieves whoever was named and goes off duty: what was owed on that is kept.
    """
    _open(held, at)
    if held.member_id == member_id:
        raise Refused("You are already named as the one who holds this.", code="already_yours")
    return (
        changed(held, "holding.taken", member_id=member_id),
        *promise.settle(open_promises, words=TAKEN, kinds=ANSWERED, by=member_id, at=at),
    )


def end(held: Holding, *, at: datetime) -> Step:
    """The referral closes, and with it the holding."""
    _open(held, at)
    return changed(held, "holding.ended", until_at=at, ended_by=Ended.CLOSING)


def _open(held: Holding, at: datetime) -> None:
    if held.until_at is not None:
        raise Refused("Another team holds this now.", code="holding_over")
    # A period needs a length: an act at the very instant the holding began would leave none.
    if at <= held.from_at:
        raise Refused("The holder changed a moment ago. Look again before you act.", code="too_soon")


def _begin(
    holding_id: UUID,
    referral_id: UUID,
    team_id: UUID,
    member_id: UUID | None,
    at: datetime,
    how: Began,
    *,
    handover_id: UUID | None = None,
    re_homing_id: UUID | None = None,
) -> Step:
    return began(
        "holding.began",
        Holding(holding_id, referral_id, team_id, member_id, at, None, how, None, handover_id, re_homing_id),
    )
