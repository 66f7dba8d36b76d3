"""What each role may see and why, and how long a part in someone's care lets its team look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance


class Reach(StrEnum):
    """Whose parts in someone's care a role looks through: its own team's, its agency's, or nobody's."""

    TEAM = "team"
    AGENCY = "agency"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Sees:
    """What a role may see of a person it has a part in the care of, for one purpose."""

    role: str
    purpose: str
    reach: Reach
    elements: frozenset[str]
    provenance: Provenance


NOTHING = frozenset[str]()


@cache
def _sees() -> tuple[Sees, ...]:
    return tuple(
        Sees(
            row["role"],
            row["purpose"],
            Reach(row["reach"]),
            frozenset(row["elements"].split()),
            law.provenance(row),
        )
        for row in law.rows("role_sees")
    )


@cache
def of_role(role: str, *, on: date) -> tuple[Sees, ...]:
    """What a role may see on a day, for each of its purposes, the usual one first; nothing for no role."""
    return tuple(one for one in _sees() if one.role == role and one.provenance.stands(on))


@cache
def for_purpose(role: str, purpose: str, *, on: date) -> Sees | None:
    """What a role may see for one purpose; for its usual one where none is named; none if it has no such."""
    return next((one for one in of_role(role, on=on) if purpose in ("", one.purpose)), None)


def lasts(code: str, *, at: datetime) -> timedelta:
    """How long something about access lasts, as it stands on that day."""
    return _times(local_date(at))[code]


@cache
def _times(on: date) -> dict[str, timedelta]:
    return {one.code: one.within for one in law.access_times(on=on)}


def most(code: str, *, at: datetime) -> int:
    """How often something may happen before somebody looks into it or it is refused, on that day."""
    return most_on(code, on=local_date(at))


def most_on(code: str, *, on: date) -> int:
    """The same, where a day is known and no instant."""
    return _limits(on)[code]


@cache
def _limits(on: date) -> dict[str, int]:
    standing = (row for row in law.rows("limits") if law.provenance(row).stands(on))
    return {row["code"]: int(row["most"]) for row in standing}
