"""What a person lets carers read: who, what, since when and until when. One statement."""

from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.sharing.facts import PERMISSIONS
from nowrongdoor.data.sharing.models import Permission as PermissionRow
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.permission import Permission


@dataclass(frozen=True)
class PermissionLine:
    """A permission, who wrote it down and for which team, and who took it back."""

    permission: Permission
    given_by: str
    team_name: str
    withdrawn_by: str


def of(person_id: UUID) -> tuple[PermissionLine, ...]:
    """All there were, the latest first."""
    rows = PermissionRow.objects.filter(person_id=person_id).order_by("-given_at", "pk")
    found = []
    for values in rows.values_list(*under(PERMISSIONS), *NAMES):
        cells = Cells(values)
        found.append(PermissionLine(cells.facts(PERMISSIONS), *(cells.take() or "" for _ in NAMES)))
    return tuple(found)


def one(permission_id: UUID, *, person_id: UUID) -> PermissionLine:
    """One permission of this person. Raises `Missing` for another's."""
    line = next((line for line in of(person_id) if line.permission.id == permission_id), None)
    if line is None:
        raise Missing(PERMISSIONS.name)
    return line


def is_known(permission_id: UUID) -> bool:
    """There is such a permission, taken back or not."""
    return PermissionRow.objects.filter(pk=permission_id).exists()


NAMES = ("given_by__name", "team__name", "withdrawn_by__name")
