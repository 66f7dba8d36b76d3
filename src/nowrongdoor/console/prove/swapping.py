"""How somebody who reaches the anchor file could change it, or forge one that fits a journal written anew."""

from __future__ import annotations

import json
from pathlib import Path

from nowrongdoor.console.prove.tampering import Prompt
from nowrongdoor.rules.anchor import Anchored, next_line, read, write


def swap_lines(lines: list[bytes], which: int) -> list[bytes]:
    """Two minutes change places."""
    return [*lines[:which], lines[which + 1], lines[which], *lines[which + 2 :]]


def swap_roots(lines: list[bytes], which: int) -> list[bytes]:
    """One minute says what another said."""
    told, other = json.loads(lines[which]), json.loads(lines[which + 1])
    told["root"], told["changed"] = other["root"], other["changed"]
    changed = json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return [*lines[:which], changed, *lines[which + 1 :]]


def take_out(lines: list[bytes], which: int) -> list[bytes]:
    return [*lines[:which], *lines[which + 1 :]]


ANCHOR_SWAPS = {"lines exchanged": swap_lines, "another's root": swap_roots, "a line taken out": take_out}


def forge(lines: list[bytes], at: Prompt, to: Path) -> None:
    """An anchor that fits the chain as it was written anew: every line made again, in its proper form."""
    hashes = {row[0]: row[1] for row in at.rows(1)}
    forged = Anchored()
    with to.open("wb") as file:
        for raw in lines:
            line = read(raw)
            after = {
                **forged.heads,
                **{
                    head.agency_id: head._replace(hash=hashes[head.number])
                    if head.agency_id == at.agency_id
                    else head
                    for head in line.changed
                },
            }
            new = write(next_line(forged, after, at=line.at))
            file.write(new)
            forged.take(new)
