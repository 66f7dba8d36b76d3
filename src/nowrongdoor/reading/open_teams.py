"""The teams that can be asked, by agency, with what the directory says of them."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.rules import answer_link, law
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.directory import Service


@dataclass(frozen=True)
class OpenTeam:
    """A team that is open, its agency, and the services it offers."""

    team: Team
    agency_name: str
    agency_kind: str
    services: tuple[Service, ...] = ()
    signs_in: bool = True
    """Somebody of it works here with an account; told by `with_services` alone."""


def names(*, but_not: UUID | None = None) -> tuple[OpenTeam, ...]:
    """
    Every open team by agency and name, but for the one that asks, and for those whose members may all
    take nobody on: information governance, for one. One statement.
    """
    rows = _open().values_list(*under(TEAMS), "agency__name", "agency__kind")
    teams = []
    for values in rows:
        cells = Cells(values)
        teams.append(OpenTeam(cells.facts(TEAMS), cells.take(), cells.take()))
    return tuple(one for one in teams if one.team.id != but_not)


def who_may(act: str, *, but_not: UUID) -> tuple[OpenTeam, ...]:
    """Every other open team of which somebody may do this, by agency and name. One statement."""
    works = MembershipRow.objects.filter(team_id=OuterRef("pk"), until_at=None, role__in=_roles_that(act))
    rows = TeamRow.objects.filter(Exists(works), closed_at=None).exclude(pk=but_not)
    found = rows.order_by("agency__name", "name").values_list(*under(TEAMS), "agency__name", "agency__kind")
    return tuple(OpenTeam(TEAMS.of(values[:-2]), values[-2], values[-1]) for values in found)


def with_services(*, but_not: UUID | None = None) -> tuple[OpenTeam, ...]:
    """The same with their services, by name. One statement."""
    services = ServiceRow.objects.filter(team_id=OuterRef("pk")).order_by("name")
    offers = services.values(it=JSONObject(**{name: name for name in SERVICES.columns}))
    works = MembershipRow.objects.filter(team_id=OuterRef("pk"), until_at=None)
    signs_in = Exists(works.exclude(role=answer_link.ROLE))
    rows = _open().annotate(offers=ArraySubquery(offers), signs_in=signs_in)
    teams = []
    for values in rows.values_list(*under(TEAMS), "agency__name", "agency__kind", "offers", "signs_in"):
        cells = Cells(values)
        team, agency, kind = cells.facts(TEAMS), cells.take(), cells.take()
        offered = tuple(of_json(SERVICES, one) for one in cells.take())
        teams.append(OpenTeam(team, agency, kind, offered, signs_in=cells.take()))
    return tuple(one for one in teams if one.team.id != but_not)


def _open() -> QuerySet[TeamRow]:
    works = MembershipRow.objects.filter(team_id=OuterRef("pk"), until_at=None)
    able = Exists(works.filter(role__in=_roles_that("handover.accept")))
    return TeamRow.objects.filter(able | ~Exists(works), closed_at=None).order_by("agency__name", "name")


@cache
def _roles_that(act: str) -> frozenset[str]:
    """The roles that may do this, such as accept someone, by any version of the roles there is."""
    return frozenset(row["role"] for row in law.rows("roles") if row["act"] == act)
