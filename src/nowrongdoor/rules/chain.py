"""
The chain that shows whether the journal was tampered with: each entry is sealed with the entry before it.

A seal gives an entry its number in the chain of its agency, without a gap, and a hash over the whole entry,
its number and the hash before. Whoever changes, removes, adds or moves an entry later breaks the chain there,
or must rewrite all of it from there on; only an anchor kept elsewhere (`rules.anchor`) shows that.

What an entry says of a person (`changes`) stands in the hash as a digest with a salt of the entry's own. Once
words and salt are lawfully erased, the digest tells nothing, and the chain still holds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

START = bytes(32)
"""What stands before the first entry of every chain."""
SALT_LENGTH = 16
ERASED = "{}"
"""What is left of `changes` where a person's words were lawfully erased."""
PERSONAL = "changes"
Texts = Mapping[str, str | None]
"""An entry as text: each column as PostgreSQL writes it, with instants in UTC."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


class Seal(NamedTuple):
    """The place of one entry in the chain of its agency; without an agency, in the system's own chain."""

    entry_id: str
    agency_id: str | None
    number: int
    previous: bytes
    digest: bytes
    hash: bytes
    sealed_at: str


class Sealed(NamedTuple):
    """A seal, and what is there of what it was put on. `is_erased`: an erasure of it is on record."""

    seal: Seal
    entry: Texts | None
    salt: bytes | None
    is_erased: bool


class Fault(StrEnum):
    """In which way a chain is broken."""

    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    HEAD_CHANGED = "head changed"
    TAIL_CUT = "tail cut"
    REWRITTEN = "rewritten since the anchor"
    ANCHOR_CHANGED = "anchor file changed"


@dataclass(frozen=True)
class Break:
    """Where a chain is broken and how, in words. `anchored_at` is the last anchor that still fits it."""

    fault: Fault
    agency_id: str | None
    number: int
    words: str
    anchored_at: datetime | None = None


def digest_of(changes: str, salt: bytes) -> bytes:
    """What a person's words come to: whoever has not both the words and the salt learns nothing from it."""
    return sha256(salt + changes.encode()).digest()


def hash_of(
    entry: Texts, *, agency_id: str | None, number: int, previous: bytes, digest: bytes, sealed_at: str
) -> bytes:
    """
    The hash of an entry in its place: over canonical JSON of all its columns and of its seal.

    A column without a value is left out, so a column that is added later leaves every old hash as it was.
    """
    said = {name: text for name, text in entry.items() if text is not None and name != PERSONAL}
    form = {
        "chain": agency_id,
        "digest": digest.hex(),
        "entry": said,
        "number": number,
        "previous": previous.hex(),
        "sealed_at": sealed_at,
    }
    return sha256(_canonical(form).encode()).digest()


def sealing(
    entries: Iterable[tuple[Texts, bytes]],
    *,
    agency_id: str | None,
    after: tuple[int, bytes] = (0, START),
    sealed_at: str,
) -> Iterator[Seal]:
    """The seals of these entries, each with its salt, in this order after the head of their chain."""
    number, previous = after
    for entry, salt in entries:
        number += 1
        digest = digest_of(entry[PERSONAL] or "", salt)
        hashed = hash_of(
            entry,
            agency_id=agency_id,
            number=number,
            previous=previous,
            digest=digest,
            sealed_at=sealed_at,
        )
        yield Seal(str(entry["id"]), agency_id, number, previous, digest, hashed, sealed_at)
        previous = hashed


def breaks(chain: Iterable[Sealed]) -> Iterator[Break]:
    """Every break in one chain, given in the order of its numbers; each is told once, where it begins."""
    number, previous = 0, START
    coming = iter(chain)
    one = next(coming, None)
    while one is not None:
        following = next(coming, None)
        found = _place(one.seal, number, previous) or _content(one, is_head=following is None)
        if found is not None:
            yield found
        number, previous = max(number, one.seal.number), one.seal.hash
        one = following


def _place(seal: Seal, number: int, previous: bytes) -> Break | None:
    """Whether the seal stands where it was put: right after the one before it."""
    if seal.number > number + 1:
        last = seal.number - 1
        gone = "The entry was" if last == number + 1 else f"The entries up to {last:,} were"
        return _broken(Fault.MISSING, seal, f"{gone} taken out.", number=number + 1)
    if seal.number <= number:
        return _broken(Fault.OUT_OF_ORDER, seal, "Its number is given to more than one entry.")
    if seal.previous != previous:
        words = "It does not follow the entry before it: one was put in, taken out or moved."
        return _broken(Fault.OUT_OF_ORDER, seal, words)
    return None


def _content(one: Sealed, *, is_head: bool) -> Break | None:
    """Whether the entry still says what was sealed."""
    seal, entry = one.seal, one.entry
    if entry is None:
        return _broken(Fault.MISSING, seal, "It was sealed, and is not in the journal any more.")
    changes = entry[PERSONAL] or ""
    if one.salt is None:
        if not one.is_erased:
            return _broken(Fault.EDITED, seal, "Its salt is gone, and no erasure of it is on record.")
        if changes != ERASED:
            return _broken(Fault.EDITED, seal, "It was erased, and says something again.")
    elif digest_of(changes, one.salt) != seal.digest:
        return _broken(Fault.EDITED, seal, "What it says changed is not what was sealed.")
    hashed = hash_of(
        entry,
        agency_id=seal.agency_id,
        number=seal.number,
        previous=seal.previous,
        digest=seal.digest,
        sealed_at=seal.sealed_at,
    )
    if hashed == seal.hash:
        return None
    if is_head:
        words = "It is the last of its chain, and the head of the chain does not fit it: one was changed."
        return _broken(Fault.HEAD_CHANGED, seal, words)
    return _broken(Fault.EDITED, seal, "The entry or its seal is not as it was sealed.")


def _broken(fault: Fault, seal: Seal, words: str, *, number: int | None = None) -> Break:
    return Break(fault, seal.agency_id, seal.number if number is None else number, words)
