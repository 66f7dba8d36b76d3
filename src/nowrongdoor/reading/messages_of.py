"""What left, or is to leave, the place: of one visit, to one person, by links. One statement each."""

from collections.abc import Iterable
from uuid import UUID

from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.rules.message import Message

MOST = 20


def visit(visit_id: UUID) -> tuple[Message, ...]:
    """The messages that tell of a visit, the latest first."""
    return _found(visit_id=visit_id)


def person(person_id: UUID, *, but_not: Iterable[UUID]) -> tuple[Message, ...]:
    """What was sent to somebody, as they may read it: nothing of what is withheld from them."""
    kept = set(but_not)
    found = _found(person_id=person_id)
    return tuple(one for one in found if one.referral_id not in kept and one.contact_id not in kept)


def contact(contact_id: UUID) -> tuple[Message, ...]:
    """What was promised in a contact."""
    return _found(contact_id=contact_id)


def links(link_ids: Iterable[UUID]) -> dict[UUID, Message]:
    """By link, the message that carries it; of those that are sent several ways, the latest."""
    found = _found(link_id__in=list(link_ids))
    return {one.link_id: one for one in reversed(found) if one.link_id is not None}


def _found(**equal: UUID | list[UUID]) -> tuple[Message, ...]:
    rows = MESSAGES.model.objects.filter(**equal).order_by("-promised_at", "id")
    return tuple(MESSAGES.of(values) for values in rows.values_list(*MESSAGES.columns)[:MOST])
