"""
The anchor: what the heads of all chains were, minute by minute, kept where nobody can reach it with the
journal.

One line of JSON a minute, each with the hash of the line before. `root` is the Merkle root over the heads of
all chains, `changed` the heads that moved since the line before, so that a break can be laid to its agency.
Whoever holds a copy can show that a chain was cut short or written anew since. A line tells how many entries
an agency has made, and nothing of any person.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from nowrongdoor.rules.chain import START

LARGEST = 2**63 - 1
Chain = str | None
"""The agency whose chain it is; None for the system's own."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


class Head(NamedTuple):
    """The last entry of a chain: number 0 where there is none any more."""

    agency_id: Chain
    number: int
    hash: bytes


class Kept(NamedTuple):
    """How far a chain is still the one that was anchored, when it was anchored anew."""

    agency_id: Chain
    number: int


@dataclass(frozen=True)
class ReAnchored:
    """The journal was restored to an older point: why, who says so, what is kept, what was given up."""

    why: str
    by: str
    kept: tuple[Kept, ...]
    gave_up: tuple[Head, ...]


@dataclass(frozen=True)
class Line:
    """One minute. `heads` is how many chains there are."""

    at: datetime
    heads: int
    root: bytes
    changed: tuple[Head, ...]
    previous: bytes
    re_anchored: ReAnchored | None = None


class Damaged(Exception):
    """A line of the anchor is not as it was written. `number` counts the lines from 1."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.number = number
        self.words = words


class _Unreadable(Exception):
    """This is no line of an anchor."""


def merkle_root(heads: Iterable[Head]) -> bytes:
    """One hash over all heads: leaves in the order of agencies, two by two; who has no pair goes up alone."""
    level = [sha256(b"\0" + _canonical(_told(head)).encode()).digest() for head in sorted(heads, key=_order)]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [sha256(b"\1" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0] if level else sha256(b"").digest()


@dataclass
class Anchored:
    """What an anchor has said so far. `take` its lines in turn; it keeps the heads, not the lines."""

    heads: dict[Chain, Head] = field(default_factory=dict)
    lines: int = 0
    last: Line | None = None
    previous: bytes = START
    unreadable: int = 0
    """The number of a line that nobody can read, until an administrator has anchored anew after it."""

    def take(self, raw: bytes) -> Line | None:
        """
        The line, which must follow from those before it. None for one that cannot be read.

        A line may be torn by a power cut; it counts as damage unless the next one is a re-anchoring.
        Raises `Damaged`.
        """
        self.lines += 1
        try:
            line = read(raw)
        except _Unreadable:
            self._not_torn_before()
            self.unreadable, self.previous = self.lines, hash_of_line(raw)
            return None
        if line.re_anchored is None:
            self._not_torn_before()
        if line.previous != self.previous:
            raise Damaged(self.lines, "It does not follow the line before it.")
        if line.changed or self.last is None or line.root != self.last.root:
            self.heads = moved_on(self.heads, line.changed)
            if line.root != merkle_root(self.heads.values()):
                raise Damaged(self.lines, "Its root is not the root of the heads that stand in the file.")
        if line.heads != len(self.heads):
            raise Damaged(self.lines, "It counts another number of heads.")
        self.last, self.previous, self.unreadable = line, hash_of_line(raw), 0
        return line

    def end(self) -> None:
        """Raises `Damaged` where the last line cannot be read."""
        self._not_torn_before()

    def _not_torn_before(self) -> None:
        if self.unreadable:
            raise Damaged(self.unreadable, "Nobody can read it: it was changed, or torn by a power cut.")


def next_line(
    so_far: Anchored, heads: Mapping[Chain, Head], *, at: datetime, re_anchored: ReAnchored | None = None
) -> Line:
    """The line for this minute, given all heads as they are now."""
    gone = [Head(agency_id, 0, START) for agency_id in so_far.heads.keys() - heads.keys()]
    changed = [head for head in heads.values() if so_far.heads.get(head.agency_id) != head]
    return Line(
        at=at,
        heads=len(heads),
        root=merkle_root(heads.values()),
        changed=tuple(sorted([*gone, *changed], key=_order)),
        previous=so_far.previous,
        re_anchored=re_anchored,
    )


def moved_on(heads: Mapping[Chain, Head], changed: Iterable[Head]) -> dict[Chain, Head]:
    """The heads after some have changed; a chain without entries has no head."""
    after = {**heads, **{head.agency_id: head for head in changed}}
    return {agency_id: head for agency_id, head in after.items() if head.number}


def hash_of_line(raw: bytes) -> bytes:
    """The hash by which the next line names this one: over its bytes, without the end of the line."""
    return sha256(raw.rstrip(b"\n")).digest()


def write(line: Line) -> bytes:
    """The line as it stands in the file, its end included."""
    told: dict[str, Any] = {
        "at": line.at.isoformat(),
        "changed": [_told(head) for head in line.changed],
        "heads": line.heads,
        "previous": line.previous.hex(),
        "root": line.root.hex(),
    }
    if line.re_anchored is not None:
        told["re_anchored"] = {
            "by": line.re_anchored.by,
            "gave_up": [_told(head) for head in line.re_anchored.gave_up],
            "kept": [list(one) for one in line.re_anchored.kept],
            "why": line.re_anchored.why,
        }
    return _canonical(told).encode() + b"\n"


def read(raw: bytes) -> Line:
    """A line of the file. What was written in another way than `write` does it is no line of ours."""
    try:
        told = json.loads(raw)
        again = told.get("re_anchored")
        line = Line(
            at=datetime.fromisoformat(told["at"]),
            heads=int(told["heads"]),
            root=bytes.fromhex(told["root"]),
            changed=tuple(_head(one) for one in told["changed"]),
            previous=bytes.fromhex(told["previous"]),
            re_anchored=None if again is None else _re_anchored(again),
        )
        if line.at.utcoffset() != timedelta(0) or write(line).rstrip(b"\n") != raw.rstrip(b"\n"):
            raise _Unreadable
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise _Unreadable from error
    return line


def _re_anchored(told: Mapping[str, Any]) -> ReAnchored:
    return ReAnchored(
        why=str(told["why"]),
        by=str(told["by"]),
        kept=tuple(Kept(_chain(agency_id), _number(number)) for agency_id, number in told["kept"]),
        gave_up=tuple(_head(one) for one in told["gave_up"]),
    )


def _head(told: Any) -> Head:
    agency_id, number, hashed = told
    return Head(_chain(agency_id), _number(number), bytes.fromhex(hashed))


def _chain(told: Any) -> Chain:
    return None if told is None else str(UUID(told))


def _number(told: Any) -> int:
    number = int(told)
    if not 0 <= number <= LARGEST:
        raise ValueError("no chain is that long")
    return number


def _told(head: Head) -> list[Any]:
    return [head.agency_id, head.number, head.hash.hex()]


def _order(head: Head) -> str:
    return head.agency_id or ""
