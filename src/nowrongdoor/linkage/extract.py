"""
A partner's extract as it streams by: rows one after the other, however many there are.

A row that cannot be read is refused by itself, with its place in the file, its column and the reason; every
other goes on. What must be remembered to know a row again lies in a file that goes when the reading ends, so
that ten million rows need no more memory than ten thousand.
"""

from __future__ import annotations

import codecs
import csv
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b, file_digest, sha256
from pathlib import Path
from typing import IO

from nowrongdoor.linkage.reading import DELIMITERS, CannotRead, delimiter_of
from nowrongdoor.rules import extract
from nowrongdoor.rules.extract import Entry, Fault, Mapped
from nowrongdoor.rules.identifiers import key

# A quotation mark that is opened closes within so many lines, or it was never meant to.
LINES_OF_A_ROW = 20
LONGEST_LINE = 200_000
BEGINNING = 64_000
PARQUET = ".parquet"
NEVER_CLOSED = "A quotation mark is opened and never closed."


@dataclass(frozen=True)
class Row:
    """A row's place in the file, the heading being the first; whom it speaks of, or what is wrong with it."""

    number: int
    entry: Entry | None
    faults: Sequence[Fault] = ()


@dataclass
class Extract:
    """A file and how it is read. `heading` is known once it was opened."""

    path: Path
    mapped: Mapped
    heading: list[str] = field(default_factory=list)

    def digest(self) -> str:
        """The same for the same file read in the same way, whatever it is called."""
        try:
            with self.path.open("rb") as opened:
                content = file_digest(opened, "sha256").hexdigest()
        except OSError as fault:
            raise CannotRead(f"{self.path.name} cannot be opened: {fault.strerror}.") from fault
        way = repr((sorted(self.mapped.columns.items()), self.mapped.ways, self.mapped.encoding, content))
        return sha256(way.encode()).hexdigest()

    def lines(self) -> int:
        """About how many rows there are, for telling how far it is."""
        if self.path.suffix.lower() == PARQUET:
            import duckdb

            with closing(duckdb.connect()) as held:
                (many,) = held.execute(
                    "SELECT count(*) FROM read_parquet(?)", [str(self.path)]
                ).fetchone() or (0,)
            return int(many)
        with self.path.open("rb") as opened:
            return max(sum(block.count(b"\n") for block in iter(lambda: opened.read(1 << 20), b"")) - 1, 0)

    def rows(self, *, on: date) -> Iterator[Row]:
        """Every row under the heading that is not empty. Raises `CannotRead` for what is no such table."""
        if self.path.suffix.lower() == PARQUET:
            yield from self._checked(_of_parquet(self), on=on)
            return
        try:
            encoding = self.mapped.encoding or encoding_of(self.path)
            with self.path.open("r", encoding=encoding, errors="surrogateescape", newline="\n") as opened:
                yield from self._checked(self._split(opened), on=on)
        except OSError as fault:
            raise CannotRead(f"{self.path.name} cannot be opened: {fault.strerror}.") from fault
        except UnicodeError as fault:
            raise CannotRead(f"{self.path.name} is not written in {encoding}: {fault.args[-1]}.") from fault

    def _split(self, opened: IO[str]) -> Iterator[list[str] | str]:
        begin = opened.read(BEGINNING)
        if not begin.strip():
            raise CannotRead(f"{self.path.name} is empty.")
        if "\x00" in begin:
            raise CannotRead(f"{self.path.name} is no text: save it as CSV (comma-separated, UTF-8).")
        sign = delimiter_of(begin) if "\n" in begin else max(DELIMITERS, key=begin.count)
        opened.seek(0)
        found = _records(_lines(opened, self.path.name), sign)
        heading = next(found, None)
        if not isinstance(heading, list):
            raise CannotRead(f"The heading of {self.path.name} cannot be read: {heading}")
        self.names([one.strip().lstrip("\ufeff") for one in heading])
        yield from found

    def names(self, heading: list[str]) -> None:
        """The columns as the file names them. Raises `CannotRead` where the map knows others."""
        if missing := self.mapped.missing(heading):
            raise CannotRead(
                f"{self.path.name} has no column {', '.join(missing)}. It has: {', '.join(heading)}."
            )
        twice = sorted({one for one in heading if heading.count(one) > 1})
        if wanted := [one for names in self.mapped.columns.values() for one in names if one in twice]:
            raise CannotRead(f"{self.path.name} has the column {wanted[0]} more than once.")
        self.heading = heading

    def _checked(self, found: Iterable[list[str] | str], *, on: date) -> Iterator[Row]:
        with closing(Seen()) as seen:
            for number, cells in enumerate(found, start=2):
                if isinstance(cells, str):
                    yield Row(number, None, [Fault("", cells)])
                elif any(cell.strip() for cell in cells):
                    yield self._row(number, cells, seen, on=on)

    def _row(self, number: int, cells: list[str], seen: Seen, *, on: date) -> Row:
        width = len(self.heading)
        if len(cells) != width:
            many = f"{len(cells)} cell{'s' * (len(cells) != 1)} where the heading has {width}"
            return Row(number, None, [Fault("", f"{many}: columns may have moved.")])
        told = extract.read(number, dict(zip(self.heading, cells, strict=True)), self.mapped, on=on)
        if not isinstance(told, Entry):
            return Row(number, None, told)
        if why := seen.before(told, cells):
            return Row(number, None, [Fault(self.mapped.columns[extract.IDENTIFIER][0], why)])
        return Row(number, told)


class Seen:
    """Which numbers of the partner were seen, in which row, with what beside them; on disk, not in memory."""

    def __init__(self) -> None:
        self._held = sqlite3.connect("", isolation_level=None)
        self._held.execute("PRAGMA cache_size = -65536")
        self._held.execute("PRAGMA journal_mode = OFF")
        self._held.execute("PRAGMA synchronous = OFF")
        self._held.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY, line INTEGER, cells INTEGER)")
        # One long act: it is thrown away in the end, so nothing of it need ever be safe.
        self._held.execute("BEGIN")

    def before(self, entry: Entry, cells: Sequence[str]) -> str:
        """Why a row is not taken again; empty where its number is new."""
        number, beside = _short(key(entry.number)), _short("\x1f".join(cells))
        kept = (number, entry.row, beside)
        told = self._held.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", kept)
        if told.rowcount:
            return ""
        line, known = self._held.execute(
            "SELECT line, cells FROM seen WHERE number = ?", (number,)
        ).fetchone()
        if known == beside:
            return f"The same as row {line}."
        return f"Row {line} has this number too, and says something else beside it."

    def close(self) -> None:
        self._held.close()


def _short(text: str) -> int:
    told = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(told, "big", signed=True)


def encoding_of(path: Path) -> str:
    """UTF-16 where the file is marked as that, else UTF-8: a letter of another is told by its row."""
    with path.open("rb") as opened:
        begin = opened.read(4)
    return "utf-16" if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _lines(opened: IO[str], name: str) -> Iterator[str]:
    while line := opened.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise CannotRead(f"{name} has a line of more than {LONGEST_LINE:,} signs: it is no table.")
        yield line


def _records(lines: Iterator[str], sign: str) -> Iterator[list[str] | str]:
    """Cells of each row; of one that is none, why. A quotation mark left open spoils its own row alone."""
    csv.field_size_limit(LONGEST_LINE * LINES_OF_A_ROW)
    waiting: deque[str] = deque()
    width = 0

    def line() -> str | None:
        return waiting.popleft() if waiting else next(lines, None)

    while (first := line()) is not None:
        taken = [first]
        cells, is_open = _cells(first, sign)
        while is_open and len(taken) < LINES_OF_A_ROW and (more := line()) is not None:
            taken.append(more)
            cells, is_open = _cells("".join(taken), sign)
        if len(taken) > 1 and (is_open or len(cells) != (width or len(cells)) or isinstance(cells, str)):
            waiting.extendleft(reversed(taken[1:]))
            is_open = True
        width = width or len(cells)
        yield NEVER_CLOSED if is_open else cells


def _cells(text: str, sign: str) -> tuple[list[str] | str, bool]:
    """The cells, or why there are none; and whether a quotation mark is still open."""
    try:
        return next(csv.reader([text], delimiter=sign, strict=True), []), False
    except csv.Error as fault:
        if "unexpected end" in str(fault):
            return "", True
        return "A quotation mark stands where none can.", False


def _of_parquet(extract_: Extract) -> Iterator[list[str] | str]:
    import duckdb

    with closing(duckdb.connect()) as held:
        held.execute("SET enable_progress_bar = false")
        try:
            found = held.read_parquet(str(extract_.path))
        except duckdb.Error as fault:
            raise CannotRead(f"{extract_.path.name} is no Parquet file.") from fault
        extract_.names(list(found.columns))
        told = held.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(extract_.path)])
        while rows := told.fetchmany(10_000):
            for row in rows:
                yield [cell or "" for cell in row]
