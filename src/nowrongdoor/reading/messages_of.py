"""What left, or is to leave, the place: about one visit, to one person, or to one service. One statement each."""

from collections.abc import Iterable
from uuid import UUID

from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.rules.message import Message

MOST = 20


def visit(visit_id: UUID) -> tuple[Message, ...]:
    """The messages that tell of a visit, the latest first."""
    return _found(visit_id=visit_id)


def person(person_id: UUID, *, but_not: Iterable[UUID]) -> tuple[Message, ...]:
    """What was sent to somebody, as they may read it: nothing about a referral that is withheld from them."""
    return tuple(one for one in _found(person_id=person_id) if one.referral_id not in set(but_not))


def service(service_id: UUID) -> tuple[Message, ...]:
    """What the viewer's own agency sent to a service."""
    return _found(service_id=service_id)


def _found(**equal: UUID) -> tuple[Message, ...]:
    rows = MESSAGES.model.objects.filter(**equal).order_by("-promised_at", "id")
    return tuple(MESSAGES.of(values) for values in rows.values_list(*MESSAGES.columns)[:MOST])
