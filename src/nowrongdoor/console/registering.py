"""
A partner's register read from a file: each row is refused with its reason, linked already, like nobody, or
put before the records steward.

It goes batch by batch, and each batch is one act: what was found and how far the reading came are written
together. Stopped and begun again, the same file goes on where it was; the report is written anew, from the
first row on. Nothing is held in memory but one batch.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID, uuid4

from nowrongdoor.journeys import registers
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.linkage.extract import Extract, Row
from nowrongdoor.linkage.register import Beside, KnownPeople
from nowrongdoor.reading import registers as reading
from nowrongdoor.rules import entry_matches, finding, register, stewarding
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.identifiers import key
from nowrongdoor.rules.matching.model import Model
from nowrongdoor.rules.register import Alike, Batch

AT_ONCE = 20_000
# Of the records an entry is like, so many are weighed name by name.
WEIGHED_AGAIN = 5
# The sieve lets through what is a little less likely: by another name on record it may be likelier.
MARGIN = 4.0
REPORT = ("row", "column", "why")
Told = Callable[["Counts"], None]


@dataclass
class Counts:
    """What the rows of a file came to, so far. `went_on_from` is how many batches were done before."""

    rows: int = 0
    refused: int = 0
    known: int = 0
    asked_before: int = 0
    proposed: int = 0
    to_look_at: int = 0
    alone: int = 0
    went_on_from: int = 0
    weighed: int = 0


@dataclass
class Job:
    """One file of one agency's register, who reads it, and where what is refused is told."""

    extract: Extract
    agency_id: UUID
    by: Viewer
    at: datetime
    report: TextIO
    is_dry: bool = False
    at_once: int = AT_ONCE
    counts: Counts = field(default_factory=Counts)

    @property
    def on(self) -> date:
        return local_date(self.at)

    def run(self, beside: Beside, *, tell: Told = lambda counts: None) -> Counts:
        """Every batch that is not done yet. Raises `CannotRead` for what is no such table."""
        batches = self._batches()
        first = next(batches, ([], True))
        reading_id, done = self._begun()
        told = csv.writer(self.report)
        told.writerow(REPORT)
        for place, (rows, is_last) in enumerate(_from(first, batches)):
            self._refuse(rows, told)
            if place >= done:
                self._take(reading_id, place, rows, beside, is_last=is_last)
            tell(self.counts)
        return self.counts

    def _batches(self) -> Iterator[tuple[list[Row], bool]]:
        """The rows of the file, so many at a time; and whether they are its last."""
        rows: list[Row] = []
        for row in self.extract.rows(on=self.on):
            if len(rows) == self.at_once:
                yield rows, False
                rows = []
            rows.append(row)
        yield rows, True

    def _begun(self) -> tuple[UUID, int]:
        """The reading of this file that was stopped, and how far it came; else a new one."""
        if self.is_dry:
            return uuid4(), 0
        digest = f"{self.extract.digest()}/{self.at_once}"
        known = reading.being_read(agency_id=self.agency_id, digest=digest)
        if known is not None:
            self.counts.went_on_from = known.batches
            return known.id, known.batches
        reading_id = uuid4()
        registers.begin(
            reading_id=reading_id, agency_id=self.agency_id, digest=digest, by=self.by, at=self.at
        )
        return reading_id, 0

    def _refuse(self, rows: Sequence[Row], told: Any) -> None:
        for row in rows:
            for fault in row.faults:
                told.writerow((row.number, _plain(fault.column), fault.why))
        self.report.flush()
        self.counts.rows += len(rows)
        self.counts.refused += sum(row.entry is None for row in rows)

    def _take(
        self, reading_id: UUID, place: int, rows: Sequence[Row], beside: Beside, *, is_last: bool
    ) -> None:
        entries = [row.entry for row in rows if row.entry is not None]
        linked = reading.linked(agency_id=self.agency_id, numbers=[key(one.number) for one in entries])
        asked = [one for one in entries if key(one.number) not in linked]
        found = self._alike(asked, beside)
        alone = len(asked) - len({one.entry.number for one in found})
        before = reading.asked_before(self._key(one) for one in found)
        new = [one for one in found if self._key(one) not in before]
        bands = [stewarding.band(register.BANDS, one.bits, on=self.on) for one in new]
        counts = self.counts
        counts.known += len(entries) - len(asked)
        counts.alone += alone
        counts.asked_before += len(found) - len(new)
        counts.proposed += bands.count("proposed")
        counts.to_look_at += len(bands) - bands.count("proposed")
        if not self.is_dry:
            batch = Batch(
                place, len(rows), len(rows) - len(entries), len(entries) - len(asked), alone, is_last
            )
            registers.take(reading_id=reading_id, batch=batch, found=new, by=self.by, at=self.at)

    def _key(self, one: Alike) -> UUID:
        return register.key_of(self.agency_id, one.entry.number, one.person_id)

    def _alike(self, entries: Sequence[Entry], beside: Beside) -> list[Alike]:
        """Entries with the records they are like, the likeliest few of each, scored as in a call."""
        best: dict[int, dict[UUID, float]] = {}
        least = stewarding.least(register.BANDS, on=self.on)
        for weighed in beside.weigh([finding.as_weighed(one) for one in entries]):
            self.counts.weighed += len(weighed.bits)
            for at in (weighed.bits >= least - MARGIN).nonzero()[0].tolist():
                theirs = best.setdefault(int(weighed.entries[at]), {})
                record, bits = UUID(weighed.records[at]), float(weighed.bits[at])
                theirs[record] = max(bits, theirs.get(record, bits))
        nearest = {
            at: sorted(theirs, key=lambda one: (-theirs[one], one))[:WEIGHED_AGAIN]
            for at, theirs in best.items()
        }
        return self._as_in_a_call(entries, nearest, beside.model)

    def _as_in_a_call(
        self, entries: Sequence[Entry], nearest: dict[int, list[UUID]], model: Model
    ) -> list[Alike]:
        records = {one for theirs in nearest.values() for one in theirs}
        people = reading.of_keys(records)
        into = reading.read_through(records)
        return [
            one
            for at, theirs in sorted(nearest.items())
            for one in entry_matches.alike(
                entries[at], [people[key] for key in theirs if key in people], model, into, at=self.at
            )
        ]


def known_people(folder: Path) -> KnownPeople:
    """Everybody the place knows and may be told of, written where a register is compared with them."""
    known = KnownPeople(folder)
    known.write(
        (str(person.id), values) for person in reading.everybody() for values in finding.every_way(person)
    )
    return known


def _plain(column: str) -> str:
    """A heading as it may stand in a file that a spreadsheet opens: none of them is a formula."""
    return f"'{column}" if column[:1] in ("=", "+", "-", "@") else column


def _from(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest
