"""How somebody is told of a service they ask themselves, and is asked afterwards how it went."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, signpost


@transaction
def tell(
    *,
    signpost_id: UUID,
    contact_id: UUID,
    service_id: UUID,
    words: str,
    ask_after: str,
    promise_id: UUID,
    ask_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Record that whoever called was told of a service, and whether they want to be asked afterwards.

    Who does is owed a call back by this team. It is no referral: nobody else is asked for anything.
    """
    access.need(by, "signpost.tell", at=at)
    standing.need_contact(contact_id, by=by, at=at)
    team = records.own_team(by)
    service = store.steady(SERVICES, service_id)
    contact = store.lock(CONTACTS, contact_id)
    steps = signpost.tell(
        contact,
        service=service,
        signpost_id=signpost_id,
        words=words,
        ask_after=ask_after,
        promise_id=promise_id,
        ask_at=ask_at,
        team_id=team.id,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)
