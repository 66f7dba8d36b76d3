"""The five edges of a handover with their times: decided, sent, received, accepted, first contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.nhsuk import clocks, stages, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.handover_lines import HandoverLine
from nowrongdoor.reading.stage_lines import StageLine
from nowrongdoor.rules.stage import CARRIED, OPENED, StageKind
from nowrongdoor.rules.words import HandoverState

Tells = Callable[[StageLine, HandoverLine, datetime], str]
ENDED = {HandoverState.RETURNED: "returned", HandoverState.WITHDRAWN: "taken back"}


@dataclass(frozen=True)
class Edge:
    """One step: what it is, its clock where one has run or runs, and what is known of it."""

    name: str
    words: str
    chip: Chip | None = None


def of(asked: HandoverLine, *, at: datetime) -> list[Edge]:
    """Every step in order. What was never recorded says so, and what has not come yet says after what."""
    offered = asked.handover
    found = {one.kind: one for one in asked.stages}
    decided = (
        f"{wording.local_when(offered.offered_at, at=at)}, by {asked.giver_member} of {asked.giver_team}"
    )
    return [
        Edge("Decided", decided),
        _edge(
            "Sent", found.get(StageKind.SENT), asked, at=at,
            done=_sent, waits=f"Not on the list of {asked.receiver_team} yet",
        ),
        _edge(
            "Received", found.get(StageKind.RECEIVED), asked, at=at,
            done=_opened, waits=f"Nobody of {asked.receiver_team} has opened it yet",
        ),
        _accepted(asked, found.get(StageKind.FIRST_CONTACT), at=at),
        _first_contact(found.get(StageKind.FIRST_CONTACT), asked, at=at),
    ]  # fmt: skip


def _edge(
    name: str, stage: StageLine | None, asked: HandoverLine, *, at: datetime, done: Tells, waits: str
) -> Edge:
    if stage is not None and stage.reached_at is not None:
        return Edge(name, done(stage, asked, at), stages.chip(stage, at=at))
    over = ENDED.get(HandoverState(asked.handover.state))
    if over:
        return Edge(name, f"Not before the offer was {over}")
    if asked.handover.state == HandoverState.ACCEPTED:
        return Edge(name, "Not recorded; it was accepted")
    if stage is None:
        return Edge(name, waits)
    return Edge(name, waits, stages.chip(stage, at=at))


def _sent(stage: StageLine, asked: HandoverLine, at: datetime) -> str:
    if stage.how == OPENED:
        return f"Known when {stage.by_name} opened it"
    if stage.how == CARRIED:
        return "Their link was taken by whoever carries it. Whether it arrived is not known here"
    return f"On the list of {asked.receiver_team}"


def _opened(stage: StageLine, asked: HandoverLine, at: datetime) -> str:
    return f"Opened by {stage.by_name}. That is not an answer"


def _accepted(asked: HandoverLine, counted: StageLine | None, *, at: datetime) -> Edge:
    """By whom; and where they said yes on paper, when: the first contact is counted from then."""
    offered = asked.handover
    if offered.state == HandoverState.OFFERED:
        holds = f"{asked.giver_team} holds until {asked.receiver_team} accepts"
        return Edge("Accepted", holds, clocks.offer_chip(offered, at=at))
    if offered.state == HandoverState.ACCEPTED:
        words = f"By {asked.answered_by}"
        if counted is not None and offered.answered_at and counted.started_at < offered.answered_at:
            words += f", who said yes on paper at {wording.local_when(counted.started_at, at=at)}"
        return Edge("Accepted", words, clocks.offer_chip(offered, at=at))
    return Edge(
        "Accepted", f"No: it was {ENDED[HandoverState(offered.state)]}", clocks.offer_chip(offered, at=at)
    )


def _first_contact(stage: StageLine | None, asked: HandoverLine, *, at: datetime) -> Edge:
    name = "First contact with the person"
    if stage is None:
        if asked.handover.state == HandoverState.OFFERED:
            return Edge(name, "Counted from the acceptance")
        return Edge(
            name, "Not recorded" if asked.handover.state == HandoverState.ACCEPTED else "None by this offer"
        )
    if stage.reached_at is None:
        return Edge(name, "Nobody has recorded one yet", stages.chip(stage, at=at))
    return Edge(name, f"By {stage.by_name}", stages.chip(stage, at=at))
