"""
A day to be planned: visits, the crews who could go, and the minutes between places.

Read from the published home-visit format (patients, caregivers, distances). All times are minutes from
the start of the day; a distance is the minutes it takes, and what it costs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALONE, AT_ONCE, IN_TURN = "alone", "simultaneous", "sequential"


class Unreadable(ValueError):
    """What is wrong with a day, in words, with the place named."""


@dataclass(frozen=True)
class Part:
    """What one person does on a visit: the service it takes, and for how many minutes."""

    service: str
    minutes: float


@dataclass(frozen=True)
class Visit:
    """
    One person at one address. The start may be no earlier than `opens`; after `closes` it is late.
    With two parts, two different people come: at once, or the second `gap` minutes (least, most) after
    the first has started.
    """

    id: str
    opens: float
    closes: float
    parts: tuple[Part, ...]
    way: str = ALONE
    gap: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Crew:
    """Somebody who can be sent, and what they can do."""

    id: str
    services: frozenset[str]


@dataclass(frozen=True)
class Day:
    """`minutes[i][j]`: from place i to place j; 0 is the base, k the k-th visit (from 1)."""

    visits: tuple[Visit, ...]
    crews: tuple[Crew, ...]
    minutes: tuple[tuple[float, ...], ...]

    def able(self, visit: Visit, part: int) -> list[int]:
        """The crews who can do this part of this visit, by their places in `crews`."""
        service = visit.parts[part].service
        return [place for place, crew in enumerate(self.crews) if service in crew.services]


def read(path: Path) -> Day:
    """A day from a file. `Unreadable` names what is wrong with it; nothing is guessed."""
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as refusal:
        raise Unreadable(f"{path.name} cannot be read: {refusal.strerror or 'no such file'}.") from refusal
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as refusal:
        raise Unreadable(f"{path.name} is not JSON: {refusal}.") from refusal
    return of(found)


def of(found: Any) -> Day:
    """A day from what the published format holds."""
    found = _mapping(found, "the file")
    usual = {
        _text(one, "id", place): _number(one["default_duration"], f"{place}, default_duration")
        for one, place in _each(found, "services")
        if one.get("default_duration") is not None
    }
    crews = tuple(
        Crew(_text(one, "id", place), frozenset(_texts(one.get("abilities"), f"{place}, abilities")))
        for one, place in _each(found, "caregivers")
    )
    visits = tuple(_visit(one, place, usual) for one, place in _each(found, "patients"))
    day = Day(visits, crews, _minutes(found.get("distances"), len(visits) + 1))
    for names, what in ((crews, "caregivers"), (visits, "patients")):
        if len({one.id for one in names}) < len(names):
            raise Unreadable(f"{what}: two have the same id.")
    _can_be_staffed(day)
    return day


def _visit(one: Mapping[str, Any], place: str, usual: Mapping[str, float]) -> Visit:
    window = _pair(one.get("time_window"), f"{place}, time_window")
    wanted = one.get("required_caregivers")
    if not isinstance(wanted, list) or len(wanted) not in (1, 2):
        raise Unreadable(f"{place}, required_caregivers: one or two are understood.")
    parts = []
    for number, part in enumerate(wanted, 1):
        where = f"{place}, required_caregivers {number}"
        service = _text(_mapping(part, where), "service", where)
        lasts = part.get("duration", usual.get(service))
        minutes = _number(lasts, f"{where}, duration")
        if minutes < 0:
            raise Unreadable(f"{where}, duration: {minutes:g} is below nothing.")
        parts.append(Part(service, minutes))
    way, gap = ALONE, (0.0, 0.0)
    if len(parts) == 2:
        how = _mapping(one.get("synchronization"), f"{place}, synchronization")
        way = how.get("type")
        if way not in (AT_ONCE, IN_TURN):
            raise Unreadable(f"{place}, synchronization: 'simultaneous' or 'sequential', not {way!r}.")
        if way == IN_TURN:
            gap = _pair(how.get("distance"), f"{place}, synchronization, distance")
    return Visit(_text(one, "id", place), *window, tuple(parts), way, gap)


def _minutes(table: Any, size: int) -> tuple[tuple[float, ...], ...]:
    if not isinstance(table, list) or len(table) != size:
        rows = len(table) if isinstance(table, list) else "no"
        raise Unreadable(f"distances: {rows} rows, but the base and the patients are {size}.")
    rows = []
    for number, row in enumerate(table):
        if not isinstance(row, list) or len(row) != size:
            raise Unreadable(f"distances, row {number}: {size} numbers are needed.")
        rows.append(tuple(_number(value, f"distances, row {number}") for value in row))
        if min(rows[-1]) < 0:
            raise Unreadable(f"distances, row {number}: a distance is below nothing.")
    return tuple(rows)


def _can_be_staffed(day: Day) -> None:
    for visit in day.visits:
        able = [set(day.able(visit, part)) for part in range(len(visit.parts))]
        for part, crews in zip(visit.parts, able, strict=True):
            if not crews:
                raise Unreadable(f"patient {visit.id}: nobody can do {part.service}.")
        if len(able) == 2 and len(able[0] | able[1]) < 2:
            raise Unreadable(f"patient {visit.id}: two people are needed, and only one can do either part.")


def _each(found: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], str]]:
    listed = found.get(key)
    if not isinstance(listed, list):
        raise Unreadable(f"{key}: a list is needed.")
    return [(_mapping(one, f"{key} {number}"), f"{key} {number}") for number, one in enumerate(listed, 1)]


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"{place}: an object is needed.")
    return value


def _text(one: Mapping[str, Any], key: str, place: str) -> str:
    value = one.get(key)
    if not isinstance(value, str) or not value:
        raise Unreadable(f"{place}, {key}: a name is needed.")
    return value


def _texts(value: Any, place: str) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unreadable(f"{place}: a list of names is needed.")
    return value


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unreadable(f"{place}: {value!r} is not a number.")
    return float(value)


def _pair(value: Any, place: str) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise Unreadable(f"{place}: two numbers are needed.")
    least, most = (_number(one, place) for one in value)
    if least > most:
        raise Unreadable(f"{place}: {least:g} comes after {most:g}.")
    return least, most
