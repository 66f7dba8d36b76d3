"""
Names that are used for one another: Peggy for Margaret, Guto for Gruffydd.

A dated list, like all that others could dispute; as keys, the way names are looked up.
"""

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
