"""Which records a member has opened."""

from uuid import UUID

from nowrongdoor.data.sharing.facts import OPENINGS
from nowrongdoor.data.sharing.models import Opening as OpeningRow
from nowrongdoor.rules.opening import Opening, OpeningKind


def member(member_id: UUID) -> list[Opening]:
    """Where this member broke the glass, by time."""
    rows = OpeningRow.objects.filter(member_id=member_id, kind=OpeningKind.BREAK_GLASS)
    return [OPENINGS.of(values) for values in rows.order_by("opened_at").values_list(*OPENINGS.columns)]
