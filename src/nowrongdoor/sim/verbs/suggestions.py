"""How the directory is kept true: suggested, approved, turned down."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, suggestion
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.suggestion import Suggestion
from nowrongdoor.sim.verbs.held import Verbs


class Suggestions(Verbs):
    def suggest(
        self,
        *,
        suggestion_id: UUID,
        service_id: UUID,
        part: str,
        says: str,
        why: str,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Suggest what an entry of the directory should say."""
        access.need(by, "suggestion.suggest", at=at)
        service = self.rows.one(Service, service_id)
        step = suggestion.suggest(
            service, suggestion_id=suggestion_id, part=part, says=says, why=why, by=by.member_id, at=at
        )
        self.rows.apply([step], by=by, at=at)

    def approve(self, *, suggestion_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """The keeper agrees: the entry says it from now on."""
        service, found = self._kept(suggestion_id, by=by, at=at, seen=seen)
        self.rows.apply(suggestion.approve(found, service=service, by=by.member_id, at=at), by=by, at=at)

    def turn_down(self, *, suggestion_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """The keeper says no, and why."""
        _, found = self._kept(suggestion_id, by=by, at=at, seen=seen)
        self.rows.apply([suggestion.turn_down(found, words=words, by=by.member_id, at=at)], by=by, at=at)

    def _kept(
        self, suggestion_id: UUID, *, by: Viewer, at: datetime, seen: int
    ) -> tuple[Service, Suggestion]:
        found = self.rows.seen(Suggestion, suggestion_id, seen)
        service = self.rows.one(Service, found.service_id)
        access.need(by, "service.keep", at=at)
        suggestion.need_keeper(service, agency_id=by.agency_id)
        return service, found
