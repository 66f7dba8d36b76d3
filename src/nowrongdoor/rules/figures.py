"""
Figures about people that others read: no small number is shown, and no number is exact.

What is counted below a limit is a star, and everything else is rounded, so that nobody can be told apart by
taking one figure from another. Both limits are dated data.
"""

from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.rules.law import seeing

HIDDEN = "*"
NONE = "–"


def shown(count: int, *, at: datetime) -> str:
    """
    A count as it may be read.

    >>> [shown(one, at=NINE) for one in (0, 4, 5, 7, 8, 1003)]
    ['*', '*', '5', '5', '10', '1,005']
    """
    rounded = _rounded(count, at=at)
    return HIDDEN if rounded is None else f"{rounded:,}"


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
    above, below = _rounded(part, at=at), _rounded(whole, at=at)
    if above is None or below is None:
        return HIDDEN
    return f"{min(100, round(100 * above / below))}%"


def mean(sum_of: int, among: int, *, at: datetime) -> str:
    """
    So many to each, to one place, of what may be read of either.

    >>> mean(40, 21, at=NINE), mean(4, 20, at=NINE), mean(20, 3, at=NINE)
    ('2.0', '*', '*')
    """
    above, below = _rounded(sum_of, at=at), _rounded(among, at=at)
    return HIDDEN if above is None or below is None else f"{above / below:.1f}"


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


def _rounded(count: int, *, at: datetime) -> int | None:
    if count < seeing.most("figure_below", at=at):
        return None
    to = seeing.most("figure_to", at=at)
    return to * ((count + to // 2) // to)
