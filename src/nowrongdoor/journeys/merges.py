"""
Two records are found to be alike, are said to be one person's or two people's, and a merge is undone.

All of it one at a time, with whatever puts or lifts a seal on a whole person: a restriction is carried to
every other record of that person in the act that makes them one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.merges.facts import MERGES
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.journeys import standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, merging
from nowrongdoor.rules.change import Missing, Step, Steps
from nowrongdoor.rules.merging import MERGED, Found, Merge
from nowrongdoor.rules.sealing import Seal

ONE_AT_A_TIME = "merges"


@transaction
def propose(*, found: Sequence[Found], by: Viewer, at: datetime) -> None:
    """
    Put before a steward what may be one person's. Two records that are known of already stay as they are,
    whatever was decided; of restricted people the viewer may not know of nothing is said, here or there.
    """
    access.need(by, "merge.propose", at=at)
    store.one_at_a_time(ONE_AT_A_TIME)
    steps: dict[UUID, Step] = {}
    for one in found:
        _need_may_know(one.one_id, one.other_id, by=by, at=at)
        step = merging.propose(one, by=by.member_id, at=at)
        if not store.find(MERGES, id=step.change.after.id):
            steps.setdefault(step.change.after.id, step)
    store.add(list(steps.values()), by=by, at=at)


@transaction
def merge(*, merge_id: UUID, stays_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    They are one person's: one record is read through the other from now on, and nothing else moves. What
    restricts either restricts both. Touches no clock.
    """
    access.need(by, "merge.decide", at=at)
    store.one_at_a_time(ONE_AT_A_TIME)
    known = _held(merge_id, by=by, at=at, seen=seen)
    into = _into(known.one_id, known.other_id)
    merged = merging.merge(known, stays_id=stays_id, into=into, words=words, by=by.member_id, at=at)
    into |= merging.through([merged.change.after])
    theirs = merging.records_of(known.one_id, into)
    store.save([merged, *_carried([theirs], by=by, at=at)], by=by, at=at)


@transaction
def keep_apart(*, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """They are two people: nobody is asked about these two records again."""
    access.need(by, "merge.decide", at=at)
    known = _held(merge_id, by=by, at=at, seen=seen)
    store.save([merging.keep_apart(known, words=words, by=by.member_id, at=at)], by=by, at=at)


@transaction
def unmerge(*, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """They are two people after all: each record is what it was, with whatever was added to it since."""
    access.need(by, "merge.undo", at=at)
    store.one_at_a_time(ONE_AT_A_TIME)
    known = store.peek(MERGES, merge_id)
    _need_may_undo(known, by=by, at=at)
    known = store.lock(MERGES, merge_id, seen=seen)
    undone = merging.unmerge(known, words=words, by=by.member_id, at=at)
    assert known.record_id is not None, "what is merged says which record"
    assert known.into_id is not None, "what is merged says into which"
    into = _into(known.record_id)
    del into[known.record_id]
    people = [merging.records_of(one, into) for one in (known.record_id, known.into_id)]
    store.save([undone, *_carried(people, by=by, at=at)], by=by, at=at)


@transaction_required
def sealed_as_one(put_or_lifted: Seal, *, by: Viewer, at: datetime) -> Steps:
    """What a seal on a whole person, put or lifted in this act, means for the other records of theirs."""
    if put_or_lifted.person_id is None or put_or_lifted.referral_id or put_or_lifted.contact_id:
        return ()
    theirs = merging.records_of(put_or_lifted.person_id, _into(put_or_lifted.person_id))
    now = [one for one in _restricting(theirs) if one.id != put_or_lifted.id]
    if put_or_lifted.lifted_at is None:
        now.append(put_or_lifted)
    return merging.carried([theirs], now, by=by.member_id, at=at)


def _held(merge_id: UUID, *, by: Viewer, at: datetime, seen: int) -> Merge:
    """What is known of two records, held. `Missing` where either is restricted and not theirs to see."""
    known = store.peek(MERGES, merge_id)
    _need_may_know(known.one_id, known.other_id, by=by, at=at)
    return store.lock(MERGES, merge_id, seen=seen)


def _need_may_know(*people: UUID, by: Viewer, at: datetime) -> None:
    for person_id in people:
        standing.need_not_restricted(person_id, by=by, at=at)


def _need_may_undo(known: Merge, *, by: Viewer, at: datetime) -> None:
    """
    A merge may have sealed a record from whoever must undo it. They may, when one record is theirs to see and
    no seal of its own keeps the other from them; and always when they decided it.
    """
    both = (known.one_id, known.other_id)
    of_its_own = any(standing.is_kept(one, by=by, at=at, by_own_seal=True) for one in both)
    hidden = all(standing.is_kept(one, by=by, at=at) for one in both)
    if (of_its_own or hidden) and known.decided_by_id != by.member_id:
        raise Missing(MERGES.name)


def _into(*records: UUID) -> dict[UUID, UUID]:
    """Which record is read through which, of all that are one person's with these."""
    into: dict[UUID, UUID] = {}
    for record in records:
        into |= merging.through(_above(record))
    waiting = {merging.stands_for(record, into) for record in records}
    while waiting:
        below = store.find(MERGES, into_id=waiting.pop(), state=MERGED)
        into |= merging.through(below)
        waiting |= {one.record_id for one in below if one.record_id is not None}
    return into


def _above(record: UUID) -> list[Merge]:
    found: list[Merge] = []
    up = store.find(MERGES, record_id=record, state=MERGED)
    while up:
        found += up
        up = store.find(MERGES, record_id=up[0].into_id, state=MERGED)
    return found


def _carried(people: Sequence[frozenset[UUID]], *, by: Viewer, at: datetime) -> Steps:
    seals = [one for records in people for one in _restricting(records)]
    return merging.carried(people, seals, by=by.member_id, at=at)


def _restricting(records: Iterable[UUID]) -> list[Seal]:
    """The seals that restrict these records now."""
    whole = {"referral_id": None, "contact_id": None, "lifted_at": None}
    return [seal for record in sorted(records) for seal in store.find(SEALS, person_id=record, **whole)]
