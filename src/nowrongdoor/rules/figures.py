"""
Figures about people that others read: no small number is shown, and no number is exact.

What is counted below a limit is a star, and everything else is rounded, so that nobody can be told apart by
taking one figure from another. Both limits are dated data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from nowrongdoor.rules.law import seeing

HIDDEN = "*"
NONE = "–"
Key = TypeVar("Key", str, int)


def shown(count: int, *, at: datetime) -> str:
    """
    A count as it may be read.

    >>> [shown(one, at=NINE) for one in (0, 4, 5, 7, 8, 1003)]
    ['*', '*', '5', '5', '10', '1,005']
    """
    found = rounded(count, at=at)
    return HIDDEN if found is None else f"{found:,}"


def total(count: int, *, at: datetime) -> str:
    """
    What several figures come to, rounded more coarsely than they: what is left beside them says nothing.

    >>> [total(one, at=NINE) for one in (4, 5, 14, 18)]
    ['*', '10', '10', '20']
    """
    if count < seeing.most("figure_below", at=at):
        return HIDDEN
    to = seeing.most("figure_total_to", at=at)
    return f"{to * ((count + to // 2) // to):,}"


def share(part: int, whole: int, *, at: datetime) -> str:
    """
    One count as a share of another, in whole per cent of what may be read of either.

    >>> share(40, 80, at=NINE), share(4, 80, at=NINE), share(4, 4, at=NINE), share(80, 80, at=NINE)
    ('50%', '*', '*', '100%')
    """
    above, below = rounded(part, at=at), rounded(whole, at=at)
    if above is None or below is None:
        return HIDDEN
    return f"{min(100, round(100 * above / below))}%"


def mean(sum_of: int, among: int, *, at: datetime) -> str:
    """
    So many to each, to one place, of what may be read of either.

    >>> mean(40, 21, at=NINE), mean(4, 20, at=NINE), mean(20, 3, at=NINE)
    ('2.0', '*', '*')
    """
    above, below = rounded(sum_of, at=at), rounded(among, at=at)
    return HIDDEN if above is None or below is None else f"{above / below:.1f}"


def together(counts: Mapping[Key, int], *, at: datetime) -> list[Key]:
    """
    Which of these counts cannot be shown alone, the largest first: those that are small, and where all of
    them would be small too, the next larger with them, so that what is left of a total is never small.

    >>> together({"a": 30, "b": 6, "c": 2, "d": 1}, at=NINE), together({"a": 30, "b": 6}, at=NINE)
    (['b', 'c', 'd'], [])
    """
    least = seeing.most("figure_below", at=at)
    left = sorted(((many, key) for key, many in counts.items() if many), reverse=True)
    small = [one for one in left if one[0] < least]
    large = left[: len(left) - len(small)]
    while small and large and sum(many for many, _ in small) < least:
        small.insert(0, large.pop())
    return [key for _, key in small]


@dataclass(frozen=True)
class Eyes:
    """How one reader reads numbers: as they are, or none that is small and none that is exact."""

    is_exact: bool
    at: datetime

    def count(self, many: int) -> str:
        return f"{many:,}" if self.is_exact else shown(many, at=self.at)

    def share(self, part: int, whole: int) -> str:
        """
        In whole per cent; of nothing there is no share.

        >>> Eyes(True, NINE).share(1, 3), Eyes(True, NINE).share(0, 0), Eyes(False, NINE).share(1, 3)
        ('33%', '–', '*')
        """
        if not self.is_exact:
            return share(part, whole, at=self.at)
        return f"{round(100 * part / whole)}%" if whole else NONE

    def hours(self, seconds: int, *, visits: int) -> str:
        """
        Of so many visits: to a tenth, or as a figure is shown and only where enough visits are behind it.

        >>> Eyes(True, NINE).hours(5400, visits=1), Eyes(False, NINE).hours(72_000, visits=4)
        ('1.5', '*')
        >>> Eyes(False, NINE).hours(75_600, visits=9)
        '20'
        """
        if self.is_exact:
            return f"{seconds / 3600:,.1f}"
        is_small = visits < seeing.most("figure_below", at=self.at)
        return HIDDEN if is_small else shown(round(seconds / 3600), at=self.at)


def rounded(count: int, *, at: datetime) -> int | None:
    """A count as whatever is made of it may know it; none where it is hidden."""
    if count < seeing.most("figure_below", at=at):
        return None
    to = seeing.most("figure_to", at=at)
    return to * ((count + to // 2) // to)
