"""Two records are found to be alike, are said to be one person's or two people's, and a merge is undone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, merging
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing, Step, Steps
from nowrongdoor.rules.merging import MERGED, Found, Merge
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.sim import standing
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.verbs.held import Verbs


class Merges(Verbs):
    def propose(self, *, found: Sequence[Found], by: Viewer, at: datetime) -> None:
        """Put before a steward what may be one person's, each two records once."""
        access.need(by, "merge.propose", at=at)
        steps: dict[UUID, Step] = {}
        for one in found:
            self._need_may_know(one.one_id, one.other_id, by=by, at=at)
            step = merging.propose(one, by=by.member_id, at=at)
            if step.change.after.id not in self.rows.tables[Merge]:
                steps.setdefault(step.change.after.id, step)
        self.rows.apply(steps.values(), by=by, at=at)

    def merge(
        self, *, merge_id: UUID, stays_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """They are one person's: one record is read through the other from now on."""
        access.need(by, "merge.decide", at=at)
        known = self._seen(merge_id, by=by, at=at, seen=seen)
        into = into_of(self.rows)
        merged = merging.merge(known, stays_id=stays_id, into=into, words=words, by=by.member_id, at=at)
        into |= merging.through([merged.change.after])
        theirs = merging.records_of(known.one_id, into)
        self.rows.apply((merged, *self._carried([theirs], by=by, at=at)), by=by, at=at)

    def keep_apart(self, *, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """They are two people: nobody is asked about these two records again."""
        access.need(by, "merge.decide", at=at)
        known = self._seen(merge_id, by=by, at=at, seen=seen)
        self.rows.apply((merging.keep_apart(known, words=words, by=by.member_id, at=at),), by=by, at=at)

    def unmerge(self, *, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """They are two people after all: each record is what it was, with what was added to it since."""
        access.need(by, "merge.undo", at=at)
        self._need_may_undo(self.rows.one(Merge, merge_id), by=by, at=at)
        known = self.rows.seen(Merge, merge_id, seen)
        undone = merging.unmerge(known, words=words, by=by.member_id, at=at)
        assert known.record_id is not None, "what is merged says which record"
        assert known.into_id is not None, "what is merged says into which"
        into = into_of(self.rows)
        del into[known.record_id]
        people = [merging.records_of(one, into) for one in (known.record_id, known.into_id)]
        self.rows.apply((undone, *self._carried(people, by=by, at=at)), by=by, at=at)

    def _seen(self, merge_id: UUID, *, by: Viewer, at: datetime, seen: int) -> Merge:
        known = self.rows.one(Merge, merge_id)
        self._need_may_know(known.one_id, known.other_id, by=by, at=at)
        return self.rows.seen(Merge, merge_id, seen)

    def _need_may_know(self, *people: UUID, by: Viewer, at: datetime) -> None:
        for person_id in people:
            standing.need_not_restricted(self.rows, person_id, by=by, at=at)

    def _need_may_undo(self, known: Merge, *, by: Viewer, at: datetime) -> None:
        """A merge may have sealed a record from whoever must undo it."""
        both = (known.one_id, known.other_id)
        of_its_own = any(standing.is_kept(self.rows, one, by=by, at=at, by_own_seal=True) for one in both)
        hidden = all(standing.is_kept(self.rows, one, by=by, at=at) for one in both)
        if (of_its_own or hidden) and known.decided_by_id != by.member_id:
            raise Missing(Merge.__name__)

    def _carried(self, people: Sequence[frozenset[UUID]], *, by: Viewer, at: datetime) -> Steps:
        seals = [seal for records in people for seal in restricting(self.rows, records)]
        return merging.carried(people, seals, by=by.member_id, at=at)


def into_of(rows: Rows) -> dict[UUID, UUID]:
    """Which record is read through which."""
    return merging.through(rows.several(Merge, rows.indexes.merged.of(MERGED)))


def restricting(rows: Rows, records: Iterable[UUID]) -> list[Seal]:
    """The seals that restrict these records now."""
    keys = {key: None for record in sorted(records) for key in rows.indexes.seals_on.of(record)}
    found = rows.several(Seal, keys)
    return [one for one in found if one.referral_id is None and one.contact_id is None]


def sealed_as_one(rows: Rows, put_or_lifted: Seal, *, by: Viewer, at: datetime) -> Steps:
    """What a seal on a whole person, put or lifted in this act, means for the other records of theirs."""
    if put_or_lifted.person_id is None or put_or_lifted.referral_id or put_or_lifted.contact_id:
        return ()
    theirs = merging.records_of(put_or_lifted.person_id, into_of(rows))
    now = [one for one in restricting(rows, theirs) if one.id != put_or_lifted.id]
    if put_or_lifted.lifted_at is None:
        now.append(put_or_lifted)
    return merging.carried([theirs], now, by=by.member_id, at=at)
