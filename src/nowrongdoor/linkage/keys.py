"""
Which pairs are worth comparing: those that have something telling in common.

Each part of a record gives several coarse signs (a whole value, how a name sounds, half of a number).
A sign, or two signs of different parts together, is a key. Which keys are used is decided by the
registers at hand, so that one without birth dates is found by what it has instead. Of the pairs that
share a key, those with the most telling signs in common are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nowrongdoor.linkage.columns import NONE, Column, Registers
from nowrongdoor.rules.matching.kinds import NAMES, Kind
from nowrongdoor.rules.matching.strings import sound

# A key held by so many pairs that it tells little brings none of them: the other keys find those.
MOST_IN_ONE = 20_000
# So many pairs are looked at for each that is compared, and no one key brings more than its part of them.
SEEN_FOR_ONE_COMPARED = 5.0
MOST_OF_ROOM = 0.15
ENOUGH = 0.4
FEW = 20_000
BOTH_NAMES = "both names"


@dataclass(frozen=True, eq=False)
class Sign:
    """A coarse sign of each record of both registers, as a number; -1 where there is none."""

    part: str
    name: str
    left: np.ndarray
    right: np.ndarray

    def worth(self, registers: Registers) -> float:
        """How telling it is to have it in common: doublings by which it narrows down who it is."""
        shared = _pairs_with(registers, self.left, self.right).sum()
        return float(np.log2(max(registers.pairs, 2) / max(shared, 1.0)))


@dataclass(frozen=True, eq=False)
class Key:
    """One or two signs that two records must share, and how many pairs do."""

    name: str
    left: np.ndarray
    right: np.ndarray
    pairs: float


def candidates(registers: Registers, *, for_each: float = 30.0) -> tuple[np.ndarray, np.ndarray]:
    """
    Places in left and right of the pairs to compare, each once.

    `for_each` bounds how many pairs are compared for a record, on average.
    """
    records = registers.left if registers.alone else registers.left + registers.right
    # In a large register more of what a pair has in common is chance: fewer for each are worth comparing.
    for_each *= min(1.0, (FEW / records) ** 0.35)
    signs = [*signs_of(registers)]
    found = [np.empty(0, np.int64)]
    for key in chosen(registers, signs, room=for_each * records * SEEN_FOR_ONE_COMPARED):
        left, right = pairs_of(key, alone=registers.alone)
        found.append(left * np.int64(registers.right) + right)
    left, right = np.divmod(_once(np.concatenate(found)), np.int64(registers.right))
    told = telling(registers, signs, left, right)
    # Below this a pair has less in common than chance gives some pair of strangers.
    enough = told >= ENOUGH * np.log2(max(registers.pairs, 2))
    if enough.sum() > for_each * records:
        enough &= told >= np.partition(told, -int(for_each * records))[-int(for_each * records)]
    return left[enough], right[enough]


def _once(numbers: np.ndarray) -> np.ndarray:
    """Each number once, in order: sorting is quicker here than looking each one up."""
    numbers.sort()
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


def chosen(registers: Registers, signs: list[Sign], *, room: float) -> list[Key]:
    """
    Keys for at most `room` pairs: broad ones first, for what shares two signs also shares each of them;
    and of those too broad to stand alone, two together.
    """
    singles = {one: _key(registers, (one,)) for one in signs}
    alone = [one for one in signs if singles[one].pairs <= room * MOST_OF_ROOM]
    kept = [singles[one] for one in alone if singles[one].pairs > 0]
    broad = [one for one in signs if one not in alone]
    doubles = sorted(
        (_key(registers, pair) for pair in combinations(broad, 2) if pair[0].part != pair[1].part),
        key=lambda key: key.pairs,
    )
    for key in sorted(kept, key=lambda key: key.pairs) + doubles:
        room -= key.pairs
        if room < 0:
            break
        if key not in kept:
            kept.append(key)
    return kept


def telling(registers: Registers, signs: list[Sign], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How telling, in doublings, is what two records have in common: the best sign of each part."""
    parts: dict[str, np.ndarray] = {}
    for sign in signs:
        mine, yours = sign.left[left], sign.right[right]
        worth = np.where((mine == yours) & (mine >= 0), sign.worth(registers), 0.0).astype(np.float32)
        before = parts.get(sign.part)
        parts[sign.part] = worth if before is None else np.maximum(before, worth)
    both = parts.pop(BOTH_NAMES, 0.0)
    names = [parts.pop(one.part.name) for one in registers.columns if one.part.kind in NAMES]
    return sum(parts.values()) + np.maximum(sum(names), both)


def pairs_of(key: Key, *, alone: bool) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that share a key, but for keys that too many share."""
    order = np.argsort(key.right, kind="stable")
    values = key.right[order]
    first = np.searchsorted(values, key.left, "left")
    many = np.searchsorted(values, key.left, "right") - first
    held = np.bincount(key.left[key.left >= 0]) if (key.left >= 0).any() else np.zeros(1, np.int64)
    crowd = np.where(key.left >= 0, held[np.maximum(key.left, 0)] * many, 0)
    if alone:
        # Of so many records of one register, each pair is met once and nobody is paired with themselves.
        crowd = (crowd - many) // 2
    many = np.where((key.left >= 0) & (crowd <= MOST_IN_ONE), many, 0)
    left = np.repeat(np.arange(len(key.left), dtype=np.int64), many)
    within = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
    right = order[np.repeat(first, many) + within]
    if alone:
        once = left < right
        return left[once], right[once]
    return left, right


def signs_of(registers: Registers) -> Iterator[Sign]:
    for column in registers.columns:
        for name, of in SIGNS[column.part.kind]:
            yield _sign(column, name, of)
    yield from _names_in_any_order(registers)


def _sign(column: Column, name: str, of: Callable[[str], str]) -> Sign:
    numbers = _numbered([of(value) for value in column.values])
    return Sign(column.part.name, name, _taken(numbers, column.left), _taken(numbers, column.right))


def _names_in_any_order(registers: Registers) -> Iterator[Sign]:
    """How both names sound together, whichever is written first; and where one stands in for the other."""
    given = next((one for one in registers.columns if one.part.kind is NAMES[0]), None)
    family = next((one for one in registers.columns if one.part.kind is NAMES[1]), None)
    if not given or not family:
        return
    places: dict[str, int] = {"": NONE}
    sounds = []
    for column in (given, family):
        heard = [_first(sound)(value) for value in column.values]
        sounds.append(np.array([places.setdefault(one, len(places)) for one in heard] or [NONE], np.int64))
    sides = []
    for one, other in ((given.left, family.left), (given.right, family.right)):
        mine, yours = _taken(sounds[0], one), _taken(sounds[1], other)
        both = np.maximum(mine, yours) * np.int64(len(places)) + np.minimum(mine, yours)
        sides.append(np.where((mine >= 0) & (yours >= 0), both, NONE))
    joined = np.unique(np.concatenate(sides), return_inverse=True)
    numbers = np.where(joined[0][joined[1]] >= 0, joined[1], NONE)
    yield Sign(BOTH_NAMES, "sound", numbers[: registers.left], numbers[registers.left :])


def _key(registers: Registers, signs: tuple[Sign, ...]) -> Key:
    left, right = signs[0].left, signs[0].right
    for other in signs[1:]:
        left, right = _together(left, right, other)
    pairs = _pairs_with(registers, left, right)
    name = " + ".join(f"{one.part} {one.name}" for one in signs)
    return Key(name, left, right, float(pairs[pairs <= MOST_IN_ONE].sum()))


def _pairs_with(registers: Registers, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How many pairs share each number."""
    size = int(max(left.max(initial=0), right.max(initial=0))) + 1
    held, met = (np.bincount(side[side >= 0], minlength=size).astype(float) for side in (left, right))
    return held * (held - 1) / 2 if registers.alone else held * met


def _together(left: np.ndarray, right: np.ndarray, other: Sign) -> tuple[np.ndarray, np.ndarray]:
    size = int(max(other.left.max(initial=0), other.right.max(initial=0))) + 1
    sides = [
        np.where((mine >= 0) & (yours >= 0), mine * np.int64(size) + yours, NONE)
        for mine, yours in ((left, other.left), (right, other.right))
    ]
    # Numbered anew from nought: as many numbers as there are different keys, not as there could be.
    different, back = np.unique(np.concatenate(sides), return_inverse=True)
    numbers = back - int(len(different) > 0 and different[0] == NONE)
    return numbers[: len(left)], numbers[len(left) :]


def _numbered(words: list[str]) -> np.ndarray:
    places: dict[str, int] = {"": NONE}
    return np.array([places.setdefault(word, len(places) - 1) for word in words] or [NONE], np.int64)


def _taken(numbers: np.ndarray, places: np.ndarray) -> np.ndarray:
    return np.where(places >= 0, numbers[np.maximum(places, 0)], NONE)


def _first(of: Callable[[str], str]) -> Callable[[str], str]:
    """Of the longest word: "Jones" of "ap Jones"."""
    return lambda value: of(max(value.split(), key=len, default=""))


def _begins(letters: int) -> Callable[[str], str]:
    return lambda value: value[:letters] if len(value) >= letters else ""


def _ends(letters: int) -> Callable[[str], str]:
    return lambda value: value[-letters:] if len(value) >= letters else ""


def _whole(value: str) -> str:
    return value


def _begin_half(value: str) -> str:
    return value[: (len(value) + 1) // 2] if len(value) > 3 else ""


def _end_half(value: str) -> str:
    return value[len(value) // 2 :] if len(value) > 3 else ""


def _parts_of_date(*parts: tuple[int, int]) -> Callable[[str], str]:
    def of(value: str) -> str:
        taken = [value[start:end] for start, end in parts]
        return "" if "00" in taken else "-".join(taken)

    return of


def _date_in_any_order(value: str) -> str:
    return "".join(sorted(value)) if value[4:] != "0000" else ""


YEAR, MONTH, DAY = (0, 4), (4, 6), (6, 8)
IN_HALVES = (("whole", _whole), ("begin", _begin_half), ("end", _end_half))
OF_NAMES = (("whole", _whole), ("sound", _first(sound)), ("begin", _begins(3)), ("end", _ends(3)))
SIGNS: dict[Kind, tuple[tuple[str, Callable[[str], str]], ...]] = {
    Kind.NUMBER: IN_HALVES,
    Kind.PHONE: IN_HALVES,
    Kind.EMAIL: IN_HALVES,
    Kind.GIVEN: OF_NAMES,
    Kind.FAMILY: OF_NAMES,
    Kind.DATE: (
        ("whole", _parts_of_date(YEAR, MONTH, DAY)),
        ("digits", _date_in_any_order),
        ("year and month", _parts_of_date(YEAR, MONTH)),
        ("year and day", _parts_of_date(YEAR, DAY)),
        ("month and day", _parts_of_date(MONTH, DAY)),
    ),
    Kind.POSTCODE: (("whole", _whole), ("begin", _begins(3)), ("end", _ends(3))),
    Kind.LINE: (("whole", _whole), ("sound", _first(sound)), ("begin", _begins(4))),
    Kind.HOUSE: (("whole", _whole),),
    Kind.CATEGORY: (),
}
