"""Of which kinds the services of a team are, for how what it did with somebody may end."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.rules import service_kinds


def of_team(team_id: UUID, *, at: datetime) -> frozenset[str]:
    """One statement. An entry that its feed no longer has is what it was."""
    rows = ServiceRow.objects.filter(team_id=team_id).values_list("name", "summary")
    return service_kinds.kinds((text for row in rows for text in row), at=at)
