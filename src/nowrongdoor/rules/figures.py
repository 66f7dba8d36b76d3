"""
Figures about people that others read: no small number is shown, and no number is exact.

What is counted below a limit is a star, and everything else is rounded, so that nobody can be told apart by
taking one figure from another. Both limits are dated data.
"""

from datetime import datetime

from nowrongdoor.rules.law import seeing

HIDDEN = "*"


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


def _rounded(count: int, *, at: datetime) -> int | None:
    if count < seeing.most("figure_below", at=at):
        return None
    to = seeing.most("figure_to", at=at)
    return to * ((count + to // 2) // to)
