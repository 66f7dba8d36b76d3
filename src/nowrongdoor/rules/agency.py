"""
An agency and its teams and members: who can be answerable at all.

A team that closes and a member who leaves let go of nobody: what they hold is re-homed in the
same act, and each re-homing leaves a promise to settle it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules.change import Refused, Step, Steps, began, changed


@dataclass(frozen=True)
class Agency:
    id: UUID
    name: str
    kind: str
    jurisdiction: str
    version: int = 0


@dataclass(frozen=True)
class Team:
    id: UUID
    agency_id: UUID
    name: str
    does: str
    phone: str
    takes_contacts: bool
    opened_at: datetime
    closed_at: datetime | None
    successor_id: UUID | None
    version: int = 0


@dataclass(frozen=True)
class Member:
    """`discipline` is a code of the list; empty while nobody has recorded one."""

    id: UUID
    name: str
    job_title: str
    discipline: str = ""
    version: int = 0


@dataclass(frozen=True)
class Membership:
    """
    A member works for a team in a role, from one instant up to another. With `lent_by_team_id` it is a loan
    (`rules.loan`): that team lends them, `lent_until_at` is until when, and `lent_under_id` the agreement
    that lends the crews of one agency to another, where it is another.
    """

    id: UUID
    member_id: UUID
    team_id: UUID
    role: str
    from_at: datetime
    until_at: datetime | None
    lent_by_team_id: UUID | None = None
    lent_by_id: UUID | None = None
    lent_until_at: datetime | None = None
    lent_under_id: UUID | None = None
    ended_words: str = ""
    version: int = 0

    @property
    def is_loan(self) -> bool:
        return self.lent_by_team_id is not None


def found(kind: str, facts: Agency | Team | Member | Membership) -> Step:
    """An agency, team or member is entered, or a member joins a team."""
    return began(kind, facts)


def answers(team: Team) -> Team:
    """The team itself, if it is there to answer for anyone; refuses one that has closed."""
    if team.closed_at is not None:
        raise Refused(
            f"{team.name} has closed. Choose another team to work for.", code="own_team_closed", of=team
        )
    return team


def need_member(memberships: Sequence[Membership], *, team: Team) -> None:
    """Refuses one who works for the team no more: nothing would be answered under their name."""
    if all(one.until_at is not None for one in memberships):
        raise Refused(f"You do not work for {team.name} any more.", code="left_the_team")


def need_open(team: Team) -> None:
    """Refuses whatever would leave something with a team that has closed: nobody there would answer."""
    if team.closed_at is not None:
        raise Refused(
            f"{team.name} has closed, so nobody there would answer.", code="team_has_closed", of=team
        )


def close_team(team: Team, *, successor: Team, at: datetime) -> Step:
    """The team ends and names who answers for its people from this instant."""
    if team.closed_at is not None:
        raise Refused(f"{team.name} has already closed.", code="team_closed", of=team)
    if successor.id == team.id or successor.closed_at is not None:
        raise Refused(
            "Name a team that is open to take over what this team holds.",
            code="no_successor",
            field="successor",
        )
    return changed(team, "team.closed", closed_at=at, successor_id=successor.id)


def need_own_agency(teams: Sequence[Team], *, agency_id: UUID) -> None:
    """Refuses to record that somebody leaves who works, at each of these teams, for another agency."""
    if teams and all(one.agency_id != agency_id for one in teams):
        raise Refused(
            "Only somebody of their own agency records that a member leaves.", code="another_agency"
        )


def need_somebody(team: Team, *, staffed: bool) -> None:
    """Refuses to leave an open team with nobody: whoever it holds would be held by nobody who answers."""
    if team.closed_at is None and not staffed:
        raise Refused(
            f"{team.name} would be left with nobody to answer. "
            "Let someone join it first, or close it into another team.",
            code="last_member",
            of=team,
        )


def own_places(memberships: Sequence[Membership]) -> list[UUID]:
    """The teams they work for by a place of their own, and not because they are lent there."""
    return sorted({one.team_id for one in memberships if one.until_at is None and not one.is_loan})


def leave(
    memberships: Sequence[Membership],
    *,
    teams: Sequence[Team],
    colleagues: Sequence[Membership],
    at: datetime,
) -> Steps:
    """
    A member leaves every team they work for, from this instant.

    `teams` are the teams they work for, `colleagues` whoever else works there now. Refuses the
    last member of an open team: whoever it holds would be held by nobody who answers.
    """
    working = [one for one in memberships if one.until_at is None]
    if not working:
        raise Refused("This member has already left.", code="already_left")
    if any(at <= one.from_at for one in working):
        raise Refused("This member joined a moment ago. Look again before you act.", code="too_soon")
    staffed = {one.team_id for one in colleagues if one.until_at is None}
    for team in teams:
        need_somebody(team, staffed=team.id in staffed)
    return tuple(changed(one, "membership.ended", until_at=at) for one in working)
