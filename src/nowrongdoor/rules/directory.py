"""
A service: an entry in the directory of what could help. Ranking and capacity come later.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Service:
    """What a team offers, who for, and when; a service without a team is reached by telephone."""

    id: UUID
    agency_id: UUID
    team_id: UUID | None
    name: str
    summary: str
    needs: tuple[str, ...]
    hours: str
    phone: str
    version: int = 0
