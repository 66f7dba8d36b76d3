"""What left, or is to leave, the place: about one visit, or to one service. One statement each."""

from uuid import UUID

from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.rules.message import Message

MOST = 20


def visit(visit_id: UUID) -> tuple[Message, ...]:
    """The messages that tell of a visit, the latest first."""
    return _found(visit_id=visit_id)


def _found(**equal: UUID) -> tuple[Message, ...]:
    rows = MESSAGES.model.objects.filter(**equal).order_by("-promised_at", "id")
    return tuple(MESSAGES.of(values) for values in rows.values_list(*MESSAGES.columns)[:MOST])
