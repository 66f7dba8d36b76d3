"""The teams that can be asked, as a form offers them: by agency; and services of those with several."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.rules import asked_service

Grouped = list[tuple[str, str | list[tuple[str, str]]]]


def grouped(
    teams: Iterable[OpenTeam], *, empty: str = "Choose a team", but_not: tuple[UUID, ...] = ()
) -> Grouped:
    """Choices for a select, each agency a group; `empty` words the choice of none."""
    offered = sorted((one for one in teams if one.team.id not in but_not), key=lambda one: one.agency_name)
    by_agency = groupby(offered, key=lambda one: one.agency_name)
    return [
        ("", empty),
        *((name, [(str(one.team.id), _named(one)) for one in its]) for name, its in by_agency),
    ]


def services(teams: Iterable[OpenTeam], *, but_not: tuple[UUID, ...] = ()) -> Grouped:
    """For which service: those of each team that keeps several, each team a group. Not said is an answer."""
    kept = [
        (one.team.name, [(str(each.id), each.name) for each in asked_service.to_name(one.services)])
        for one in teams
        if one.team.id not in but_not
    ]
    return [("", "Not said"), *((name, its) for name, its in kept if len(its) > 1)]


def service_meant(teams: Iterable[OpenTeam], *, team_id: UUID | None, chosen: str) -> UUID | None:
    """The service that was chosen, or the only one that the team keeps."""
    if chosen:
        return UUID(chosen)
    asked = next((one for one in teams if one.team.id == team_id), None)
    return asked_service.only_one(asked.services) if asked else None


def _named(one: OpenTeam) -> str:
    return one.team.name if one.signs_in else f"{one.team.name} (does not sign in)"
