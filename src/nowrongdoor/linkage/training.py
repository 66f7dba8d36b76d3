"""
Weights learned from the registers themselves, without anybody saying which pairs are one person.

Expectation-maximisation over all pairs there are: of the pairs that were compared it is asked how
likely each is one person's, two people's under one roof, or two strangers'; from the answers, how
often each step of agreement is found among each; and so again until nothing moves. The pairs that
were not compared count as strangers', so that the choice of pairs does not bend the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nowrongdoor.linkage.columns import Registers
from nowrongdoor.linkage.comparing import UNKNOWN, Compared
from nowrongdoor.rules.matching.agreement import top
from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.model import Model, Part, Story, Weighed, by_chance

ROUNDS = 60
STILL = 1e-4
# What is believed before anything is seen, worth so many pairs: a step never seen is not impossible.
BELIEF = 8.0
TRADED = 0.02  # of one person's records: those in which two parts have changed places
LEAST = 1e-9
TWINS = 0.02  # of two people under one roof: those born on one day


@dataclass
class Learned:
    """By story: shares of each step, a row for each part and trade; and how many pairs are of it."""

    shares: dict[Story, list[np.ndarray]]
    pairs: dict[Story, float]


@dataclass(frozen=True)
class Patterns:
    """Every different row of steps, and how many of the compared pairs have it."""

    steps: np.ndarray
    count: np.ndarray
    back: np.ndarray


def patterns(steps: np.ndarray, sizes: list[int]) -> Patterns:
    code = np.zeros(len(steps), np.int64)
    for place, size in enumerate(sizes):
        code = code * (size + 1) + steps[:, place] + 1
    _, first, back, count = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    return Patterns(steps[first], count.astype(float), back)


def sizes_of(parts: tuple[Part, ...], trades: int) -> list[int]:
    return [top(part.kind) + 1 for part in parts] + [2] * trades


def learn(registers: Registers, compared: Compared, blind: np.ndarray, *, sizes: list[int]) -> Learned:
    """
    Weights from the compared pairs, and from `blind` ones, taken without looking.

    Pairs taken blindly say how often strangers agree; how often they agree wholly is counted exactly.
    """
    seen = patterns(compared.steps, sizes)
    chance = _by_chance(registers, blind, sizes)
    learned = _first_guess(registers, sizes, chance)
    for _ in range(ROUNDS):
        told = _expect(seen, learned, registers.pairs)
        before = learned.pairs[Story.SAME] + learned.pairs[Story.MOVED]
        learned = _maximise(registers, seen, told * seen.count, chance, sizes)
        if abs(learned.pairs[Story.SAME] + learned.pairs[Story.MOVED] - before) <= STILL * before:
            break
    return learned


def _by_chance(registers: Registers, blind: np.ndarray, sizes: list[int]) -> list[np.ndarray]:
    """How many of all pairs show each step, one person's included."""
    counts = []
    for place, size in enumerate(sizes):
        steps = blind[:, place]
        seen = np.bincount(steps[steps >= 0], minlength=size).astype(float) + 0.5
        share = float((steps >= 0).mean()) if len(steps) else 0.0
        known = registers.pairs * max(share, 1e-6)
        counts.append(seen / seen.sum() * known)
    for place, column in enumerate(registers.columns):
        mine, yours = (np.bincount(side[side >= 0], minlength=column.size).astype(float)
                       for side in (column.left, column.right))  # fmt: skip
        same = (mine * (mine - 1) / 2 if registers.alone else mine * yours).sum()
        rest, known = counts[place][:-1], counts[place].sum()
        exact = np.append(rest / rest.sum() * max(known - same, 0.0), same)
        counts[place] = np.maximum(exact, known * LEAST)
    return counts


def _first_guess(registers: Registers, sizes: list[int], chance: list[np.ndarray]) -> Learned:
    many = 0.5 * min(registers.left, registers.right)
    same = [_believed(place, size, registers) for place, size in enumerate(sizes)]
    strangers = [count / count.sum() for count in chance]
    shares = {
        story: [
            strangers[place] if _chancy(story, registers, place) else same[place]
            for place in range(len(sizes))
        ]
        for story in Story
    }
    return Learned(shares, _pairs(registers, many, many * 0.1, many * 0.2))


def _chancy(story: Story, registers: Registers, place: int) -> bool:
    if place >= len(registers.columns):
        return story in (Story.HOUSEHOLD, Story.STRANGERS)
    return by_chance(story, registers.columns[place].part.kind)


def _pairs(registers: Registers, same: float, moved: float, household: float) -> dict[Story, float]:
    strangers = max(registers.pairs - same - moved - household, 1.0)
    return {Story.SAME: same, Story.MOVED: moved, Story.HOUSEHOLD: household, Story.STRANGERS: strangers}


def _believed(place: int, size: int, registers: Registers) -> np.ndarray:
    """Nine in ten agree wholly, and the nearer of the other steps are the likelier."""
    if place >= len(registers.columns):
        return np.array([TRADED, 1 - TRADED])
    rest = np.arange(1.0, size)
    believed = np.append(rest / rest.sum() * 0.12, 0.88)
    if registers.columns[place].part.kind in (Kind.LINE, Kind.PHONE, Kind.POSTCODE, Kind.HOUSE, Kind.EMAIL):
        believed[0], believed[-1] = believed[0] + 0.1, believed[-1] - 0.1  # people move
    return believed / believed.sum()


def _expect(seen: Patterns, learned: Learned, pairs: float) -> np.ndarray:
    """Of each pattern, how likely each story is: a row for each story."""
    logs = np.empty((len(Story), len(seen.steps)))
    for story in Story:
        log = np.full(len(seen.steps), np.log(learned.pairs[story] / pairs))
        for place, share in enumerate(learned.shares[story]):
            log += np.append(np.log(share), 0.0)[seen.steps[:, place]]  # unknown is -1, the last
        logs[story] = log
    told = np.exp(logs - logs.max(axis=0))
    return told / told.sum(axis=0)


def _maximise(
    registers: Registers, seen: Patterns, told: np.ndarray, chance: list[np.ndarray], sizes: list[int]
) -> Learned:
    shares: dict[Story, list[np.ndarray]] = {story: [] for story in Story}
    for place, size in enumerate(sizes):
        steps = seen.steps[:, place]
        known = steps >= 0
        counts = {story: np.bincount(steps[known], told[story][known], minlength=size) for story in Story}
        person = counts[Story.SAME] + counts[Story.MOVED]
        by_luck = np.maximum(chance[place] - person, chance[place].sum() * LEAST) + 1e-3
        strangers = by_luck / by_luck.sum()
        belief = _believed(place, size, registers) * BELIEF
        is_place = _chancy(Story.MOVED, registers, place)
        same = (counts[Story.SAME] if is_place else person) + belief
        home = counts[Story.HOUSEHOLD] + belief
        shares[Story.STRANGERS].append(strangers)
        shares[Story.SAME].append(same / same.sum())
        shares[Story.MOVED].append(strangers if is_place else shares[Story.SAME][-1])
        shares[Story.HOUSEHOLD].append(home / home.sum())
        if _chancy(Story.HOUSEHOLD, registers, place):
            shares[Story.HOUSEHOLD][-1] = strangers
            if place < len(registers.columns) and registers.columns[place].part.kind is Kind.DATE:
                # Believed and not learned: a share that can grow lets this story swallow one person's pairs.
                same_day = np.append(np.zeros(size - 1), 1.0)
                shares[Story.HOUSEHOLD][-1] = strangers * (1 - TWINS) + same_day * TWINS
        if place >= len(registers.columns):
            # Names in the wrong order never speak for one person by themselves.
            kept = np.maximum(strangers, shares[Story.SAME][-1] * [1.0, 0.0])
            shares[Story.STRANGERS][-1] = shares[Story.HOUSEHOLD][-1] = kept
    many = told.sum(axis=1)
    return Learned(
        shares,
        _pairs(
            registers, *(max(float(many[story]), 0.5) for story in (Story.SAME, Story.MOVED, Story.HOUSEHOLD))
        ),
    )


def model_of(
    registers: Registers, learned: Learned, *,
    trades: tuple[tuple[int, int], ...], short_forms: frozenset[tuple[str, str]],
) -> Model:  # fmt: skip
    """What was learned, as the model that scores one pair or millions."""
    weights = [
        Weighed(tuple(tuple(map(float, learned.shares[story][place])) for story in Story))
        for place in range(len(learned.shares[Story.SAME]))
    ]
    count = len(registers.columns)
    prior = tuple(float(np.log2(learned.pairs[story] / registers.pairs)) for story in Story)
    shares = tuple(_shares(column) for column in registers.columns)
    return Model(
        parts=tuple(column.part for column in registers.columns),
        weights=tuple(weights[:count]),
        trades=trades,
        trade_weights=tuple(weights[count:]),
        prior=prior,
        shares=tuple(dict(zip(column.values, map(float, share), strict=True))
                     for column, share in zip(registers.columns, shares, strict=True)),
        usual=tuple(float((share**2).sum()) for share in shares),
        short_forms=short_forms,
    )  # fmt: skip


def _shares(column) -> np.ndarray:
    """How common each value is among the records of both registers that hold one."""
    sides = (column.left,) if column.left is column.right else (column.left, column.right)
    held = sum(np.bincount(side[side >= 0], minlength=column.size) for side in sides).astype(float)
    return held / max(held.sum(), 1.0)


def scores(model: Model, compared: Compared, registers: Registers) -> np.ndarray:
    """Doublings of the odds of every compared pair that one person is behind both records."""
    told = np.repeat(np.array(model.prior)[:, None], len(compared.steps), axis=1)
    for place, weighed in enumerate((*model.weights, *model.trade_weights)):
        logs = np.array([*(weighed.logs(at) for at in range(len(weighed.shares[0]))), weighed.logs(None)])
        told += logs[compared.steps[:, place]].T  # an unknown step is -1, the last row: no weight
    for place, column in enumerate(registers.columns):
        rarity = _rarity(model, place, column, compared.agreed[:, place])
        for story in Story:
            if by_chance(story, column.part.kind):
                told[story] -= rarity
    person = np.logaddexp2(told[Story.SAME], told[Story.MOVED])
    return person - np.logaddexp2(told[Story.HOUSEHOLD], told[Story.STRANGERS])


def _rarity(model: Model, place: int, column, agreed: np.ndarray) -> np.ndarray:
    at = top(column.part.kind)
    bits = np.array([model.rarity(place, at, value) for value in column.values] + [0.0])
    return bits[np.where(agreed == UNKNOWN, len(bits) - 1, agreed)]
