"""
Who may do what: a role permits the act, and the viewer's team has a part in it.

`Viewer` is who asks, for which team of which agency, in which role. Seeing (relationships,
purposes, seals) is decided here too as it is built; until then every member who is signed in may
read the records of the place.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date


@dataclass(frozen=True)
class Viewer:
    """A member at work: names are carried so that no page must ask for them again."""

    member_id: UUID
    member_name: str
    role: str
    team_id: UUID
    team_name: str
    agency_id: UUID
    agency_name: str = ""


def may_do(viewer: Viewer, act: str, *, at: datetime) -> bool:
    """The viewer's role permits the act on that day."""
    return act in law.acts_of(viewer.role, on=local_date(at))


def need(viewer: Viewer, act: str, *, at: datetime, team_id: UUID | None = None, team: str = "") -> None:
    """
    Refuses an act the role does not permit, or that belongs to another team.

    `team_id` is the team whose act it is (the holder, the receiver, the owner of a promise);
    `team` is its name or part in words, for the refusal.
    """
    if not may_do(viewer, act, at=at):
        raise Refused(
            f"Your role ({viewer.role.replace('_', ' ')}) cannot do this. Ask your team lead.",
            code="role_does_not_permit",
        )
    if team_id is not None and team_id != viewer.team_id:
        raise Refused(
            f"Only {team or 'the team concerned'} can do this; you are working for {viewer.team_name}.",
            code="another_team",
        )
