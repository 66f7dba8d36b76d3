"""
Intake: what may come with a contact, so that it is recorded, referred and offered in one act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.rules.handover import Message


@dataclass(frozen=True)
class NewReferral:
    """The referral a contact leads to: which needs, and what is asked for."""

    referral_id: UUID
    holding_id: UUID
    needs: Sequence[str]
    request: str


@dataclass(frozen=True)
class NewOffer:
    """The team that is asked at once, and what it is told."""

    handover_id: UUID
    to_team_id: UUID
    message: Message
