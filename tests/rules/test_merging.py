"""Two records that are one person's: read as one, restricted as one, and parted again exactly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from nowrongdoor.rules import merging, sealing
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.merging import APART, MERGED, UNDONE, Found, Merge
from nowrongdoor.rules.sealing import Against, Seal

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
A, B, C, D, STEWARD, TEAM = (UUID(int=number) for number in range(1, 7))


def found(one: UUID, other: UUID, **change: object) -> Found:
    return Found(**{"one_id": one, "other_id": other, "bits": 12.5, "evidence": "same birth date and postcode",
                    "found_by": "register"} | change)  # fmt: skip


def pair(one: UUID, other: UUID) -> Merge:
    return merging.propose(found(one, other), by=STEWARD, at=AT).change.after


def merged(known: Merge, *, stays: UUID, into: dict[UUID, UUID]) -> Merge:
    step = merging.merge(known, stays_id=stays, into=into, words="Asked her.", by=STEWARD, at=AT)
    into |= merging.through([step.change.after])
    return step.change.after


def seal(person: UUID, against: Against = sealing.NOBODY_NAMED) -> Seal:
    return sealing.seal(
        seal_id=UUID(int=100 + person.int), person_id=person, why="asked", words="She asked.", team_id=TEAM,
        against=against, by=STEWARD, at=AT,
    ).change.after  # fmt: skip


def test_the_same_two_records_have_one_key_whichever_comes_first():
    assert merging.key_of(A, B) == merging.key_of(B, A) == pair(B, A).id
    assert (pair(B, A).one_id, pair(B, A).other_id) == (A, B)


def test_a_record_is_not_merged_with_itself_nor_for_no_reason():
    with pytest.raises(Refused, match="one record, not two"):
        merging.propose(found(A, A), by=STEWARD, at=AT)
    with pytest.raises(Refused, match="what speaks for"):
        merging.propose(found(A, B, evidence=" "), by=STEWARD, at=AT)


def test_a_merge_keeps_who_decided_why_and_what_spoke_for_it():
    one = merged(pair(A, B), stays=B, into={})
    assert (one.state, one.record_id, one.into_id) == (MERGED, A, B)
    assert (one.decided_by_id, one.words, one.evidence) == (
        STEWARD,
        "Asked her.",
        "same birth date and postcode",
    )
    with pytest.raises(Refused, match="how you know"):
        merging.merge(pair(A, B), stays_id=A, into={}, words=" ", by=STEWARD, at=AT)


def test_what_stands_for_either_side_is_merged_and_no_record_is_read_through_two():
    into: dict[UUID, UUID] = {}
    merged(pair(A, B), stays=B, into=into)
    merged(pair(C, D), stays=D, into=into)
    last = merged(pair(A, C), stays=C, into=into)
    assert (last.record_id, last.into_id) == (B, D)
    assert {merging.stands_for(one, into) for one in (A, B, C, D)} == {D}
    assert merging.records_of(A, into) == {A, B, C, D}


def test_records_of_one_person_are_not_merged_again_so_there_is_no_ring():
    into: dict[UUID, UUID] = {}
    merged(pair(A, B), stays=B, into=into)
    merged(pair(B, C), stays=C, into=into)
    with pytest.raises(Refused, match="one person's already"):
        merging.merge(pair(A, C), stays_id=A, into=into, words="Again.", by=STEWARD, at=AT)


def test_a_ring_that_is_there_all_the_same_is_an_error_and_no_endless_walk():
    with pytest.raises(ValueError, match="ring"):
        merging.stands_for(A, {A: B, B: A})


def test_two_people_are_kept_apart_and_a_mind_may_be_changed():
    apart = merging.keep_apart(pair(A, B), words="Twins.", by=STEWARD, at=AT).change.after
    assert apart.state == APART
    with pytest.raises(Refused, match="two people"):
        merging.keep_apart(apart, words="Twins.", by=STEWARD, at=AT)
    assert merged(apart, stays=A, into={}).state == MERGED


def test_an_undone_merge_says_who_and_why_and_may_be_merged_again():
    undone = merging.unmerge(merged(pair(A, B), stays=A, into={}), words="Her sister.", by=STEWARD, at=AT)
    after = undone.change.after
    assert (after.state, after.undone_by_id, after.undoing_words) == (UNDONE, STEWARD, "Her sister.")
    with pytest.raises(Refused, match="undone already"):
        merging.unmerge(after, words="Her sister.", by=STEWARD, at=AT)
    again = merged(after, stays=A, into={})
    assert (again.state, again.undone_at, again.undoing_words) == (MERGED, None, "")


def test_a_restriction_holds_on_every_record_of_the_person_against_the_same():
    on_a = seal(A, Against(member_id=D))
    steps = merging.carried([frozenset({A, B, C})], [on_a], by=STEWARD, at=AT)
    put = [one.change.after for one in steps]
    assert {(one.person_id, one.carried_from_id, one.against_member_id) for one in put} == {
        (B, on_a.id, D),
        (C, on_a.id, D),
    }
    assert {one.words for one in put} == {""}, "why it was sealed stands on its own record alone"
    assert merging.carried([frozenset({A, B, C})], [on_a, *put], by=STEWARD, at=AT) == ()


def test_what_was_carried_ends_with_the_merge_and_what_was_put_stays():
    on_a, on_b = seal(A), seal(B)
    put = [one.change.after for one in merging.carried([frozenset({A, B})], [on_a, on_b], by=STEWARD, at=AT)]
    assert len(put) == 2
    later = AT + timedelta(hours=1)
    parted = merging.carried([frozenset({A}), frozenset({B})], [on_a, on_b, *put], by=STEWARD, at=later)
    assert {one.before.id for one in parted} == {one.id for one in put}
    assert all(one.change.after.lifted_at == later for one in parted)


def test_a_seal_on_one_item_is_not_carried():
    item = sealing.seal(
        seal_id=UUID(int=99),
        person_id=A,
        referral_id=D,
        why="asked",
        words="",
        team_id=TEAM,
        by=STEWARD,
        at=AT,
    ).change.after
    assert merging.carried([frozenset({A, B})], [item], by=STEWARD, at=AT) == ()


def test_a_carried_seal_is_lifted_where_it_was_put_and_not_beside_it():
    (put,) = merging.carried([frozenset({A, B})], [seal(A)], by=STEWARD, at=AT)
    with pytest.raises(Refused, match="another record of the same person"):
        sealing.lift(put.change.after, words="Not needed.", by=STEWARD, at=AT)


def test_one_seal_stands_on_a_person_whomever_it_is_against_beside_what_is_carried_to_them():
    on_a, against_another = seal(A), seal(A, Against(agency_id=D))
    with pytest.raises(Refused, match="sealed already"):
        sealing.need_unsealed(against_another, [on_a])
    (carried,) = (
        one.change.after for one in merging.carried([frozenset({A, B})], [seal(B)], by=STEWARD, at=AT)
    )
    assert carried.person_id == A
    sealing.need_unsealed(against_another, [carried])
    item = sealing.seal(
        seal_id=UUID(int=98),
        person_id=A,
        referral_id=D,
        why="asked",
        words="",
        team_id=TEAM,
        by=STEWARD,
        at=AT,
    ).change.after
    sealing.need_unsealed(against_another, [item])
    sealing.need_unsealed(item, [on_a])
    with pytest.raises(Refused, match="sealed already"):
        sealing.need_unsealed(item, [replace(item, person_id=B)])
