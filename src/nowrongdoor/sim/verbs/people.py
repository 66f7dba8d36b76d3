"""What is done with a person's record: it is registered after a search, and corrected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, identity, opening, person
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class People(Verbs):
    def register(
        self, *, person_id: UUID, details: Details, looked_at: Sequence[UUID], by: Viewer, at: datetime
    ) -> None:
        """Register someone, after the records that could be theirs have been looked at."""
        access.need(by, "person.register", at=at)
        candidates = [one for one in self.candidates(details) if one.id != person_id]
        registered = person.register(
            details, person_id=person_id, candidates=candidates, looked_at=looked_at, at=at
        )
        claimed = opening.by_registering(
            person_id=person_id,
            member_id=by.member_id,
            team_id=by.team_id,
            purpose=access.purpose(by, at=at),
            at=at,
        )
        self.rows.apply((registered, claimed), by=by, at=at)

    def correct(self, *, person_id: UUID, details: Details, by: Viewer, at: datetime, seen: int) -> None:
        """Change what is known of a person; what was believed before stays in the journal."""
        access.need(by, "person.correct", at=at)
        standing.need_person(self.rows, person_id, by=by, at=at)
        known = self.rows.seen(Person, person_id, seen)
        holders = self._with_number(details)
        corrected = person.correct(known, details, nhs_number_holder=holders[0] if holders else None, at=at)
        self.rows.apply((corrected,), by=by, at=at)

    def candidates(self, details: Details) -> list[Person]:
        """The records that could be theirs: same NHS number, or same name and not another birth date."""
        found = self._with_number(details)
        keys = identity.keys_of(details)
        if keys.has_name:
            named = self.rows.indexes.people_by_name.of((keys.family, keys.given))
            alike = self.rows.several(Person, sorted(named))
            found += [
                one
                for one in alike
                if identity.could_be(one, details) and one not in found and not self.is_restricted(one.id)
            ]
        return found

    def _with_number(self, details: Details) -> list[Person]:
        number = identity.keys_of(details).number
        if not number:
            return []
        return self.rows.several(Person, sorted(self.rows.indexes.people_by_number.of(number)))
