"""How the directory is kept true: suggested, approved, turned down."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.services.facts import SERVICES, SUGGESTIONS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, suggestion
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.suggestion import Suggestion


@transaction
def suggest(
    *, suggestion_id: UUID, service_id: UUID, part: str, says: str, why: str, by: Viewer, at: datetime
) -> None:
    """Suggest what an entry of the directory should say. It changes nothing until its keeper agrees."""
    access.need(by, "suggestion.suggest", at=at)
    service = store.steady(SERVICES, service_id)
    step = suggestion.suggest(
        service, suggestion_id=suggestion_id, part=part, says=says, why=why, by=by.member_id, at=at
    )
    store.save([step], by=by, at=at)


@transaction
def approve(*, suggestion_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """The keeper agrees: the entry says it from now on."""
    service, found = _kept(suggestion_id, by=by, at=at, seen=seen)
    store.save(suggestion.approve(found, service=service, by=by.member_id, at=at), by=by, at=at)


@transaction
def turn_down(*, suggestion_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """The keeper says no, and why."""
    _, found = _kept(suggestion_id, by=by, at=at, seen=seen)
    store.save([suggestion.turn_down(found, words=words, by=by.member_id, at=at)], by=by, at=at)


@transaction_required
def _kept(suggestion_id: UUID, *, by: Viewer, at: datetime, seen: int) -> tuple[Service, Suggestion]:
    """Holds the entry first and then what is suggested of it."""
    service = store.lock(SERVICES, store.peek(SUGGESTIONS, suggestion_id).service_id)
    found = store.lock(SUGGESTIONS, suggestion_id, seen=seen)
    access.need(by, "service.keep", at=at)
    suggestion.need_keeper(service, agency_id=by.agency_id)
    return service, found
