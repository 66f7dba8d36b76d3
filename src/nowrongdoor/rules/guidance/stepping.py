"""
Patterns looked for sign by sign: every way at once, so that no text makes it take longer than its length.

Python tries one way after another, and where repeats stand in repeats there can be more ways than seconds.
What was found is not told from here, only whether something was.
"""

import re
from collections.abc import Callable
from re import _compiler as compiler  # type: ignore[attr-defined]  # one sign's test, as Python itself makes it
from re import _parser as trees  # type: ignore[attr-defined]
from typing import Any

from nowrongdoor.rules.guidance.work import spent

# A pattern of more steps than this, each written out as often as it repeats, is not followed.
MOST_STEPS = 2_000
A_ROUND = 20
SIGNS = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


class TooMuch(Exception):
    """The pattern holds what is not followed sign by sign."""


class Stepping:
    """A pattern as steps: each a test of one sign, a test of the place, or ways that part."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.tree = trees.parse(pattern, flags)
        self.flags = flags
        self.tests: dict[int, Callable[[str], bool]] = {}
        self.places: dict[int, str] = {}
        self.next: list[list[int]] = [[]]  # step 0 is the end: the pattern is found
        self.begin = self._steps(self.tree, 0)

    def found(self, text: str) -> bool:
        """The pattern is somewhere in the text."""
        here: set[int] = set()
        for at in range(len(text) + 1):
            here.add(self.begin)
            ways = self._parted(here, at, text)
            spent(1 + len(ways) // A_ROUND)
            if 0 in ways:
                return True
            if at < len(text):
                sign = text[at]
                here = {self.next[one][0] for one in ways if one in self.tests and self.tests[one](sign)}
        return False

    def _parted(self, here: set[int], at: int, text: str) -> set[int]:
        """All steps that can be reached from here without a sign."""
        waiting, reached = list(here), set(here)
        while waiting:
            one = waiting.pop()
            if one in self.tests or (one in self.places and not self._holds(self.places[one], at, text)):
                continue
            more = [step for step in self.next[one] if step not in reached]
            reached |= set(more)
            waiting += more
        return reached

    def _holds(self, place: str, at: int, text: str) -> bool:
        by_line = bool(self.flags & re.MULTILINE)
        if place.startswith("AT_BEGINNING"):
            return at == 0 or (by_line and place == "AT_BEGINNING" and text[at - 1] == "\n")
        return at == len(text) or (by_line and place == "AT_END" and text[at] == "\n")

    def _step(self, *following: int) -> int:
        if len(self.next) > MOST_STEPS:
            raise TooMuch
        self.next.append(list(following))
        return len(self.next) - 1

    def _steps(self, tree: Any, then: int) -> int:
        for sign, said in reversed(list(tree)):
            then = self._one(str(sign), sign, said, then)
        return then

    def _one(self, name: str, sign: Any, said: Any, then: int) -> int:
        if name in SIGNS:
            step = self._step(then)
            self.tests[step] = self._test(sign, said)
            return step
        if name == "AT" and str(said) in ("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"):
            step = self._step(then)
            self.places[step] = str(said)
            return step
        if name == "BRANCH":
            return self._step(*(self._steps(one, then) for one in said[1]))
        if name == "SUBPATTERN":
            return self._steps(said[-1], then)
        if name in REPEATS:
            least, most, what = said
            return self._repeat(least, most, what, then)
        raise TooMuch

    def _repeat(self, least: int, most: Any, what: Any, then: int) -> int:
        following = then
        if most is trees.MAXREPEAT:
            following = self._step(then)
            self.next[following].append(self._steps(what, following))
        else:
            for _ in range(most - least):
                following = self._step(self._steps(what, following), then)
        for _ in range(least):
            following = self._steps(what, following)
        return following

    def _test(self, sign: Any, said: Any) -> Callable[[str], bool]:
        ready = compiler.compile(trees.SubPattern(self.tree.state, [(sign, said)]), self.flags)
        known: dict[str, bool] = {}

        def test(one: str) -> bool:
            if one not in known:
                known[one] = ready.match(one) is not None
            return known[one]

        return test
