"""How somebody is told of a service they ask themselves, and is asked afterwards how it went."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.journeys import messages, records, standing
from nowrongdoor.kernel import outbox, store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, leaflet, message, signpost
from nowrongdoor.rules.clock import local_date


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
    sends_leaflet: bool = False,
    help_lines: Sequence[str] = (),
    by: Viewer,
    at: datetime,
) -> None:
    """
    Record that whoever called was told of a service, and whether they want to be asked afterwards.

    Who does is owed a call back by this team. It is no referral: nobody else is asked for anything. With a
    leaflet, its text is sent to the person's own number, with whom to ring now in `help_lines`.
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
    if sends_leaflet:
        person = store.peek(PEOPLE, contact.person_id) if contact.person_id else None
        on = local_date(at)
        leaf = leaflet.of(service, offered_by=service.name, on=on)
        told = message.leaflet(
            contact,
            key=message.key_of_leaflet(signpost_id),
            person=person,
            safe=messages.safe_to_text(person),
            words=leaflet.in_text([leaf], help_lines=help_lines, on=on),
            team_id=team.id,
            by=by.member_id,
            at=at,
        )
        outbox.promise(told, by=by, at=at)
