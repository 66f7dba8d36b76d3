"""
How offers were answered, service by service of one team, beside the row of that team: no small number, and
none that follows by taking what is shown from what the team comes to.

Each rate is looked at by itself. Where one of its two counts is small for a service, that service stands
together with others of its team, the next larger with them, until what stands together is at least two and
small in neither count; where even all of them are small, nothing is told but of the team.
"""

from collections.abc import Sequence
from datetime import datetime

from nowrongdoor.rules import figures, gap_figures
from nowrongdoor.rules.gap_figures import Answered
from nowrongdoor.rules.law import seeing

NOT_SAID = "Not said for which service"
TOGETHER = "The others together"
Pair = tuple[str, str, str]
SUMS: tuple[Pair, ...] = (
    ("returned", "asked", "return_rate"),
    ("given_back", "gave", "given_back_rate"),
    ("sent_on", "took", "sent_on_rate"),
)
HOPS: Pair = ("offers", "people", "hops")


def told(services: Sequence[Answered], *, at: datetime) -> tuple[dict[str, str], ...]:
    """
    A row for each service of which something may be told, in the order given, and one for what stands
    together. `services` are of one team, each named in `services`, which is empty for offers that name none.
    Where there is one alone it is the team itself, and has no row.
    """
    if len(services) < 2:
        return ()
    least = seeing.most("figure_below", at=at)
    with_others = {pair: folded(services, pair, least=least) for pair in (*SUMS, HOPS)}
    rows = [
        _row(one, {pair for pair in with_others if number not in with_others[pair]}, at=at)
        for number, one in enumerate(services)
    ]
    rows.append(_together(services, with_others, at=at))
    return tuple(one for one in rows if any(one[rate] != figures.HIDDEN for *_, rate in (*SUMS, HOPS)))


def folded(services: Sequence[Answered], pair: Pair, *, least: int) -> frozenset[int]:
    """
    Which of them, by number, cannot stand alone in this rate. One that nobody was asked of is in no rate.

    >>> few, some, more = (Answered("", "", 9, many, 0, 0, 0, 0, 0, 0) for many in (1, 6, 8))
    >>> sorted(folded([few, some, more], SUMS[0], least=5))
    [0, 1]
    """
    above, below, _ = pair
    counts = {
        number: (getattr(one, above), getattr(one, below))
        for number, one in enumerate(services)
        if getattr(one, below)
    }
    left = sorted(counts, key=lambda number: (counts[number], number))
    small = [number for number in left if min(counts[number]) < least]
    left = [number for number in left if number not in small]
    while small and left and (len(small) < 2 or min(_sums(small, counts)) < least):
        small.append(left.pop(0))
    return frozenset(small)


def _sums(numbers: Sequence[int], counts: dict[int, tuple[int, int]]) -> tuple[int, int]:
    return sum(counts[one][0] for one in numbers), sum(counts[one][1] for one in numbers)


def _row(one: Answered, pairs: set[Pair], *, at: datetime) -> dict[str, str]:
    found = gap_figures.answered(one, at=at)
    for pair in (*SUMS, HOPS):
        if pair not in pairs:
            found |= dict.fromkeys(pair, figures.HIDDEN)
    return found | {"service": one.services or NOT_SAID}


def _together(
    services: Sequence[Answered], with_others: dict[Pair, frozenset[int]], *, at: datetime
) -> dict[str, str]:
    """
    What stands together, in the rates whose counts add up: somebody may have been asked about for two
    services, so of hops nothing is told. What would be the whole team again is left to its own row.
    """
    sums, pairs = dict.fromkeys((name for above, below, _ in SUMS for name in (above, below)), 0), set()
    for pair in SUMS:
        numbers = with_others[pair]
        for name in pair[:2]:
            sums[name] = sum(getattr(services[number], name) for number in numbers)
        if numbers and sum(getattr(one, pair[1]) for one in services) > sums[pair[1]]:
            pairs.add(pair)
    together = Answered(services[0].team, TOGETHER, people=0, offers=0, **sums)
    return _row(together, pairs, at=at)
