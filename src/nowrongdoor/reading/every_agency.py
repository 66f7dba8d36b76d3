"""Every agency of the place by its name."""

from uuid import UUID

from nowrongdoor.data.agencies.models import Agency as AgencyRow


def names() -> list[tuple[UUID, str]]:
    """For choosing one of them."""
    return list(AgencyRow.objects.order_by("name").values_list("pk", "name"))
