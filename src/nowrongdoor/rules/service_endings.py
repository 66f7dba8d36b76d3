"""
What came of it, service by service, as it may be read: no small number, and none that follows from others.

An ending counts for the service that was asked, where the offer by which the team that held came to hold
names one. Else it counts for the services of that team: for those of one kind where the ending is that kind's
own, and for all of them together where it is anybody's. Who was only told of a service counts for that one.
Every reader reads the same figures, an agency those of its own services alone, so that nothing follows from
laying two readings side by side.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from nowrongdoor.rules import figures, law, service_kinds
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.gap_figures import OTHERS, Figure
from nowrongdoor.rules.law import seeing

TOGETHER = "However it ended"
Cell = tuple[Hashable, str]
Key = TypeVar("Key", bound=Hashable)
Keys = tuple[UUID, ...]
Counted = tuple[UUID | None, UUID | None, str, int]
"""
The team that held when it ended; the service it was asked for or that they were told of, where there is one;
how it ended, and how often.
"""


@dataclass(frozen=True)
class Offered:
    """An entry of the directory: whose it is and of which kinds, and its team, if one takes part here."""

    id: UUID
    name: str
    offered_by: str
    agency_id: UUID | None
    team_id: UUID | None
    kinds: frozenset[str]


@dataclass(frozen=True)
class Ended:
    """One service, or those of one team together, and how it ended there; no lines where all are too few."""

    services: tuple[Offered, ...]
    lines: tuple[Figure, ...]

    @property
    def agency_id(self) -> UUID | None:
        return self.services[0].agency_id


def told(counted: Iterable[Counted], offered: Collection[Offered], *, at: datetime) -> tuple[Ended, ...]:
    """Every service of which something is counted, by name."""
    known = {one.id: one for one in offered}
    cells = attributed(counted, offered, at=at)
    kept = hidden(cells, least=seeing.most("figure_below", at=at))
    rows: dict[Keys, dict[str, int]] = {}
    for (services, code), many in cells.items():
        rows.setdefault(services, {})[code] = many
    found = [
        Ended(
            tuple(known[key] for key in services),
            _lines(endings, {code for code in endings if (services, code) in kept}, at=at),
        )
        for services, endings in rows.items()
    ]
    return tuple(sorted(found, key=lambda one: [(each.name, str(each.id)) for each in one.services]))


def attributed(
    counted: Iterable[Counted], offered: Collection[Offered], *, at: datetime
) -> dict[tuple[Keys, str], int]:
    """How often each ending is counted, by the services it counts for. Of no entry it counts for none."""
    own, ours = service_kinds.own(at=at), _of_anybody(at=at)
    cells: Counter[tuple[Keys, str]] = Counter()
    for team_id, service_id, code, many in counted:
        if code not in own and code not in ours:
            continue
        theirs = [one for one in offered if team_id is not None and one.team_id == team_id]
        of_kind = [one for one in theirs if own.get(code) in one.kinds]
        named = [one for one in offered if one.id == service_id]
        services = sorted(named or of_kind or theirs, key=lambda one: (one.name, str(one.id)))
        if services:
            cells[tuple(one.id for one in services), code] += many
    return dict(cells)


def hidden(cells: Mapping[tuple[Key, str], int], *, least: int) -> frozenset[tuple[Key, str]]:
    """
    Which counts are not shown: those that are small; and along each service and each ending the next larger,
    until what is not shown is never one alone and never small in all, so that no total tells it.

    >>> cells = {("a", "x"): 4, ("a", "y"): 9, ("b", "x"): 7, ("b", "y"): 30, ("b", "z"): 20}
    >>> sorted(hidden(cells, least=5))
    [('a', 'x'), ('a', 'y'), ('b', 'x'), ('b', 'y')]
    """
    kept = {one for one, many in cells.items() if many < least}
    lines: dict[tuple[str, Hashable], list[tuple[Key, str]]] = {}
    for row, column in cells:
        lines.setdefault(("row", row), []).append((row, column))
        lines.setdefault(("column", column), []).append((row, column))
    grew = True
    while grew:
        grew = False
        for line in lines.values():
            more = _also(line, kept, cells, least=least)
            kept |= more
            grew = grew or bool(more)
    return frozenset(kept)


def _also(
    line: Iterable[tuple[Key, str]],
    kept: set[tuple[Key, str]],
    cells: Mapping[tuple[Key, str], int],
    *,
    least: int,
) -> set[tuple[Key, str]]:
    """What else of one line is not shown, the smallest first."""
    every = sorted(line, key=lambda one: (cells[one], str(one)))
    inside, left = [one for one in every if one in kept], [one for one in every if one not in kept]
    more: set[tuple[Key, str]] = set()
    while inside and left and (len(inside) == 1 or sum(cells[one] for one in inside) < least):
        inside.append(left.pop(0))
        more.add(inside[-1])
    return more


def _lines(endings: Mapping[str, int], kept: Collection[str], *, at: datetime) -> tuple[Figure, ...]:
    shown = [
        Figure(label(code, at=at), figures.shown(many, at=at))
        for code, many in endings.items()
        if code not in kept
    ]
    # The order of what is shown must not tell which of two equal figures is the larger.
    shown.sort(key=lambda one: (-int(one.shown.replace(",", "")), one.label))
    others = sum(endings[code] for code in kept)
    if not shown:
        total = figures.total(others, at=at)
        return (Figure(TOGETHER, total),) if total != figures.HIDDEN else ()
    if others:
        shown.append(Figure(OTHERS, figures.shown(others, at=at)))
    return tuple(shown)


def label(code: str, *, at: datetime) -> str:
    """How it ended, in the words a reader knows it by."""
    on = local_date(at)
    every = (*law.codes("close_outcomes", on=on), *law.codes("signpost_endings", on=on))
    return {one.code: one.label for one in every}.get(code, code)


def _of_anybody(*, at: datetime) -> frozenset[str]:
    """What any service may end with; not what an act alone records, as that it is the same as another."""
    on = local_date(at)
    every = (*law.codes("close_outcomes", on=on), *law.codes("signpost_endings", on=on))
    return frozenset(one.code for one in every if one.entails == "")
