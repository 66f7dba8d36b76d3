"""
Words of an expression, one after another.

A name may hold blanks and signs ("Approval Status", "Approved/Declined"): the longest name that is known
where it is read wins, which is what the standard asks.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from nowrongdoor.rules.guidance.naming import NAME, Known, Names
from nowrongdoor.rules.guidance.work import Unreadable

BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
STRING = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
SIGN = re.compile(r"\*\*|\.\.|<=|>=|!=|->|[-+*/<>=.,:()\[\]{}@]")
ESCAPE = re.compile(r"\\(U[0-9A-Fa-f]{6}|u[0-9A-Fa-f]{4}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "function",
        "external",
        "true",
        "false",
        "null",
    ]
)
LONGEST = 8_000


class Word(NamedTuple):
    """A word as read: what kind it is, what it says, and where it begins and ends."""

    kind: str  # "number", "string", "name", "keyword", "sign" or "end"
    text: str
    begins: int
    ends: int


class Scanner:
    """Reads an expression from left to right, and can go back to a place it has been."""

    def __init__(self, text: str, known: Known, place: str) -> None:
        if len(text) > LONGEST:
            raise Unreadable(f"This is longer than {LONGEST:,} characters.", place=place)
        self.text = text
        self.known = known
        self.place = place
        self.at = 0
        self.ahead: Word | None = None
        # Which names may stand here, those of the innermost last.
        self.here = ["names", "parts"] if known.members else ["names"]

    def peek(self) -> Word:
        if self.ahead is None:
            self.ahead = self._read()
        return self.ahead

    def take(self) -> Word:
        word = self.peek()
        self.at, self.ahead = word.ends, None
        return word

    def back(self, at: int) -> None:
        self.at, self.ahead = at, None

    def sees(self, *texts: str) -> bool:
        word = self.peek()
        return word.kind in ("sign", "keyword") and word.text in texts

    def takes(self, *texts: str) -> bool:
        if self.sees(*texts):
            self.take()
            return True
        return False

    def needs(self, text: str) -> Word:
        if not self.sees(text):
            raise self.fault(f"“{text}” is missing before {self.seen()}")
        return self.take()

    def seen(self) -> str:
        word = self.peek()
        return "the end" if word.kind == "end" else f"“{self.text[word.begins : word.ends][:40]}”"

    def fault(self, words: str) -> Unreadable:
        shown = self.text if len(self.text) <= 60 else self.text[:57] + "…"
        return Unreadable(f"{words}, in: {shown}", place=self.place)

    @contextmanager
    def among_names(self, *which: str) -> Iterator[None]:
        """Other names than elsewhere stand here: parts of a value, say."""
        outer, self.here, self.ahead = self.here, list(which), None
        try:
            yield
        finally:
            self.here, self.ahead = outer, None

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Names that are made in here are known in here."""
        outer, self.known = self.known, self.known.within()
        try:
            yield
        finally:
            self.known, self.ahead = outer, None

    def until(self, ends: re.Pattern[str]) -> str:
        """A name that is being made here, with its blanks: everything up to the sign or word after it."""
        begins = self.at
        while self.text[begins : begins + 1].isspace():
            begins += 1
        found = ends.search(self.text, begins + 1)
        name = self.text[begins : found.start()].rstrip() if found else ""
        if not found or len(name) > 200 or not NAME.match(name):
            raise self.fault(f"A name is missing before {self.seen()}")
        self.back(found.start())
        return " ".join(name.split())

    def _read(self) -> Word:
        blank = BLANK.match(self.text, self.at)
        at = blank.end() if blank else self.at
        if at >= len(self.text):
            return Word("end", "", at, at)
        for which, pattern in (("number", NUMBER), ("string", STRING), ("sign", SIGN)):
            found = pattern.match(self.text, at)
            if found:
                text = _unescaped(found.group(1)) if which == "string" else found.group()
                return Word(which, text, at, found.end())
        found = NAME.match(self.text, at)
        if not found:
            raise self.fault(f"“{self.text[at]}” is not a sign that an expression can hold")
        held: list[Names] = [getattr(self.known, which) for which in self.here]
        name, ends = max(
            (names.longest(self.text, at, found.group()) for names in held), key=lambda one: one[1]
        )
        if name:
            return Word("name", name, at, ends)
        return Word("keyword" if found.group() in KEYWORDS else "name", found.group(), at, found.end())


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        said = found.group(1)
        if said[0] in "uU" and len(said) > 1:
            return chr(int(said[1:], 16)) if int(said[1:], 16) < 0x110000 else found.group()
        return ESCAPES.get(said, found.group())

    made = ESCAPE.sub(one, text)
    # Two halves of one character, as older tools write them.
    return made.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
