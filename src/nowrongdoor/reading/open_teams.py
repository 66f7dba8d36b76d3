"""The teams that can be asked, by agency, with what the directory says of them."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules import law
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.directory import Service


@dataclass(frozen=True)
class OpenTeam:
    """A team that is open, its agency, and the services it offers."""

    team: Team
    agency_name: str
    agency_kind: str
    services: tuple[Service, ...] = ()


def names(*, but_not: UUID | None = None) -> tuple[OpenTeam, ...]:
    """
    Every open team by agency and name, but for the one that asks, and for those whose members may all
    take nobody on: information governance, for one. One statement.
    """
    works = MembershipRow.objects.filter(team_id=OuterRef("pk"), until_at=None)
    able = Exists(works.filter(role__in=_who_take_people_on()))
    rows = (
        TeamRow.objects.filter(able | ~Exists(works), closed_at=None)
        .order_by("agency__name", "name")
        .values_list(*under(TEAMS), "agency__name", "agency__kind")
    )
    teams = []
    for values in rows:
        cells = Cells(values)
        teams.append(OpenTeam(cells.facts(TEAMS), cells.take(), cells.take()))
    return tuple(one for one in teams if one.team.id != but_not)


@cache
def _who_take_people_on() -> frozenset[str]:
    """The roles that may accept someone, by any version of the roles there is."""
    return frozenset(row["role"] for row in law.rows("roles") if row["act"] == "handover.accept")


def with_services(*, but_not: UUID | None = None) -> tuple[OpenTeam, ...]:
    """The same with their services. Two statements."""
    services: dict[UUID, list[Service]] = {}
    for values in ServiceRow.objects.exclude(team=None).order_by("name").values_list(*SERVICES.columns):
        service = SERVICES.of(values)
        services.setdefault(service.team_id, []).append(service)
    return tuple(
        OpenTeam(one.team, one.agency_name, one.agency_kind, tuple(services.get(one.team.id, ())))
        for one in names(but_not=but_not)
    )
