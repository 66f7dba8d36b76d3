"""What is often built instead, each planted on its own: the proof must see every one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.console.prove.one_person.places import Acts
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Steps, changed
from nowrongdoor.rules.merging import MERGED, UNDONE, Merge
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim.verbs.merges import Merges


class MovesRows(Merges):
    """Referrals go over to the record that stands, and come back from it: whichever were whose."""

    def merge(
        self, *, merge_id: UUID, stays_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        super().merge(merge_id=merge_id, stays_id=stays_id, words=words, by=by, at=at, seen=seen)
        known = self.rows.one(Merge, merge_id)
        assert known.record_id is not None, "what is merged says which record"
        assert known.into_id is not None, "what is merged says into which"
        self._move(known.record_id, known.into_id, by=by, at=at)

    def _move(self, out_of: UUID, into: UUID, *, by: Viewer, at: datetime) -> None:
        theirs = [one for one in self.rows.every(Referral) if one.person_id == out_of]
        self.rows.apply([changed(one, "referral.moved", person_id=into) for one in theirs], by=by, at=at)


class CarriesNothing(Merges):
    """A seal stays on the record it was put on."""

    def _carried(self, people: Sequence[frozenset[UUID]], *, by: Viewer, at: datetime) -> Steps:
        return ()


class LeavesSeals(Merges):
    """What was carried stays when the merge is undone."""

    def unmerge(self, *, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        known = self._seen(merge_id, by=by, at=at, seen=seen)
        if known.state == MERGED:
            undone = changed(known, "merge.undone", state=UNDONE, undone_at=at, undone_by_id=by.member_id,
                             undoing_words=words)  # fmt: skip
            self.rows.apply((undone,), by=by, at=at)


class LooksNoFurther(Merges):
    """The two records themselves are merged, whatever they are read through already."""

    def merge(
        self, *, merge_id: UUID, stays_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        known = self._seen(merge_id, by=by, at=at, seen=seen)
        if known.state == MERGED:
            return
        goes = known.other_id if stays_id == known.one_id else known.one_id
        merged = changed(known, "merge.merged", state=MERGED, record_id=goes, into_id=stays_id,
                         decided_at=at, decided_by_id=by.member_id, words=words)  # fmt: skip
        self.rows.apply((merged,), by=by, at=at)


FAULTS: dict[str, Acts] = {
    "referrals move to the record that stands": MovesRows,
    "a seal holds on its own record alone": CarriesNothing,
    "what a merge sealed stays sealed when it is undone": LeavesSeals,
    "records are merged whatever they are read through already": LooksNoFurther,
}
