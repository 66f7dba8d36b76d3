"""
Names that are used for one another: Peggy for Margaret, Guto for Gruffydd.

A dated list, like all that others could dispute; as keys, the way names are looked up.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.matching.kinds import name


@cache
def known(*, on: date) -> frozenset[tuple[str, str]]:
    """Pairs of a name and a form of it that are in use on a day, each written as a name is compared."""
    return frozenset(
        (name(row["name"]), name(form))
        for row in law.rows("short_names")
        if law.provenance(row).stands(on)
        for form in row["forms"].split()
    )


@cache
def by_name(pairs: frozenset[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Of each name, the others that are used for it."""
    found: dict[str, list[str]] = {}
    for one, other in sorted(pairs):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {name: tuple(others) for name, others in found.items()}
