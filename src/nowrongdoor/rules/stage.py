"""
A stage: one thing that must have become so by a time on somebody's way, such as that an offer was received.

A handover has five edges: decided, sent, received, accepted, first contact with the person. Between two of
them stands a stage, and the next begins where it ends. That an offer must be answered is told to the giver as
well, who goes on holding the person: this stage is never reached, for the offer's own row says how it was
answered, and it is waited for no longer than the offer waits. A referral has two more from triage: the first
direct contact, and the first face to face; a short intervention has one (`short_intervention`). Each is
reached by a fact and by nothing else; time reaches none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import clock, handover, law, working_days
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.law import Standard, standards
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import HandoverState


class StageKind(StrEnum):
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    FIRST_CONTACT = "first_contact"
    DIRECT_CONTACT = "direct_contact"
    FACE_TO_FACE = "face_to_face"
    SHORT_INTERVENTION = "short_intervention"


OF_OFFERS = (StageKind.SENT, StageKind.RECEIVED, StageKind.ANSWERED)
"""Waited for while the offer waits. The others are, while the referral is open."""
OF_ACCESS = (StageKind.DIRECT_CONTACT, StageKind.FACE_TO_FACE)
OF_REFERRAL = (*OF_ACCESS, StageKind.SHORT_INTERVENTION)
ON_LIST, OPENED, BY_CONTACT, CARRIED = "on_list", "opened", "care_contact", "carried"


@dataclass(frozen=True)
class Stage:
    """`standard` is the version it is measured by; `how` is what it was reached by."""

    id: UUID
    kind: str
    referral_id: UUID
    handover_id: UUID | None
    standard: str
    started_at: datetime
    due_at: datetime
    reached_at: datetime | None
    reached_by_id: UUID | None
    how: str
    version: int = 0


def key_of(row_id: UUID, kind: str, *, since: datetime | None = None) -> UUID:
    """Of an offer, or of a referral since it was asked for, there is one stage of a kind."""
    return uuid5(row_id, f"{kind} {since.isoformat()}" if since else kind)


def offered(made: Handover, *, at: datetime) -> Step:
    """An offer was decided on. It has to reach the team that is asked; nobody can say so, only a delivery."""
    return _of_offer(made, StageKind.SENT, law.promise_time("sent", at=at), at=at)


def deliver(
    made: Handover,
    *,
    referral: Referral,
    stages: Sequence[Stage],
    to: Team,
    works: Sequence[Membership],
    at: datetime,
) -> Steps:
    """
    The offer stands on the list of the team that was asked, where somebody works who can open it.

    From then on somebody must open it by a time. Refuses one that has been answered or delivered, and a team
    that has closed or in which nobody works: nobody is there to receive anything.
    """
    _waits(made, at)
    sent = _not_sent_yet(made, stages)
    if to.closed_at is not None or not any(one.until_at is None for one in works):
        raise Refused(f"Nobody works in {to.name} who could receive this.", code="nobody_receives", of=made)
    reached = reach(sent, happened_at=max(at, sent.started_at), by=None, how=ON_LIST)
    return (reached, _of_offer(made, StageKind.RECEIVED, _receiving(referral, at=at), at=at))


def deliver_by_message(made: Handover, *, referral: Referral, stages: Sequence[Stage], at: datetime) -> Steps:
    """
    Whoever carries messages took the link to the team, which finds nothing on a list here: that is the
    delivery. From then on somebody must open it by a time. Refuses one that was answered, opened or sent.
    """
    _waits(made, at)
    sent = _not_sent_yet(made, stages)
    reached = reach(sent, happened_at=max(at, sent.started_at), by=None, how=CARRIED)
    return (reached, _of_offer(made, StageKind.RECEIVED, _receiving(referral, at=at), at=at))


def _not_sent_yet(made: Handover, stages: Sequence[Stage]) -> Stage:
    sent = _of(stages, StageKind.SENT, made)
    if sent is None or sent.reached_at is not None:
        raise Refused("This has already reached the team that was asked.", code="delivered")
    return sent


def receive(made: Handover, *, referral: Referral, stages: Sequence[Stage], by: UUID, at: datetime) -> Steps:
    """
    Somebody of the team that was asked has the offer on their screen. It is not answered by that.

    From then on the giver waits for the answer, and is told when none came by its time. What was opened has
    been sent, whatever else is known of that. Refuses one that has been answered, or was opened before.
    """
    _waits(made, at)
    sent, received = (_of(stages, kind, made) for kind in (StageKind.SENT, StageKind.RECEIVED))
    if received is not None and received.reached_at is not None:
        raise Refused("Somebody of the team has already opened this.", code="received", of=made)
    steps: Steps = ()
    if sent is not None and sent.reached_at is None:
        steps = (reach(sent, happened_at=max(at, sent.started_at), by=by, how=OPENED),)
    if received is None:
        begun = _of_offer(made, StageKind.RECEIVED, _receiving(referral, at=at), at=at)
        received = begun.change.after
        steps = (*steps, begun)
    assert received is not None
    opened = reach(received, happened_at=max(at, received.started_at), by=by, how=OPENED)
    waits = begin(
        key_of(made.id, StageKind.ANSWERED),
        StageKind.ANSWERED,
        made.referral_id,
        handover_id=made.id,
        # By the time the offer named and the standard it was made by, whatever is known of urgency now.
        standard=made.standard or law.promise_time(f"offer_{_urgency(referral)}", at=made.offered_at).version,
        at=at,
        due_at=made.answer_by,
    )
    return (*steps, opened, waits)


def accepted(
    made: Handover, *, referral: Referral, at: datetime, agreed_at: datetime | None = None
) -> Step:
    """
    The team has taken the person on, and must be in touch with them by a time.

    `agreed_at` is when they said yes, where that was on paper and is told later: counted from then, whoever
    was in touch since has been. The holding begins when it is told all the same. Refuses a time to come, and
    one before anybody had asked: not before the offer, which may have been on the same paper.
    """
    since = agreed_at or at
    if since > at:
        ahead = "That time has not come yet. Write when you said yes."
        raise Refused(ahead, code="happens_later", field="agreed_at")
    if since < (referral.reopened_at or referral.received_at):
        before = "That is before this was asked for. Write when you said yes."
        raise Refused(before, code="before_referral", field="agreed_at")
    standard = law.promise_time(f"first_contact_{_urgency(referral)}", at=since)
    return begin(
        key_of(made.id, StageKind.FIRST_CONTACT),
        StageKind.FIRST_CONTACT,
        made.referral_id,
        handover_id=made.id,
        standard=standard.version,
        at=since,
        due_at=clock.due_at(since, standard.within),
    )


def decided(
    referral: Referral,
    *,
    stages: Sequence[Stage],
    nation: str,
    services: Collection[str],
    at: datetime,
) -> Steps:
    """
    How soon the person is to be first in touch with somebody, and first seen face to face: two clocks, both
    counted from the instant the referral was received or reopened.

    A later decision measures what is still awaited anew, from that same instant; what was reached stays so.
    """
    since = referral.reopened_at or referral.received_at
    steps: list[Step] = []
    for kind in OF_ACCESS:
        key = key_of(referral.id, kind, since=since)
        known = next((one for one in stages if one.id == key), None)
        named = standards.standard(
            kind, urgency=referral.urgency or "", nation=nation, services=services, at=at
        )
        if named is None or (known is not None and known.reached_at is not None):
            continue
        due = working_days.due(since, named, nation=nation)
        if known is None:
            steps.append(
                begin(key, kind, referral.id, handover_id=None, standard=named.version, at=since, due_at=due)
            )
        elif known.standard != named.version:
            steps.append(changed(known, "stage.measured_anew", standard=named.version, due_at=due))
    return tuple(steps)


def in_touch(
    stages: Sequence[Stage], *, referral: Referral, is_face_to_face: bool, happened_at: datetime, by: UUID
) -> Steps:
    """
    A contact with the person reaches what it is a fact of: a call the first contact, and only a meeting the
    first face to face as well. One that is told later and came earlier is the first after all.
    """
    kinds = {StageKind.FIRST_CONTACT, StageKind.DIRECT_CONTACT}
    if is_face_to_face:
        kinds.add(StageKind.FACE_TO_FACE)
    return tuple(
        reach(one, happened_at=happened_at, by=by, how=BY_CONTACT)
        for one in stages
        if one.kind in kinds
        and one.started_at <= happened_at
        and (one.reached_at is None or happened_at < one.reached_at)
        and not is_over(one, referral)
    )


def is_over(one: Stage, referral: Referral) -> bool:
    """It was awaited before the referral was reopened: what follows begins anew."""
    return referral.reopened_at is not None and one.started_at < referral.reopened_at


def _of(stages: Sequence[Stage], kind: StageKind, made: Handover) -> Stage | None:
    return next((one for one in stages if one.id == key_of(made.id, kind)), None)


def _waits(made: Handover, at: datetime) -> None:
    if made.state != HandoverState.OFFERED:
        raise Refused(handover.REFUSALS[HandoverState(made.state)], code="offer_over", of=made)
    if at < made.offered_at:
        raise Refused("This offer had not been made yet.", code="before_offer")


def _urgency(referral: Referral) -> str:
    # As for the answer: not knowing never lowers a response.
    return referral.urgency or "very_urgent"


def _receiving(referral: Referral, *, at: datetime) -> Standard:
    return law.promise_time(f"received_{_urgency(referral)}", at=at)


def _of_offer(made: Handover, kind: StageKind, standard: Standard, *, at: datetime) -> Step:
    """A stage before the answer is due no later than the answer: the giver is told in time to act."""
    due = min(clock.due_at(at, standard.within), made.answer_by)
    key = key_of(made.id, kind)
    return begin(
        key, kind, made.referral_id, handover_id=made.id, standard=standard.version, at=at, due_at=due
    )


def begin(
    key: UUID,
    kind: StageKind,
    referral_id: UUID,
    *,
    handover_id: UUID | None,
    standard: str,
    at: datetime,
    due_at: datetime,
) -> Step:
    # What was due before it could begin is due at once.
    due = max(due_at, at)
    return began(
        "stage.awaited", Stage(key, kind, referral_id, handover_id, standard, at, due, None, None, "")
    )


def reach(one: Stage, *, happened_at: datetime, by: UUID | None, how: str) -> Step:
    return changed(one, "stage.reached", reached_at=happened_at, reached_by_id=by, how=how)
