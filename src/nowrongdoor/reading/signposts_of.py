"""Of which services somebody was told in a contact, and whether they want to be asked how it went."""

from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.contacts.facts import SIGNPOSTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.contacts.models import Signpost as SignpostRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.reading import messages_of
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import message
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.message import Message
from nowrongdoor.rules.signpost import Signpost
from nowrongdoor.rules.words import ContactState


@dataclass(frozen=True)
class SignpostLine:
    """What they were told, by whom, and the leaflet of it that was sent, if any."""

    signpost: Signpost
    by_name: str
    leaflet: Message | None


def in_contact(contact_id: UUID, *, seen: Vantage) -> tuple[SignpostLine, ...]:
    """The latest first, without what this viewer may not see. Two statements; one where there are none."""
    rows = SignpostRow.objects.filter(contact_id=contact_id).order_by("-told_at", "id")
    sight = seen.of_item(contact_id=contact_id)
    asked = rows.values_list(*SIGNPOSTS.columns, "told_by__name")
    found = [(SIGNPOSTS.of(one[:-1]), one[-1]) for one in asked]
    shows = bool(found) and sight.shows(Element.STORY)
    sent = {one.id: one for one in messages_of.contact(contact_id)} if shows else {}
    return tuple(
        SignpostLine(cleared(SIGNPOSTS, one, sight), name, sent.get(message.key_of_leaflet(one.id)))
        for one, name in found
    )


def asked_about(promise_id: UUID) -> Service | None:
    """The service that this promise asks after, as its entry is now; none where it asks after none."""
    rows = SignpostRow.objects.filter(promise_id=promise_id)
    values = rows.values_list(*under(SERVICES, "service")).first()
    return SERVICES.of(values) if values else None


def last_closed(team_id: UUID, *, most: int) -> tuple[UUID, ...]:
    """The contacts a team took and that are over, the latest first."""
    closed = ContactRow.objects.filter(team_id=team_id, state=ContactState.CLOSED)
    return tuple(closed.order_by("-received_at", "id").values_list("id", flat=True)[:most])
