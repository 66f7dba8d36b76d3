"""
A discipline: the profession a member decides in. Which ones usually decide on a need is dated advice.

It lies in `law/disciplines.csv`, for each place to replace. It never stops anyone: people decide.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.law import Provenance

# In place of a discipline: whoever triages may decide on this need.
ANYONE = "any"


@dataclass(frozen=True)
class Deciding:
    """A discipline that usually decides on a need; `ANYONE` where no discipline of its own is wanted."""

    need: str
    discipline: str
    order: int
    provenance: Provenance


@cache
def usual(need: str, *, on: date) -> tuple[str, ...]:
    """The disciplines that usually decide on a need, in order; none where anyone who triages may."""
    standing = [row for row in _rows() if row.need == need and row.provenance.stands(on)]
    if any(row.discipline == ANYONE for row in standing):
        return ()
    return tuple(row.discipline for row in sorted(standing, key=lambda row: row.order))


@cache
def _rows() -> tuple[Deciding, ...]:
    return tuple(
        Deciding(row["need"], row["discipline"], int(row["order"]), law.provenance(row))
        for row in law.rows("disciplines")
    )
