"""
The model of Fellegi and Sunter: what each step of agreement weighs, and the probability they add up to.

Two records are told as four stories: one person's; one person's who has moved, so that all of an
address differs at once; two people's under one roof, who share a surname and an address but no birth;
two strangers'. Each story says how often each step of agreement is found, and the likelier story wins.
A rare value weighs more than a common one, by the share of records that hold it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from nowrongdoor.rules.matching.agreement import STEPS, step, top
from nowrongdoor.rules.matching.kinds import NAMES, OWN, PLACES, Kind

# The step of a pair of parts that may have changed places: 0 they have, 1 they stand in order.
SWAPPED, IN_ORDER = 0, 1
# However rare a value: one that stands once in a small register is not therefore unheard of.
MOST_FROM_RARITY = 12.0


class Story(IntEnum):
    """Whose two records may be."""

    SAME = 0
    MOVED = 1
    HOUSEHOLD = 2
    STRANGERS = 3


def by_chance(story: Story, kind: Kind) -> bool:
    """In this story, a part of this kind agrees only as it does among strangers."""
    if story is Story.MOVED:
        return kind in PLACES
    return story is Story.STRANGERS or (story is Story.HOUSEHOLD and kind in OWN)


@dataclass(frozen=True)
class Part:
    """A part of an identity that is compared, under the name a steward reads."""

    name: str
    kind: Kind
    words: str


@dataclass(frozen=True)
class Weighed:
    """How often each step is found, in each story."""

    shares: tuple[tuple[float, ...], ...]

    def logs(self, at: int | None) -> tuple[float, ...]:
        """By story, in doublings; nothing for a part that is not known."""
        return (0.0,) * len(Story) if at is None else tuple(math.log2(share[at]) for share in self.shares)

    def bits(self, at: int) -> float:
        """What a step weighs for one person and against strangers: doublings of the odds."""
        return math.log2(self.shares[Story.SAME][at] / self.shares[Story.STRANGERS][at])


@dataclass(frozen=True)
class Evidence:
    """One part's agreement in words, and what it weighs; below 0 it speaks against."""

    part: str
    words: str
    bits: float


@dataclass(frozen=True)
class Score:
    """How likely two records are one person's, with what speaks for it and against it."""

    bits: float
    told: tuple[float, ...]
    evidence: tuple[Evidence, ...]

    @property
    def probability(self) -> float:
        return probability(self.bits)


@dataclass(frozen=True)
class Model:
    """
    Parts, their weights, and how common the values are.

    `trades` are pairs of parts that change places (given and family name, two lines of an address),
    each with the weights of standing in order. `prior` is how likely each story is of two records
    taken blindly, as a power of two.
    """

    parts: tuple[Part, ...]
    weights: tuple[Weighed, ...]
    trades: tuple[tuple[int, int], ...]
    trade_weights: tuple[Weighed, ...]
    prior: tuple[float, ...]
    shares: tuple[Mapping[str, float], ...]
    usual: tuple[float, ...]
    short_forms: frozenset[tuple[str, str]]

    def score(self, one: Sequence[str], other: Sequence[str]) -> Score:
        """Two records, each the values of the parts in order, written as `kinds.written` writes them."""
        steps, orders = self.steps(one, other)
        told = list(self.prior)
        found: list[Evidence] = []
        for place, part in enumerate(self.parts):
            at = steps[place]
            rarity = self.rarity(place, at, one[place])
            for story, log in zip(Story, self.weights[place].logs(at), strict=True):
                told[story] += log - (rarity if by_chance(story, part.kind) else 0.0)
            if at is not None:
                words = STEPS[part.kind][at].format(part.words)
                found.append(Evidence(part.name, words, self.weights[place].bits(at) + rarity))
        for weight, order in zip(self.trade_weights, orders, strict=True):
            for story, log in zip(Story, weight.logs(order), strict=True):
                told[story] += log
        return Score(odds(told), tuple(told), tuple(found))

    def steps(self, one: Sequence[str], other: Sequence[str]) -> tuple[list[int | None], list[int | None]]:
        """Each part's step, and whether the parts that may trade places stand in order."""
        found = [self._step(place, one[place], other[place]) for place in range(len(self.parts))]
        orders: list[int | None] = []
        for first, second in self.trades:
            crossed = (
                self._step(first, one[first], other[second]), self._step(second, one[second], other[first])
            )  # fmt: skip
            straight = (found[first], found[second])
            if have_traded(straight, crossed, best=top(self.parts[first].kind)):
                found[first], found[second] = crossed
                orders.append(SWAPPED)
            else:
                orders.append(None if None in straight else IN_ORDER)
        return found, orders

    def rarity(self, place: int, at: int | None, one: str) -> float:
        """What a value that agrees weighs beyond the usual, for being rarer; below 0 for a common one."""
        if at is None or at != top(self.parts[place].kind):
            return 0.0
        share = self.shares[place].get(one)
        if share is None or self.usual[place] <= 0:
            return 0.0
        return min(math.log2(self.usual[place] / share), MOST_FROM_RARITY)

    def _step(self, place: int, one: str, other: str) -> int | None:
        return step(self.parts[place].kind, one, other, short_forms=self.short_forms)


def have_traded(
    straight: tuple[int | None, int | None], crossed: tuple[int | None, int | None], *, best: int
) -> bool:
    """Two parts have changed places when they agree better that way, one of them wholly or nearly."""
    both = (crossed[0] or 0) + (crossed[1] or 0)
    return (
        both > (straight[0] or 0) + (straight[1] or 0) and max(crossed[0] or 0, crossed[1] or 0) >= best - 1
    )


def odds(told: Sequence[float]) -> float:
    """Doublings of the odds that one person is behind both records, moved or not."""
    return _sum(told[Story.SAME], told[Story.MOVED]) - _sum(told[Story.HOUSEHOLD], told[Story.STRANGERS])


def probability(bits: float) -> float:
    return 1.0 / (1.0 + 2.0 ** min(-bits, 1000.0))


def _sum(one: float, other: float) -> float:
    """The sum of two powers of two, as a power of two."""
    more, less = max(one, other), min(one, other)
    return more + math.log2(1.0 + 2.0 ** max(less - more, -1000.0))


def trades_of(parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    """Which parts may change places: given and family name, and the first two lines of an address."""
    given = [place for place, part in enumerate(parts) if part.kind is NAMES[0]]
    family = [place for place, part in enumerate(parts) if part.kind is NAMES[1]]
    lines = [place for place, part in enumerate(parts) if part.kind is Kind.LINE]
    found = [(given[0], family[0])] if given and family else []
    return (*found, *([(lines[0], lines[1])] if len(lines) > 1 else []))
