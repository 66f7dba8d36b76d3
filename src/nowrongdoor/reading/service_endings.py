"""What came of it in a period, service by service: counts alone, and about nobody."""

from datetime import datetime
from typing import Any

from django.db import connection

from nowrongdoor.rules import service_endings, service_kinds
from nowrongdoor.rules.clock import at_wall
from nowrongdoor.rules.gap_figures import Months
from nowrongdoor.rules.service_endings import Ended, Offered


def of(period: Months, *, at: datetime) -> tuple[Ended, ...]:
    """Of all services, as they may be read. Two statements, however much ended."""
    counted = _rows(COUNTED, {"since": at_wall(period.since, 0), "until": at_wall(period.until, 0)})
    teams = [team for team, *_ in counted if team is not None]
    services = [service for _, service, *_ in counted if service is not None]
    offered = [
        Offered(key, name, by or "", agency, team, service_kinds.kinds([name, summary], at=at))
        for key, name, summary, by, agency, team in _rows(OFFERED, {"teams": teams, "services": services})
    ]
    return service_endings.told(counted, offered, at=at)


def _rows(statement: str, asked: dict[str, object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


COUNTED = "SELECT team_id, service_id, outcome, counted FROM endings_by_service(%(since)s, %(until)s)"
# Whose it is: the agency of the team that takes part here, where there is one.
OFFERED = """
    SELECT v.id, v.name, v.summary, a.name, a.id, v.team_id
      FROM services_service v
      LEFT JOIN agencies_team t ON t.id = v.team_id
      LEFT JOIN agencies_agency a ON a.id = CASE WHEN t.id IS NULL THEN v.agency_id ELSE t.agency_id END
     WHERE v.team_id = ANY(%(teams)s::uuid[]) OR v.id = ANY(%(services)s::uuid[])
"""
