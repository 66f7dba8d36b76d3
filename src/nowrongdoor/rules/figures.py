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


def _rounded(count: int, *, at: datetime) -> int | None:
    if count < seeing.most("figure_below", at=at):
        return None
    to = seeing.most("figure_to", at=at)
    return to * ((count + to // 2) // to)
