"""A partner's register is read batch by batch, its entries are put before a steward, and each is decided."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, person, register
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.register import Alike, Batch, RegisterLink, RegisterReading
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class Registers(Verbs):
    def begin(self, *, reading_id: UUID, agency_id: UUID, digest: str, by: Viewer, at: datetime) -> None:
        """Begin to read a file of an agency's register; one file once at a time."""
        access.need(by, "register.take", at=at)
        self.rows.one(Agency, agency_id)
        open_ones = [
            one
            for one in self.rows.tables[RegisterReading].values()
            if (one.agency_id, one.digest, one.ended_at) == (agency_id, digest, None)
        ]
        begun = register.begin(
            reading_id=reading_id,
            agency_id=agency_id,
            digest=digest,
            is_being_read=bool(open_ones),
            by=by.member_id,
            at=at,
        )
        self.rows.apply((begun,), by=by, at=at)

    def take(
        self, *, reading_id: UUID, batch: Batch, found: Sequence[Alike], by: Viewer, at: datetime
    ) -> None:
        """The next rows of a file: what looks alike is put before a steward, and the reading goes on."""
        access.need(by, "register.take", at=at)
        reading = self.rows.one(RegisterReading, reading_id)
        steps: dict[UUID, Step] = {}
        new: list[Alike] = []
        for one in found:
            standing.need_not_restricted(self.rows, one.person_id, by=by, at=at)
            step = register.propose(one, agency_id=reading.agency_id, by=by.member_id, at=at)
            key = step.change.after.id
            if key not in steps and key not in self.rows.tables[RegisterLink]:
                steps[key] = step
                new.append(one)
        went_on = register.take(reading, batch, new, at=at)
        self.rows.apply((*steps.values(), went_on), by=by, at=at)

    def link(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """An entry is this person's: the record takes the partner's number."""
        access.need(by, "register.decide", at=at)
        self._need_may_know(link_id, by=by, at=at)
        known = self.rows.seen(RegisterLink, link_id, seen)
        whose = self.rows.one(Person, known.person_id)
        stood = person.is_known_by(whose, known.number)
        linked = register.link(
            known,
            is_elsewhere=self._is_elsewhere(known, by=by, at=at),
            number_added=not stood,
            words=words,
            by=by.member_id,
            at=at,
        )
        numbered = () if stood else (person.know_by(whose, known.number),)
        self.rows.apply((linked, *numbered), by=by, at=at)

    def keep_apart(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """They are two people: nobody is asked about this entry and this record again."""
        access.need(by, "register.decide", at=at)
        self._need_may_know(link_id, by=by, at=at)
        known = self.rows.seen(RegisterLink, link_id, seen)
        self.rows.apply((register.keep_apart(known, words=words, by=by.member_id, at=at),), by=by, at=at)

    def unlink(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """They are two people after all: the record loses the number this link gave it."""
        access.need(by, "register.undo", at=at)
        self._need_may_know(link_id, by=by, at=at)
        known = self.rows.seen(RegisterLink, link_id, seen)
        whose = self.rows.one(Person, known.person_id)
        undone = register.unlink(known, words=words, by=by.member_id, at=at)
        stands = known.number_added and person.is_known_by(whose, known.number)
        numbered = (person.know_no_more_by(whose, known.number),) if stands else ()
        self.rows.apply((undone, *numbered), by=by, at=at)

    def _need_may_know(self, link_id: UUID, *, by: Viewer, at: datetime) -> None:
        known = self.rows.one(RegisterLink, link_id)
        standing.need_not_restricted(self.rows, known.person_id, by=by, at=at)

    def _is_elsewhere(self, known: RegisterLink, *, by: Viewer, at: datetime) -> bool:
        """The number stands for another record, of whom the member may know."""
        keys = self.rows.indexes.linked.of((known.agency_id, known.number_key))
        return any(
            one.person_id != known.person_id
            and not standing.is_kept(self.rows, one.person_id, by=by, at=at)
            for one in self.rows.several(RegisterLink, sorted(keys))
        )
