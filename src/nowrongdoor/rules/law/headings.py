"""What a person is asked about themselves: headings as they stand on a day, each a dated row."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance


@dataclass(frozen=True)
class Heading:
    """
    `mine` is what it is called to the person it is about; `codes` the list its answers may choose from, and
    where `picks_one` exactly one of it is chosen. `said_by` are those who may say it; none: whoever knows.
    `element` is what of a record a role must see to be shown it, as `rules.sight.Element`.
    """

    code: str
    label: str
    mine: str
    codes: str
    order: int
    picks_one: bool
    said_by: tuple[str, ...]
    element: str
    provenance: Provenance


@cache
def standing(*, on: date) -> tuple[Heading, ...]:
    """The headings of that day, in the order in which they are shown."""
    return tuple(sorted((one for one in _every() if one.provenance.stands(on)), key=lambda one: one.order))


def heading(code: str, *, at: datetime) -> Heading:
    """The heading that stands at an instant; refuses one that is not there."""
    for one in standing(on=local_date(at)):
        if one.code == code:
            return one
    raise Refused("Choose what this is about.", code="heading_unknown", field="heading")


@cache
def _every() -> tuple[Heading, ...]:
    return tuple(
        Heading(
            row["code"],
            row["label"],
            row["mine"],
            row["codes"],
            int(row["order"]),
            row["picks"] == "one",
            tuple(row["said_by"].split()),
            row["element"],
            law.provenance(row),
        )
        for row in law.rows("about_headings")
    )
