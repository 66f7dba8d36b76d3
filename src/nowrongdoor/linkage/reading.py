"""
A partner's extract as it comes: any usual encoding and delimiter, rows too short or too long.

What cannot be read is told by row and reason; every other row goes on.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

TOGETHER = " + "
DELIMITERS = (",", ";", "\t", "|")
# Excel keeps a leading nought by writing a formula: ="0123".
FORMULA = re.compile(r'^=\s*"(.*)"$', re.DOTALL)


class CannotRead(Exception):
    """The file as a whole cannot be used, and why."""


@dataclass(frozen=True)
class Table:
    """Rows of text under a heading. `faults` are the rows left out or mended: row and reason."""

    name: str
    heading: list[str]
    rows: list[list[str]]
    faults: list[tuple[int, str]] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """The cells under a heading; of `first + second`, those of both, one after the other."""
        if name not in self.heading and TOGETHER in name:
            places = [self.heading.index(one) for one in name.split(TOGETHER)]
            return [" ".join(row[at] for at in places if row[at]) for row in self.rows]
        at = self.heading.index(name)
        return [row[at] for row in self.rows]


def table(path: Path) -> Table:
    """The file, with its heading. Raises `CannotRead` for what is no table."""
    try:
        text = decoded(path.read_bytes())
    except OSError as fault:
        raise CannotRead(f"{path.name} cannot be opened: {fault.strerror}.") from fault
    # After that a sign of no text is none; of the line ends only those of files are: a cell may hold others.
    text = text.replace("\x00", "")
    if not text.strip():
        raise CannotRead(f"{path.name} is empty.")
    csv.field_size_limit(10_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as fault:
        raise CannotRead(f"{path.name} is not a table of separated values: {fault}.") from fault
    heading = _named(lines[0])
    rows: list[list[str]] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        row, fault = _fitted([_cell(cell) for cell in line], len(heading))
        if fault:
            faults.append((number, fault))
        if row:
            rows.append(row)
    if not rows:
        raise CannotRead(f"{path.name} has a heading and no rows under it.")
    return Table(path.name, heading, rows, faults)


def decoded(raw: bytes) -> str:
    """UTF-8 or UTF-16 (marked or not) where the bytes are that, else the encoding of old Windows exports."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if unmarked := _utf16_of(raw[:4000]):
        return raw.decode(unmarked, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _utf16_of(begin: bytes) -> str:
    """Which UTF-16 it is, without a mark: mostly Latin letters have nothing in every other byte."""
    first, second = begin[0::2].count(0), begin[1::2].count(0)
    if max(first, second) * 2 < len(begin) * 0.4 or min(first, second) * 4 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def delimiter_of(text: str) -> str:
    """The sign that parts the heading and the first rows into the same number of cells."""
    lines = [line for line in text[:200_000].splitlines()[:30] if line.strip()]

    def fit(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual, often = Counter(counts).most_common(1)[0]
        return (often, usual) if usual and counts[0] else (0, 0)

    return max(DELIMITERS, key=fit)


def _named(cells: list[str]) -> list[str]:
    """Every column of the heading by a name of its own."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column {number}"
        names.append(name if name not in names else f"{name} {number}")
    return names


def _cell(cell: str) -> str:
    text = cell.strip()
    formula = FORMULA.match(text)
    return formula.group(1) if formula else text


def _fitted(row: list[str], width: int) -> tuple[list[str], str]:
    if len(row) == width:
        return row, ""
    told = f"{len(row)} cells where the heading has {width}"
    if len(row) < width:
        return row + [""] * (width - len(row)), f"{told}: read as if the last ones were empty"
    if not any(row[width:]):
        return row[:width], ""
    return [], f"{told}: left out"
