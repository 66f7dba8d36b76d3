"""
The map of a partner's extract: a small file that says which column is what, and how dates are written.

A line for each part, `part,column`, or the same as JSON; a part may be in several columns: `Street + Town`.
Two more lines may say `dates,dd/mm/yyyy | d mmm yyyy` and `encoding,windows-1252`.
"""

from __future__ import annotations

import codecs
import csv
import json
from pathlib import Path
from typing import Any

from nowrongdoor.linkage.reading import CannotRead, decoded
from nowrongdoor.rules import extract
from nowrongdoor.rules.extract import IDENTIFIER, PARTS, Mapped

DATES, ENCODING = "dates", "encoding"
NAMED = {"given", "family", "name"}


def read(path: Path) -> Mapped:
    """Raises `CannotRead` for what is no such map, and says what is missing."""
    try:
        text = decoded(path.read_bytes()).strip()
    except OSError as fault:
        raise CannotRead(f"The map {path.name} cannot be opened: {fault.strerror}.") from fault
    told = _of_json(text, path) if text[:1] == "{" else _of_lines(text)
    ways = tuple(one for one in _parted(told.pop(DATES, ""), "|") if one)
    encoding = _known(told.pop(ENCODING, ""))
    if unknown := sorted(set(told) - set(PARTS)):
        every = ", ".join((*PARTS, DATES, ENCODING))
        raise CannotRead(f"The map says {unknown[0]}, which is none of {every}.")
    columns = {part: _parted(column, "+") for part, column in told.items() if column}
    if IDENTIFIER not in columns:
        raise CannotRead(f"The map must say which column is the {IDENTIFIER}: by what you know a person.")
    if not (NAMED & set(columns) or "number" in columns):
        raise CannotRead("The map must say where the names are (given and family, or name), or the number.")
    try:
        patterns = tuple(map(extract.way, ways))
    except ValueError as fault:
        raise CannotRead(f"{fault} is no way of writing dates. Write it like dd/mm/yyyy.") from fault
    return Mapped(columns, ways, encoding, patterns)


def _parted(text: str, sign: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(sign) if one.strip())


def _known(encoding: str) -> str:
    if not encoding:
        return ""
    try:
        return codecs.lookup(encoding).name
    except LookupError as fault:
        raise CannotRead(f"{encoding} is no encoding. Usual ones are utf-8 and windows-1252.") from fault


def _of_lines(text: str) -> dict[str, str]:
    rows = [row for row in csv.reader(text.splitlines()) if any(row) and not row[0].startswith("#")]
    told: dict[str, str] = {}
    for row in rows:
        if [cell.strip().lower() for cell in row[:2]] == ["part", "column"]:
            continue
        if len(row) < 2:
            raise CannotRead(f"A line of the map says {row[0]} and no column. Write: part,column.")
        # A way of writing dates may hold a comma of its own.
        told[row[0].strip().lower()] = ",".join(row[1:]).strip()
    return told


def _of_json(text: str, path: Path) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise CannotRead(f"The map {path.name} is not JSON: {fault}.") from fault
    return {str(part).lower(): _said(str(part), one) for part, one in found.items()}


def _said(part: str, told: Any) -> str:
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        return (" | " if part == DATES else " + ").join(told)
    if not isinstance(told, str):
        raise CannotRead(f"The map says something else than a column of {part}.")
    return told
