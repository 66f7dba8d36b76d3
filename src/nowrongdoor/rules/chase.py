"""
Chasing: the giver asks the receiver after an offer that nobody has answered, and says what was said.

It is told to both sides and moves nothing: the offer waits as it did, by the same time, and the giver
goes on holding the person. It can be done as often as it is needed, however late.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import handover, law
from nowrongdoor.rules.change import Moves, Refused, Step, began, moved, need_words
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.words import HandoverState

# Not among the moves of a handover: whoever chases it changes nothing about it.
WAITS: Moves = {"chase": {HandoverState.OFFERED: HandoverState.OFFERED}}


@dataclass(frozen=True)
class Chase:
    """Once that the giver asked after an offer."""

    id: UUID
    handover_id: UUID
    referral_id: UUID
    how: str
    words: str
    chased_at: datetime
    chased_by_id: UUID
    version: int = 0


def chase(offered: Handover, *, chase_id: UUID, how: str, words: str, by: UUID, at: datetime) -> Step:
    """
    The giver has asked after the offer, by telephone, by message or in person.

    Refuses an offer that has been answered, and one not yet made at `at`. Touches no clock.
    """
    moved(WAITS, "chase", offered, refusals=handover.REFUSALS)
    law.code("chase_ways", how, at=at, field="how")
    need_words(words, field="words", ask="Say what was said, or that nobody answered.")
    if at < offered.offered_at:
        raise Refused("This offer had not been made yet.", code="before_offer")
    return began("handover.chased", Chase(chase_id, offered.id, offered.referral_id, how, words, at, by))
