"""The kinds of skill there are: dated rows that say what each lets somebody do, and whether it is by law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import clock, law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import Provenance


@dataclass(frozen=True)
class Kind:
    """
    A kind of skill: which needs of a visit it meets, in which roles it lets somebody go, which languages and
    ways of travelling it is for. What is `by_law` is nobody's word for a shift.
    """

    code: str
    label: str
    skills: frozenset[str]
    roles: frozenset[str]
    languages: frozenset[str]
    travel: frozenset[str]
    by_law: bool
    order: int
    provenance: Provenance


def by_law() -> frozenset[str]:
    """The needs of a visit that only somebody with a power on record meets."""
    return frozenset(code for one in _kinds() if one.by_law for code in one.skills)


def need_said_for_a_shift(codes: Iterable[str]) -> None:
    """Refuses a power by somebody's word for a shift: it is entered with its dates."""
    if by_law().intersection(codes):
        raise Refused(
            "A power is not said for a shift. Enter it with its dates under skills and powers.",
            code="power_by_word",
            field="skills_1",
        )


def of(code: str, *, at: datetime) -> Kind:
    """The kind as it stands; refuses one that is not there."""
    for one in kinds(on=clock.local_date(at)):
        if one.code == code:
            return one
    raise Refused("Choose what they hold from the list.", code="kind_unknown", field="kind")


@cache
def kinds(*, on: date) -> tuple[Kind, ...]:
    """Every kind that can be entered on that day, in order."""
    return tuple(one for one in _kinds() if one.provenance.stands(on))


@cache
def by_code() -> dict[str, Kind]:
    """Every kind there ever was: what somebody held stays known."""
    return {one.code: one for one in _kinds()}


@cache
def _kinds() -> tuple[Kind, ...]:
    found = [
        Kind(
            row["code"], row["label"], frozenset(row["skills"].split()), frozenset(row["roles"].split()),
            frozenset(row["languages"].split()), frozenset(row["travel"].split()), row["by_law"] == "yes",
            int(row["order"]), law.provenance(row),
        )
        for row in law.rows("skill_kinds")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.order))
