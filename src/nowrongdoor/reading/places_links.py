"""The links of a service: who made each, until when it opens, and when something was last said by it."""

from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.services.facts import PLACES_LINKS
from nowrongdoor.data.services.models import PlacesLink as PlacesLinkRow
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules.places_link import PlacesLink


@dataclass(frozen=True)
class PlacesLinkLine:
    """One link with the names of who made it, for which team, and who took it back."""

    link: PlacesLink
    made_by: str
    team_name: str
    withdrawn_by: str


def of(service_id: UUID) -> tuple[PlacesLinkLine, ...]:
    """Every link of a service, the newest first. One statement."""
    names = ("made_by__name", "team__name", "withdrawn_by__name")
    rows = PlacesLinkRow.objects.filter(service_id=service_id).order_by("-made_at", "pk")
    found = []
    for values in rows.values_list(*under(PLACES_LINKS), *names):
        cells = Cells(values)
        found.append(PlacesLinkLine(cells.facts(PLACES_LINKS), *(cells.take() or "" for _ in names)))
    return tuple(found)
