"""
Which column of one register is which of the other's, and what kind of thing it holds.

Said by whoever knows, in a file or in a line; else told from the headings, and where these say
nothing, from what stands under them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nowrongdoor.linkage.reading import TOGETHER, CannotRead, Table, decoded
from nowrongdoor.rules.matching.kinds import Kind, is_date

WHOLE = "name"  # given names and family name in one column
IDENTITY = "id"  # says which record it is, and is not compared
KINDS = {WHOLE, IDENTITY, *(kind.value for kind in Kind)}
# By what a heading holds, the first that fits; "maiden" is a name, and "town" is no date of birth.
BY_HEADING: tuple[tuple[str, str], ...] = (
    (r"mail", "email"),
    (r"birth|\bdob\b|born|d\.o\.b", "date"),
    (r"phone|mobile|\btel\b|telephone|landline", "phone"),
    (r"post ?code|\bzip\b|zip ?code|postal", "postcode"),
    (
        r"nhs|\bssn\b|soc sec|social security|national (id|ins)|\bnino\b|passport|\bmrn\b|hospital n|chi n",
        "number",
    ),
    (r"given|fore ?name|first ?name|\bfname\b|christian|middle|known as", "given"),
    (r"sur ?name|family|last ?name|\blname\b|maiden|former name|previous name", "family"),
    (r"^(full |person |patient |client )?name$", WHOLE),
    (r"\bsex\b|gender|ethnic|title|marital|country|county|state|region|blood|language", "category"),
    (r"(house|street|flat|door|building) ?(n|num|no)\b|(house|street|flat) number|^age$", "house"),
    (r"address|street|road|town|city|suburb|locality|village|place|area|line", "line"),
)
NOT_COMPARED = re.compile(
    r"^((rec|record|row|unique|entity|person|patient|client|source|cluster|true|left|right|local)? ?"
    r"(id|key|index|number|uuid)|cluster|entity|source( dataset)?|unnamed.*|column \d+|id[12lr]?|"
    r"match|label|group|dup.*|pk)$"
)  # fmt: skip


@dataclass(frozen=True)
class Pairing:
    """A part and the columns that hold it."""

    part: str
    left: str
    right: str
    kind: str


def plain(heading: str) -> str:
    """A heading in small letters with its words apart: `DateOfBirth_1` is "date of birth 1"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.split(r"[^a-z0-9.]+", apart.lower())).strip()


def paired(left: Table, right: Table, *, said: str = "", ids: Sequence[str] = ()) -> list[Pairing]:
    """What to compare with what. `said` is a file or a line, `ids` are columns never compared."""
    found = _said(said, left, right) if said else []
    if not any(one.kind != IDENTITY for one in found):
        found += _by_heading(left, right, ids=ids)
    found = [
        one
        for one in found
        if one.kind == IDENTITY or (any(left.column(one.left)) and any(right.column(one.right)))
    ]
    if not any(one.kind != IDENTITY for one in found):
        raise CannotRead("The two files have no column in common. Say which is which with --columns.")
    return found


def kind_of(heading: str, values: Sequence[str]) -> str:
    """The kind of a column by its heading, or else by its values."""
    words = plain(heading)
    for pattern, kind in BY_HEADING:
        if re.search(pattern, words):
            return kind
    return _by_values([value for value in values[:5000] if value])


def date_order(values: Sequence[str]) -> str:
    """How dates of a column are written: whether day or month comes first, told from those above 12."""
    first = second = 0
    for value in values:
        digits = re.findall(r"\d+", value)
        if len(digits) >= 3 and len(digits[0]) <= 2:
            first, second = first + (12 < int(digits[0]) <= 31), second + (12 < int(digits[1]) <= 31)
        elif len(digits) == 1 and len(digits[0]) == 8 and not 1850 <= int(digits[0][:4]) <= 2100:
            first, second = first + (int(digits[0][:2]) > 12), second + (int(digits[0][2:4]) > 12)
    return "mdy" if second > first else "dmy"


def _by_values(values: list[str]) -> str:
    if not values:
        return Kind.CATEGORY

    def most(holds: Any) -> bool:
        return sum(map(bool, map(holds, values))) > 0.8 * len(values)

    different = len(set(values))
    if most(lambda value: "@" in value):
        return Kind.EMAIL
    if most(lambda value: len(value) >= 6 and is_date(value)):
        return Kind.DATE
    if different <= max(12, len(values) // 200):
        return Kind.CATEGORY
    if most(lambda value: re.fullmatch(r"[\d ()+/.-]+", value)):
        return (
            Kind.NUMBER
            if different > 0.5 * len(values) and most(lambda value: len(value) > 5)
            else Kind.HOUSE
        )
    return Kind.LINE


def _by_heading(left: Table, right: Table, *, ids: Sequence[str]) -> list[Pairing]:
    """Columns of the same heading; then, of those left over, of the same kind when each has only one."""
    mine = {plain(name): name for name in left.heading if name not in ids}
    yours = {plain(name): name for name in right.heading if name not in ids}
    found = [
        Pairing(words, mine[words], yours[words], kind_of(mine[words], left.column(mine[words])))
        for words in mine
        if words in yours and not NOT_COMPARED.match(words)
    ]
    rest: list[dict[str, list[str]]] = []
    for table, names in ((left, mine), (right, yours)):
        kinds: dict[str, list[str]] = {}
        for words, name in names.items():
            if not (words in mine and words in yours) and not NOT_COMPARED.match(words):
                kinds.setdefault(kind_of(name, table.column(name)), []).append(name)
        rest.append(kinds)
    found += _names_in_one(rest)
    for kind, names in rest[0].items():
        others = rest[1].get(kind, [])
        # Lines of an address are taken in the order in which they stand.
        if len(names) == len(others):
            found += [Pairing(plain(one), one, other, kind) for one, other in zip(names, others, strict=True)]
    return found


def _names_in_one(rest: list[dict[str, list[str]]]) -> list[Pairing]:
    """One register has a name in one piece, the other in two: they are compared whole."""
    sides: list[str] = []
    for kinds in rest:
        parts = [name for kind in (Kind.GIVEN, Kind.FAMILY) for name in kinds.get(kind, [])]
        sides.append(kinds[WHOLE][0] if WHOLE in kinds else TOGETHER.join(parts))
    if not all(sides) or all(WHOLE in kinds for kinds in rest) or not any(WHOLE in kinds for kinds in rest):
        return []
    for kinds in rest:
        for kind in (WHOLE, Kind.GIVEN, Kind.FAMILY):
            kinds.pop(kind, None)
    return [Pairing(WHOLE, *sides, WHOLE)]


def _said(said: str, left: Table, right: Table) -> list[Pairing]:
    text = said
    path = Path(said)
    try:
        if path.is_file():
            text = decoded(path.read_bytes())
    except (OSError, ValueError):
        pass  # no file can have this name: it is the map itself
    text = text.strip()
    entries = _of_json(text) if text[:1] in "{[" else _of_lines(text, is_file=text != said.strip())
    return [_pairing(entry, left, right) for entry in entries]


def _of_json(text: str) -> list[dict[str, str]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise CannotRead(f"The map of columns is not JSON: {fault}.") from fault
    if (
        isinstance(told, dict)
        and set(told) == {"left", "right"}
        and all(isinstance(told[side], dict) for side in told)
    ):
        return [{"part": part, "left": str(name), "right": str(told["right"].get(part, name))}
                for part, name in told["left"].items()]  # fmt: skip
    if isinstance(told, dict) and isinstance(told.get("columns"), (dict, list)):
        told = told["columns"]
    if isinstance(told, list):
        return [_entry("", one) for one in told]
    return [_entry(part, one) for part, one in told.items()]


def _entry(part: str, told: Any) -> dict[str, str]:
    if isinstance(told, dict):
        known = {
            key: TOGETHER.join(map(str, value)) if isinstance(value, list) else str(value)
            for key, value in told.items()
            if value
        }
        named = known.get("part") or known.get("name") or known.get("field") or part
        column = known.get("column", "")
        return {"part": named, "left": known.get("left", column), "right": known.get("right", column),
                "kind": known.get("kind") or known.get("type") or ""}  # fmt: skip
    if isinstance(told, list):
        sides = [TOGETHER.join(map(str, one)) if isinstance(one, list) else str(one) for one in told]
        if not sides:
            raise CannotRead(f"The map of columns says nothing of {part or 'one of its entries'}.")
        left, right, *kind = sides + ([""] if len(told) < 2 else [])
        return {"part": part or left, "left": left, "right": right or left, "kind": kind[0] if kind else ""}
    if not isinstance(told, str):
        raise CannotRead(f"The map of columns says {told!r} where it should name a column.")
    return {"part": part or told, "either": told}


def _of_lines(text: str, *, is_file: bool) -> list[dict[str, str]]:
    """`part,left,right,kind` with that heading, or `left=right:kind, ...` in a line."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    heading = [cell.strip().lower() for cell in lines[0].split(",")] if lines else []
    if {"left", "right"} <= set(heading):
        return [
            _entry("", dict(zip(heading, map(str.strip, row), strict=False))) for row in csv.reader(lines[1:])
        ]
    if is_file and all(len(row) >= 2 and "=" not in row[0] for row in csv.reader(lines)):
        return [_entry("", [cell.strip() for cell in row]) for row in csv.reader(lines)]
    found = []
    for item in re.split(r"[,;\n]", text):
        if item.strip():
            names, _, kind = item.partition(":")
            one, _, other = names.partition("=")
            found.append({"part": one.strip(), "either": other.strip() or one.strip(), "kind": kind.strip()})
    return found


def _pairing(entry: dict[str, str], left: Table, right: Table) -> Pairing:
    """What is said, by the columns the files really have; case and underscores do not matter."""
    part, kind = entry.get("part", ""), entry.get("kind", "").lower()
    either = entry.get("either", "")
    one, other = entry.get("left") or part, entry.get("right") or entry.get("left") or part
    if either:
        if either.lower() in KINDS and not _real(either, right):
            kind = either.lower()
        elif _real(part, left):
            one, other = part, either
        else:  # the part's own name, and one column of both files
            one = other = either
    mine, yours = _real(one, left), _real(other, right)
    for name, known, table in ((one, mine, left), (other, yours, right)):
        if not known:
            raise CannotRead(f"{table.name} has no column {name!r}. It has: {', '.join(table.heading)}.")
    part = plain(part or one)
    if kind not in KINDS:
        kind = part if part in KINDS else IDENTITY if NOT_COMPARED.match(part) else ""
    if not kind and TOGETHER in f"{mine}{yours}":
        kind = WHOLE
    return Pairing(part, mine, yours, kind or kind_of(mine, left.column(mine)))


def _real(name: str, table: Table) -> str:
    """A heading as it stands in the file; of "first + last", both."""
    if "+" in name:
        parts = [_real(one, table) for one in name.split("+")]
        return TOGETHER.join(parts) if all(parts) else ""
    return next((one for one in table.heading if plain(one) == plain(name)), "") if name else ""
