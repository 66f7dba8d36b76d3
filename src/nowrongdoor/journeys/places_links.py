"""Links by which a service says how many places it has: made, taken back, and said by."""

from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.services.facts import CAPACITIES, PLACES_LINKS, SERVICES
from nowrongdoor.kernel import outbox, store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, directory, link_messages, places_link


@transaction
def make(
    *,
    link_id: UUID,
    service_id: UUID,
    digest: str,
    channel: str = "",
    address: str = "",
    by: Viewer,
    at: datetime,
) -> None:
    """
    Make a link for a service. Its secret is not kept. With a channel it is sent to them, as their entry says
    that they are reached: then `address` is where it leads, with the secret left out.
    """
    access.need(by, "places_link.make", at=at)
    service = store.steady(SERVICES, service_id)
    given = {"link_id": link_id, "digest": digest, "team_id": by.team_id}
    made = places_link.make(service, **given, by=by.member_id, at=at)
    store.save([made], by=by, at=at)
    if channel:
        to = {"channel": channel, "address": address, "team_name": by.team_name}
        outbox.promise(link_messages.places_link(made.change.after, service, **to, at=at), by=by, at=at)


@transaction
def say(
    *,
    link_id: UUID,
    state: str,
    places: int | None,
    counts_for: timedelta | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Whoever has the link of a service says how many places it has now. Whoever speaks last is believed."""
    access.need(by, "places_link.say", at=at)
    service = store.steady(SERVICES, store.peek(PLACES_LINKS, link_id).service_id)
    before = store.lock_where(CAPACITIES, service_id=service.id)
    link = store.lock(PLACES_LINKS, link_id)
    said = directory.say_places(
        before[0] if before else None,
        service_id=service.id,
        state=state,
        places=places,
        said_by=places_link.author(service.name),
        counts_for=counts_for,
        opens_again_at=None,
        at=at,
    )
    store.save([places_link.say(link, at=at), said], by=by, at=at)


@transaction
def withdraw(*, link_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Take a link back: nothing is said by it any more."""
    access.need(by, "places_link.withdraw", at=at)
    link = store.lock(PLACES_LINKS, link_id, seen=seen)
    store.save([places_link.withdraw(link, by=by.member_id, at=at)], by=by, at=at)
