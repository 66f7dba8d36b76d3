"""
Two registers, or one beside itself: which records are one person's, and how sure we may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nowrongdoor.linkage import comparing, keys, resolving, training
from nowrongdoor.linkage.columns import Registers, registers
from nowrongdoor.rules.matching.model import Model, Part, trades_of

BLIND = 60_000
SEED = 4711


@dataclass(frozen=True)
class Linked:
    """
    Places of the pairs that were compared, their probabilities, and the pairs that stand.

    `stand` are pairs of places (left, right) that are one person's.
    """

    model: Model
    left: np.ndarray
    right: np.ndarray
    bits: np.ndarray
    stand: list[tuple[int, int]]

    @property
    def probabilities(self) -> np.ndarray:
        return 1.0 / (1.0 + np.exp2(-self.bits))


def link(
    parts: Sequence[Part],
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]] | None = None,
    *,
    short_forms: frozenset[tuple[str, str]] = frozenset(),
    for_each: float = 30.0,
) -> Linked:
    """
    Learn the weights from the registers at hand, weigh the pairs worth comparing, and say who is who.

    `left` and `right` hold a column for each part, written as `kinds.written` writes them; without
    `right` the register is searched for people it knows twice.
    """
    both = registers(parts, left, right)
    trades = trades_of(parts)
    sizes = training.sizes_of(tuple(parts), len(trades))

    def compare(mine: np.ndarray, yours: np.ndarray) -> comparing.Compared:
        return comparing.compare(both, mine, yours, trades=trades, short_forms=short_forms)

    mine, yours = keys.candidates(both, for_each=for_each)
    compared = compare(mine, yours)
    blind = compare(*taken_blindly(both)).steps
    learned = training.learn(both, compared, blind, sizes=sizes)
    model = training.model_of(both, learned, trades=trades, short_forms=short_forms)

    def bits_of(found: comparing.Compared) -> np.ndarray:
        return training.scores(model, found, both)

    bits = bits_of(compared)
    if both.alone:
        stand = resolving.groups(mine, yours, bits, lambda one, other: bits_of(compare(one, other)))
    else:
        stands = resolving.one_to_one(mine, yours, bits)
        stand = list(zip(mine[stands].tolist(), yours[stands].tolist(), strict=True))
    return Linked(model, mine, yours, bits, stand)


def taken_blindly(both: Registers) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that nobody chose: what strangers have in common by chance."""
    chance = np.random.default_rng(SEED)
    wanted = int(min(BLIND, both.pairs * 2))
    mine, yours = chance.integers(0, both.left, wanted), chance.integers(0, both.right, wanted)
    apart = mine != yours if both.alone else np.ones(wanted, bool)
    return mine[apart], yours[apart]
