"""
Re-homing: what becomes of everything held when the holder is gone.

The holding passes to another team at once, so that nobody is without a holder for an instant;
and because nobody has accepted it yet, the new holder owes a promise to settle it by a time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import handover, holding, promise
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import PromiseKind

SETTLE = "Settle who holds this: keep it, or hand it over."


@dataclass(frozen=True)
class Ids:
    """The keys of the rows a re-homing makes."""

    re_homing: UUID
    holding: UUID
    promise: UUID


def ids_for(holding_id: UUID) -> Ids:
    """Keys that follow from the holding: re-homing the same holding twice makes no second row."""
    return Ids(*(uuid5(holding_id, part) for part in ("re_homing", "holding", "promise")))


def re_home(
    held: Holding,
    *,
    referral: Referral,
    live_offer: Handover | None,
    to_team_id: UUID,
    ids: Ids,
    reason: str,
    words: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    One referral passes to another team on record, and the new holder must settle it.

    An offer that waits for its answer is withdrawn: it was made by a holder who is gone, and may
    even have been made to the team that holds now.
    """
    withdrawn: Steps = ()
    if live_offer is not None:
        withdrawn = (handover.withdraw(live_offer, reason="re_homed", words=words, by=by, at=at),)
    return (
        *withdrawn,
        *holding.re_home(
            held,
            holding_id=ids.holding,
            re_homing_id=ids.re_homing,
            team_id=to_team_id,
            reason=reason,
            words=words,
            by=by,
            at=at,
        ),
        to_settle(referral, promise_id=ids.promise, team_id=to_team_id, at=at),
    )


def to_settle(referral: Referral, *, promise_id: UUID, team_id: UUID, at: datetime) -> Step:
    """The team owes an answer: will it keep this referral, or hand it over?"""
    return promise.make(
        promise_id=promise_id,
        kind=PromiseKind.RE_HOMING,
        team_id=team_id,
        member_id=None,
        words=SETTLE,
        due_at=None,
        at=at,
        referral_id=referral.id,
        person_id=referral.person_id,
    )
