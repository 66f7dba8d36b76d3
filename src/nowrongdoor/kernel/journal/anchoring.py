"""
Anchoring: each minute the heads of all chains go to a file outside the database, and are held against it.

A chain that no longer ends in, or leads through, what was anchored was cut short, written anew, or restored
from a backup. Nothing is anchored over that: an administrator must say why (`re_anchor`), and that stands in
the journal and in the anchor for good.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from uuid import uuid4

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.entries import ANCHOR, RE_ANCHORED, tell
from nowrongdoor.kernel.journal.sealing import lock_of, seal
from nowrongdoor.rules.anchor import Anchored, Chain, Damaged, Head, Kept, Line, ReAnchored, next_line
from nowrongdoor.rules.chain import Break, Fault

LOCK = lock_of("anchor")
AT_ONCE = 1_000  # heads looked up at once
MINUTE = timedelta(minutes=1)


class DoesNotFit(Exception):
    """Journal and anchor contradict each other: the first break of each chain, or of the file."""

    def __init__(self, breaks: Sequence[Break]) -> None:
        super().__init__(breaks[0].words)
        self.breaks = breaks


class NothingToReAnchor(Exception):
    """Journal and anchor agree."""


@dataclass
class AgainstAnchor:
    """What came of holding the journal against an anchor. `longest_gap`: the longest time without a line."""

    lines: int = 0
    last_at: datetime | None = None
    longest_gap: timedelta = timedelta(0)
    re_anchored: list[Line] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    kept: dict[Chain, int] = field(default_factory=dict)
    """Of each chain that does not fit: up to which entry the anchor still vouches for it."""


def anchor(file: AnchorFile, *, at: datetime, using: str = "default") -> Line | None:
    """
    Adds the line of this minute, once; None when it stands there already.

    Raises `DoesNotFit`, and adds nothing, when the last line's heads are not where they were.
    """
    if _is_of_this_minute(file.so_far.last, at):
        return None
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        so_far = _all_but_torn(file)
        try:
            so_far.end()
        except Damaged as damage:
            raise DoesNotFit([_damaged(damage, so_far.last)]) from damage
        last = so_far.last
        if _is_of_this_minute(last, at):
            return None
        if last is not None:
            differing = _Compared()
            differing.look(cursor, [(head, last.at) for head in so_far.heads.values()])
            if broken := differing.breaks(cursor):
                raise DoesNotFit(broken)
        line = next_line(so_far, heads(cursor), at=at)
        file.add(line)
        return line


def re_anchor(file: AnchorFile, *, why: str, by: str, at: datetime, using: str = "default") -> Line:
    """
    Goes on from the journal as it is, on record: an entry in the system's own chain, and a line in the
    anchor.

    Both name the heads that were given up and those that hold now. Raises `NothingToReAnchor` when nothing
    was given up, and `DoesNotFit` when the file itself was changed.
    """
    with connections[using].cursor() as cursor:
        found = against(AnchorFile(file.path), cursor)
    so_far = _all_but_torn(file)
    if not found.kept and not so_far.unreadable:
        raise NothingToReAnchor
    gave_up = tuple(so_far.heads[agency_id] for agency_id in found.kept)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        now = heads(cursor)
        told = [_named(gave_up), _named(now[one] for one in found.kept if one in now)]
        tell(
            ANCHOR,
            uuid4(),
            RE_ANCHORED,
            {"why": [None, why], "heads": told},
            agency_id=None,
            by_name=by,
            at=at,
            using=using,
        )
    seal(at=at, using=using)
    kept = tuple(Kept(agency_id, number) for agency_id, number in found.kept.items())
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        so_far = _all_but_torn(file)
        line = next_line(so_far, heads(cursor), at=at, re_anchored=ReAnchored(why, by, kept, gave_up))
        file.add(line)
    return line


def heads(cursor: CursorWrapper) -> dict[Chain, Head]:
    """The last entry of every chain; each found by a look or two, however long the chains are."""
    cursor.execute(HEADS)
    found = [Head(agency_id, number, bytes(hashed)) for agency_id, number, hashed in cursor.fetchall()]
    return {head.agency_id: head for head in found}


def against(file: AnchorFile, cursor: CursorWrapper) -> AgainstAnchor:
    """Every line of an anchor that has not been read yet, against the chains as they are."""
    found = AgainstAnchor()
    damage = _survey(AnchorFile(file.path, until=file.until), found)
    compared = _Compared()
    points = _points(file, found)
    while some := [point for point, _ in zip(points, range(AT_ONCE), strict=False)]:
        compared.look(cursor, some)
    found.breaks = compared.breaks(cursor)
    found.kept = {agency_id: compared.fits.get(agency_id, 0) for agency_id in compared.first}
    if damage is not None:
        found.breaks.append(damage)
    return found


def _is_of_this_minute(line: Line | None, at: datetime) -> bool:
    return line is not None and abs(at - line.at) < MINUTE and at.minute == line.at.minute


def _survey(file: AnchorFile, found: AgainstAnchor) -> Break | None:
    """Reads the whole anchor: whether each line follows the one before, and where it was anchored anew."""
    try:
        for line in file.lines():
            if found.last_at is not None:
                found.longest_gap = max(found.longest_gap, line.at - found.last_at)
            found.lines, found.last_at = file.so_far.lines, line.at
            if line.re_anchored is not None:
                found.re_anchored.append(line)
        file.so_far.end()
    except Damaged as damage:
        return _damaged(damage, file.so_far.last)
    return None


def _points(file: AnchorFile, found: AgainstAnchor) -> Iterator[tuple[Head, datetime]]:
    """Each head that was anchored and not given up later, with the time of its line, in their order."""
    to_come = [line.re_anchored for line in found.re_anchored if line.re_anchored is not None]
    kept = _kept(to_come)
    try:
        for line in file.lines():
            if line.re_anchored is not None:
                to_come = to_come[1:]
                kept = _kept(to_come)
            for head in line.changed:
                if 0 < head.number <= kept.get(head.agency_id, head.number):
                    yield head, line.at
    except Damaged:
        return  # the survey has told of it; what stands before it counts


def _kept(re_anchored: Iterable[ReAnchored]) -> Mapping[Chain, int]:
    """Up to which entry each chain was kept by all of these."""
    least: dict[Chain, int] = {}
    for agency_id, number in (kept for one in re_anchored for kept in one.kept):
        least[agency_id] = min(number, least.get(agency_id, number))
    return least


@dataclass
class _Compared:
    """Anchored heads against the seals: of each chain how far it fits, and where it does not."""

    fits: dict[Chain, int] = field(default_factory=dict)
    first: dict[Chain, Head] = field(default_factory=dict)
    last_at: dict[Chain, datetime] = field(default_factory=dict)

    def look(self, cursor: CursorWrapper, points: Iterable[tuple[Head, datetime]]) -> None:
        in_chains = sorted(points, key=lambda point: point[0].agency_id or "")
        for agency_id, chain in groupby(in_chains, key=lambda point: point[0].agency_id):
            of_chain = list(chain)
            sealed = _hashes(cursor, agency_id, [head.number for head, _ in of_chain])
            for head, at in of_chain:
                if (head.number, head.hash) not in sealed:
                    self.first.setdefault(agency_id, head)
                    self.last_at[agency_id] = at
                elif agency_id not in self.first:
                    self.fits[agency_id] = max(head.number, self.fits.get(agency_id, 0))

    def breaks(self, cursor: CursorWrapper) -> list[Break]:
        found = []
        for agency_id, head in self.first.items():
            ends, at = _length(cursor, agency_id), self.last_at[agency_id]
            if head.number > ends:
                words = f"The chain led on to entry {head.number:,}, and now ends before this one."
                found.append(Break(Fault.TAIL_CUT, agency_id, ends + 1, words, at))
            else:
                last = self.fits.get(agency_id, 0)
                words = f"It is another than was anchored; the anchor vouches for the chain up to {last:,}."
                found.append(Break(Fault.REWRITTEN, agency_id, head.number, words, at))
        return found


def _hashes(cursor: CursorWrapper, agency_id: Chain, numbers: Sequence[int]) -> set[tuple[int, bytes]]:
    if agency_id is None:
        cursor.execute(
            "SELECT number, hash FROM journal_seal WHERE agency_id IS NULL AND number = ANY(%s::bigint[])",
            [list(numbers)],
        )
    else:
        cursor.execute(
            "SELECT number, hash FROM journal_seal WHERE agency_id = %s AND number = ANY(%s::bigint[])",
            [agency_id, list(numbers)],
        )
    return {(number, bytes(hashed)) for number, hashed in cursor.fetchall()}


def _length(cursor: CursorWrapper, agency_id: Chain) -> int:
    head = heads(cursor).get(agency_id)
    return 0 if head is None else head.number


def _damaged(damage: Damaged, last: Line | None) -> Break:
    words = f"Line {damage.number:,}: {damage.words}"
    return Break(Fault.ANCHOR_CHANGED, None, damage.number, words, None if last is None else last.at)


def _all_but_torn(file: AnchorFile) -> Anchored:
    """What the file has said, though its last line may be torn. Raises `DoesNotFit` for any other damage."""
    try:
        return file.catch_up()
    except Damaged as damage:
        raise DoesNotFit([_damaged(damage, file.so_far.last)]) from damage


def _named(some: Iterable[Head]) -> list[list[object]]:
    return [[head.agency_id, head.number, head.hash.hex()] for head in some]


HEADS = """
    WITH RECURSIVE chain AS (
        (SELECT agency_id FROM journal_seal WHERE agency_id IS NOT NULL ORDER BY agency_id LIMIT 1)
        UNION ALL
        SELECT (SELECT s.agency_id FROM journal_seal s WHERE s.agency_id > chain.agency_id
            ORDER BY s.agency_id LIMIT 1)
        FROM chain WHERE chain.agency_id IS NOT NULL
    )
    SELECT chain.agency_id::text, head.number, head.hash FROM chain CROSS JOIN LATERAL (
        SELECT number, hash FROM journal_seal s WHERE s.agency_id = chain.agency_id
        ORDER BY number DESC LIMIT 1
    ) AS head
    UNION ALL
    (SELECT NULL, number, hash FROM journal_seal WHERE agency_id IS NULL ORDER BY number DESC LIMIT 1)
"""
