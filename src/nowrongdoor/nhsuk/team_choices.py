"""The teams that can be asked, as a form offers them: by agency."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from nowrongdoor.reading.open_teams import OpenTeam

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


def _named(one: OpenTeam) -> str:
    return one.team.name if one.signs_in else f"{one.team.name} (does not sign in)"
