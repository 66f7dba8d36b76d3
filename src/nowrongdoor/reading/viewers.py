"""Who is at work: the viewer that a signed-in member is, and the people a demonstration lets you be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.agencies.models import Membership, Team
from nowrongdoor.data.visits.models import Going
from nowrongdoor.kernel import wall
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.live.asking import Rows, Statement
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import navigation
from nowrongdoor.reading.navigation import Counts
from nowrongdoor.rules import answer_link, law
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date


@dataclass(frozen=True)
class Persona:
    """
    A member in one of their teams; `busy` is how many visits are still theirs to go on, how many offers wait
    there for an answer, and how many it holds, the last two counted up to enough; all of them only where one
    among everyone is to be found.
    """

    membership_id: UUID
    name: str
    job_title: str
    role: str
    role_label: str
    team_name: str
    agency_name: str
    busy: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class TeamOf:
    """A team by its name, and the membership by which a member works there; none when they do not."""

    name: str
    membership_id: UUID | None


@dataclass(frozen=True)
class WorksFor:
    """Whose membership it is, and of which team."""

    member_id: UUID
    team_id: UUID


def work_for(membership_ids: Iterable[UUID]) -> dict[UUID, WorksFor]:
    """Of these memberships those that still run, and that somebody signs in for. About nobody in care."""
    found = Membership.objects.filter(pk__in=set(membership_ids), until_at=None)
    rows = found.exclude(role=answer_link.ROLE).values_list("pk", "member_id", "team_id")
    return {key: WorksFor(*works_for) for key, *works_for in rows}


def at_work(*, membership_id: UUID) -> Viewer | None:
    """The viewer of a membership that still runs, or none: a member who has left is nobody here."""
    found = at_work_and_waiting(membership_id=membership_id)
    return found[0] if found else None


def at_work_and_waiting(*, membership_id: UUID) -> tuple[Viewer, Counts] | None:
    """
    The same, with what waits behind the places of their menu: asked at once, for every page asks both.
    Behind the second wall, what is read from then on in the same transaction is read for their agency.
    """
    with wall.reading(), connection.cursor() as cursor:
        cursor.execute(WHOSE, {"membership": membership_id, "enough": navigation.ENOUGH})
        cursor.nextset()
        values = cursor.fetchone()
    return (_viewer(values), Counts(*values[8:])) if values else None


def asks_who_is_at_work(
    membership_ids: Iterable[UUID], *, agency_id: UUID
) -> tuple[Statement, dict[str, Any]]:
    """What to ask inside `wall.reading` for one agency, so that `all_at_work` can be told from the answer."""
    asked = {"memberships": list(membership_ids), "agency": agency_id, "enough": navigation.ENOUGH}
    return ALL_AT_WORK, {**asked, "nobody": sharing.NOBODY}


def all_at_work(found: Rows) -> tuple[dict[UUID, tuple[Viewer, Counts]], frozenset[UUID]]:
    """
    The viewers of those of the memberships that still run, each with what waits for their team: for screens
    that are made together. And for whom something is there that is theirs alone: opened by saying why or by
    breaking the glass, a seal against them by name, or that another agency lent them, before whom more seals
    stand than before their colleagues.
    """
    at_work = {key: (_viewer(one), Counts(*one[10:])) for key, *one in found}
    return at_work, frozenset(one[1] for one in found if one[9])


def _viewer(values: Sequence[Any]) -> Viewer:
    return Viewer(*values[:7], lent_by_agency_id=values[7])


def team_of(team_id: UUID | None, *, member_id: UUID) -> TeamOf:
    """A team, and how this member works for it now. Raises `Missing` when there is no such team."""
    name = Team.objects.filter(pk=team_id).values_list("name", flat=True).first()
    if name is None:
        raise Missing(TEAMS.name)
    rows = Membership.objects.filter(
        member_id=member_id, team_id=team_id, until_at=None, team__closed_at=None
    )
    return TeamOf(name, rows.values_list("pk", flat=True).first())


def personas(*, at: datetime, member_id: UUID | None = None) -> list[Persona]:
    """Everyone at work in a team that is open, or one member there, by role, agency, team and name."""
    labels = {code.code: code for code in law.codes("roles", on=local_date(at))}
    rows = Membership.objects.filter(until_at=None, team__closed_at=None).exclude(role=answer_link.ROLE)
    if member_id is not None:
        rows = rows.filter(member_id=member_id)
    values = list(rows.values_list(
        "pk", "member__name", "member__job_title", "role", "team__name", "team__agency__name",
        "team_id", "member_id",
    ))  # fmt: skip
    busy: dict[UUID, tuple[int, int]] = {}
    goes: dict[UUID, int] = {}
    if member_id is None:
        busy = navigation.busy_teams(team_id for *_, team_id, _ in values)
        goes = Counter(Going.objects.filter(until_at__gt=at).values_list("member_id", flat=True))
    found = [
        Persona(
            key, name, title, role, labels[role].label if role in labels else role, team, agency,
            (goes.get(who, 0), *busy.get(team_id, (0, 0))),
        )
        for key, name, title, role, team, agency, team_id, who in values
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda one: (
            labels[one.role].order if one.role in labels else 99,
            one.role,
            one.agency_name,
            one.team_name,
            one.name,
        ),
    )


# The agency comes first and in a statement of its own, since even to plan the next one it must be known.
# Nobody's agency has a part in nobody's care: whoever is not at work any more is shown nothing.
AS_AGENCY_OF_MEMBERSHIP = sql.SQL("""
    SELECT set_config('app.agency', coalesce((
        SELECT team.agency_id FROM agencies_membership m JOIN agencies_team team ON team.id = m.team_id
        WHERE m.id = %(membership)s AND m.until_at IS NULL), {nobodys})::text, true)
""").format(nobodys=sql.Literal(UUID(wall.NOBODYS)))
# Whoever answers by a link is a member so that somebody is named; no session is ever theirs.
NOBODY_SIGNS_IN = sql.Literal(answer_link.ROLE)
AT_WORK = sql.SQL("""
    SELECT m.member_id, member.name, m.role, m.team_id, team.name, team.agency_id, agency.name,
           lender.agency_id, {waiting}
    FROM agencies_membership m
    JOIN agencies_member member ON member.id = m.member_id
    JOIN agencies_team team ON team.id = m.team_id
    JOIN agencies_agency agency ON agency.id = team.agency_id
    LEFT JOIN agencies_team lender ON lender.id = m.lent_by_team_id AND lender.agency_id <> team.agency_id
    WHERE m.id = %(membership)s AND m.until_at IS NULL AND m.role <> {link_holder}
""").format(
    link_holder=NOBODY_SIGNS_IN,
    waiting=sql.SQL(navigation.WAITING).format(team=sql.Identifier("m", "team_id")),
)
WHOSE = sql.SQL(";").join([AS_AGENCY_OF_MEMBERSHIP, AT_WORK])

# The same for many of one agency: what waits is counted once for each of their teams.
ALL_AT_WORK = sql.SQL("""
    WITH found AS MATERIALIZED (
      SELECT m.id, m.member_id, member.name AS member, m.role, m.team_id, team.name AS team, team.agency_id,
             agency.name AS agency, lender.agency_id AS lent_by
      FROM agencies_membership m
      JOIN agencies_member member ON member.id = m.member_id
      JOIN agencies_team team ON team.id = m.team_id
      JOIN agencies_agency agency ON agency.id = team.agency_id
      LEFT JOIN agencies_team lender
        ON lender.id = m.lent_by_team_id AND lender.agency_id <> team.agency_id
      WHERE m.id = ANY(%(memberships)s) AND m.until_at IS NULL AND team.agency_id = %(agency)s
        AND m.role <> {link_holder}
    ), by_name AS MATERIALIZED (
      -- A seal against their agency is against all of its members, and so is told of nobody by name.
      SELECT s.id FROM sharing_seal s
      WHERE s.lifted_at IS NULL AND NOT seal_is_against(s.id, %(agency)s, %(nobody)s)
    ), waits AS MATERIALIZED (
      SELECT t.team_id, {waiting} FROM (SELECT DISTINCT team_id FROM found) t
    )
    SELECT f.id, f.member_id, f.member, f.role, f.team_id, f.team, f.agency_id, f.agency,
           f.lent_by,
           f.lent_by IS NOT NULL OR EXISTS (
             SELECT FROM sharing_opening x WHERE x.member_id = f.member_id) OR EXISTS (
             SELECT FROM by_name s WHERE seal_is_against(s.id, %(agency)s, f.member_id)),
           w.*
    FROM found f JOIN waits w ON w.team_id = f.team_id
""").format(
    link_holder=NOBODY_SIGNS_IN,
    waiting=sql.SQL(navigation.WAITING).format(team=sql.Identifier("t", "team_id")),
)
