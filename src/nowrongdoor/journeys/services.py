"""How the directory is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.services.facts import CAPACITIES, SERVICES
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, directory, suggestion
from nowrongdoor.rules.change import Refused, began
from nowrongdoor.rules.directory import Service


@dataclass(frozen=True)
class TakenIn:
    """What came of a page of a feed: how many were new or changed, and which are kept by another."""

    entered: int
    changed: int
    same: int
    refused: tuple[tuple[UUID, str], ...]


@transaction
def enter(*, services: Sequence[Service], by: Viewer, at: datetime) -> None:
    """Enter services in the directory."""
    access.need(by, "service.enter", at=at)
    store.save([began("service.entered", one) for one in services], by=by, at=at)


@transaction
def take_in(*, services: Sequence[Service], by: Viewer, at: datetime) -> TakenIn:
    """
    Take in entries of a feed as they are there now. Nobody's act of the place: whoever runs the product asks
    for it at its shell, and a feed twice taken in changes nothing.
    """
    for one in services:
        directory.need_feed(one.feed)
    found = sorted({one.id: one for one in services}.values(), key=lambda one: one.id)
    before = {one.id: one for one in store.lock_where(SERVICES, id__in=[one.id for one in found])}
    steps, refused = [], []
    for one in found:
        try:
            steps.append(directory.take_in(before.get(one.id), one))
        except Refused as refusal:
            refused.append((one.id, refusal.words))
    made = [step for step in steps if step is not None]
    store.save(made, by=by, at=at)
    entered = sum(step.before is None for step in made)
    return TakenIn(entered, len(made) - entered, len(steps) - len(made), tuple(refused))


@transaction
def miss(*, feed: str, had: frozenset[UUID], by: Viewer, at: datetime) -> int:
    """Mark what a feed no longer has, after all of it was read. Nothing is taken away."""
    directory.need_feed(feed)
    gone = [one for one in store.lock_where(SERVICES, feed=feed, missing_since=None) if one.id not in had]
    steps = [step for one in gone if (step := directory.miss(one, at=at)) is not None]
    store.save(steps, by=by, at=at)
    return len(steps)


@transaction
def confirm(*, service_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """The keeper has looked at an entry: it is still right."""
    access.need(by, "service.keep", at=at)
    service = store.lock(SERVICES, service_id, seen=seen)
    suggestion.need_keeper(service, agency_id=by.agency_id)
    store.save([suggestion.confirm(service, at=at)], by=by, at=at)


@transaction
def say_places(
    *,
    service_id: UUID,
    state: str,
    places: int | None,
    said_by: str,
    counts_for: timedelta | None,
    opens_again_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Say how many places a service has, or that it is full, and for how long that counts."""
    access.need(by, "service.say_places", at=at)
    store.steady(SERVICES, service_id)
    before = store.lock_where(CAPACITIES, service_id=service_id)
    step = directory.say_places(
        before[0] if before else None,
        service_id=service_id,
        state=state,
        places=places,
        said_by=said_by,
        counts_for=counts_for,
        opens_again_at=opens_again_at,
        at=at,
    )
    store.save([step], by=by, at=at)
