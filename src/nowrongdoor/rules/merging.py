"""
Merging: two records are said to be one person's, and are read as one from then on, until that is undone.

A merge moves nothing. It is a dated row that leads from one record to the one that stands for it; referrals,
clocks, holdings and what is owed stay where they were, so undoing it gives exactly what was before. It
opens nothing either: a record is seen by whoever may see that very record, and a seal on one of them is
carried to each of the others, so that the strictest holds. Nothing merges by itself: what looks alike is
proposed, and a person decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import law, sealing, stewarding
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, moved, need_words
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sealing import Seal


class MergeState(StrEnum):
    """Where two records stand: alike, one person's, two people's, or taken for one and parted again."""

    PROPOSED = "proposed"
    MERGED = "merged"
    APART = "apart"
    UNDONE = "undone"


PROPOSED, MERGED, APART, UNDONE = MergeState
MOVES: Moves = {
    "propose": {None: PROPOSED},
    "merge": {PROPOSED: MERGED, APART: MERGED, UNDONE: MERGED},
    "keep_apart": {PROPOSED: APART},
    "unmerge": {MERGED: UNDONE},
}
REFUSALS: Refusals = {
    PROPOSED: "Nobody has decided about these two records yet.",
    MERGED: "These two records are merged already.",
    APART: "Somebody decided already that these are two people.",
    UNDONE: "This merge was undone already.",
}
BANDS = "duplicate_bands"
ONE_ALREADY = "These two records are read as one person's already."


@dataclass(frozen=True)
class Merge:
    """
    Two records, `one_id` before `other_id`, and what spoke for their being one person's: `bits` are the
    doublings of the odds, `evidence` the same in words, `found_by` how they were found. Once merged,
    `record_id` is read through `into_id`: those that stood for the two when it was decided.
    """

    id: UUID
    one_id: UUID
    other_id: UUID
    bits: float
    evidence: str
    found_by: str
    proposed_at: datetime
    proposed_by_id: UUID
    state: str
    record_id: UUID | None
    into_id: UUID | None
    decided_at: datetime | None
    decided_by_id: UUID | None
    words: str
    undone_at: datetime | None
    undone_by_id: UUID | None
    undoing_words: str
    version: int = 0


@dataclass(frozen=True)
class Found:
    """Two records that may be one person's, and why."""

    one_id: UUID
    other_id: UUID
    bits: float
    evidence: str
    found_by: str


def key_of(one_id: UUID, other_id: UUID) -> UUID:
    """The key of what is known of two records: whoever proposes them again finds the same."""
    first, second = in_order(one_id, other_id)
    return uuid5(first, str(second))


def in_order(one_id: UUID, other_id: UUID) -> tuple[UUID, UUID]:
    return (one_id, other_id) if one_id < other_id else (other_id, one_id)


def propose(found: Found, *, by: UUID, at: datetime) -> Step:
    """Two records may be one person's: for somebody to decide. Refuses a record and itself, and no reason."""
    if found.one_id == found.other_id:
        raise Refused("That is one record, not two.", code="one_record")
    law.code("duplicates_found_by", found.found_by, at=at, field="found_by")
    need_words(found.evidence, field="evidence", ask="Say what speaks for their being one person.")
    one_id, other_id = in_order(found.one_id, found.other_id)
    return began(
        "merge.proposed",
        Merge(
            id=key_of(one_id, other_id),
            one_id=one_id,
            other_id=other_id,
            bits=round(found.bits, 3),
            evidence=found.evidence.strip(),
            found_by=found.found_by,
            proposed_at=at,
            proposed_by_id=by,
            state=MOVES["propose"][None],
            record_id=None,
            into_id=None,
            decided_at=None,
            decided_by_id=None,
            words="",
            undone_at=None,
            undone_by_id=None,
            undoing_words="",
        ),
    )


def by_number(one_id: UUID, other_id: UUID, *, at: datetime) -> Found:
    """The NHS gave the one person a number that another record has: both are one person's, it says."""
    words = "the NHS number of one was replaced by that of the other"
    return Found(one_id, other_id, float(seeing.most("merge_bits_of_number", at=at)), words, "number")


def merge(
    known: Merge, *, stays_id: UUID, into: Mapping[UUID, UUID], words: str, by: UUID, at: datetime
) -> Step:
    """
    They are one person's; the record `stays_id` stands for both. `into` says of each record that is read
    through another, through which: what stands for either side is merged, so that no record is read through
    two and nothing goes round in a ring.
    """
    state = moved(MOVES, "merge", known, refusals=REFUSALS)
    if stays_id not in (known.one_id, known.other_id):
        raise Refused("Choose one of the two records to stand for both.", code="neither", field="stays")
    need_words(words, field="words", ask=stewarding.ONE_PERSON)
    goes_id = known.other_id if stays_id == known.one_id else known.one_id
    stands, goes = stands_for(stays_id, into), stands_for(goes_id, into)
    if stands == goes:
        raise Refused(ONE_ALREADY, code="one_already", of=known)
    return stewarding.decided(
        known,
        "merge.merged",
        words=words,
        by=by,
        at=at,
        state=state,
        record_id=goes,
        into_id=stands,
        undone_at=None,
        undone_by_id=None,
        undoing_words="",
    )


def keep_apart(known: Merge, *, words: str, by: UUID, at: datetime) -> Step:
    """They are two people, however alike: nobody proposes them again."""
    state = moved(MOVES, "keep_apart", known, refusals=REFUSALS)
    need_words(words, field="words", ask=stewarding.TWO_PEOPLE)
    return stewarding.decided(known, "merge.kept_apart", words=words, by=by, at=at, state=state)


def unmerge(known: Merge, *, words: str, by: UUID, at: datetime) -> Step:
    """They are two people after all: each is what it was, with whatever was added to it since."""
    state = moved(MOVES, "unmerge", known, refusals=REFUSALS)
    need_words(words, field="words", ask=stewarding.TWO_PEOPLE)
    return stewarding.undone(known, "merge.undone", words=words, by=by, at=at, state=state)


def through(merges: Iterable[Merge]) -> dict[UUID, UUID]:
    """Of the merges that stand: which record is read through which."""
    return {
        one.record_id: one.into_id
        for one in merges
        if one.state == MERGED and one.record_id is not None and one.into_id is not None
    }


def stands_for(record_id: UUID, into: Mapping[UUID, UUID]) -> UUID:
    """The record that stands for this one; itself, where it is merged into no other."""
    for _ in range(len(into) + 1):
        if record_id not in into:
            return record_id
        record_id = into[record_id]
    raise ValueError("records are read through one another in a ring")


def records_of(record_id: UUID, into: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """Every record of the person this record is of, as far as is known: itself among them."""
    stands = stands_for(record_id, into)
    return frozenset({stands, record_id, *(one for one in into if stands_for(one, into) == stands)})


def carried(people: Iterable[frozenset[UUID]], seals: Sequence[Seal], *, by: UUID, at: datetime) -> Steps:
    """
    Each restriction of a record holds on every other record of that person: put where it is missing, lifted
    where it has nothing to stand on any more. `people` are their records, `seals` those that stand on them.
    """
    steps: list[Step] = []
    for records in people:
        theirs = [one for one in seals if one.person_id in records and sealing.kept(one).is_restriction]
        put_on = {(one.person_id, one.carried_from_id): one for one in theirs if one.carried_from_id}
        owed = {
            (record, one.id): one
            for one in theirs
            if one.carried_from_id is None
            for record in records
            if record != one.person_id
        }
        steps += [
            sealing.carry(owed[key], to=key[0], by=by, at=at)
            for key in sorted(owed, key=str)
            if key not in put_on
        ]
        steps += [
            sealing.end_carried(one, by=by, at=at)
            for key, one in sorted(put_on.items(), key=str)
            if key not in owed
        ]
    return tuple(steps)
