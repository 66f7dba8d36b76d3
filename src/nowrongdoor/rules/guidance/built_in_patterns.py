"""
Built-in functions that look for patterns in text.

The patterns are those of XML Schema, which the standard borrows; what only Python knows is no pattern here.
One that can go over the same text again and again is looked for sign by sign; where more than yes or no is
asked of it, it is tried on short texts only, and on others it is not known what it says.
"""

import re
from functools import lru_cache
from math import log
from re import _parser as trees  # type: ignore[attr-defined]  # the tree of a pattern, to see whether it ends
from typing import Any, NamedTuple

from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.stepping import Stepping, TooMuch
from nowrongdoor.rules.guidance.work import spent, went_over

LONGEST = 500
# So many steps one search may take; of so many, one is a round of work. To make a pattern ready costs some.
STEPS = 2_000_000
A_ROUND = 500
TO_READ = 40
FLAGS = re.DOTALL | re.MULTILINE | re.IGNORECASE
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class Pattern(NamedTuple):
    """A pattern ready to be looked for: how many parts repeat beside one another, and how many in others."""

    ready: re.Pattern[str]
    beside: int
    within: int

    def ends(self, text: str) -> bool:
        """The search is done in a moment, and is paid for; if not, it must not begin."""
        size = len(text)
        if self.within and size > log(STEPS) / log(1 + self.within):
            return False
        steps = (1 + self.within) ** size if self.within else size ** (self.beside + 1)
        if steps > STEPS:
            return False
        spent(steps // A_ROUND)
        return True


@built_in("matches", "input:s", "pattern:s", "flags:s!?")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    found = _pattern(pattern, flags or "")
    if found is None:
        return None
    if found.ends(text):
        return bool(found.ready.search(text))
    steps = _stepping(found.ready.pattern, found.ready.flags & FLAGS)
    return steps.found(text) if steps is not None else None


@lru_cache(50)
def _stepping(pattern: str, flags: int) -> Stepping | None:
    try:
        return Stepping(pattern, flags)
    except (TooMuch, RecursionError):
        return None


@built_in("replace", "input:s", "pattern:s", "replacement:s", "flags:s!?")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    wanted = _pattern(pattern, flags or "")
    if wanted is None or not wanted.ends(text) or wanted.ready.match(""):
        return None
    plainly = "q" in (flags or "")
    if not plainly and not REPLACEMENT.fullmatch(replacement):
        return None
    groups = wanted.ready.groups

    def filled(found: re.Match[str]) -> str:
        went_over(len(replacement) + len(found.group()))

        def one(sign: re.Match[str]) -> str:
            if sign.group(2):
                return sign.group(2)
            number = sign.group(1)
            # “$12” is the twelfth group where there is one; else the first, and a 2 after it.
            rest = ""
            while len(number) > 1 and int(number) > groups:
                number, rest = number[:-1], number[-1] + rest
            return ((found.group(int(number)) or "") if int(number) <= groups else "") + rest

        return replacement if plainly else re.sub(r"\$(\d+)|\\([\\$])", one, replacement)

    return wanted.ready.sub(filled, text)


REPLACEMENT = re.compile(r"(?:[^\\$]|\\[\\$]|\$\d)*", re.DOTALL)


@built_in("split", "string:s", "delimiter:s")
def split(text: str, delimiter: str) -> list[str] | None:
    found = _pattern(delimiter, "")
    if found is None or not found.ends(text) or found.ready.match(""):
        return None
    parts, at = [], 0
    for one in found.ready.finditer(text):
        parts.append(text[at : one.start()])
        at = one.end()
    return [*parts, text[at:]]


def _pattern(pattern: str, flags: str) -> Pattern | None:
    spent(TO_READ)
    return _read(pattern, flags) if len(pattern) <= LONGEST else None


@lru_cache(500)
def _read(pattern: str, flags: str) -> Pattern | None:
    if not set(flags) <= set("smixq"):
        return None
    said = 0
    for flag in flags:
        said |= {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE}.get(flag, 0)
    told = re.escape(pattern) if "q" in flags else _told(pattern, flags)
    try:
        if told is None:
            return None
        ready = re.compile(told, said)
        return Pattern(ready, *_repeats(trees.parse(told, said), inside=False))
    except (re.error, RecursionError, OverflowError):
        return None


PIECE = re.compile(r"\\.|\(\?.?|[\s\S]", re.DOTALL)
CLASSES = {"\\i": "_:A-Za-z", "\\c": r"-._:\w"}
ESCAPED = frozenset("nrt\\|.?*+(){}-[]^$sSdDwW123456789")


def _told(pattern: str, flags: str) -> str | None:
    """The pattern as Python writes it; None where it holds what the standard's patterns have not."""
    told, in_class = [], 0
    for piece in PIECE.findall(pattern):
        if piece in CLASSES:
            told.append(CLASSES[piece] if in_class else f"[{CLASSES[piece]}]")
        elif piece[0] == "\\" and (len(piece) < 2 or piece[1] not in ESCAPED):
            return None
        elif in_class:
            in_class = 1 - (piece == "]")
            told.append("\\[" if piece == "[" else piece)
            if piece == "[":
                return None  # a class without another, or one that is not closed
        elif piece.startswith("(?") and piece != "(?:":
            return None
        elif piece == "$" and "m" not in flags:
            told.append(r"\Z")
        elif piece == "." and "s" not in flags:
            told.append(r"[^\n\r]")
        elif not ("x" in flags and piece.isspace()):
            in_class = int(piece == "[")
            told.append(piece)
    return "".join(told)


def _repeats(tree: Any, *, inside: bool) -> tuple[int, int]:
    """How many parts repeat beside one another; and how many choices there are within repeats."""
    beside = within = 0
    for sign, said in tree:
        name = str(sign)
        if name in REPEATS:
            varies = said[0] != said[1]
            inner = _repeats(said[2], inside=inside or said[1] > 1)
            within += inner[1] + (1 if varies and (inside or inner[1]) else 0)
            beside += inner[0] + (1 if varies else 0)
        elif name == "BRANCH":
            parts = [_repeats(one, inside=inside) for one in said[1]]
            within += sum(part[1] for part in parts) + (len(parts) if inside else 0)
            beside += max(part[0] for part in parts)
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            inner = _repeats(said[-1] if name == "SUBPATTERN" else said, inside=inside)
            beside, within = beside + inner[0], within + inner[1]
        elif name == "GROUPREF":
            within += 2
    return beside, within
