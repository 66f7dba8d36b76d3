"""A file of NHS numbers that were replaced: records take the new ones, and what cannot be is named."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nowrongdoor.journeys import people
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.linkage import reading as extracts
from nowrongdoor.reading import duplicates
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.identifiers import nhs_digits

NOBODY = "Nobody here has that number."
OLD, NEW = "old", "new"


@dataclass
class Told:
    """How many rows were acted on, and the rows that could not be: row and reason."""

    replaced: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


def of_file(path: Path, *, by: Viewer, at: datetime) -> Told:
    """
    Each row by itself, `old,new`: one that cannot be done stops no other. Raises `extracts.CannotRead` for
    what is no such table. The same file again changes nothing: nobody has the old numbers any more.
    """
    heading, *rows = _rows(path)
    if not {OLD, NEW} <= set(heading):
        had = ", ".join(heading)
        raise extracts.CannotRead(f"{path.name} needs the headings old and new. It has: {had}.")
    told = Told()
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        cells = dict(zip(heading, row, strict=False))
        why_not = _supersede(cells.get(OLD, ""), cells.get(NEW, ""), by=by, at=at)
        if why_not:
            told.faults.append((number, why_not))
        else:
            told.replaced += 1
    return told


def _rows(path: Path) -> list[list[str]]:
    """Each row by its place in the file, in whichever usual encoding; the heading is the first."""
    try:
        text = extracts.decoded(path.read_bytes()).replace("\x00", "")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=extracts.delimiter_of(text)))
    except (OSError, csv.Error) as fault:
        raise extracts.CannotRead(f"{path.name} cannot be read: {fault}.") from fault
    if not rows:
        raise extracts.CannotRead(f"{path.name} is empty.")
    return [[cell.strip() for cell in row] for row in rows]


def _supersede(old: str, new: str, *, by: Viewer, at: datetime) -> str:
    known = duplicates.by_number(nhs_digits(old))
    if known is None:
        return NOBODY
    try:
        people.supersede(person_id=known.id, number=new, by=by, at=at, seen=known.version)
    except Refused as refusal:
        return refusal.words
    return ""
