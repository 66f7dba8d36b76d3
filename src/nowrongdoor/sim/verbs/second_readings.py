"""What may keep help from somebody is read by a second person, who says what becomes of it."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, withholding
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class SecondReadings(Verbs):
    def answer(
        self, *, promise_id: UUID, how: str, words: str, reason: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Agree that it stands, write it otherwise, or set it aside, with why; never whoever wrote it."""
        access.need(by, "second_reading.answer", at=at)
        asked = self.rows.one(Promise, promise_id)
        person_id = asked.person_id
        if person_id is None:
            raise Missing(Promise.__name__)
        standing.need_person(self.rows, person_id, by=by, at=at)
        if asked.referral_id is not None:
            standing.need_referral(self.rows, asked.referral_id, by=by, at=at)
        if asked.contact_id is not None:
            standing.need_contact(self.rows, asked.contact_id, by=by, at=at)
        waiting = self.rows.seen(Promise, promise_id, seen)
        steps = withholding.answer(
            waiting,
            self.rows.one(Person, person_id),
            how=how,
            words=words,
            reason=reason,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)
