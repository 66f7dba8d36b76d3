"""
A handover: answerability for a referral changes hands, and only when the receiver accepts.

It is written in I-PASS shape: how urgent and why, summary, what was done, what is asked, what to
watch for, and the receiver's read-back. Until it is accepted the giver holds the person, however
old the offer. A return names the team that has been offered it next, and restarts no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import answering, asked_service, holding, law, promise
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral, accepted
from nowrongdoor.rules.words import HandoverState, ReferralState

OFFERED, ACCEPTED = HandoverState.OFFERED, HandoverState.ACCEPTED
RETURNED, WITHDRAWN = HandoverState.RETURNED, HandoverState.WITHDRAWN
MOVES: Moves = {
    "offer": {None: OFFERED},
    "accept": {OFFERED: ACCEPTED},
    "send_back": {OFFERED: RETURNED},
    "withdraw": {OFFERED: WITHDRAWN},
}
REFUSALS: Refusals = {
    OFFERED: "This has been offered and waits for its answer.",
    ACCEPTED: "This handover has already been accepted.",
    RETURNED: "This handover has already been returned.",
    WITHDRAWN: "This offer has already been withdrawn.",
}
HANDED_ON = "Not kept here: it was handed over, and the other team accepted it."
ASK_READ_BACK = "In one line, say what you will do, so the giver knows you mean the same."


@dataclass(frozen=True)
class Message:
    """What the giver tells the receiver, in I-PASS shape. Only what is asked must be said."""

    why_urgent: str
    summary: str
    done: str
    ask: str
    watch_for: str
    told: str
    sharing_basis: str


@dataclass(frozen=True)
class Handover:
    id: UUID
    referral_id: UUID
    holding_id: UUID
    giver_team_id: UUID
    giver_member_id: UUID
    receiver_team_id: UUID
    why_urgent: str
    summary: str
    done: str
    ask: str
    watch_for: str
    told: str
    sharing_basis: str
    state: str
    offered_at: datetime
    answer_by: datetime
    hop: int
    after_id: UUID | None
    answered_at: datetime | None
    answered_by_id: UUID | None
    read_back: str
    reason: str
    reason_words: str
    next_team_id: UUID | None
    next_handover_id: UUID | None
    standard: str = ""
    service_id: UUID | None = None
    version: int = 0

    @property
    def message(self) -> Message:
        return Message(**{name: getattr(self, name) for name in Message.__dataclass_fields__})


def offer(
    referral: Referral,
    *,
    held: Holding,
    live_offer: Handover | None,
    handover_id: UUID,
    to: Team,
    message: Message,
    hop: int,
    service: Service | None = None,
    by: UUID,
    at: datetime,
) -> Step:
    """
    The holder offers the referral to another team, and goes on holding it until they accept.

    Refuses a second offer while one waits for its answer, an offer to oneself, to a team that has closed or
    for a service not its own. Starts the answer clock: by urgency, as the standard says; where nobody has
    triaged yet, as for very urgent, because not knowing never lowers a response.
    """
    if referral.state == ReferralState.CLOSED:
        raise Refused("This referral is closed. Reopen it first.", code="offer_when_closed", of=referral)
    if live_offer is not None:
        raise Refused(
            "This has already been offered to a team that has not answered. Withdraw that offer first.",
            code="already_offered",
            of=live_offer,
        )
    asked_service.need_open(to, held)
    if at < held.from_at:
        raise Refused("The holder changed a moment ago. Look again before you act.", code="too_soon")
    need_words(message.ask, field="ask", ask="Say what you are asking the team to do.")
    if message.sharing_basis:
        law.code("sharing_bases", message.sharing_basis, at=at, field="sharing_basis")
    due, standard = answering.answer_by(referral, at=at), answering.standard(referral, at=at).version
    return _offered(
        referral, held, handover_id, to, message, hop, by, at, due, standard=standard, service=service
    )


def accept(
    offered: Handover,
    *,
    referral: Referral,
    held: Holding,
    open_promises: Sequence[Promise],
    read_back: str,
    holding_id: UUID,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The receiver takes the person on: the giver is released, the holding changes hands.

    Needs a read-back: the receiver says in a line what they will do, so that both mean the same.
    Stops the answer clock. The response clock of the referral goes on as it was. It is the answer to a
    re-homing, and to nobody asked having taken it; whatever else the giver promised, it goes on owing.
    """
    state = moved(MOVES, "accept", offered, refusals=REFUSALS)
    need_words(read_back, field="read_back", ask=ASK_READ_BACK)
    _after_offer(offered, at)
    return (
        changed(
            offered, "handover.accepted", state=state, answered_at=at, answered_by_id=by, read_back=read_back
        ),
        *holding.pass_on(
            held,
            holding_id=holding_id,
            team_id=offered.receiver_team_id,
            member_id=by,
            handover_id=offered.id,
            at=at,
        ),
        *accepted(referral, at=at),
        *promise.settle(open_promises, words=HANDED_ON, by=by, at=at),
    )


def send_back(
    offered: Handover,
    *,
    referral: Referral,
    held: Holding,
    reason: str,
    words: str,
    next_team: Team | None,
    next_handover_id: UUID,
    next_service: Service | None = None,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The receiver says no, and names the team that is offered it next, in the same act.

    The giver goes on holding. The next offer must be answered by the same time as this one:
    a return restarts no clock. Refuses a return that names nobody, the giver, oneself or another's service.
    """
    state = moved(MOVES, "send_back", offered, refusals=REFUSALS)
    law.code("return_reasons", reason, at=at, field="reason")
    if next_team is None:
        raise Refused(
            "Name the team to ask next. A no on its own would leave this with nobody to answer it.",
            code="no_next_team",
            field="next_team",
        )
    if next_team.id == offered.receiver_team_id:
        raise Refused("Name another team; you are the one saying no.", code="next_is_self", field="next_team")
    if next_team.id == offered.giver_team_id:
        raise Refused(
            f"{next_team.name} holds this already and has asked for help. Name another team to ask next.",
            code="next_is_giver",
            field="next_team",
        )
    asked_service.need_open(next_team, held, field="next_team")
    _after_offer(offered, at)
    return (
        changed(
            offered,
            "handover.returned",
            state=state,
            answered_at=at,
            answered_by_id=by,
            reason=reason,
            reason_words=words,
            next_team_id=next_team.id,
            next_handover_id=next_handover_id,
        ),
        _offered(
            referral,
            held,
            next_handover_id,
            next_team,
            offered.message,
            offered.hop + 1,
            offered.giver_member_id,
            at,
            answer_by=offered.answer_by,
            standard=offered.standard,
            after_id=offered.id,
            service=next_service,
        ),
    )


def withdraw(offered: Handover, *, reason: str, words: str, by: UUID, at: datetime) -> Step:
    """
    The giver takes back an offer nobody has answered; the giver was answerable all along.

    However old, it can be withdrawn: time escalates an offer and never closes it.
    """
    state = moved(MOVES, "withdraw", offered, refusals=REFUSALS)
    law.code("withdraw_reasons", reason, at=at, field="reason")
    _after_offer(offered, at)
    return changed(
        offered,
        "handover.withdrawn",
        state=state,
        answered_at=at,
        answered_by_id=by,
        reason=reason,
        reason_words=words,
    )


def _offered(
    referral: Referral,
    held: Holding,
    handover_id: UUID,
    to: Team,
    message: Message,
    hop: int,
    giver_member_id: UUID,
    at: datetime,
    answer_by: datetime,
    *,
    standard: str,
    service: Service | None,
    after_id: UUID | None = None,
) -> Step:
    return began(
        "handover.offered",
        Handover(
            id=handover_id,
            referral_id=referral.id,
            holding_id=held.id,
            giver_team_id=held.team_id,
            giver_member_id=giver_member_id,
            receiver_team_id=to.id,
            **vars(message),
            state=OFFERED,
            offered_at=at,
            answer_by=answer_by,
            hop=hop,
            after_id=after_id,
            answered_at=None,
            answered_by_id=None,
            read_back="",
            reason="",
            reason_words="",
            next_team_id=None,
            next_handover_id=None,
            standard=standard,
            service_id=asked_service.of_theirs(service, to),
        ),
    )


def _after_offer(offered: Handover, at: datetime) -> None:
    # Half-open, as everywhere: the offer stands from `offered_at` itself, not a moment after.
    if at < offered.offered_at:
        raise Refused("This offer had not been made yet.", code="before_offer")
