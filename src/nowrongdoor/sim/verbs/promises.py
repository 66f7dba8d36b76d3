"""What is owed: a promise is made, kept, let go with a reason, or escalated when it is late."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agency, promise, signpost, triage, visit_owing
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Missing, Step, Steps
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.signpost import Signpost
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Promises(Verbs):
    def make(
        self,
        *,
        promise_id: UUID,
        kind: str,
        words: str,
        due_at: datetime | None,
        contact_id: UUID | None,
        referral_id: UUID | None,
        person_id: UUID | None,
        asked_of: str = "",
        by: Viewer,
        at: datetime,
    ) -> None:
        """This member, for their team, promises something by a time; without one, by the standard."""
        access.need(by, "promise.make", at=at)
        team = self.own_team(by)
        whose: set[UUID | None] = set()
        if contact_id is not None:
            whose.add(self.rows.one(Contact, contact_id).person_id)
            standing.need_contact(self.rows, contact_id, by=by, at=at)
        if referral_id is not None:
            whose.add(self.rows.one(Referral, referral_id).person_id)
            standing.need_referral(self.rows, referral_id, by=by, at=at)
        if person_id is not None and person_id not in whose:
            standing.need_person(self.rows, person_id, by=by, at=at)
        made = promise.make(
            promise_id=promise_id,
            kind=kind,
            team_id=team.id,
            member_id=by.member_id,
            words=words,
            due_at=due_at,
            at=at,
            asked_of=asked_of,
            contact_id=contact_id,
            referral_id=referral_id,
            person_id=person_id,
        )
        self.rows.apply((made,), by=by, at=at)

    def keep(
        self,
        *,
        promise_id: UUID,
        words: str,
        done_at: datetime | None = None,
        came_of: str = "",
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """
        Say what came of it, and when it was done, where that was not just now. A referral that waited for
        this answer goes back to where it was. Whoever was told of a service, and is asked how it went, said
        `came_of`: one of the endings of that service.
        """
        owed = self._owed(promise_id, by=by, at=at, seen=seen)
        kept = promise.keep(owed, words=words, done_at=done_at, by=by.member_id, at=at)
        self._end(kept, *self._came_of(promise_id, came_of, at=at), by=by, at=at)

    def let_go(self, *, promise_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Decide, with a reason, that this is no longer owed. Time alone never does."""
        owed = self._owed(promise_id, by=by, at=at, seen=seen)
        self._end(promise.let_go(owed, words=words, by=by.member_id, at=at), by=by, at=at)

    def escalate(
        self,
        *,
        promise_id: UUID,
        escalation_id: UUID,
        to_team_id: UUID,
        words: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Raise a late promise to a team that can act; it stays owed, with a new due time."""
        access.need(by, "promise.escalate", at=at)
        agency.need_open(self.rows.one(Team, to_team_id))
        late = self.rows.seen(Promise, promise_id, seen)
        steps = promise.escalate(
            late,
            escalation_id=escalation_id,
            to_team_id=to_team_id,
            words=words,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def _owed(self, promise_id: UUID, *, by: Viewer, at: datetime, seen: int) -> Promise:
        owed = self.rows.seen(Promise, promise_id, seen)
        access.need(by, "promise.keep", at=at, team_id=owed.owner_team_id, team="the team that owes this")
        waiting = self.rows.indexes.visits_about.of(owed.referral_id)
        visit_owing.need_written_up(owed, self.rows.several(Visit, sorted(waiting)))
        return owed

    def _came_of(self, promise_id: UUID, came_of: str, *, at: datetime) -> Steps:
        """What came of the service they were told of. Not said changes nothing: unknown is not no."""
        if not came_of:
            return ()
        told = next((one for one in self.rows.every(Signpost) if one.promise_id == promise_id), None)
        if told is None:
            raise Missing("signpost")
        service = self.rows.one(Service, told.service_id)
        return (signpost.followed_up(told, service=service, came_of=came_of, at=at),)

    def _end(self, ended: Step, *more: Step, by: Viewer, at: datetime) -> None:
        steps: Steps = (ended, *more)
        owed: Promise = ended.change.after
        if owed.referral_id is not None:
            others = [one for one in self.open_promises(owed.referral_id) if one.id != owed.id]
            steps += triage.answered(self.rows.one(Referral, owed.referral_id), still_open=others)
        self.rows.apply(steps, by=by, at=at)
