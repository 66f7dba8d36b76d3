"""
Standing vignettes: invented cases, the same for everybody, that many rate blind to see how far they agree.

Each is a dated row, about nobody. Whoever rates says how soon they would respond, once for each version of a
case. What one said is for themself alone; agreement is counted by case, and never by person, team or agency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain, combinations
from types import MappingProxyType
from uuid import UUID

from nowrongdoor.rules import consistency, law
from nowrongdoor.rules.change import Refused, Step, began
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.consistency import Agreement

# How often each response time was given to each case.
Given = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Vignette:
    """An invented case as it stands: what was said, wished and answered. `version` names it and its day."""

    code: str
    label: str
    words: str
    wish: str
    answers: Mapping[str, str]
    version: str
    source: str


@dataclass(frozen=True)
class VignetteRating:
    """How soon one member would respond to one version of a case."""

    id: UUID
    vignette: str
    rated: str
    rated_at: datetime
    rated_by_id: UUID
    version: int = 0


@cache
def standing(*, on: date) -> tuple[Vignette, ...]:
    """The cases to be rated on a day, in the order of their file."""
    rows = [row for row in law.rows("vignettes") if law.provenance(row).stands(on)]
    return tuple(_vignette(row) for row in sorted(rows, key=lambda row: int(row["order"])))


def one(code: str, *, on: date) -> Vignette | None:
    """The case of this name as it stands on a day."""
    return next((each for each in standing(on=on) if each.code == code), None)


def rate(
    vignette: str,
    *,
    earlier: Sequence[VignetteRating],
    rating_id: UUID,
    urgency: str,
    by: UUID,
    at: datetime,
) -> Step:
    """
    How soon a member would respond to a version of a case. Refuses a version that does not stand, a response
    time not on the list, and a second answer to the same.
    """
    if vignette not in {each.version for each in standing(on=local_date(at))}:
        raise Refused("This case is not one of those to be rated now.", code="vignette_gone")
    own = [each for each in earlier if each.rated_by_id == by and each.vignette == vignette]
    if own:
        words = "You rated this case already. What you said stays as you said it."
        raise Refused(words, code="rated", of=own[0])
    standard = law.response_time(urgency, at=at)
    rated = VignetteRating(id=rating_id, vignette=vignette, rated=standard.code, rated_at=at, rated_by_id=by)
    return began("vignette.rated", rated)


def pairs(given: Mapping[str, int]) -> tuple[int, int]:
    """Of all pairs of those who rated one case: how many there are, and how many differ."""
    raters = sum(given.values())
    every = raters * (raters - 1) // 2
    return every, sum(one * other for one, other in combinations(given.values(), 2))


def agreement(given: Given, *, codes: int) -> Agreement | None:
    """Over all cases that two or more rated; none where there are fewer than two of those."""
    return consistency.agreement([tuple(_said(each)) for each in given.values()], codes=codes)


def _said(given: Mapping[str, int]) -> chain[str]:
    return chain.from_iterable([code] * number for code, number in given.items())


def _vignette(row: dict[str, str]) -> Vignette:
    if row["invented"] != "yes":
        raise law.Unsourced(f"vignettes.csv: {row['code']} does not say that it is invented")
    answers = dict(each.split("=", 1) for each in row["answers"].split())
    return Vignette(
        code=row["code"],
        label=row["label"],
        words=row["words"],
        wish=row["wish"],
        answers=MappingProxyType(answers),
        version=f"{row['code']}@{row['valid_from']}",
        source=row["source"],
    )
