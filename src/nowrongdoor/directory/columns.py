"""
Every service of the directory as columns in memory; sets and opening times are kept once each.

One service's new capacity is a change of three cells. What an entry says is read back from its columns
for the few that are shown, so that the entries themselves need not be held.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from nowrongdoor.directory.times import Times
from nowrongdoor.rules.fitting import (
    CRISIS_LINE,
    EMERGENCY,
    FULL,
    NAVIGATOR,
    Entry,
    Said,
    chance_of_yes,
)
from nowrongdoor.rules.working_time import ANEW, Hours

Array = NDArray[Any]
NOBODY_SAID = -1
MOST_WORDS = 63
NO_STATE, HAS_PLACES, IS_FULL = 0, 1, 2


class Words:
    """Codes as bits of one number, in the order in which they were met."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._sets: dict[int, frozenset[str]] = {0: frozenset()}

    def mask(self, codes: Iterable[str]) -> int:
        """Our lists have fewer codes than a number has bits; what is in none of them may find no room."""
        bits, kept = 0, []
        for code in codes:
            if code in self._bits or len(self._bits) < MOST_WORDS:
                bits |= 1 << self._bits.setdefault(code, len(self._bits))
                kept.append(code)
        self._sets.setdefault(bits, frozenset(kept))
        return bits

    def known(self, codes: Iterable[str]) -> int:
        """The bits of those codes that any service has."""
        return sum(1 << self._bits[code] for code in set(codes) if code in self._bits)

    def codes(self, bits: int) -> frozenset[str]:
        return self._sets[bits]


class Once:
    """Values of which many services have the same: each is kept once, and a column holds its number."""

    def __init__(self, first: Any) -> None:
        self.values: list[Any] = [first]
        self._numbers: dict[Hashable, int] = {first: 0}
        self._holders: dict[str, list[int]] = {}

    def number(self, value: Hashable) -> int:
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
            for code in value if isinstance(value, frozenset) else ():
                self._holders.setdefault(code, []).append(found)
        return found

    def having(self, code: str) -> Array:
        """Which of the sets hold a code."""
        found = np.zeros(len(self.values), dtype=bool)
        found[self._holders.get(code, [])] = True
        return found


NARROW = {
    "needs": np.uint64, "has": np.uint64, "lacks": np.uint64, "ways": np.uint64, "offers": np.uint64,
    "kind": np.int8, "gender": np.int8, "low": np.int16, "high": np.int16, "reach": np.int32,
    "practices": np.int32, "districts": np.int32, "languages": np.int32, "hours": np.int32,
    "checked": np.int32, "asked": np.int32, "accepted": np.int32, "unlikely": np.int8,
    "x": np.int32, "y": np.int32, "places": np.int32, "more_places": np.int32,
    "state": np.int8, "until": np.int64,
}  # fmt: skip


class Columns:
    """The directory in memory. Rows stand in the order of their ids, so that equals have one order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.said: dict[int, Said] = {}
        self.words = {name: Words() for name in ("needs", "access", "ways", "offers")}
        self.kinds, self.genders, self.hours = Once("service"), Once(""), Once(Hours())
        self.sets = {name: Once(frozenset()) for name in ("practices", "districts", "languages")}
        ids: list[UUID] = []
        points: list[tuple[int, int]] = []
        filling = {name: array("q") for name in NARROW}
        for one in entries:
            ids.append(one.id)
            for name, number in self._cells(one, points).items():
                filling[name].append(number)
        in_order = np.array(sorted(range(len(ids)), key=lambda row: ids[row].int), dtype=np.int64)
        self.ids = [ids[row] for row in in_order]
        self.rows = {one: row for row, one in enumerate(self.ids)}
        self.cells: dict[str, Array] = {
            name: np.array(filling.pop(name), dtype=np.int64)[in_order].astype(kind)
            for name, kind in NARROW.items()
        }
        self.points = np.array(points or [(0, 0)], dtype=np.int32).T.copy()
        self.times = Times(self.hours.values)
        self.of_kind = {
            kind: np.flatnonzero(self.cells["kind"] == self.kinds.number(kind))
            for kind in (NAVIGATOR, CRISIS_LINE, EMERGENCY)
        }

    def __len__(self) -> int:
        return len(self.ids)

    def say(self, service_id: UUID, said: Said | None) -> None:
        """What one service now says of its places; nothing else is touched. Others are passed by."""
        row = self.rows.get(service_id)
        if row is None:
            return
        if said is None:
            self.said.pop(row, None)
            self.cells["state"][row] = NO_STATE
            return
        self.said[row] = said
        self.cells["state"][row] = IS_FULL if said.state == FULL else HAS_PLACES
        self.cells["until"][row] = microseconds(said.counts_until)

    def answered(self, service_id: UUID, *, asked: int, accepted: int) -> None:
        """How often one service was asked lately and said yes; nothing else is touched."""
        row = self.rows.get(service_id)
        if row is None:
            return
        self.cells["asked"][row], self.cells["accepted"][row] = asked, accepted
        self.cells["unlikely"][row] = -chance_of_yes(asked, accepted)

    def forget_said(self) -> None:
        """Before all that is said is read anew."""
        for row in self.said:
            self.cells["state"][row] = NO_STATE
        self.said.clear()

    def entries(self, rows: Sequence[int] | Array) -> list[Entry]:
        """What the columns know of some services, word for word what was put in."""
        cells = {name: column[rows].tolist() for name, column in self.cells.items()}
        names = tuple(cells)
        return [
            self._entry(self.ids[row], dict(zip(names, of_row, strict=True)))
            for row, *of_row in zip(np.asarray(rows).tolist(), *cells.values(), strict=True)
        ]

    def _entry(self, service_id: UUID, cell: dict[str, int]) -> Entry:
        places: list[tuple[int, int]] = [(cell["x"], cell["y"])] if cell["places"] else []
        if cell["places"] > 1:
            first = cell["more_places"]
            more = self.points[:, first : first + cell["places"] - 1]
            places += zip(*more.tolist(), strict=True)
        return Entry(
            id=service_id,
            kind=self.kinds.values[cell["kind"]],
            needs=self.words["needs"].codes(cell["needs"]),
            lowest_age=_or_none(cell["low"]),
            highest_age=_or_none(cell["high"]),
            gender=self.genders.values[cell["gender"]],
            practices=self.sets["practices"].values[cell["practices"]],
            districts=self.sets["districts"].values[cell["districts"]],
            reach_m=_or_none(cell["reach"]),
            places=tuple(places),
            languages=self.sets["languages"].values[cell["languages"]],
            has=self.words["access"].codes(cell["has"]),
            lacks=self.words["access"].codes(cell["lacks"]),
            ways=self.words["ways"].codes(cell["ways"]),
            offers=self.words["offers"].codes(cell["offers"]),
            hours=self.hours.values[cell["hours"]],
            checked_on=date.fromordinal(cell["checked"]) if cell["checked"] else None,
            asked=cell["asked"],
            accepted=cell["accepted"],
        )

    def _cells(self, one: Entry, points: list[tuple[int, int]]) -> dict[str, int]:
        """One entry as numbers; all its places but the first go to `points`."""
        x, y = one.places[0] if one.places else (0, 0)
        more = len(points)
        points += one.places[1:]
        return {
            "x": x,
            "y": y,
            "places": len(one.places),
            "more_places": more,
            "kind": self.kinds.number(one.kind),
            "gender": self.genders.number(one.gender),
            "low": NOBODY_SAID if one.lowest_age is None else one.lowest_age,
            "high": NOBODY_SAID if one.highest_age is None else one.highest_age,
            "reach": NOBODY_SAID if one.reach_m is None else one.reach_m,
            "needs": self.words["needs"].mask(one.needs),
            "has": self.words["access"].mask(one.has),
            "lacks": self.words["access"].mask(one.lacks),
            "ways": self.words["ways"].mask(one.ways),
            "offers": self.words["offers"].mask(one.offers),
            "hours": self.hours.number(one.hours),
            "practices": self.sets["practices"].number(one.practices),
            "districts": self.sets["districts"].number(one.districts),
            "languages": self.sets["languages"].number(one.languages),
            "checked": one.checked_on.toordinal() if one.checked_on else 0,
            "asked": one.asked,
            "accepted": one.accepted,
            "unlikely": -chance_of_yes(one.asked, one.accepted),
            "state": NO_STATE,
            "until": 0,
        }


def microseconds(at: datetime) -> int:
    return (at - ANEW) // timedelta(microseconds=1)


def _or_none(number: int) -> int | None:
    return None if number == NOBODY_SAID else number
