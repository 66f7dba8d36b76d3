"""
The parts of a screen that may change, and what a browser that has them needs to have them as they are now.

A part is what a page marks with `data-live` and an id; its rows are marked with `data-row` and an id. Of a
part that changed a browser is told what is new, and in the place of each row that it has just so, an empty
one with the same id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nowrongdoor.kernel.live import sharing

PART = re.compile(r'<([a-z]+)\b[^>]*\bid="([^"]+)"[^>]* data-live\b[^>]*>')
ROW = re.compile(r'<(tr|article|li)\b([^>]*)\bid="([^"]+)"([^>]*) data-row>.*?</\1>', re.DOTALL)


@dataclass(frozen=True, eq=False)
class Part:
    """One part as it is now: its text, its text without its rows, and each row by its id."""

    text: str
    frame: str = field(init=False)
    rows: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        rows: dict[str, str] = {}

        def kept(found: re.Match[str]) -> str:
            rows[found[3]] = found[0]
            return _same(found[1], found[3])

        object.__setattr__(self, "frame", ROW.sub(kept, self.text))
        object.__setattr__(self, "rows", rows)

    def since(self, before: "Part | None") -> str | None:
        """What makes this of the part as it was before; None where nothing has to be made."""
        if before is None:
            return self.text
        if self is before or self.text == before.text:
            return None

        def new(found: re.Match[str]) -> str:
            tag, key = found[1], found[3]
            return found[0] if before.rows.get(key) != self.rows[key] else _same(tag, key)

        return ROW.sub(new, self.text)


def _same(tag: str, key: str) -> str:
    return f'<{tag} id="{key}" data-same></{tag}>'


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
