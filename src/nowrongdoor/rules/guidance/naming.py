"""
Which names are known where: those of one decision and its boxes, and nobody else's.

A name may hold blanks and signs, so what is known decides how an expression is read: "a-b" is one word where
a decision rests on "a-b", and a difference where it rests on "a" and on "b".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nowrongdoor.rules.guidance.work import looked

NAME = re.compile(r"\?|(?:[^\W\d]|[\U00010000-\U000EFFFF])(?:\w|['’]|[\U00010000-\U000EFFFF])*")


class Names:
    """Names that stand for something, within others that do; each with the type of what it stands for."""

    def __init__(
        self, names: Iterable[str] = (), *, outer: "Names | None" = None, built_in: bool = False
    ) -> None:
        self.outer = outer
        self.built_in = built_in  # known as words, but nothing that a file itself has named
        self.types: dict[str, Any] = {}
        # Those of more than one word, by their first word; and how long the longest of them is.
        self.longer: dict[str, set[str]] = {}
        self.most: dict[str, int] = {}
        # What has been read by these names: another name may make another tree of the same text.
        self.read: dict[tuple[str, bool], Any] = {}
        for name in sorted(set(names) - {""}):
            self.add(name)

    def add(self, name: str, of: Any = None) -> None:
        name = " ".join(name.split())
        if name not in self.types:
            self.read.clear()
            first = NAME.match(name)
            if first is not None and first.group() != name:
                self.longer.setdefault(first.group(), set()).add(name)
                self.most[first.group()] = max(self.most.get(first.group(), 0), len(name))
        self.types[name] = of

    def __contains__(self, name: str) -> bool:
        held = name in self.types and not self.built_in
        return held or (self.outer is not None and name in self.outer)

    def type_of(self, name: str) -> Any:
        """The type of what the innermost of this name stands for; None where it may be anything."""
        if name in self.types or self.outer is None:
            return self.types.get(name)
        return self.outer.type_of(name)

    def longest(self, text: str, at: int, first: str) -> tuple[str, int]:
        """The longest name of several words that stands here, and where it ends; nothing where none does."""
        best = self.outer.longest(text, at, first) if self.outer is not None else ("", -1)
        held = self.longer.get(first)
        if held is None:
            return best
        said, most, ends = first, self.most[first], at + len(first)
        while ends < len(text) and len(said) < most:
            sign = text[ends]
            ends += 1
            if sign.isspace():
                continue
            said += f" {sign}" if text[ends - 2].isspace() else sign
            if said in held and ends > best[1] and not _goes_on(sign, text[ends : ends + 1]):
                best = said, ends
        looked(ends - at)
        return best


def _goes_on(last: str, after: str) -> bool:
    """The word is not over yet."""
    return last.isalnum() and (after.isalnum() or after == "_")


@dataclass(frozen=True)
class Known:
    """
    The names an expression may use; and where only they can stand, those of parts of values, of types, and
    of what functions are given. `members` says that parts of values stand for themselves, as in a filter.
    """

    names: Names
    parts: Names
    types: Names
    given: Names
    members: bool = False

    @classmethod
    def of(cls, built_in: Iterable[str], *, parts: Iterable[str], types: Iterable[str]) -> "Known":
        return cls(Names(built_in, built_in=True), Names(parts), Names(types), Names())

    def within(self, names: Mapping[str, Any] | None = None, *, members: bool = False) -> "Known":
        """The same names and more, which stay in here."""
        inner = Names(outer=self.names)
        for name, of in (names or {}).items():
            inner.add(name, of)
        return replace(self, names=inner, members=members or self.members)

    def alone(self, names: Mapping[str, Any]) -> "Known":
        """What is built in, and these names alone."""
        root = self.names
        while root.outer is not None:
            root = root.outer
        return replace(self, names=root, members=False).within(names)
