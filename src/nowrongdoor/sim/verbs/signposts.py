"""How somebody is told of a service they ask themselves, and is asked afterwards how it went."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, signpost
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Signposts(Verbs):
    def tell(
        self,
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
        """Record that whoever called was told of a service, and whether they want to be asked afterwards."""
        access.need(by, "signpost.tell", at=at)
        standing.need_contact(self.rows, contact_id, by=by, at=at)
        service = self.rows.one(Service, service_id)
        team = self.own_team(by)
        steps = signpost.tell(
            self.rows.one(Contact, contact_id),
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
        self.rows.apply(steps, by=by, at=at)
