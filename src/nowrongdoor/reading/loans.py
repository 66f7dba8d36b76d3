"""Who is lent to a team and by it, whom it may lend, and to which teams; about nobody in care."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import beside
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.rules import access, loan
from nowrongdoor.rules.agency import Membership
from nowrongdoor.rules.agreement import LENT
from nowrongdoor.rules.change import Missing

NAMES = (
    "member__name", "member__job_title", "team__name", "team__agency__name", "lent_by_team__name",
    "lent_by_team__agency__name", "lent_by__name",
)  # fmt: skip
SHOWN = 200


@dataclass(frozen=True)
class LoanLine:
    """A loan that runs: who, to which team and by which, who lent them; and what this viewer may do."""

    loan: Membership
    member_name: str
    job_title: str
    team_name: str
    agency_name: str
    lender_name: str
    lender_agency_name: str
    lent_by: str
    is_over_time: bool
    may_end: bool


def of_team(*, viewer: Viewer, at: datetime) -> tuple[LoanLine, ...]:
    """Who is lent to the viewer's team or by it, or is the viewer; what ends first first. One statement."""
    own = Q(team_id=viewer.team_id) | Q(lent_by_team_id=viewer.team_id) | Q(member_id=viewer.member_id)
    return _lines(_running().filter(own), viewer=viewer, at=at)


def over_time(*, viewer: Viewer, at: datetime) -> tuple[LoanLine, ...]:
    """Of these, those whose time has passed and that nobody ended or lent on. One statement."""
    own = Q(team_id=viewer.team_id) | Q(lent_by_team_id=viewer.team_id)
    return _lines(_running().filter(own, lent_until_at__lte=at), viewer=viewer, at=at)


def one(membership_id: UUID, *, viewer: Viewer, at: datetime) -> LoanLine:
    """One of them. Raises `Missing` for a loan that is over, and for whoever may not end it."""
    for line in of_team(viewer=viewer, at=at):
        if line.loan.id == membership_id and line.may_end:
            return line
    raise Missing(MEMBERSHIPS.name)


def recorded(membership_id: UUID) -> Membership | None:
    """A place on record, of whomever; none when there is none with this key."""
    values = MEMBERSHIPS.model.objects.filter(pk=membership_id).values_list(*MEMBERSHIPS.columns).first()
    return MEMBERSHIPS.of(values) if values else None


def members(*, viewer: Viewer) -> tuple[tuple[UUID, str], ...]:
    """Whom a lead may lend: who works for their team by a place of their own, but for themself."""
    works = MEMBERSHIPS.model.objects.filter(until_at=None, team_id=viewer.team_id, lent_by_team=None)
    works = works.exclude(member_id=viewer.member_id).order_by("member__name")
    return tuple(
        (key, f"{name} ({title})" if title else name)
        for key, name, title in works.values_list("member_id", "member__name", "member__job_title")
    )


def teams(*, viewer: Viewer, at: datetime) -> tuple[OpenTeam, ...]:
    """
    The open teams a member may be lent to: of the viewer's agency, and of those with which an agreement lends
    crews. Two statements.
    """
    agencies = beside.agencies(viewer, kind=LENT, at=at)
    rows = TeamRow.objects.filter(closed_at=None, agency_id__in=agencies).exclude(pk=viewer.team_id)
    found = rows.order_by("agency__name", "name").values_list(*TEAMS.columns, "agency__name", "agency__kind")
    return tuple(OpenTeam(TEAMS.of(values[:-2]), values[-2], values[-1]) for values in found)


def lent_by(team_id: UUID, members: Iterable[UUID]) -> dict[UUID, str]:
    """Of these members of a team, those who are lent to it, each with who lends them. One statement."""
    rows = _running().filter(team_id=team_id, member_id__in=list(members))
    names = rows.values_list("member_id", "lent_by_team__name", "lent_by_team__agency__name")
    return {member_id: f"{team}, {agency}" for member_id, team, agency in names}


def _running() -> QuerySet[MembershipRow]:
    return MembershipRow.objects.filter(until_at=None, lent_by_team__isnull=False)


def _lines(rows: QuerySet[MembershipRow], *, viewer: Viewer, at: datetime) -> tuple[LoanLine, ...]:
    may = access.may_do(viewer, "loan.end", at=at)
    leads = access.may_do(viewer, "loan.lend", at=at)
    ordered = rows.order_by(F("lent_until_at"), "member__name", "id")
    found = []
    for values in ordered.values_list(*MEMBERSHIPS.columns, *NAMES)[:SHOWN]:
        facts = MEMBERSHIPS.of(values[: -len(NAMES)])
        may_end = may and loan.may_end(
            facts, by_member=viewer.member_id, by_team=viewer.team_id, leads=leads
        )
        names = values[-len(NAMES) :]
        found.append(LoanLine(facts, *names, loan.is_over_time(facts, at=at), may_end))
    return tuple(found)
