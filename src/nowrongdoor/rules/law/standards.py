"""
Standards of access: how soon a person is first in touch with somebody who helps, and first seen face to face.

Each is a dated row: of the nation, of the place, or of one service. Of all that apply the soonest stands, so
that a place or a service may promise more than the nation asks, and never less.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Standard

LEVELS = ("service", "national", "local")
"""Of two that ask the same, the one that is named."""
BOTH_NATIONS = "England and Wales"


@dataclass(frozen=True)
class AccessStandard:
    """
    How soon one fact must be so: of an urgency, or of any where none is named; at a named service, or any.

    `most` is how long it may be at the longest where the law lets it be extended.
    """

    fact: str
    urgency: str
    level: str
    service: str
    starts: str
    most: timedelta | None
    standard: Standard

    def is_for(self, *, fact: str, urgency: str, nation: str, services: Collection[str]) -> bool:
        where = self.standard.provenance.jurisdiction
        return (
            self.fact == fact
            and self.urgency in ("", urgency)
            and (where in (nation, BOTH_NATIONS) or nation == BOTH_NATIONS)
            and (self.service == "" or self.service in services)
        )


def standard(
    fact: str, *, urgency: str, nation: str, services: Collection[str], at: datetime
) -> Standard | None:
    """
    How soon this fact must be so, as the standards stand at the instant; none where nobody has promised it.

    `nation` is that of the agency that decides, `services` name what the team offers that is to respond.
    """
    on = local_date(at)
    apply = [
        one
        for one in every()
        if one.standard.provenance.stands(on)
        and one.is_for(fact=fact, urgency=urgency, nation=nation, services=services)
    ]
    soonest = min(apply, key=lambda one: (one.standard.within, LEVELS.index(one.level)), default=None)
    return soonest.standard if soonest else None


def named(version: str) -> AccessStandard | None:
    """The standard a row was begun by, as it stood then; none for a version that was never in force."""
    return next((one for one in every() if one.standard.version == version), None)


@cache
def standing(*, on: date) -> tuple[Standard, ...]:
    """The standards of access as they stand on a day, in the order of the file."""
    return tuple(one.standard for one in every() if one.standard.provenance.stands(on))


@cache
def of_facts(facts: tuple[str, ...], *, on: date) -> tuple[Standard, ...]:
    """The standards of these facts as they stand on a day, in the order of the file."""
    return tuple(one.standard for one in every() if one.fact in facts and one.standard.provenance.stands(on))


@cache
def every() -> tuple[AccessStandard, ...]:
    """Every row of the file, for what prints and checks it."""
    return tuple(
        AccessStandard(
            row["fact"],
            row["urgency"],
            row["level"],
            row["service"],
            row["starts"],
            timedelta(minutes=int(row["most_minutes"])) if row["most_minutes"] else None,
            Standard(
                row["code"],
                row["label"],
                timedelta(minutes=int(row["within_minutes"])),
                int(row["order"]),
                law.provenance(row),
                working_days=int(row["working_days"] or 0),
            ),
        )
        for row in law.rows("access_standards")
    )
