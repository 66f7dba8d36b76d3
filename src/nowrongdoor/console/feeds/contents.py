"""
The entries of one page, as they come: a page may be of any size, and half a page has its good entries too.

Nothing but one entry is held at a time. What is wrong with the page is said after its entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

PIECE = 1 << 16
LONGEST_ENTRY = 4 << 20  # bytes of one entry, and of what stands before the first
WHOLE = 64 << 20  # bytes of a file that is no page, which can only be read at once
SPACE = re.compile(r"[\s,]*")
CONTENTS = re.compile(r'"(?:contents|services)"\s*:\s*\[')
NUMBERS = ("total_items", "total_pages", "page_number", "size")
Read = Callable[[int], bytes]


@dataclass
class Page:
    """What a page says of itself, filled in while its entries are read."""

    where: str
    said: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    faults: list[str] = field(default_factory=list)
    is_list: bool = True
    is_whole: bool = True

    def broken(self, words: str) -> None:
        self.faults.append(words)
        self.is_whole = False


class _Text:
    """Text that is read on as it is needed."""

    def __init__(self, read: Read, page: Page) -> None:
        self._read, self._page = read, page
        self._left = b""
        self.held, self.ended, self.bytes = "", False, 0

    def more(self) -> bool:
        if self.ended:
            return False
        piece = self._read(PIECE)
        self.bytes += len(piece)
        self.ended = not piece
        raw = self._left + piece
        try:
            text, self._left = raw.decode("utf-8"), b""
        except UnicodeDecodeError as fault:
            cut = fault.start if len(raw) - fault.start < 4 and not self.ended else None
            if cut is None:
                self._page.broken(f"is not UTF-8 text: byte {self.bytes - len(raw) + fault.start + 1:,}")
                self.ended = True
                text = raw[: fault.start].decode("utf-8")
            else:
                text, self._left = raw[:cut].decode("utf-8"), raw[cut:]
        self.held += text
        return bool(piece)


def entries(read: Read, page: Page) -> Iterator[Any]:
    """Each entry of a page, or the one thing that a file holds."""
    text = _Text(read, page)
    while not CONTENTS.search(text.held) and len(text.held) < LONGEST_ENTRY and text.more():
        if len(text.held) > PIECE and text.held.lstrip("\ufeff \r\n\t").startswith("["):
            break
    text.held = text.held.removeprefix("\ufeff")
    head = CONTENTS.search(text.held)
    bare = text.held.lstrip().startswith("[")
    if head is None and not bare:
        yield from _whole(text, page)
        return
    before = "" if bare else text.held[: head.start()] if head else ""
    text.held = text.held.lstrip()[1:] if bare else text.held[head.end() :] if head else ""
    yield from _each(text, page)
    while page.is_whole and len(text.held) < LONGEST_ENTRY and text.more():
        pass
    _envelope(before + text.held, page)


def _each(text: _Text, page: Page) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while True:
        text.held = text.held[SPACE.match(text.held).end() :]  # type: ignore[union-attr]
        if text.held.startswith("]"):
            text.held = text.held[1:]
            return
        try:
            entry, end = decoder.raw_decode(text.held) if text.held else (None, 0)
        except (json.JSONDecodeError, RecursionError):
            entry, end = None, 0
        # A number at the very end of what is held may go on.
        if end and (end < len(text.held) or text.ended):
            text.held = text.held[end:]
            page.count += 1
            yield entry
        elif len(text.held) > LONGEST_ENTRY:
            page.broken(f"has an entry that is no JSON or longer than 4 MB, after {_entries(page.count)}")
            return
        elif not text.more():
            page.broken(f"ends in the middle, after {_entries(page.count)} and {text.bytes:,} bytes")
            return


def _whole(text: _Text, page: Page) -> Iterator[Any]:
    page.is_list = False
    while text.bytes < WHOLE and text.more():
        pass
    if text.bytes >= WHOLE:
        page.broken("is larger than 64 MB and no page of entries: it is not read")
        return
    if not text.held.strip():
        page.broken("is empty")
        return
    try:
        yield json.loads(text.held)
    except json.JSONDecodeError as fault:
        page.broken(f"is not JSON: line {fault.lineno}, column {fault.colno}")
    except RecursionError:
        page.broken("is not JSON that can be read: it is nested too deeply")


def _envelope(text: str, page: Page) -> None:
    for name in NUMBERS:
        if found := re.search(rf'"{name}"\s*:\s*"?(-?\d{{1,12}})', text):
            page.said[name] = int(found[1])
    for name in ("first_page", "last_page", "empty"):
        if found := re.search(rf'"{name}"\s*:\s*(true|false)', text):
            page.said[name] = found[1] == "true"
    if page.is_whole:
        page.faults += sums(page.said, page.count)


def sums(said: dict[str, Any], count: int) -> list[str]:
    """What a page says of itself and is not so."""
    faults = []
    if said.get("size", count) != count:
        faults.append(f"says size {said['size']} and has {_entries(count)}")
    if "empty" in said and said["empty"] is not (count == 0):
        faults.append(f"says empty {str(said['empty']).lower()} and has {_entries(count)}")
    number, pages = said.get("page_number"), said.get("total_pages")
    if number is not None and pages is not None:
        if said.get("last_page", number == pages) is not (number >= pages):
            faults.append(f"is page {number} of {pages} and says last_page {str(said['last_page']).lower()}")
        if pages == 1 and said.get("total_items", count) != count:
            faults.append(
                f"says total_items {said['total_items']} on its only page and has {_entries(count)}"
            )
    if number is not None and said.get("first_page", number == 1) is not (number == 1):
        faults.append(f"is page {number} and says first_page {str(said['first_page']).lower()}")
    return faults


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
