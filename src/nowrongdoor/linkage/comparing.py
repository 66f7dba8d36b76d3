"""
Many pairs compared at once: each different pair of values once, by a compiled library.

Says of every pair what `rules.matching` says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from nowrongdoor.linkage.columns import NONE, Column, Registers
from nowrongdoor.rules.matching import agreement
from nowrongdoor.rules.matching.kinds import NAMES, Kind
from nowrongdoor.rules.matching.model import IN_ORDER, SWAPPED

UNKNOWN = -1
SIMPLE = (Kind.NUMBER, Kind.PHONE, Kind.EMAIL, Kind.POSTCODE, Kind.HOUSE)


@dataclass(frozen=True)
class Compared:
    """
    Steps of every pair, a column for each part and then for each trade; -1 when not known.

    `agreed` holds, for each part, the value on which a pair agrees wholly, else -1.
    """

    steps: np.ndarray
    agreed: np.ndarray


def compare(
    registers: Registers,
    left: np.ndarray,
    right: np.ndarray,
    *,
    trades: Sequence[tuple[int, int]],
    short_forms: frozenset[tuple[str, str]],
) -> Compared:
    """The steps of the pairs of these places in the two registers."""
    columns = registers.columns
    steps = np.full((len(left), len(columns) + len(trades)), UNKNOWN, np.int8)
    agreed = np.full((len(left), len(columns)), NONE, np.int64)
    for place, column in enumerate(columns):
        steps[:, place] = _steps(column, column.left[left], column, column.right[right], short_forms)
        agreed[:, place] = _agreed(column, steps[:, place], column.left[left])
    for number, (first, second) in enumerate(trades):
        one, two = columns[first], columns[second]
        across = _steps(one, one.left[left], two, two.right[right], short_forms)
        back = _steps(two, two.left[left], one, one.right[right], short_forms)
        straight = np.maximum(steps[:, first], 0) + np.maximum(steps[:, second], 0)
        crossed = np.maximum(across, 0) + np.maximum(back, 0)
        traded = (crossed > straight) & (np.maximum(across, back) >= agreement.top(one.part.kind) - 1)
        both = (steps[:, first] >= 0) & (steps[:, second] >= 0)
        steps[:, len(columns) + number] = np.where(traded, SWAPPED, np.where(both, IN_ORDER, UNKNOWN))
        for place, found in ((first, across), (second, back)):
            steps[traded, place] = found[traded]
            agreed[traded, place] = _agreed(columns[place], found, columns[place].left[left])[traded]
    return Compared(steps, agreed)


def _agreed(column: Column, steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.where(steps == agreement.top(column.part.kind), values, NONE)


def _steps(
    mine: Column, left: np.ndarray, yours: Column, right: np.ndarray, short_forms: frozenset[tuple[str, str]]
) -> np.ndarray:
    steps = np.full(len(left), UNKNOWN, np.int8)
    known = (left >= 0) & (right >= 0)
    if not known.any():
        return steps
    # Each different pair of values is compared once, however many records hold it.
    both = left[known] * np.int64(yours.size) + right[known]
    different, back = np.unique(both, return_inverse=True)
    one, other = np.divmod(different, yours.size)
    found = _steps_of_values(mine, one, yours, other, short_forms)
    steps[known] = found[back]
    return steps


def _steps_of_values(
    mine: Column, one: np.ndarray, yours: Column, other: np.ndarray, short_forms: frozenset[tuple[str, str]]
) -> np.ndarray:
    kind = mine.part.kind
    words, others = mine.texts[one], yours.texts[other]
    same = one == other if mine is yours else words == others
    steps = np.where(same, agreement.top(kind), 0).astype(np.int8)
    rest = np.flatnonzero(~same)
    if kind is Kind.CATEGORY or not len(rest):
        return steps
    if kind is Kind.LINE:
        steps[rest] = _of_lines(mine, one[rest], yours, other[rest])
    else:
        steps[rest] = STEPS_OF[kind](words[rest].tolist(), others[rest].tolist(), short_forms)
    return steps


def _off(one: list[str], other: list[str]) -> np.ndarray:
    return cpdist(one, other, scorer=OSA.distance, score_cutoff=2, dtype=np.uint32, workers=1)


def _like(one: list[str], other: list[str]) -> np.ndarray:
    found = cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float64, workers=1)
    return np.round(found, 6)


def _of_signs(one: list[str], other: list[str], _: object) -> np.ndarray:
    off = _off(one, other)
    return np.where(off == 1, 2, off == 2)


def _of_postcodes(one: list[str], other: list[str], _: object) -> np.ndarray:
    near = np.array(one, "U3") == np.array(other, "U3")
    return np.where(_off(one, other) == 1, 2, near)


def _of_houses(one: list[str], other: list[str], _: object) -> np.ndarray:
    return _off(one, other) == 1


def _of_names(one: list[str], other: list[str], short_forms: frozenset[tuple[str, str]]) -> np.ndarray:
    off, like = _off(one, other), _like(one, other)
    sizes = [np.fromiter(map(len, side), np.int64, len(side)) for side in (one, other)]
    longest = np.maximum(*sizes)
    steps = (like >= 0.8).astype(np.int8)
    steps[(like >= 0.9) | ((off == 2) & (longest >= 6))] = 2
    steps[(off == 1) & (longest >= 3)] = 3
    # Only a name of several words, of one letter, or with a short form can be a part of another.
    shortened = {name for pair in short_forms for name in pair}
    told = {name: (" " in name or len(name) == 1, name in shortened) for name in {*one, *other}}
    for at, (mine, yours) in enumerate(zip(one, other, strict=True)):
        (partly, short), (partly_too, short_too) = told[mine], told[yours]
        may_be = partly or partly_too or (short and short_too)
        if may_be and agreement.is_part(mine, yours, short_forms):
            steps[at] = 4
    return steps


def _of_lines(mine: Column, one: np.ndarray, yours: Column, other: np.ndarray) -> np.ndarray:
    words, others = mine.texts[one].tolist(), yours.texts[other].tolist()
    (run, bag, long), (other_run, other_bag, other_long) = mine.words, yours.words
    shared = np.zeros(len(one), bool)
    for place in range(long.shape[1]):
        for against in range(other_long.shape[1]):
            word = long[one, place]
            shared |= (word != 0) & (word == other_long[other, against])
    steps = np.where(_like(words, others) >= 0.9, 2, shared).astype(np.int8)
    steps[_off(words, others) == 1] = 3
    steps[(run[one] == other_run[other]) | (bag[one] == other_bag[other])] = 4
    return steps


def _of_dates(one: list[str], other: list[str], short_forms: frozenset[tuple[str, str]]) -> np.ndarray:
    left, right = (np.array(side, "U8").astype(np.int64) for side in (one, other))
    (year, rest), (other_year, other_rest) = np.divmod(left, 10000), np.divmod(right, 10000)
    (month, day), (other_month, other_day) = np.divmod(rest, 100), np.divmod(other_rest, 100)
    agrees = (year == other_year), (month == other_month), (day == other_day)
    same = agrees[0].astype(np.int8) + agrees[1] + agrees[2]
    steps = np.where(same == 2, 2, agrees[0]).astype(np.int8)
    steps[_off(one, other) == 1] = 3
    steps[agrees[0] & (month == other_day) & (day == other_month)] = 4
    partly = (month == 0) | (day == 0) | (other_month == 0) | (other_day == 0)
    for at in np.flatnonzero(partly):
        steps[at] = agreement.step(Kind.DATE, one[at], other[at], short_forms=short_forms)
    return steps


STEPS_OF = {
    **dict.fromkeys(NAMES, _of_names),
    **dict.fromkeys(SIMPLE, _of_signs),
    Kind.POSTCODE: _of_postcodes,
    Kind.HOUSE: _of_houses,
    Kind.DATE: _of_dates,
}
