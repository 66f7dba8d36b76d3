"""
Faults planted in the rules, one at a time: a walk that cannot see them proves nothing.

Each replaces one function or table of the rulebook (or of what stores an act) by one with a mistake
that somebody could make. `hunt` walks until the inspector sees it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from nowrongdoor.rules import (
    agency,
    answering,
    asked_service,
    contact,
    handover,
    holding,
    police,
    police_declining,
    promise,
    re_homing,
    referral,
    statutory,
    triage,
    withholding,
)
from nowrongdoor.rules.change import Step, changed, difference
from nowrongdoor.rules.words import HandoverState, ReferralState
from nowrongdoor.sim import rows
from nowrongdoor.sim.planting import Any_, Fault, but, nothing, only, with_after
from nowrongdoor.sim.talk_faults import OF_CALLS
from nowrongdoor.sim.verbs.handovers import Handovers
from nowrongdoor.sim.visit_faults import OF_VISITS
from nowrongdoor.sim.walk import walk


@dataclass(frozen=True)
class Caught:
    """Where a planted fault was seen, and what the inspector said."""

    seed: int
    step: int
    broken: str


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The fault is there within the block, and gone after it."""
    right = getattr(fault.where, fault.name)
    setattr(fault.where, fault.name, fault.plant(right))
    try:
        yield
    finally:
        setattr(fault.where, fault.name, right)


def hunt(name: str, *, first_seed: int, seeds: int, steps: int) -> Caught | None:
    """Walk with the fault planted, seed after seed, until it is seen; None if it never is."""
    with planted(FAULTS[name]):
        for seed in range(first_seed, first_seed + seeds):
            walked = walk(seed, steps=steps)
            if walked.broken:
                return Caught(seed, walked.steps, walked.broken[0])
    return None


def _restarts_on_return(right: Any_) -> Any_:
    def offered(the_referral: Any, *args: Any, **kwargs: Any) -> Step:
        step: Step = right(the_referral, *args, **kwargs)
        after = step.change.after
        if after.after_id is None:
            return step
        return with_after(step, answer_by=answering.answer_by(the_referral, at=after.offered_at))

    return offered


def _returns_to_nobody(right: Any_) -> Any_:
    def send_back(offered: Any, *, next_team: Any, by: Any, at: Any, **rest: Any) -> Any:
        if next_team is not None or offered.state != HandoverState.OFFERED:
            return right(offered, next_team=next_team, by=by, at=at, **rest)
        state = HandoverState.RETURNED
        return (changed(offered, "handover.returned", state=state, answered_at=at, answered_by_id=by),)

    return send_back


def _only_self(right: Any_) -> Any_:
    return lambda to, held, **rest: right(replace(to, closed_at=None), held, **rest)


def _only_closed(right: Any_) -> Any_:
    return lambda to, held, **rest: right(to, replace(held, team_id=None), **rest)


def _passes_on_when_offered(right: Any_) -> Any_:
    def offer(self: Handovers, *, referral_id: Any, to_team_id: Any, at: Any, by: Any, **rest: Any) -> None:
        right(self, referral_id=referral_id, to_team_id=to_team_id, at=at, by=by, **rest)
        held = self.open_holding(referral_id)
        assert held is not None
        offered = rest["handover_id"]
        steps = holding.pass_on(
            held, holding_id=offered, team_id=to_team_id, member_id=None, handover_id=offered, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    return offer


def _starts_again(right: Any_) -> Any_:
    def decided(
        the_referral: Any, decision: Any, discipline: Any, by: Any, at: Any, kind: str, **more: Any
    ) -> Step:
        step: Step = right(the_referral, decision, discipline, by, at, kind, **more)
        asked_at = the_referral.reopened_at or the_referral.received_at
        return with_after(step, due_at=step.change.after.due_at + (at - asked_at))

    return decided


def _member_only(right: Any_) -> Any_:
    return lambda *args, **kwargs: () if kwargs["reason"] == "member_left" else right(*args, **kwargs)


def _a_second_late(right: Any_) -> Any_:
    def begin(*args: Any, **kwargs: Any) -> Step:
        step: Step = right(*args, **kwargs)
        late = step.change.after.from_at + timedelta(seconds=1)
        return with_after(step, from_at=late) if kwargs.get("handover_id") else step

    return begin


def _closes_both(right: Any_) -> Any_:
    def duplicate_of(the_referral: Any, *, other: Any, at: Any, by: Any, told: str, **rest: Any) -> Any:
        steps = right(the_referral, other=other, at=at, by=by, told=told, **rest)
        closed = changed(
            other, "referral.closed", state=ReferralState.CLOSED, closed_at=at, closed_by_id=by, told=told
        )
        return (*steps, closed)

    return duplicate_of


def _keeps_its_due_time(right: Any_) -> Any_:
    def reopen(the_referral: Any, **rest: Any) -> Any:
        first, *others = right(the_referral, **rest)
        return (with_after(first, due_at=the_referral.due_at), *others)

    return reopen


def _misses_a_column(right: Any_) -> Any_:
    def told(before: Any, after: Any) -> dict[str, list[Any]]:
        return {name: pair for name, pair in difference(before, after).items() if name != "due_at"}

    return told


def _answers_twice(right: Any) -> Any:
    accepts = dict.fromkeys((HandoverState.OFFERED, HandoverState.WITHDRAWN), HandoverState.ACCEPTED)
    return MappingProxyType({**right, "accept": accepts})


def _never_asks_back(right: Any_) -> Any_:
    """A caller who was lost: noted, and closed."""

    def receive(*args: Any, **kwargs: Any) -> Any:
        first, *others = right(*args, **kwargs)
        if first.change.after.closed_at is None:
            return (with_after(first, state="closed", closed_at=kwargs["at"], closed_by_id=kwargs["by"]),)
        return (first, *others)

    return receive


def _same_owner(right: Any_) -> Any_:
    return lambda one, **kwargs: right(one, team_id=one.owner_team_id)


def _any_version(right: Any_) -> Any_:
    return lambda self, kind, key, seen: self.one(kind, key)


FAULTS: dict[str, Fault] = {
    "giver goes on holding": Fault(
        "Accepting begins the receiver's holding and does not end the giver's.",
        holding, "pass_on", only(slice(1, None))),
    "nobody begins to hold": Fault(
        "Accepting ends the giver's holding and begins none.", holding, "pass_on", only(slice(0, 1))),
    "return restarts the clock": Fault(
        "The next team is given a new time to answer.", handover, "_offered", _restarts_on_return),
    "return to nobody": Fault(
        "A team may say no without naming who is asked next.", handover, "send_back", _returns_to_nobody),
    "second offer": Fault(
        "A referral may be offered while another offer waits.", handover, "offer", but(live_offer=None)),
    "offer to a closed team": Fault(
        "The receiver's having closed is not looked at.", asked_service, "need_open", _only_self),
    "offer to oneself": Fault(
        "The receiver may be the holder.", asked_service, "need_open", _only_closed),
    "close with an offer waiting": Fault(
        "Closing does not look for a live offer.", referral, "closing", but(offer_waits=False)),
    "close with a promise owed": Fault(
        "Closing does not look for what is owed.", referral, "closing", but(open_promises=())),
    "close with a statutory clock": Fault(
        "Closing does not look for what the law gives a time.", statutory, "need_ended", nothing),
    "police stay away on a guess": Fault(
        "The police may say no on what is not known, and without anybody who accepted.",
        police_declining, "need_holder", nothing),
    "nobody told of a police gap": Fault(
        "What nobody settled with the police, and a threat for later, is told to nobody.",
        police, "unless_owed", nothing),
    "close before the police settled": Fault(
        "Closing does not ask whether it is settled with the police who responds.",
        police, "need_settled", nothing),
    "closing leaves the holding": Fault(
        "The referral closes and its holding goes on.", referral, "closing", only(slice(0, 1))),
    "closed team keeps its people": Fault(
        "A team closes and nothing is re-homed.", re_homing, "re_home", nothing),
    "re-homing leaves the offer": Fault(
        "Re-homing does not withdraw the offer of the holder who is gone.",
        re_homing, "re_home", but(live_offer=None)),
    "re-homing never answered": Fault(
        "What was re-homed is accepted or handed on, and its answer stays owed.", promise, "settle", nothing),
    "answered twice over": Fault(
        "A re-homing that waits for its answer is re-homed, and a second answer is owed.",
        re_homing, "re_home", but(open_promises=())),
    "promises stay with the closed team": Fault(
        "Re-homing a promise leaves it with its owner.", promise, "re_home", _same_owner),
    "holding passes on when offered": Fault(
        "The giver is released by asking.", Handovers, "offer", _passes_on_when_offered),
    "escalated without a row": Fault(
        "A late promise gets a new time and nobody is told.", promise, "escalate", only(slice(1, None))),
    "escalated to a closed team": Fault(
        "Who is told may have closed.", agency, "need_open", nothing),
    "triage restarts the clock": Fault(
        "The response time runs from triage, not from when help was asked for.",
        triage, "_decided", _starts_again),
    "reopening keeps the old time": Fault(
        "A reopened referral is due when it was due before.", referral, "reopen", _keeps_its_due_time),
    "leaver stays named": Fault(
        "A member leaves and still holds by name.", re_homing, "re_home", _member_only),
    "a second between holders": Fault(
        "The receiver's holding begins a second after the giver's ended.", holding, "_begin", _a_second_late),
    "duplicate closes both": Fault(
        "The referral that should go on closes too.", triage, "duplicate_of", _closes_both),
    "nobody reads what waits": Fault(
        "A line is shown as waiting, and nobody is asked to read it.", withholding, "wait", nothing),
    "answer forgotten": Fault(
        "An answer comes and the referral goes on waiting.", triage, "answered", nothing),
    "lost caller not rung back": Fault(
        "A contact whose caller was lost closes at once.", contact, "receive", _never_asks_back),
    "contact closes with a call owed": Fault(
        "Closing a contact does not look for the call back.", contact, "close", but(open_promises=())),
    "accepted after withdrawal": Fault(
        "The table of moves lets a withdrawn offer be accepted.", handover, "MOVES", _answers_twice),
    "closed team takes in": Fault(
        "Members of a closed team go on receiving.", agency, "answers", lambda right: lambda team: team),
    "leaver takes on": Fault(
        "One who has left the team goes on acting for it.", agency, "need_member", nothing),
    "answered before it was asked": Fault(
        "An answer may be dated before the offer.", handover, "_after_offer", nothing),
    "journal misses a column": Fault(
        "The journal never mentions the due time.", rows, "difference", _misses_a_column),
    "stale sight accepted": Fault(
        "What the person saw is not compared with what is.", rows.Rows, "seen", _any_version),
    **OF_VISITS,
    **OF_CALLS,
}  # fmt: skip
