"""
The parts of a screen that may change, and what a browser that has them needs to have them as they are now.

A part is what a page marks with `data-live` and an id; its rows are marked with `data-row` and an id. Of a
part that changed a browser is told what is new, and in the place of each row that it has just so, an empty
one with the same id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nowrongdoor.kernel.live import sharing

PART = re.compile(r'<([a-z]+)\b[^>]*\bid="([^"]+)"[^>]* data-live\b[^>]*>')
ROW = re.compile(r'<(tr|article|li)\b[^>]*\bid="([^"]+)"[^>]* data-row>')
MARK = " data-row>"


@dataclass(frozen=True)
class Row:
    """One row of a part, with what stands before it since the row above."""

    above: str
    key: str
    text: str
    same: str
    """What is told in its place to a browser that has it."""


@dataclass(frozen=True, eq=False)
class Part:
    """One part as it is now. Its rows are found out once somebody asks what is new."""

    text: str

    @cached_property
    def rows(self) -> dict[str, str]:
        """Each row by its id."""
        return {row.key: row.text for row in self._split[0]}

    @cached_property
    def _split(self) -> tuple[tuple[Row, ...], str]:
        """The rows, and what stands below them."""
        # Hundreds of parts a second are split, of a hundred rows each: only what begins like a row is
        # matched, and of plain text, for a slice of markup would be markup, at twenty times the cost.
        rows, text, done = [], str(self.text), 0
        at = text.find(MARK)
        while at >= 0:
            begins = text.rfind("<", done, at)
            opens = ROW.match(text, begins) if begins >= 0 else None
            ends = text.find(f"</{opens[1]}>", at) if opens else -1
            if opens is None or ends < 0:
                at = text.find(MARK, at + 1)
                continue
            tag, key = opens[1], opens[2]
            ends += len(f"</{tag}>")
            same = f'<{tag} id="{key}" data-same></{tag}>'
            rows.append(Row(text[done:begins], key, text[begins:ends], same))
            done = ends
            at = text.find(MARK, ends)
        return tuple(rows), text[done:]

    def since(self, before: "Part | None") -> str | None:
        """What makes this of the part as it was before; None where nothing has to be made."""
        if before is None:
            return self.text
        if self is before or self.text == before.text:
            return None
        (rows, below), had = self._split, before.rows
        told = [row.above + (row.same if had.get(row.key) == row.text else row.text) for row in rows]
        return "".join((*told, below))


def of(page: str) -> dict[str, str]:
    """The parts of a page by their ids, each whole."""
    found: dict[str, str] = {}
    begins = PART.search(page)
    while begins:
        ends = _end(page, begins)
        found[begins[2]] = page[begins.start() : ends]
        begins = PART.search(page, ends)
    return found


def _end(page: str, begins: re.Match[str]) -> int:
    """Where the element ends that begins here: no part is in another."""
    depth = 0
    for tag in re.compile(rf"<(/?){begins[1]}\b").finditer(page, begins.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page.index(">", tag.end()) + 1
    raise ValueError(f"a part that does not end: {begins[2]}")


def changes(now: Mapping[str, Part], before: Mapping[str, Part] | None) -> dict[str, str]:
    """What to tell a browser that has these parts as they were before; all of them to one that has none."""
    told = {name: sharing.made(Part.since, part, (before or {}).get(name)) for name, part in now.items()}
    return {name: text for name, text in told.items() if text is not None}
