"""Of which services somebody was told in a contact, and whether they want to be asked how it went."""

from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.contacts.facts import SIGNPOSTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.contacts.models import Signpost as SignpostRow
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.signpost import Signpost
from nowrongdoor.rules.words import ContactState


@dataclass(frozen=True)
class SignpostLine:
    signpost: Signpost
    by_name: str


def in_contact(contact_id: UUID, *, seen: Vantage) -> tuple[SignpostLine, ...]:
    """The latest first, without what this viewer may not see. One statement."""
    rows = SignpostRow.objects.filter(contact_id=contact_id).order_by("-told_at", "id")
    sight = seen.of_item(contact_id=contact_id)
    return tuple(
        SignpostLine(cleared(SIGNPOSTS, SIGNPOSTS.of(one[:-1]), sight), one[-1])
        for one in rows.values_list(*SIGNPOSTS.columns, "told_by__name")
    )


def last_closed(team_id: UUID, *, most: int) -> tuple[UUID, ...]:
    """The contacts a team took and that are over, the latest first."""
    closed = ContactRow.objects.filter(team_id=team_id, state=ContactState.CLOSED)
    return tuple(closed.order_by("-received_at", "id").values_list("id", flat=True)[:most])
