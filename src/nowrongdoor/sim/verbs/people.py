"""What is done with a person's record: it is registered after a search, and corrected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, identity, merging, opening, person, review, withholding
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.identifiers import nhs_digits
from nowrongdoor.rules.merging import Merge
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.withholding import Parted
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class People(Verbs):
    def register(
        self, *, person_id: UUID, details: Details, looked_at: Sequence[UUID], by: Viewer, at: datetime
    ) -> None:
        """Register someone, after the records that could be theirs have been looked at."""
        access.need(by, "person.register", at=at)
        parted = self._parted(details, by=by, at=at)
        alike = [one for one in self.candidates(details) if one.id != person_id]
        kept = [one for one in alike if standing.is_kept(self.rows, one.id, by=by, at=at)]
        registered = person.register(
            parted.details,
            person_id=person_id,
            candidates=[one for one in alike if one not in kept],
            looked_at=looked_at,
        waits=parted.waits,
            number_in_doubt=bool(kept),
            at=at,
        )
        claimed = opening.by_registering(
            person_id=person_id,
            member_id=by.member_id,
            team_id=by.team_id,
            purpose=access.purpose(by, at=at),
            at=at,
        )
        waits = self._wait(parted, registered, by=by, at=at)
        self.rows.apply(
            (registered, claimed, *self._look_into(registered, kept, by=by, at=at), *waits), by=by, at=at
        )

    def correct(self, *, person_id: UUID, details: Details, by: Viewer, at: datetime, seen: int) -> None:
        """Change what is known of a person; what was believed before stays in the journal."""
        access.need(by, "person.correct", at=at)
        standing.need_person(self.rows, person_id, by=by, at=at)
        stood = self.rows.one(Person, person_id).know_first
        parted = self._parted(details, stood=stood, by=by, at=at)
        known = self.rows.seen(Person, person_id, seen)
        number = identity.keys_of(details).number
        others = [one for one in self._with_number(details) if one.id != person_id]
        kept = [one for one in others if standing.is_kept(self.rows, one.id, by=by, at=at)]
        visible = [one for one in others if one not in kept]
        corrected = person.correct(
            known,
            parted.details,
            nhs_number_holder=identity.taken_by(visible, number=number, known=known),
            number_in_doubt=bool(kept),
            waits=parted.waits,
            at=at,
        )
        doubted = kept if known.nhs_number != number else []
        waits = self._wait(parted, corrected, by=by, at=at)
        self.rows.apply(
            (corrected, *self._look_into(corrected, doubted, by=by, at=at), *waits), by=by, at=at
        )

    def _parted(self, details: Details, *, stood: str = "", by: Viewer, at: datetime) -> Parted:
        """What stands and what waits; for what waits the team of whoever wrote it answers."""
        parted = withholding.part(details, stood=stood, at=at)
        if parted.waits:
            self.own_team(by)
        return parted

    def _wait(self, parted: Parted, written: Step, *, by: Viewer, at: datetime) -> Steps:
        """What may keep help from them, for a second reader."""
        if not parted.waits:
            return ()
        written_of: Person = written.change.after
        return withholding.wait(
            parted.waits,
            after=written_of.id,
            person=written_of,
            team_id=by.team_id,
            writer_id=by.member_id,
            open_promises=self.open_promises(written_of.id),
            at=at,
        )

    def supersede(self, *, person_id: UUID, number: str, by: Viewer, at: datetime, seen: int) -> None:
        """The NHS replaced this person's number; where another record has it, a steward is asked."""
        access.need(by, "person.supersede", at=at)
        standing.need_not_restricted(self.rows, person_id, by=by, at=at)
        known = self.rows.seen(Person, person_id, seen)
        having = self.rows.several(Person, sorted(self.rows.indexes.people_by_number.of(nhs_digits(number))))
        others = [one for one in having if one.id != person_id]
        kept = [one for one in others if standing.is_kept(self.rows, one.id, by=by, at=at)]
        superseded = person.supersede(known, number=number, number_in_doubt=bool(kept))
        visible = [one for one in others if one not in kept]
        if visible:
            found = merging.by_number(person_id, visible[0].id, at=at)
            asked = merging.propose(found, by=by.member_id, at=at)
            is_known = asked.change.after.id in self.rows.tables[Merge]
            self.rows.apply(() if is_known else (asked,), by=by, at=at)
            return
        self.rows.apply((superseded, *self._look_into(superseded, kept, by=by, at=at)), by=by, at=at)

    def _look_into(
        self, written: Step, kept: Sequence[Person], *, by: Viewer, at: datetime
    ) -> tuple[Step, ...]:
        """Whose number it is, where somebody who is kept from the member has it: for whoever keeps them."""
        held = identity.holder(kept, but_not=written.change.after.id) or next(iter(kept), None)
        if held is None:
            return ()
        seal = self.restriction(held.id)
        assert seal is not None, "whoever is kept is restricted"
        return (
            review.of_number(
                written_id=written.change.after.id,
                version=written.change.after.version,
                restricted_id=held.id,
                member_id=by.member_id,
                agency_id=self.rows.one(Team, seal.team_id).agency_id,
                at=at,
            ),
        )

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
