"""
From likely pairs to who is who: nobody is two people, and the same person's records hang together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

# So few records of one register may fit two of the other's before "one to one" is given up.
TWICE = 0.03
LIKELY = 3.0  # doublings of the odds
LARGEST = 60  # records of one person; more is a fault in the data, and is left in pairs


def one_to_one(left: np.ndarray, right: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """
    Which pairs stand when every record of a register without duplicates takes its best partner only.

    Whether a register has duplicates is seen from how often the other's records fit two of it.
    """
    order = np.lexsort((right, left, -bits))
    order = order[bits[order] > 0]
    # One of the left fits two of the right: the right register knows some people twice.
    left_once, right_once = not _fits_two(left, bits), not _fits_two(right, bits)
    taken_left, taken_right = set[int](), set[int]()
    stands = np.zeros(len(left), bool)
    for at in order:
        mine, yours = int(left[at]), int(right[at])
        if (left_once and mine in taken_left) or (right_once and yours in taken_right):
            continue
        stands[at] = True
        taken_left.add(mine)
        taken_right.add(yours)
    return stands


def _fits_two(side: np.ndarray, bits: np.ndarray) -> bool:
    _, often = np.unique(side[bits > LIKELY], return_counts=True)
    return len(often) > 0 and float((often > 1).mean()) > TWICE


def groups(
    left: np.ndarray,
    right: np.ndarray,
    bits: np.ndarray,
    score: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> list[tuple[int, int]]:
    """
    All pairs within one person's records, in one register.

    Records that hang together by likely pairs are joined, the likeliest first; two groups become one
    only if their records fit one another on the whole. `score` weighs the pairs not weighed yet.
    """
    known = dict(zip(zip(left.tolist(), right.tolist(), strict=True), bits.tolist(), strict=True))
    likely = [(weight, pair) for pair, weight in known.items() if weight > 0]
    hanging = _hanging_together([pair for _, pair in likely])
    missing = [
        (one, other)
        for members in hanging
        if len(members) <= LARGEST
        for place, one in enumerate(members)
        for other in members[place + 1 :]
        if (one, other) not in known
    ]
    if missing:
        pairs = np.array(missing, np.int64)
        known |= dict(zip(missing, score(pairs[:, 0], pairs[:, 1]).tolist(), strict=True))
    group: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for one in {one for _, pair in likely for one in pair}:
        group[one], members[one] = one, [one]
    for _, (one, other) in sorted(likely, key=lambda found: (-found[0], found[1])):
        mine, yours = group[one], group[other]
        if mine != yours and _fit(members[mine], members[yours], known):
            for moved in members.pop(yours):
                group[moved] = mine
                members[mine].append(moved)
    return sorted(
        (min(one, other), max(one, other))
        for together in members.values()
        for place, one in enumerate(together)
        for other in together[place + 1 :]
    )


def _fit(mine: list[int], yours: list[int], known: dict[tuple[int, int], float]) -> bool:
    weights = [known.get((min(one, other), max(one, other)), -10.0) for one in mine for other in yours]
    return sum(max(min(weight, 20.0), -20.0) for weight in weights) / len(weights) > 0


def _hanging_together(pairs: list[tuple[int, int]]) -> list[list[int]]:
    beside = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    seen: set[int] = set()
    found = []
    for start in sorted(beside):
        if start in seen:
            continue
        seen.add(start)
        waiting, together = [start], []
        while waiting:
            one = waiting.pop()
            together.append(one)
            for other in beside[one]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(together))
    return found


def best_of_each(pairs: list[tuple[int, int, float]]) -> set[tuple[int, int]]:
    """Of weighed pairs, those left when every record takes its best partner only, the best pairs first."""
    taken_left, taken_right = set[int](), set[int]()
    stand = set()
    for left, right, _ in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if left not in taken_left and right not in taken_right:
            taken_left.add(left)
            taken_right.add(right)
            stand.add((left, right))
    return stand
