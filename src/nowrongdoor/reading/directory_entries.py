"""Entries of the directory as they stand, by their ids."""

from collections.abc import Sequence
from uuid import UUID

from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.rules.directory import Service


def of(ids: Sequence[UUID]) -> dict[UUID, Service]:
    """Those there are. One statement."""
    rows = ServiceRow.objects.filter(id__in=list(ids)).values_list(*SERVICES.columns)
    return {service.id: service for service in map(SERVICES.of, rows)}
