"""
Whether the police attend, and how people are since, by sex and by ethnic category as they say them, by age,
and by how deprived their area is: one of these at a time, never two crossed.

The database hands out no small count and none that is exact. What is left here is that nothing that is
hidden can be found, or found more nearly, by subtraction. It is told as it stood at the end of the last
Sunday and of the whole place, so that neither two days nor two choices of calls differ by somebody.
"""

from collections.abc import Mapping, Sequence, Set
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
    """Of each group about whom it was decided so: how they were at one of the times (1, 2 or 3)."""
    columns = [(decision, place, how) for how in HOW]
    return _table(counts, split, columns, whole=(decision, place, ""), at=at)


def _table(
    counts: Counts,
    split: str,
    columns: Sequence[tuple[str, int, str]],
    *,
    whole: tuple[str, int, str],
    at: datetime,
) -> tuple[Row, ...]:
    theirs, every = counts.get(split, {}), counts.get(EVERY, {})
    lines = _lines({line for line, *_ in theirs}, split, at=at)
    wholes = [theirs.get((line, *whole)) for line in lines.values()]
    parts = apart(
        [[theirs.get((line, *column)) for column in columns] for line in lines.values()],
        rows=wholes,
        columns=[every.get(("", *column)) for column in columns],
        at=at,
    )
    found = [Row(*one) for one in zip(lines, wholes, map(tuple, parts), strict=True)]
    unsaid = [Row(one, None, (None,) * len(columns)) for one in equality.unsaid(split, at=at)]
    place = len(found) - (TOGETHER in lines.values())
    alone = [one for one in unsaid if found and one.label not in lines]
    return (*found[:place], *alone, *found[place:])


def _lines(there: Set[str], split: str, *, at: datetime) -> dict[str, str]:
    """The labels of the groups there are, each with its code: the unknown late, those together last."""
    unsaid = equality.why_unsaid(split, at=at)
    known = {one.label: one.code for one in law.codes(equality.LISTS[split], on=local_date(at))}
    left = there - {*known.values(), *unsaid.values(), TOGETHER}
    every = known | {one.capitalize(): one for one in sorted(left)} | unsaid | {equality.OTHERS: TOGETHER}
    return {label: code for label, code in every.items() if code in there}


def apart(
    table: Sequence[Sequence[int | None]],
    *,
    rows: Sequence[int | None],
    columns: Sequence[int | None],
    at: datetime,
) -> list[list[int | None]]:
    """
    The same table of rounded counts, in which what is hidden could be anything small, whatever is taken from
    the totals of its row and its column; otherwise the smallest number beside it is hidden too.

    >>> apart([[10, None], [30, 15]], rows=[15, 45], columns=[40, 15], at=NINE)
    [[None, None], [30, 15]]
    """
    found = [list(row) for row in table]
    cells = [[(row, column) for column in range(len(columns))] for row in range(len(found))]
    lines = [*zip(cells, rows, strict=True), *zip(map(list, zip(*cells, strict=True)), columns, strict=False)]
    second: set[tuple[int, int]] = set()
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


def tells(whole: int, shown: Sequence[int], *, hidden: int, at: datetime) -> bool:
    """Whether a rounded total, less what is shown of it, says more of small ones than that they are small."""
    to, most = seeing.most("figure_to", at=at), seeing.most("figure_below", at=at) - 1
    below, above = to // 2, to - 1 - to // 2
    low = max(most + 1, whole - below) - sum(one + above for one in shown)
    high = whole + above - sum(max(most + 1, one - below) for one in shown)
    return low > (hidden - 1) * most or high < most
