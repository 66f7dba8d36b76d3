"""
What each criterion says of many services at once, in the terms of `rules.fitting`: missed, or unsure.

Misses are asked of every service that meets a need, for all of them are counted; doubts of those few alone
that may be shown. Criteria stand as bits of one number, in the order in which they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nowrongdoor.directory.columns import IS_FULL, NO_STATE, NOBODY_SAID, Columns, microseconds
from nowrongdoor.directory.times import CLOSED, NOT_KNOWN
from nowrongdoor.rules.fitting import FULL, WITHOUT_GOING, Ask
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.working_time import minute

Array = NDArray[Any]
CRITERIA = ("age", "area", "gender", "practice", "language", "access", "way", "hours", FULL)
BIT = {name: 1 << place for place, name in enumerate(CRITERIA)}


class Rows:
    """
    Some services of the directory beside one ask: their cells are read as they are asked for.

    `squares` are metres to the nearest of each service's places, squared; -1 where either is not known.
    `state` and `opens` are of kinds of opening hours (`times.Day.standings`), not of services.
    """

    def __init__(
        self, columns: Columns, rows: Array, ask: Ask, when: tuple[Array, Array], squares: Array | None = None
    ) -> None:
        self.columns, self.rows, self.ask = columns, rows, ask
        self.state, self.opens = when
        self.squares = _squares(columns, rows, ask) if squares is None else squares

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, cell: str) -> Array:
        return self.columns.cells[cell].take(self.rows)

    def some(self, places: Array) -> Rows:
        """Those at some places among these."""
        when = (self.state, self.opens)
        return Rows(self.columns, self.rows.take(places), self.ask, when, self.squares.take(places))

    def has(self, cell: str, codes: Any) -> Array:
        """How many of some codes each has, of a column of bits."""
        known = np.uint64(self.columns.words[WORDS.get(cell, cell)].known(codes))
        return np.bitwise_count(self[cell] & known)

    def holding(self, cell: str, code: str) -> Array:
        """Which of them have a code in one of the sets that are kept once."""
        return self.columns.sets[cell].having(code).take(self[cell])

    def within(self, metres: Array | int) -> Array:
        """Which are known to be so many whole metres away at most."""
        beyond = np.asarray(metres, dtype=float) + 1
        return (self.squares >= 0) & (self.squares < beyond * beyond)


WORDS = {"has": "access", "lacks": "access"}  # the words of a column, where its name is another


def misses(of: Rows) -> Array:
    """The criteria that each service misses, as bits: only what is known can be missed."""
    return _as_bits((name, missed(of)) for name, missed in MISSED.items())


def doubts(of: Rows, missed: Array) -> Array:
    """The criteria of which nobody knows, as bits: what is missed is known."""
    return _as_bits((name, unsure(of)) for name, unsure in UNSURE.items()) & ~missed


def _as_bits(told: Iterable[tuple[str, Array | None]]) -> Array:
    found: Array | None = None
    for name, those in told:
        if those is not None:
            bits = those.astype(np.int16)
            bits <<= CRITERIA.index(name)
            found = bits if found is None else np.bitwise_or(found, bits, out=found)
    assert found is not None  # an area and places are asked of everybody
    return found


def bands_beyond(of: Rows) -> Array:
    """How many of the distances that make a way longer each is beyond, where somebody has to go there."""
    beyond = np.zeros(len(of), dtype=np.int8)
    for band in law.far_bands(at=of.ask.at):
        beyond += (of.squares >= float((band + 1) ** 2)).view(np.int8)
    far = np.flatnonzero(beyond)
    beyond[far[of.some(far).has("offers", WITHOUT_GOING) > 0]] = 0
    return beyond


def _squares(columns: Columns, rows: Array, ask: Ask) -> Array:
    if ask.place is None:
        return np.full(len(rows), -1.0)
    cells = columns.cells
    squares = _away(cells["x"].take(rows), cells["y"].take(rows), ask.place)
    many = cells["places"].take(rows)
    squares[many == 0] = -1
    # Most services have one place: those with more are looked at again, a place at a time.
    place, left = 0, np.flatnonzero(many > 1)
    many, first = many.take(left), cells["more_places"].take(rows.take(left))
    while len(left):
        also = _away(columns.points[0].take(first + place), columns.points[1].take(first + place), ask.place)
        squares[left] = np.minimum(squares.take(left), also)
        place += 1
        more = many > place + 1
        left, first, many = left[more], first[more], many[more]
    return squares


def _away(x: Array, y: Array, place: tuple[int, int]) -> Array:
    """Metres squared: whole numbers far below where floating ones have gaps, and these are quicker."""
    east, north = place
    x, y = (x - east).astype(float), (y - north).astype(float)
    x *= x
    y *= y
    x += y
    return x


def _too_young_or_old(of: Rows) -> Array | None:
    if of.ask.age is None:
        return None
    high = of["high"]
    return (of["low"] > of.ask.age) | ((high != NOBODY_SAID) & (high < of.ask.age))


def _age_not_asked(of: Rows) -> Array | None:
    return None if of.ask.age is not None else (of["low"] != NOBODY_SAID) | (of["high"] != NOBODY_SAID)


def _area(of: Rows) -> tuple[Array, Array, Array]:
    """Which are limited to districts, which to a reach, and which of either are known to reach there."""
    by_name, reach = of["districts"] != 0, of["reach"]
    inside = of.within(reach)
    if of.ask.district:
        inside |= by_name & of.holding("districts", of.ask.district)
    return by_name, reach != NOBODY_SAID, inside


def _outside(of: Rows) -> Array:
    by_name, by_reach, inside = _area(of)
    return (by_name | by_reach) & ~inside & ~_not_known_whether(of, by_name, by_reach)


def _perhaps_outside(of: Rows) -> Array:
    by_name, by_reach, inside = _area(of)
    return _not_known_whether(of, by_name, by_reach) & ~inside


def _not_known_whether(of: Rows, by_name: Array, by_reach: Array) -> Array:
    unsure = by_reach & (of.squares < 0)
    return unsure if of.ask.district else unsure | by_name


def _another_gender(of: Rows) -> Array | None:
    if not of.ask.gender:
        return None
    gender = of["gender"]
    return (gender != 0) & (gender != of.columns.genders.number(of.ask.gender))


def _another_practice(of: Rows) -> Array | None:
    if not of.ask.practice:
        return None
    return (of["practices"] != 0) & ~of.holding("practices", of.ask.practice)


def _practice_not_asked(of: Rows) -> Array | None:
    return None if of.ask.practice else of["practices"] != 0


def _not_spoken(of: Rows) -> Array | None:
    if not of.ask.language:
        return None
    return (of["languages"] != 0) & ~of.holding("languages", of.ask.language)


def _not_said_what_is_spoken(of: Rows) -> Array | None:
    return of["languages"] == 0 if of.ask.language else None


def _no_access(of: Rows) -> Array | None:
    return of.has("lacks", of.ask.access) != 0 if of.ask.access else None


def _access_not_said(of: Rows) -> Array | None:
    return of.has("has", of.ask.access) != len(of.ask.access) if of.ask.access else None


def _not_that_way(of: Rows) -> Array | None:
    if not of.ask.way:
        return None
    return (of["ways"] != 0) & (of.has("ways", [of.ask.way]) == 0)


def _ways_not_said(of: Rows) -> Array | None:
    return of["ways"] == 0 if of.ask.way else None


def _opens_too_late(of: Rows) -> Array | None:
    if of.ask.within is None:
        return None
    late = (of.state == CLOSED) & (of.opens > minute(of.ask.at + of.ask.within))
    return late.take(of["hours"])


def _hours_not_said(of: Rows) -> Array:
    return (of.state == NOT_KNOWN).take(of["hours"])


def _is_full(of: Rows) -> Array:
    full = of["state"] == IS_FULL
    said = np.flatnonzero(full)
    full[said] = of.some(said)["until"] > microseconds(of.ask.at)
    return full


def _places_not_said(of: Rows) -> Array:
    """Nobody has said, or what was said has run out."""
    return (of["state"] == NO_STATE) | (of["until"] <= microseconds(of.ask.at))


MISSED = {
    "age": _too_young_or_old, "area": _outside, "gender": _another_gender, "practice": _another_practice,
    "language": _not_spoken, "access": _no_access, "way": _not_that_way, "hours": _opens_too_late,
    FULL: _is_full,
}  # fmt: skip
UNSURE = {
    "age": _age_not_asked, "area": _perhaps_outside, "practice": _practice_not_asked,
    "language": _not_said_what_is_spoken, "access": _access_not_said, "way": _ways_not_said,
    "hours": _hours_not_said, FULL: _places_not_said,
}  # fmt: skip
