"""
Re-homing: what becomes of everything held when the holder is gone.

The holding passes to another team at once, so that nobody is without a holder for an instant. Nobody
has accepted it yet, so a re-homing is an offer too: the new holder owes an answer by a time. It
accepts with a read-back, as it would a handover, or hands the person over to a team that does. Until
then the answer stays owed, and is escalated when it is late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import handover, holding, promise
from nowrongdoor.rules.change import Refused, Step, Steps, changed, need_words
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import PromiseKind

SETTLE = "Settle who holds this: accept it with a read-back, or hand it over."
ACCEPTED = "Accepted with a read-back."
ANSWERED = frozenset({PromiseKind.RE_HOMING})
ASK_READ_BACK = "In one line, say what you will do, so that everyone knows this person was taken on."
HELD_SINCE = "The holder has changed since. Look again before you act."


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
    open_promises: Sequence[Promise],
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
    even have been made to the team that holds now. Where a re-homing before this one was never
    answered, its promise goes on: the answer has been waited for since then, and is due as it was.
    """
    withdrawn: Steps = ()
    if live_offer is not None:
        withdrawn = (handover.withdraw(live_offer, reason="re_homed", words=words, by=by, at=at),)
    is_owed = any(one.kind == PromiseKind.RE_HOMING for one in open_promises)
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
        *(() if is_owed else (to_settle(referral, promise_id=ids.promise, team_id=to_team_id, at=at),)),
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
        is_re_homed=True,
    )


def accept_re_homed(
    re_homing: ReHoming,
    *,
    held: Holding,
    live_offer: Handover | None,
    open_promises: Sequence[Promise],
    read_back: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The team that holds what was re-homed to it takes the person on, and says in a line what it will do.

    The one who accepts is named, unless a colleague has taken the person on by name already. What
    was owed on the re-homing is kept. Nothing is triaged by it, and no clock of the referral moves.

    Refuses while the team has offered it to another: the offer is taken back first, or answered.
    """
    if re_homing.accepted_at is not None:
        raise Refused("This has already been accepted.", code="re_homing_accepted", of=re_homing)
    if held.re_homing_id != re_homing.id:
        raise Refused(HELD_SINCE, code="held_since", of=held)
    if live_offer is not None:
        raise Refused(
            "Your team has offered this to another team. Take the offer back first, if you keep the person.",
            code="offered_on",
            of=live_offer,
        )
    need_words(read_back, field="read_back", ask=ASK_READ_BACK)
    if at < re_homing.re_homed_at:
        raise Refused(HELD_SINCE, code="too_soon")
    named: Steps = ()
    if held.member_id is None:
        named = holding.take(held, open_promises=open_promises, member_id=by, at=at)
    return (
        changed(
            re_homing,
            "holding.re_homing_accepted",
            accepted_at=at,
            accepted_by_id=by,
            read_back=read_back,
        ),
        *named,
        *promise.settle(open_promises, words=ACCEPTED, kinds=ANSWERED, by=by, at=at),
    )
