"""
A run chart: a share, period by period, beside its median; and whether it does more than chance would.

Two rules are asked, those that hold their rate of false alarms however many points there are: a run on one
side of the median that is too long, and too few crossings of it. Of a rising or falling row of points nothing
is said: that rule does not find what it is meant to find. (Anhøj and Olesen, PLoS ONE 2014; 9(11): e113825.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from math import comb, log2
from statistics import median

from nowrongdoor.rules import figures
from nowrongdoor.rules.law import seeing


@dataclass(frozen=True)
class Point:
    """
    One period: of how many (`whole`) it was so of how many (`part`). `share` is in per cent, of what may be
    read of either; none where either is too small to be read.
    """

    begins_on: date
    part: int
    whole: int
    share: int | None


@dataclass(frozen=True)
class Chart:
    """
    The points, the median they are held against and whether it is of the time before the switch alone; and
    what the two rules say: none of them anything, where there are too few points.
    """

    points: tuple[Point, ...]
    middle: float | None
    is_of_before: bool
    useful: int
    longest: int
    longest_by_chance: int
    crossings: int
    fewest_by_chance: int

    @property
    def is_a_line(self) -> bool:
        """One period alone is a number in the table, and nothing to draw."""
        return sum(one.share is not None for one in self.points) > 1

    @property
    def is_shifted(self) -> bool:
        return self.longest > self.longest_by_chance > 0

    @property
    def crosses_too_seldom(self) -> bool:
        return self.crossings < self.fewest_by_chance


def point(begins_on: date, part: int, whole: int, *, at: datetime) -> Point:
    share = figures.share(part, whole, at=at)
    return Point(begins_on, part, whole, None if share == figures.HIDDEN else int(share.rstrip("%")))


def read(points: Sequence[Point], *, switch_on: date | None, at: datetime) -> Chart:
    """
    The chart of some points. Where enough of them lie before a switch, their median alone is what the rest is
    held against, so that what came after does not move it.
    """
    least = seeing.most("run_chart_points", at=at)
    shares = [(one.begins_on, one.share) for one in points if one.share is not None]
    before = [share for day, share in shares if switch_on is not None and day < switch_on]
    is_of_before = len(before) >= least
    of = before if is_of_before else [share for _, share in shares]
    middle = float(median(of)) if of else None
    sides = [share > middle for _, share in shares if middle is not None and share != middle]
    runs = [len(list(run)) for _, run in groupby(sides)]
    enough = len(sides) >= least
    return Chart(
        tuple(points),
        middle,
        is_of_before,
        len(sides),
        max(runs, default=0),
        round(log2(len(sides)) + seeing.most("run_chart_added", at=at)) if enough else 0,
        sum(one != other for one, other in pairwise(sides)),
        fewest(len(sides), chance=seeing.most("run_chart_chance", at=at)) if enough else 0,
    )


def fewest(useful: int, *, chance: int) -> int:
    """
    The fewest crossings that so many points by chance alone have, but for `chance` of a hundred charts.

    >>> [fewest(useful, chance=5) for useful in (10, 20, 30)]
    [2, 6, 10]
    """
    tosses, below = useful - 1, 0
    for crossings in range(tosses + 1):
        below += comb(tosses, crossings)
        if 100 * below >= chance * 2**tosses:
            return crossings
    return 0
