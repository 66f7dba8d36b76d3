"""
Whether the police attend, and how people are since, by sex and by ethnic category as they say them, by age,
and by how deprived their area is: one of these at a time, never two crossed.

The database hands out no small count and none that is exact. What is left here is that nothing that is
hidden can be found, or found more nearly, by subtraction, in one split or across several: all add up to the
same total, and what one shows of it is known of every other. It is told as it stood at the end of the last
Sunday and of the whole place, so that neither two days nor two choices of calls differ by somebody.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from nowrongdoor.rules import equality, law
from nowrongdoor.rules.clock import at_wall, local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.words import PoliceOutcome

SPLITS = (*equality.SAID, "age", "deprivation")
DECISIONS = (PoliceOutcome.ATTEND.value, PoliceOutcome.NOT_ATTENDING.value)
ANSWERS = (*DECISIONS, PoliceOutcome.UNKNOWN.value)
HOW = ("seen", "held", "closed", "not_known")
TOGETHER, EVERY = "*", "all"
Key = tuple[str, str, int, str]  # line, decision, at which time, how they were; empty or 0 for all of them
Counts = Mapping[str, Mapping[Key, int | None]]  # by split; `EVERY` is all of the place
Column = tuple[str, int, str]  # the same without the line
Reach = tuple[int, int]  # the least and the most that a count can be, for whoever reads it


@dataclass(frozen=True)
class Row:
    """A group: how many, and parts of them, as they may be read; none is hidden."""

    label: str
    whole: int | None
    parts: tuple[int | None, ...]


def up_to(at: datetime) -> datetime:
    """The midnight that ended the last Sunday."""
    today = local_date(at)
    return at_wall(today - timedelta(days=today.weekday()), 0)


def decided(counts: Counts, split: str, *, at: datetime) -> tuple[Row, ...]:
    """Of each group: the calls, and how many the police attended, did not attend, or had not settled."""
    return _table(counts, split, [(one, 0, "") for one in ANSWERS], whole=("", 0, ""), at=at)


def stood(counts: Counts, split: str, decision: str, place: int, *, at: datetime) -> tuple[Row, ...]:
    """
    Of each group about whom it was decided so: how they were at one of the times (1, 2 or 3). Nothing of a
    group of which it is hidden about how many it was decided so: those are these, or nearly.
    """
    part = ANSWERS.index(decision)
    kept = {one.label for one in decided(counts, split, at=at) if one.parts[part] is None}
    columns = [(decision, place, how) for how in HOW]
    return _table(counts, split, columns, whole=(decision, place, ""), kept=kept, at=at)


def _table(
    counts: Counts,
    split: str,
    columns: Sequence[Column],
    *,
    whole: Column,
    kept: Collection[str] = (),
    at: datetime,
) -> tuple[Row, ...]:
    theirs = counts.get(split, {})
    lines = _lines({line for line, *_ in theirs}, split, at=at)
    handed = [[theirs.get((line, *one)) for one in (whole, *columns)] for line in lines.values()]
    totals = [total(counts, one, at=at) for one in (whole, *columns)]
    first = [[None if label in kept else row[0]] for label, row in zip(lines, handed, strict=True)]
    wholes = [one for (one,) in apart(first, handed, rows=[None] * len(first), columns=totals[:1], at=at)]
    parts = apart(
        # Of a group whose number is hidden no part is shown: their sum would be it.
        [_none(row[1:]) if whose is None else row[1:] for whose, row in zip(wholes, handed, strict=True)],
        [row[1:] for row in handed],
        rows=[reach(one, at=at) for one in wholes],
        columns=totals[1:],
        at=at,
    )
    found = [Row(*one) for one in zip(lines, wholes, map(tuple, parts), strict=True)]
    unsaid = [Row(one, None, tuple(_none(columns))) for one in equality.unsaid(split, at=at)]
    place = len(found) - (TOGETHER in lines.values())
    absent = [one for one in unsaid if found and one.label not in lines]
    return (*found[:place], *absent, *found[place:])


def _none(row: Sequence[object]) -> list[int | None]:
    return [None for _ in row]


def _lines(there: Set[str], split: str, *, at: datetime) -> dict[str, str]:
    """The labels of the groups there are, each with its code: the unknown late, those together last."""
    unsaid = equality.why_unsaid(split, at=at)
    known = {one.label: one.code for one in law.codes(equality.LISTS[split], on=local_date(at))}
    left = there - {*known.values(), *unsaid.values(), TOGETHER}
    every = known | {one.capitalize(): one for one in sorted(left)} | unsaid | {equality.OTHERS: TOGETHER}
    return {label: code for label, code in every.items() if code in there}


def total(counts: Counts, column: Column, *, at: datetime) -> Reach | None:
    """What a total of the place can be, as far as it says so itself and each split that adds up to it."""
    found = reach(counts.get(EVERY, {}).get(("", *column)), at=at)
    if found is None:
        return None
    low, high = found
    for split in SPLITS:
        theirs = counts.get(split, {})
        cells = [reach(theirs.get((line, *column)), at=at) for line in {line for line, *_ in theirs}]
        if cells:
            known = [one or (0, _most(at=at)) for one in cells]
            low, high = max(low, sum(one for one, _ in known)), min(high, sum(one for _, one in known))
    return low, high


def reach(many: int | None, *, at: datetime) -> Reach | None:
    """
    What a rounded count can be; nothing is known of one that is hidden.

    >>> reach(5, at=NINE), reach(10, at=NINE), reach(None, at=NINE)
    ((5, 7), (8, 12), None)
    """
    if many is None:
        return None
    to = seeing.most("figure_to", at=at)
    return max(_most(at=at) + 1, many - to // 2), many + to - 1 - to // 2


def apart(
    table: Sequence[Sequence[int | None]],
    handed: Sequence[Sequence[int | None]],
    *,
    rows: Sequence[Reach | None],
    columns: Sequence[Reach | None],
    at: datetime,
) -> list[list[int | None]]:
    """
    The same table of rounded counts, in which what is hidden could be anything small, whatever is taken from
    the totals of its row and its column; otherwise the smallest number beside it is hidden too. `handed` is
    the table before anything was hidden that is not small.

    >>> table = [[10, None], [30, 15]]
    >>> apart(table, table, rows=[(13, 17), (43, 47)], columns=[(38, 42), (13, 17)], at=NINE)
    [[None, None], [30, 15]]
    """
    found = [list(row) for row in table]
    cells = [[(row, column) for column in range(len(columns))] for row in range(len(found))]
    lines = [*zip(cells, rows, strict=True), *zip(map(list, zip(*cells, strict=True)), columns, strict=False)]
    second = {
        (row, column)
        for line in cells
        for row, column in line
        if found[row][column] is None and handed[row][column] is not None
    }
    while True:
        for line, whole in lines:
            shown = sorted((many, cell) for cell in line if (many := found[cell[0]][cell[1]]) is not None)
            hidden = len(line) - len(shown)
            if whole is None or not shown or not hidden or second & set(line):
                continue
            if tells(whole, [many for many, _ in shown], hidden=hidden, at=at):
                row, column = shown[0][1]
                found[row][column] = None
                second.add((row, column))
                break
        else:
            return found


def tells(whole: Reach, shown: Sequence[int], *, hidden: int, at: datetime) -> bool:
    """Whether a total, less what is shown of it, says more of small ones than that they are small."""
    each, most = [found for one in shown if (found := reach(one, at=at))], _most(at=at)
    low, high = whole[0] - sum(one for _, one in each), whole[1] - sum(one for one, _ in each)
    return low > (hidden - 1) * most or high < most


def _most(*, at: datetime) -> int:
    """The largest number that is small."""
    return seeing.most("figure_below", at=at) - 1
