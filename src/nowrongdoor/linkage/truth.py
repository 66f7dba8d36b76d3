"""
What is known to be true of two registers: which records are one person's, from a file of labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

from nowrongdoor.linkage.reading import CannotRead, Table

NO = {"0", "0.0", "false", "no", "n", "non-match", "nonmatch", "distinct", "different", "f"}


@dataclass(frozen=True)
class Truth:
    """True pairs of places, and the columns of either register that say which record it is."""

    pairs: set[tuple[int, int]]
    ids: tuple[str, str]


def truth_of(labels: Table, left: Table, right: Table | None) -> Truth:
    """
    Pairs of ids, one from each register (a third column may say yes or no); or an id and whose it is.

    Records without a column of ids are meant by their number, from 0 or from 1.
    """
    rows = [labels.heading, *labels.rows] if _is_headless(labels, left, right or left) else labels.rows
    first, second = [row[0] for row in rows], [row[1] if len(row) > 1 else "" for row in rows]
    other = right or left
    mine, my_id = _places(left, first)
    yours, your_id = _places(other, second)
    turned_mine, turned_id = _places(left, second)
    turned_yours, turned_other = _places(other, first)
    if _held(turned_mine, second) + _held(turned_yours, first) > _held(mine, first) + _held(yours, second):
        first, second = second, first
        mine, my_id, yours, your_id = turned_mine, turned_id, turned_yours, turned_other
    if _held(yours, second) < 0.5:
        return _of_groups(rows, left, right)
    wanted = [not _says_no(row) for row in rows]
    pairs = {
        (one, two)
        for a, b, yes in zip(first, second, wanted, strict=True)
        if yes and a in mine and b in yours
        for one, two in product(mine[a], yours[b])
    }
    if right is None:
        pairs = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    if not pairs:
        raise CannotRead(f"No label of {labels.name} names a record of both files.")
    return Truth(pairs, (my_id, your_id))


def _of_groups(rows: list[list[str]], left: Table, right: Table | None) -> Truth:
    """Each id beside whose it is: all that are the same person's belong together."""
    ids, whose = [row[0] for row in rows], [row[1] if len(row) > 1 else "" for row in rows]
    mine, my_id = _places(left, ids)
    yours, your_id = _places(right or left, ids)
    by_person: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for name, person in zip(ids, whose, strict=True):
        if not person.strip():
            continue  # whose it is was not said: that makes nobody of them one person
        by_person[person][0].extend(mine.get(name, []))
        by_person[person][1].extend(yours.get(name, []))
    pairs: set[tuple[int, int]] = set()
    for here, there in by_person.values():
        pairs |= set(combinations(sorted(set(here)), 2)) if right is None else set(product(here, there))
    if not pairs:
        raise CannotRead("The labels name no two records that are one person's.")
    return Truth(pairs, (my_id, your_id))


def _places(table: Table, names: Iterable[str]) -> tuple[dict[str, list[int]], str]:
    """Where each name stands: in the column that holds most of them, or else as a row's number."""
    wanted = set(names)
    best, best_held = "", 0.0
    for heading in table.heading:
        values = table.column(heading)
        held = len(wanted & set(values)) / max(len(wanted), 1)
        # An id stands once; a house number may be among them by chance.
        if held > best_held + 0.2 and len(set(values)) > 0.9 * len(values):
            best, best_held = heading, held
    found: dict[str, list[int]] = defaultdict(list)
    if best_held > 0.5:
        for place, value in enumerate(table.column(best)):
            found[value].append(place)
        return dict(found), best
    numbers = {int(name) for name in wanted if name.isdigit()}
    start = 0 if 0 in numbers else 1
    return {str(place + start): [place] for place in range(len(table.rows))}, ""


def _held(places: dict[str, list[int]], names: list[str]) -> float:
    return sum(name in places for name in names) / max(len(names), 1)


def _is_headless(labels: Table, left: Table, right: Table) -> bool:
    """The first line is itself a pair of ids."""
    values = {value for table in (left, right) for name in table.heading for value in set(table.column(name))}
    return len(labels.heading) > 1 and labels.heading[0] in values and labels.heading[1] in values


def _says_no(row: list[str]) -> bool:
    return any(cell.strip().lower() in NO for cell in row[2:3])
