"""The chain as it is reckoned, without a database: whatever is changed in it later is found."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nowrongdoor.rules.chain import ERASED, START, Fault, Seal, Sealed, breaks, digest_of, hash_of, sealing

AGENCY = "7c2b1f7e-0000-4000-8000-000000000001"
SEALED_AT = "2026-11-25 09:00:00+00"
COLUMNS = ("agency_id", "by_name", "changes", "id", "kind", "person_id", "recorded_at", "version")
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


def entry(number: int, **columns: str | None) -> dict[str, str | None]:
    return {
        "agency_id": AGENCY,
        "by_name": "Amir Rahman",
        "changes": f'{{"words": [null, "said {number}"]}}',
        "id": f"{number:08}-0000-4000-8000-000000000000",
        "kind": "contact.received",
        "person_id": None,
        "recorded_at": f"2026-11-25 08:00:{number % 60:02}+00",
        "version": "1",
        **columns,
    }


def chain(*entries: dict[str, str | None]) -> list[Sealed]:
    """These entries, sealed one after the other."""
    salts = [bytes([i % 256]) * 16 for i, _ in enumerate(entries)]
    seals = sealing(zip(entries, salts, strict=True), agency_id=AGENCY, sealed_at=SEALED_AT)
    return [
        Sealed(seal, one, salt, is_erased=False)
        for seal, one, salt in zip(seals, entries, salts, strict=True)
    ]


def three() -> list[Sealed]:
    return chain(entry(1), entry(2), entry(3))


def faults(broken: list[Sealed]) -> list[tuple[Fault, int]]:
    return [(one.fault, one.number) for one in breaks(broken)]


def saying(one: Sealed, **columns: str | None) -> Sealed:
    assert one.entry is not None
    return one._replace(entry={**one.entry, **columns})


def sealed_as(one: Sealed, **columns: Any) -> Sealed:
    return one._replace(seal=one.seal._replace(**columns))


def test_what_is_sealed_one_after_the_other_holds():
    assert faults(three()) == []
    numbers = [(one.seal.number, one.seal.previous) for one in three()]
    assert numbers == [(1, START), (2, three()[0].seal.hash), (3, three()[1].seal.hash)]


def test_an_empty_chain_holds():
    assert faults([]) == []


def test_a_chain_goes_on_where_it_ended():
    first, second, third = three()
    (again,) = sealing(
        [(entry(3), bytes([2]) * 16)], agency_id=AGENCY, after=(2, second.seal.hash), sealed_at=SEALED_AT
    )
    assert again == third.seal
    assert first.seal.hash != again.hash


def test_the_hash_is_the_one_that_anyone_can_reckon():
    """The form is written down in docs/adr/0012: this is that form, spelt out, and may never change."""
    one = {"id": "1", "by_name": "Zoë", "agency_id": None, "changes": "{}"}
    digest = sha256(b"s" * 16 + b"{}").digest()
    assert digest_of("{}", b"s" * 16) == digest
    told = (
        f'{{"chain":null,"digest":"{digest.hex()}","entry":{{"by_name":"Zo\\u00eb","id":"1"}},"number":1,'
        f'"previous":"{"00" * 32}","sealed_at":"2026-11-25 09:00:00+00"}}'
    )
    hashed = hash_of(one, agency_id=None, number=1, previous=START, digest=digest, sealed_at=SEALED_AT)
    assert hashed == sha256(told.encode()).digest()


def test_a_column_that_is_added_later_leaves_old_hashes_as_they_were():
    told = {"agency_id": AGENCY, "number": 1, "previous": START, "digest": START, "sealed_at": SEALED_AT}
    assert hash_of(entry(1), **told) == hash_of(entry(1, purpose=None), **told)
    assert hash_of(entry(1), **told) != hash_of(entry(1, purpose=""), **told)


def test_the_digest_of_words_tells_nothing_without_their_salt():
    assert digest_of("{}", b"a" * 16) != digest_of("{}", b"b" * 16)


# --- each kind of break, by its name ------------------------------------------------------------------------


def test_an_edited_entry_is_named():
    one, two, three_ = three()
    edited = saying(two, changes='{"words": [null, "never said"]}')
    assert faults([one, edited, three_]) == [(Fault.EDITED, 2)]
    assert faults([one, saying(two, by_name="Somebody Else"), three_]) == [(Fault.EDITED, 2)]


def test_a_deleted_entry_is_missing_with_its_seal_or_without():
    one, two, three_ = three()
    assert faults([one, two._replace(entry=None), three_]) == [(Fault.MISSING, 2)]
    assert faults([one, three_]) == [(Fault.MISSING, 2)]
    assert faults([two, three_]) == [(Fault.MISSING, 1)]


def test_ranks_that_were_closed_over_a_deleted_entry_are_out_of_order():
    one, _, three_ = three()
    assert faults([one, sealed_as(three_, number=2)]) == [(Fault.OUT_OF_ORDER, 2)]


def test_an_entry_put_between_is_out_of_order():
    one, two, three_ = three()
    (forged,) = sealing(
        [(entry(9), b"f" * 16)], agency_id=AGENCY, after=(1, one.seal.hash), sealed_at=SEALED_AT
    )
    put_in = Sealed(forged, entry(9), b"f" * 16, is_erased=False)
    moved_up = [sealed_as(two, number=3), sealed_as(three_, number=4)]
    assert faults([one, put_in, *moved_up])[0] == (Fault.OUT_OF_ORDER, 3)
    assert faults([one, two, sealed_as(put_in, number=2), three_])[0] == (Fault.OUT_OF_ORDER, 2)


def test_exchanged_entries_are_out_of_order():
    one, two, three_ = three()
    exchanged = [one, sealed_as(three_, number=2), sealed_as(two, number=3)]
    assert faults(exchanged)[0] == (Fault.OUT_OF_ORDER, 2)


def test_a_changed_head_is_named():
    one, two, three_ = three()
    assert faults([one, two, sealed_as(three_, hash=one.seal.hash)]) == [(Fault.HEAD_CHANGED, 3)]
    assert faults([one, two, saying(three_, kind="contact.closed")]) == [(Fault.HEAD_CHANGED, 3)]


def test_an_edit_is_told_once_and_the_rest_of_the_chain_still_vouches_for_itself():
    many = chain(*(entry(number) for number in range(1, 30)))
    many[9] = saying(many[9], kind="contact.closed")
    many[19] = saying(many[19], version="2")
    assert faults(many) == [(Fault.EDITED, 10), (Fault.EDITED, 20)]


def test_a_cut_tail_and_a_chain_written_anew_are_not_seen_without_an_anchor():
    """Why there is an anchor: whoever can reckon hashes can reckon all of them."""
    assert faults(three()[:2]) == []
    assert faults(chain(entry(1), entry(2, kind="contact.closed"), entry(3))) == []


# --- erasure ------------------------------------------------------------------------------------------------


def erased(one: Sealed, changes: str = ERASED) -> Sealed:
    return saying(one, changes=changes)._replace(salt=None, is_erased=True)


def test_a_chain_holds_though_words_and_salt_were_erased():
    one, two, three_ = three()
    assert faults([one, erased(two), three_]) == []
    assert faults([one, two, erased(three_)]) == []


def test_an_erasure_that_is_not_on_record_is_tampering():
    one, two, three_ = three()
    assert faults([one, erased(two)._replace(is_erased=False), three_]) == [(Fault.EDITED, 2)]


def test_nothing_can_be_written_where_something_was_erased():
    one, two, three_ = three()
    forged = erased(two, changes='{"words": [null, "forged"]}')
    assert faults([one, forged, three_]) == [(Fault.EDITED, 2)]


def test_what_else_an_erased_entry_says_is_still_held():
    one, two, three_ = three()
    assert faults([one, saying(erased(two), by_name="Somebody Else"), three_]) == [(Fault.EDITED, 2)]


def test_an_entry_of_which_an_erasure_is_on_record_and_that_is_still_there_must_say_what_it_said():
    one, two, three_ = three()
    assert faults([one, two._replace(is_erased=True), three_]) == []
    still = saying(two, changes="{}")._replace(is_erased=True)
    assert faults([one, still, three_]) == [(Fault.EDITED, 2)]


# --- whatever is changed ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tampered:
    before: list[Sealed]
    after: list[Sealed]


@st.composite
def tampered(draw: st.DrawFn) -> Tampered:
    """A chain, and the same with one thing changed in it, anywhere but by cutting its tail."""
    values = {name: st.none() | TEXT for name in COLUMNS if name not in ("id", "changes")}
    some = draw(st.lists(st.fixed_dictionaries(values), min_size=2, max_size=6))
    before = chain(*(entry(i, **columns) for i, columns in enumerate(some, 1)))
    which = draw(st.integers(0, len(before) - 1))
    one = before[which]
    how = draw(st.sampled_from(["column", "seal", "salt", "gone", "removed", "moved", "twice"]))
    if how == "column":
        name = draw(st.sampled_from(COLUMNS))
        text = draw(
            (TEXT if name in ("id", "changes") else st.none() | TEXT).filter(lambda t: t != told(one, name))
        )
        changed = [saying(one, **{name: text})]
    elif how == "seal":
        changed = [sealed_as(one, **draw(st.sampled_from(seal_changes(one.seal))))]
    elif how == "salt":
        changed = [
            one._replace(salt=draw(st.none() | st.binary(min_size=16, max_size=16).filter(one.salt.__ne__)))
        ]
    elif how == "gone":
        changed = [one._replace(entry=None)]
    elif how == "removed":
        changed = [] if which < len(before) - 1 else [one._replace(entry=None)]
    elif how == "twice":
        changed = [one, one]
    else:
        other = draw(st.integers(0, len(before) - 1).filter(lambda i: i != which))
        exchanged = list(before)
        exchanged[which] = one._replace(entry=before[other].entry, salt=before[other].salt)
        exchanged[other] = before[other]._replace(entry=one.entry, salt=one.salt)
        return Tampered(before, exchanged)
    return Tampered(before, [*before[:which], *changed, *before[which + 1 :]])


def told(one: Sealed, name: str) -> str | None:
    assert one.entry is not None
    return one.entry[name]


def seal_changes(seal: Seal) -> list[dict[str, Any]]:
    other = sha256(seal.hash).digest()
    return [
        {"number": seal.number + 1},
        {"number": seal.number - 1},
        {"previous": other},
        {"digest": other},
        {"hash": other},
        {"sealed_at": "2026-11-25 09:00:01+00"},
        {"agency_id": None},
    ]


@settings(max_examples=300)
@given(tampered())
def test_any_single_change_to_any_entry_is_found(one: Tampered):
    assert faults(one.before) == []
    assert faults(one.after), "a change that nobody would see"


@given(st.lists(st.fixed_dictionaries({name: TEXT for name in COLUMNS if name != "id"}), max_size=8))
def test_whatever_entries_say_they_hold_as_they_were_sealed(entries: list[dict[str, str | None]]):
    assert faults(chain(*(entry(i, **columns) for i, columns in enumerate(entries, 1)))) == []


def test_the_changes_that_are_planted_are_changes():
    """The control of the property above: left as it is, nothing is found."""
    assert all(
        change.items() - one.seal._asdict().items() for one in three() for change in seal_changes(one.seal)
    )
