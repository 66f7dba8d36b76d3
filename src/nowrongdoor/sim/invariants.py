"""
What is true of every place at every instant, whatever anyone has done: said of facts, in words.

Each function answers with the violations it finds, none when all is well. They repeat nothing of the
rules: they look only at what is stored, as an inspector would who has never seen the code.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import Step, fold, plain
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.promise_kinds import PAUSES
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.words import Began, Ended, HandoverState, PromiseKind, PromiseState, ReferralState

Found = list[str]
ENDS_INTO = {Ended.HANDOVER: Began.HANDOVER, Ended.RE_HOMING: Began.RE_HOMING, Ended.CLOSING: Began.REOPENING}


def one_holder(referral: Referral, holdings: Sequence[Holding]) -> Found:
    """I1: from the instant it was received, one holder at each instant it is open, and none after."""
    if not holdings:
        return [f"I1: referral {referral.id} was never held by anyone"]
    found: Found = []
    first, last = holdings[0], holdings[-1]
    if first.began_by != Began.RECEIVED or first.from_at != referral.received_at:
        found.append(f"I1: referral {referral.id} was received before anyone held it")
    for before, after in pairwise(holdings):
        found += _meets(referral, before, after)
    if referral.state == ReferralState.CLOSED:
        if last.until_at is None or last.until_at != referral.closed_at:
            found.append(f"I1: referral {referral.id} is closed and its last holding did not end with it")
    elif last.until_at is not None:
        found.append(f"I1: referral {referral.id} is open and nobody holds it")
    return found


def _meets(referral: Referral, before: Holding, after: Holding) -> Found:
    if before.until_at is None:
        return [f"I1: two hold referral {referral.id} at once"]
    if before.ended_by == Ended.CLOSING:
        meets = after.from_at >= before.until_at
    else:
        meets = after.from_at == before.until_at
    if not meets:
        return [f"I1: between two holdings of referral {referral.id} there is a gap or an overlap"]
    if ENDS_INTO[Ended(str(before.ended_by))] != after.began_by:
        return [f"I5: a holding of referral {referral.id} ended in one way and the next began in another"]
    return []


def changed_hands_rightly(
    holdings: Sequence[Holding], handovers: Mapping[UUID, Handover], re_homings: Mapping[UUID, ReHoming]
) -> Found:
    """I5: the holder changes only by an accepted handover or a recorded re-homing, and each serves once."""
    found: Found = []
    for before, after in pairwise(holdings):
        if after.began_by == Began.HANDOVER:
            by = handovers.get(after.handover_id) if after.handover_id else None
            if by is None or by.state != HandoverState.ACCEPTED or not by.read_back.strip():
                found.append(f"I5: holding {after.id} rests on no accepted handover")
            elif (by.holding_id, by.receiver_team_id, by.answered_at) != (
                before.id, after.team_id, after.from_at,
            ):  # fmt: skip
                found.append(f"I5: holding {after.id} is not what handover {by.id} agreed")
        elif after.began_by == Began.RE_HOMING:
            moved = re_homings.get(after.re_homing_id) if after.re_homing_id else None
            if moved is None:
                found.append(f"I5: holding {after.id} rests on no recorded re-homing")
            elif (moved.from_team_id, moved.to_team_id, moved.re_homed_at) != (
                before.team_id, after.team_id, after.from_at,
            ):  # fmt: skip
                found.append(f"I5: holding {after.id} is not what re-homing {moved.id} recorded")
    rest_on = {one.handover_id for one in holdings if one.handover_id is not None}
    for key, handover in handovers.items():
        if handover.state == HandoverState.ACCEPTED and key not in rest_on:
            found.append(f"I5: handover {key} was accepted and the holding stayed where it was")
    return found


def re_homing_is_answered(
    holding: Holding | None, re_homings: Mapping[UUID, ReHoming], promises: Sequence[Promise]
) -> Found:
    """
    Whoever holds by a re-homing owes its answer until they have accepted; nobody else owes one.

    Accepted means that somebody said at an instant, in words, what they would do.
    """
    moved = re_homings[holding.re_homing_id] if holding is not None and holding.re_homing_id else None
    owes = [one for one in promises if one.kind == PromiseKind.RE_HOMING and one.state == PromiseState.OPEN]
    found: Found = []
    if holding is None or moved is None or moved.accepted_at is not None:
        found += [f"I5: promise {one.id} waits for the answer to a re-homing that has it" for one in owes]
    elif [one.owner_team_id for one in owes] != [holding.team_id]:
        found.append(f"I5: re-homing {moved.id} is not accepted, and its team does not owe the answer")
    if moved is not None:
        when, who, words = moved.accepted_at, moved.accepted_by_id, moved.read_back.strip()
        if len({when is None, who is None, not words}) > 1:
            found.append(f"I5: re-homing {moved.id} was accepted by nobody, never or without a read-back")
    return found


def one_live_offer(
    referral: Referral,
    holding: Holding | None,
    handovers: Mapping[UUID, Handover],
    teams: Mapping[UUID, Team],
) -> Found:
    """I2: at most one live offer for a holding, never to its own team, never to a team that has closed."""
    found: Found = []
    live = [one for one in handovers.values() if one.state == HandoverState.OFFERED]
    if len(live) > 1:
        found.append(f"I2: referral {referral.id} is offered to {len(live)} teams at once")
    for one in live:
        if holding is None or one.holding_id != holding.id or one.giver_team_id != holding.team_id:
            found.append(f"I2: offer {one.id} is not of the holding there is")
        elif one.receiver_team_id == holding.team_id:
            found.append(f"I2: offer {one.id} is made to the team that holds already")
        if teams[one.receiver_team_id].closed_at is not None:
            found.append(f"I2: offer {one.id} waits for the answer of a team that has closed")
        if holding is not None and one.offered_at < holding.from_at:
            found.append(f"I2: offer {one.id} was made before its giver held the referral")
    return found + _returns_name_the_next(handovers)


def _returns_name_the_next(handovers: Mapping[UUID, Handover]) -> Found:
    """A return has offered it on, to be answered by the same time; it restarts no clock."""
    found: Found = []
    for one in handovers.values():
        if one.answered_at is not None and one.answered_at < one.offered_at:
            found.append(f"Time: handover {one.id} was answered before it was offered")
        if one.state != HandoverState.RETURNED:
            continue
        following = handovers.get(one.next_handover_id) if one.next_handover_id else None
        if following is None or following.receiver_team_id != one.next_team_id:
            found.append(f"Return: handover {one.id} was returned and nobody was asked next")
        elif following.answer_by != one.answer_by:
            found.append(f"Return: returning handover {one.id} restarted its clock")
    return found


def holder_is_there(holding: Holding, teams: Mapping[UUID, Team], works: Sequence[Membership]) -> Found:
    """Whoever holds can answer: the team is open, and the member who is named works for it."""
    if teams[holding.team_id].closed_at is not None:
        return [f"Holder: {teams[holding.team_id].name} has closed and still holds {holding.referral_id}"]
    if holding.member_id is not None and not any(
        one.team_id == holding.team_id and one.until_at is None for one in works
    ):
        return [f"Holder: holding {holding.id} names a member who has left"]
    return []


def due_by_its_standard(referral: Referral) -> Found:
    """There is always a due time, and it runs from when help was asked for: nothing restarts it."""
    asked_at = referral.reopened_at or referral.received_at
    standard = law.standard(referral.standard)
    if standard is None or referral.due_at is None:
        return [f"Due: referral {referral.id} has no due time by a standard"]
    if referral.due_at != asked_at + standard.within:
        return [f"Due: the clock of referral {referral.id} does not run from when help was asked for"]
    return []


def states_agree(referral: Referral, promises: Sequence[Promise]) -> Found:
    """What a referral's state says is so: closed ones are told, waiting ones wait for someone's answer."""
    found: Found = []
    is_closed = referral.state == ReferralState.CLOSED
    if is_closed != (referral.closed_at is not None) or is_closed != bool(referral.told.strip()):
        found.append(f"State: referral {referral.id} is closed without what was told, or told and not closed")
    waits = referral.state == ReferralState.WAITING
    asked = any(one.kind in PAUSES and one.state == PromiseState.OPEN for one in promises)
    if waits != (referral.waiting_from is not None) or (waits and not asked):
        found.append(f"State: referral {referral.id} waits for an answer nobody owes")
    for name in ("triaged_at", "accepted_at", "closed_at", "reopened_at"):
        at: datetime | None = getattr(referral, name)
        if at is not None and at < referral.received_at:
            found.append(f"Time: referral {referral.id} has {name} before it was received")
    return found


def loop_is_raised(referral: Referral, offers: Iterable[Handover], promises: Iterable[Promise]) -> Found:
    """Whoever was returned as often as is one time too many, an alarm was raised about."""
    since = referral.reopened_at or referral.received_at
    returned = [one for one in offers if one.state == HandoverState.RETURNED and one.offered_at >= since]
    if len(returned) < seeing.most("loop_returns", at=since):
        return []
    if any(one.kind == PromiseKind.LOOP and one.made_at >= since for one in promises):
        return []
    return [f"Alarm: referral {referral.id} was returned {len(returned)} times and nobody heard of it"]


def promise_is_owed(promise: Promise, escalations: Sequence[Escalation], teams: Mapping[UUID, Team]) -> Found:
    """I3: an open promise was due after it was last looked at or escalated, and an open team owes it."""
    found: Found = []
    levels = sorted(one.level for one in escalations)
    if levels != list(range(1, promise.escalation_level + 1)):
        found.append(f"I3: promise {promise.id} has other escalations than its level says: {levels}")
    if promise.state == PromiseState.OPEN:
        if promise.due_at is None or promise.due_at <= promise.as_of_at:
            found.append(f"I3: promise {promise.id} is open and was not due after it was last looked at")
        if teams[promise.owner_team_id].closed_at is not None:
            found.append(f"I3: promise {promise.id} is owed by a team that has closed")
    elif promise.ended_at is None or promise.ended_at < promise.made_at or not promise.ending_words.strip():
        found.append(f"I3: promise {promise.id} ended without a time, or without words")
    return found


def what_waits_is_shown(person: Person, owed: Iterable[Promise]) -> Found:
    """What waits for a second reader is what is shown so with the person: no line more and none less."""
    waits = {
        one.held_words
        for one in owed
        if (one.kind, one.state) == (PromiseKind.SECOND_READING, PromiseState.OPEN) and not one.held_from
    }
    if waits == set(person.know_waits.splitlines()):
        return []
    return [f"person {person.id} shows as waiting other than what waits for a second reader"]


def raised_to_someone(escalation: Escalation, teams: Mapping[UUID, Team]) -> Found:
    """An escalation reaches a team that was open when it was raised."""
    closed_at = teams[escalation.to_team_id].closed_at
    if closed_at is not None and closed_at < escalation.escalated_at:
        return [f"I3: escalation {escalation.id} was raised to a team that had closed"]
    return []


def contact_is_answered(contact: Contact, promises: Sequence[Promise]) -> Found:
    """Who was lost or promised a call is rung back: the contact stays open, and the call is on record."""
    found: Found = []
    if contact.closed_at is None and not any(one.kind == PromiseKind.CALLBACK for one in promises):
        found.append(f"Contact: {contact.id} is open and nobody was asked to ring back")
    if contact.closed_at is not None and contact.closed_at < contact.received_at:
        found.append(f"Time: contact {contact.id} was closed before it was received")
    if contact.closed_at is not None and contact.outcome in ("caller_lost", "callback_booked"):
        found.append(f"Contact: {contact.id} is closed and its caller was never rung back")
    return found


def contact_closed_with_nothing_owed(step: Step, promises: Sequence[Promise]) -> Found:
    """An act that closes a contact leaves no call back behind."""
    was_open = step.before is not None and step.before.closed_at is None
    owed = any(one.state == PromiseState.OPEN for one in promises)
    if was_open and step.change.after.closed_at is not None and owed:
        return [f"Contact: {step.change.after.id} closed while a call back was owed"]
    return []


def closed_with_nothing_owed(
    step: Step,
    live_offers: int,
    promises: Sequence[Promise],
    other: Referral | None,
    statutory: Sequence[StatutoryClock],
) -> Found:
    """An act that closes a referral leaves no offer, promise or clock; a duplicate's other stays open."""
    before, after = step.before, step.change.after
    if before is None or before.state == ReferralState.CLOSED or after.state != ReferralState.CLOSED:
        return []
    found: Found = []
    if live_offers:
        found.append(f"Close: referral {after.id} closed while an offer waited for its answer")
    if any(one.state == PromiseState.OPEN for one in promises):
        found.append(f"Close: referral {after.id} closed while something was owed")
    if any(one.ended_at is None for one in statutory):
        found.append(f"Close: referral {after.id} closed while something the law gives a time was running")
    if (after.outcome == "duplicate") != (other is not None):
        found.append(f"Close: referral {after.id} is a duplicate of nothing")
    if other is not None and (other.state == ReferralState.CLOSED or other.person_id != after.person_id):
        found.append(f"Close: referral {after.id} closed into one that is closed or about someone else")
    return found


def row_is_its_journal(row: object, entries: list[dict[str, list[object]]]) -> Found:
    """I7: folding what the journal says of a row gives the row."""
    try:
        folded = fold(entries, type(row))
    except ValueError as broken:
        return [f"I7: the journal of {type(row).__name__} {vars(row)['id']} contradicts itself: {broken}"]
    stored = {name: plain(value) for name, value in vars(row).items()}
    if folded != stored:
        differing = sorted(name for name in stored if folded[name] != stored[name])
        return [f"I7: {type(row).__name__} {vars(row)['id']} is not its journal in {', '.join(differing)}"]
    return []
