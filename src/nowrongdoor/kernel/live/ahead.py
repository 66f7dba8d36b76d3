"""
What the screens of a team asked each time they were made, asked ahead and in one go the next time.

A question takes a way to the database and back, and where both are busy the way takes longer than the
answer. Of the questions of one round nearly all are those of the round before, at another instant. What was
asked twice in the same words and with the same values is therefore guessed to be asked again. A guess answers
only what is then asked just so, and nothing else is shown of it: where it was wrong, it was asked in vain,
and is given up.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nowrongdoor.kernel.live import asking
from nowrongdoor.kernel.live.asking import Rows, Statement

LONG = 100  # so many values or more are those of a long list, which is hardly ever just the same again
MOST = 1000  # teams and agencies whose questions are remembered; far more than listen to one process

Values = tuple[tuple[str, Hashable], ...]
Key = tuple[Hashable, Values]
"""A question in its very words and with its very values."""


@dataclass(frozen=True)
class Ask:
    """A question, and those of its values that move with the instant of the round, each by how much."""

    statement: Statement
    params: Mapping[str, Any]
    key: Key
    moves: Mapping[str, timedelta]

    @property
    def form(self) -> Hashable:
        """Two that differ in nothing but the instant have the same."""
        return self.key[0], tuple((name, self.moves.get(name, value)) for name, value in self.key[1])

    def at(self, instant: datetime) -> Ask:
        moved = {name: instant + after for name, after in self.moves.items()}
        values = tuple((name, frozen(moved[name]) if name in moved else one) for name, one in self.key[1])
        return Ask(self.statement, {**self.params, **moved}, (self.key[0], values), self.moves)


Asks = dict[Hashable, Ask]
_asked: dict[Hashable, tuple[Asks, Asks]] = {}
"""For each of whom screens are made: all that was asked the last time, and what of it the time before too."""


class Round:
    """The questions of one making of screens, of which no two of the same are made at once."""

    def __init__(self, of: Hashable, at: datetime) -> None:
        self._of, self._at = of, at
        self._asks: Asks = {}
        self._last: Asks = {}
        self._ahead: dict[Key, Rows] = {}

    def begin(self, *first: tuple[Statement, Mapping[str, Any]]) -> Rows:
        """Asks these first, and all that is likely to be asked after them; the rows of the last of these."""
        # Taken out until the round is over: if to ask ahead is what fails, nothing is the next time.
        self._last, guesses = _asked.pop(self._of, ({}, {}))
        asks = [one.at(self._at) for one in guesses.values()]
        rows = asking.at_once([*first, *((one.statement, one.params) for one in asks)])
        self._ahead = {one.key: found for one, found in zip(asks, rows[len(first) :], strict=True)}
        return rows[len(first) - 1]

    def rows(self, key: Key, statement: Statement, params: Mapping[str, Any]) -> Rows:
        """The rows that answer the statement with these values."""
        if any(isinstance(value, list) and len(value) >= LONG for value in params.values()):
            return asking.planned(statement, params)
        # What lies whole seconds from the instant was reckoned from it; when a day began, say, was not.
        moves = {
            name: value - self._at
            for name, value in params.items()
            if isinstance(value, datetime) and not (value - self._at).microseconds
        }
        ask = Ask(statement, params, key, moves)
        self._asks[ask.form] = ask
        found = self._ahead.pop(key, None)
        return asking.planned(statement, params) if found is None else found

    def over(self) -> None:
        if len(_asked) >= MOST:
            _asked.clear()
        _asked[self._of] = self._asks, {form: one for form, one in self._asks.items() if form in self._last}


def key_of(statement: Statement, params: Mapping[str, Any]) -> Key:
    return asking.known(statement), tuple((name, frozen(params[name])) for name in sorted(params))


def frozen(value: Any) -> Hashable:
    """A value that can be compared and kept, whatever becomes of it; no two of different kinds are equal."""
    if not isinstance(value, list | tuple):
        return type(value), value
    kinds = tuple(map(type, value))
    return kinds, tuple(map(frozen, value)) if list in kinds or tuple in kinds else tuple(value)
