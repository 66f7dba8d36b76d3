"""
A second look at a share of decisions: somebody else says how soon they would respond, from the facts alone.

Which decisions are looked at again follows from the key of each, so that nobody chooses them. Whoever looks
sees what was known and not what was decided. It is for learning about guidance, questions and hours, and
ranks nobody: agreement is never counted by person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from math import sqrt
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.advising import Advice
from nowrongdoor.rules.change import Refused, Step, began
from nowrongdoor.rules.clock import local_hour
from nowrongdoor.rules.law import seeing

OF = 1_000
Z = 1.959964


@dataclass(frozen=True)
class SecondRating:
    """How soon somebody else would have responded, blind; beside it what was decided, and when."""

    id: UUID
    advice_id: UUID
    referral_id: UUID
    agency_id: UUID
    decided: str
    decided_at: datetime
    rated: str
    rated_at: datetime
    rated_by_id: UUID
    version: int = 0


@dataclass(frozen=True)
class Agreement:
    """Of so many cases rated: in how many all agree, and Gwet's AC1 with the interval it lies in."""

    rated: int
    alike: int
    coefficient: float
    low: float
    high: float


def is_sampled(advice_id: UUID, *, decided_at: datetime) -> bool:
    """Whether this decision is looked at again, by the share that stood when it was made."""
    return place_of(advice_id) < seeing.most("rated_per_thousand", at=decided_at)


def place_of(advice_id: UUID) -> int:
    """A number below a thousand that follows from the key, as the database works it out too."""
    return int(md5(str(advice_id).encode(), usedforsecurity=False).hexdigest()[:7], 16) % OF


def rate(
    decision: Advice,
    *,
    earlier: Sequence[SecondRating],
    rating_id: UUID,
    urgency: str,
    by: UUID,
    agency_id: UUID,
    at: datetime,
) -> Step:
    """
    How soon somebody else would have responded. Refuses whoever decided, a decision that is not one of those
    to be looked at again, and one that has been.
    """
    if decision.decided_by_id == by:
        raise Refused("You decided this. Somebody else must look at it.", code="own_decision")
    if decision.is_beside or not is_sampled(decision.id, decided_at=decision.decided_at):
        raise Refused("This decision is not one of those to be looked at again.", code="not_sampled")
    if earlier:
        words = "Somebody has looked at this decision already. Thank you all the same."
        raise Refused(words, code="rated", of=earlier[0])
    standard = law.response_time(urgency, at=at)
    rated = SecondRating(
        id=rating_id,
        advice_id=decision.id,
        referral_id=decision.referral_id,
        agency_id=agency_id,
        decided=decision.decided,
        decided_at=decision.decided_at,
        rated=standard.code,
        rated_at=at,
        rated_by_id=by,
    )
    return began("rating.given", rated)


def agreement(rated: Sequence[Sequence[str]], *, codes: int) -> Agreement | None:
    """
    Gwet's AC1 of what each case was rated as, by two or by many who may be anybody, with its interval of 95
    in 100 over the cases (Gwet 2008); none for fewer than two cases. A case that one alone rated counts as
    none. It does not collapse where nearly all say the same, as kappa does.
    """
    said = [Counter(ratings) for ratings in rated if len(ratings) > 1]
    count = len(said)
    if count < 2 or codes < 2:
        return None
    codes_said = {code for each in said for code in each}
    shares = {one: sum(each[one] / each.total() for each in said) / count for one in sorted(codes_said)}
    by_chance = sum(share * (1 - share) for share in shares.values()) / (codes - 1)
    beyond = 1 - by_chance
    alike = [_alike(each) for each in said]
    coefficient = (sum(alike) / count - by_chance) / beyond
    spread = 0.0
    for own_alike, each in zip(alike, said, strict=True):
        own = (own_alike - by_chance) / beyond
        others = sum((1 - shares[code]) * number for code, number in each.items()) / each.total()
        chance = others / (codes - 1)
        spread += (own - 2 * (1 - coefficient) * (chance - by_chance) / beyond - coefficient) ** 2
    width = Z * sqrt(spread / (count * (count - 1)))
    low, high = max(-1.0, coefficient - width), min(1.0, coefficient + width)
    return Agreement(count, sum(one == 1 for one in alike), coefficient, low, high)


def _alike(said: Counter[str]) -> float:
    """Of all pairs of those who rated one case, the share that said the same."""
    raters = said.total()
    return sum(number * (number - 1) for number in said.values()) / (raters * (raters - 1))


def by_urgency(rated: Iterable[SecondRating]) -> dict[str, tuple[int, int]]:
    """Of each response time that was decided: how many were rated twice, and how many otherwise."""
    return _split((one.decided, one) for one in rated)


def by_hour(rated: Iterable[SecondRating]) -> dict[str, tuple[int, int]]:
    """Of each quarter of the day, as the clock on the wall showed it."""
    parts = ("00:00 to 06:00", "06:00 to 12:00", "12:00 to 18:00", "18:00 to 24:00")
    return _split((parts[local_hour(one.decided_at) // 6], one) for one in rated)


def _split(found: Iterable[tuple[str, SecondRating]]) -> dict[str, tuple[int, int]]:
    counted: Counter[str] = Counter()
    otherwise: Counter[str] = Counter()
    for group, one in found:
        counted[group] += 1
        otherwise[group] += one.decided != one.rated
    return {group: (number, otherwise[group]) for group, number in sorted(counted.items())}
