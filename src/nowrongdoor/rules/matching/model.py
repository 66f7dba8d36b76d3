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
from functools import cached_property

from nowrongdoor.rules.matching.agreement import STEPS, is_part, step, top
from nowrongdoor.rules.matching.kinds import NAMES, OWN, PLACES, Kind

# The step of a pair of parts that may have changed places: 0 they have, 1 they stand in order.
SWAPPED, IN_ORDER = 0, 1
# However rare a value: one that stands once in a small register is not therefore unheard of.
MOST_FROM_RARITY = 12.0
MOST_KEPT = 20_000


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
        called = list(range(len(self.parts)))
        for (first, second), order in zip(self.trades, orders, strict=True):
            if order == SWAPPED:
                # Each is called what it is on the other record: "Maryam", said alone, is a first name there.
                called[first], called[second] = second, first
        for place, part in enumerate(self.parts):
            at = steps[place]
            if at is not None:
                rarity = self.rarity(place, at, one[place])
                for story, log in enumerate(self._logs[place][at]):
                    told[story] += log - (rarity if self._chancy[place][story] else 0.0)
                words = STEPS[part.kind][at].format(self.parts[called[place]].words)
                found.append(Evidence(part.name, words, self._bits[place][at] + rarity))
        for weight, order in zip(self._order_logs, orders, strict=True):
            if order is not None:
                for story, log in enumerate(weight[order]):
                    told[story] += log
        return Score(odds(told), tuple(told), tuple(found))

    def steps(self, one: Sequence[str], other: Sequence[str]) -> tuple[list[int | None], list[int | None]]:
        """Each part's step, and whether the parts that may trade places stand in order."""
        found = [self._step(place, one[place], other[place]) for place in range(len(self.parts))]
        orders: list[int | None] = []
        for first, second in self.trades:
            if not self._may_have_traded(one, other, first, second):
                orders.append(None if None in (found[first], found[second]) else IN_ORDER)
                continue
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
        known = self.shares[place]
        # "" is what is said of every value that is not among those told one by one.
        share = known.get(one) or known.get("")
        if share is None or self.usual[place] <= 0:
            return 0.0
        return min(math.log2(self.usual[place] / share), MOST_FROM_RARITY)

    def _may_have_traded(self, one: Sequence[str], other: Sequence[str], first: int, second: int) -> bool:
        """Names have only changed places where one is the other's, or a part of it: seen at a glance."""
        if self.parts[first].kind not in NAMES:
            return True
        across = ((one[first], other[second]), (one[second], other[first]))
        return any(a and b and (a == b or is_part(a, b, self.short_forms)) for a, b in across)

    def _step(self, place: int, one: str, other: str) -> int | None:
        if not one or not other:
            return None
        kind = self.parts[place].kind
        known = self._seen.get((kind, one, other))
        if known is None:
            if len(self._seen) > MOST_KEPT:
                self._seen.clear()
            known = step(kind, one, other, short_forms=self.short_forms)
            self._seen[kind, one, other] = known
        return known

    @cached_property
    def _seen(self) -> dict[tuple[Kind, str, str], int | None]:
        """Pairs of values compared before: of those found together many share a name or a place."""
        return {}

    @cached_property
    def _logs(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        return tuple(_every_log(weighed) for weighed in self.weights)

    @cached_property
    def _order_logs(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        return tuple(_every_log(weighed) for weighed in self.trade_weights)

    @cached_property
    def _chancy(self) -> tuple[tuple[bool, ...], ...]:
        return tuple(tuple(by_chance(story, part.kind) for story in Story) for part in self.parts)

    @cached_property
    def _bits(self) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(w.bits(at) for at in range(len(w.shares[0]))) for w in self.weights)


def _every_log(weighed: Weighed) -> tuple[tuple[float, ...], ...]:
    return tuple(weighed.logs(at) for at in range(len(weighed.shares[0])))


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
