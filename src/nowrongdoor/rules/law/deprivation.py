"""
How deprived an area is, by the index of a place: dated rows, from a postcode's sector or district to a tenth.

A place loads its own table (`deprivation.csv`), such as the official index of its country brought to
postcodes. Ours is of an invented county, and says so. An area that no row knows is not known, and is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance

NOT_KNOWN = ""


@dataclass(frozen=True)
class Area:
    """`area` is a sector (`ZZ1 4`) or a district (`ZZ1`); `decile` 1 of the most deprived tenth up to 10."""

    area: str
    label: str
    decile: int
    provenance: Provenance


def areas(*, at: datetime) -> dict[str, Area]:
    """Every area that the table knows on that day."""
    return _standing(local_date(at))


def fifth(near: str, *, at: datetime) -> str:
    """
    The code of the fifth (list `deprivation_fifths`) that an area belongs to: of its sector, or else of its
    district; nothing where neither is in the table.

    >>> fifth("ZZ1 4", at=NINE), fifth("ZZ8 1", at=NINE), fifth("", at=NINE)
    ('fifth_2', '', '')
    """
    found = of_areas(at=at)
    return found.get(near) or found.get(near.split(" ")[0], NOT_KNOWN)


def of_areas(*, at: datetime) -> dict[str, str]:
    """From each area of the table to the code of its fifth."""
    return _fifths(local_date(at))


def sources(*, at: datetime) -> Iterable[str]:
    """Where the table comes from, each source once."""
    return dict.fromkeys(one.provenance.source for one in areas(at=at).values())


@cache
def _fifths(on: date) -> dict[str, str]:
    fifths = law.codes("deprivation_fifths", on=on)
    of = {int(tenth): one.code for one in fifths for tenth in one.entails.split()}
    return {one.area: of[one.decile] for one in _standing(on).values() if one.decile in of}


@cache
def _standing(on: date) -> dict[str, Area]:
    rows = (
        Area(row["area"], row["label"], int(row["decile"]), law.provenance(row))
        for row in law.rows("deprivation")
    )
    return {one.area: one for one in rows if one.provenance.stands(on)}
