"""
What is wrong with guidance before anybody rests on it: gaps, overlaps, rows never reached, unknown words.

Every case there can be is looked at by way of the stretches that each column tells apart. Whatever cannot
be looked at so is said to be unchecked; silence means that all is well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.guidance import work
from nowrongdoor.rules.guidance.explaining import said, told_apart
from nowrongdoor.rules.guidance.model import Decisions
from nowrongdoor.rules.guidance.regions import NOT_KNOWN, Region, named
from nowrongdoor.rules.guidance.rows import listed, numbers
from nowrongdoor.rules.guidance.tables import Table
from nowrongdoor.rules.guidance.values import alike, same
from nowrongdoor.rules.guidance.work import Unreadable

# More kinds of case than this are not looked at one by one.
MOST_KINDS = 20_000
MOST_STEPS = 4_000_000
TOO_MANY = "This tells too many kinds of case apart to look at each, so gaps may be left."
MOST_TOLD = 20


@dataclass(frozen=True)
class Problem:
    """Something to put right, and where: the decision, the row (0 when it is no one row) and the column."""

    kind: str  # "gap", "not known", "overlap", "unreachable", "unknown word", "clock" or "unchecked"
    words: str
    decision: str
    row: int = 0
    column: str = ""

    @property
    def stops(self) -> bool:
        """It must be put right before the guidance is used."""
        return self.kind not in ("unchecked", "not known")

    def __str__(self) -> str:
        where = [f"“{self.decision}”"]
        where += [f"row {self.row}"] if self.row else []
        where += [f"column “{self.column}”"] if self.column else []
        return f"{', '.join(where)}: {self.words}"


def check(model: Decisions) -> tuple[Problem, ...]:
    """Everything to put right in a file of guidance."""
    found: list[Problem] = []
    found += _words(model)
    for decision in model.decisions.values():
        for table in decision.tables:
            found += _of_table(table)
    return tuple(found)


def _of_table(table: Table) -> list[Problem]:
    token = work.begin(work.MOST_WORK * 10)
    try:
        return [*_cells(table), *_Looked(table).problems()]
    except Unreadable as refusal:
        return [Problem("unchecked", f"It is not looked at any further: {refusal.words}", table.decision)]
    except RecursionError:
        words = "It is not looked at any further: something in it calls itself without end."
        return [Problem("unchecked", words, table.decision)]
    finally:
        work.end(token)


def _words(model: Decisions) -> Iterator[Problem]:
    for one in model.asked:
        for words in one.wrong:
            yield Problem("unknown word", words, one.place)
        for name in one.clocks:
            words = f"“{name}” answers differently each time, so it is read as not known. Make it an input."
            yield Problem("clock", words, one.place)


def _cells(table: Table) -> Iterator[Problem]:
    """Words that no input or output may have."""
    for rule in table.rules:
        for cell, column in zip(rule.tests, table.inputs, strict=True):
            for value in named(cell.ask, column) if cell.settled else ():
                if type(value) is str and not (
                    column.may_be(value) and column.fitted(value, column.of) is not None
                ):
                    may = f" It may be: {column.allowed_words}." if column.allowed_words else ""
                    words = f"“{value}” is no value that “{column.name}” may have.{may}"
                    yield Problem("unknown word", words, table.decision, rule.number, column.name)
        for cell, output in zip(rule.says, table.outputs, strict=True):
            value = cell.ready({}) if cell.settled else None
            if value is None:
                continue
            words = ""
            if output.values and not any(alike(value, one) for one in output.values):
                words = f"{said(value)} is no value that “{output.name}” may have. It may be: {output.words}."
            elif table.fitted(value, output.of) is None:
                words = f"{said(value)} is of another type than “{output.name}”: it would count as not known."
            if words:
                yield Problem("unknown word", words, table.decision, rule.number, output.name)


Kind = tuple[Region, ...]


class _Looked:
    """One table looked at as a whole."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.decision
        self.left = MOST_STEPS
        self.met: dict[int, Kind] = {}

    def problems(self) -> Iterator[Problem]:
        unsettled = [column.name for column in self.table.inputs if not column.settled]
        texts = [one.text for one in self.table.inputs]
        twice = sorted({text for text in texts if texts.count(text) > 1})
        if unsettled or twice:
            why = "its tests depend on other inputs" if unsettled else "two columns look at it"
            which = ", ".join(f"“{name}”" for name in (*unsettled, *twice))
            yield Problem("unchecked", f"Gaps and overlaps are not looked for: {which} ({why}).", self.name)
            return
        yield from self._never_met()
        columns = range(len(self.table.inputs))
        every = self._kinds([self.stretches(at) for at in columns], [])
        if every is None:
            yield Problem("unchecked", TOO_MANY, self.name)
            return
        self.met = every
        yield from self._gaps()
        yield from self._not_known()
        yield from self._overlaps()
        yield from self._unreached()
        if self.left < 0:
            yield Problem("unchecked", TOO_MANY, self.name)

    def stretches(self, at: int) -> list[Region]:
        return [one for one in told_apart(self.table, at) if one.rows >= 0]

    def known(self, at: int) -> list[Region]:
        return [one for one in self.stretches(at) if one.words != NOT_KNOWN]

    def _never_met(self) -> Iterator[Problem]:
        """Rows whose test in one column no value meets."""
        for at, column in enumerate(self.table.inputs):
            for row in numbers(self._never(at)):
                text = self.table.rules[row - 1].tests[at].text
                words = f"No value of “{column.name}” meets “{text}”, so this row never speaks."
                yield Problem("unreachable", words, self.name, row, column.name)

    def _never(self, at: int) -> int:
        met = 0
        for region in self.stretches(at):
            met |= region.rows
        return self.table.all_rows & ~met

    def _kinds(self, choices: list[list[Region]], gaps: list[Kind]) -> dict[int, Kind] | None:
        """
        Every kind of case: the rows it meets, with one example each; None when there are too many.

        A kind that meets no row goes to `gaps`.
        """
        kinds: dict[int, Kind] = {self.table.all_rows: ()}
        for stretches in choices:
            found: dict[int, Kind] = {}
            for region in stretches:
                self.left -= len(kinds)
                for rows, example in kinds.items():
                    both = rows & region.rows
                    if both:
                        found.setdefault(both, (*example, region))
                    elif len(gaps) < MOST_TOLD * 50:
                        gaps.append((*example, region))
                if len(found) > MOST_KINDS or self.left < 0:
                    return None
            kinds = found
        return kinds

    @property
    def says_otherwise(self) -> bool:
        """No row need be met: there is a default, or a list that may be empty."""
        return self.table.policy == "COLLECT" or any(one.default for one in self.table.outputs)

    def _gaps(self) -> Iterator[Problem]:
        if self.says_otherwise:
            return
        gaps: list[Kind] = []
        self._kinds([self.known(at) for at in range(len(self.table.inputs))], gaps)
        told: dict[str, None] = {}
        for example in gaps:
            when = " and ".join(f"“{name}” is {words}" for name, words in self._needed(example))
            told.setdefault(f"No row says what to do when {when}." if when else "No row says anything.")
        for words in list(told)[:MOST_TOLD]:
            yield Problem("gap", words, self.name)

    def _not_known(self) -> Iterator[Problem]:
        """Inputs about which nothing is said when they alone are not known."""
        columns = range(len(self.table.inputs))
        for at in columns if not self.says_otherwise else ():
            unknown = [one for one in self.stretches(at) if one.words == NOT_KNOWN]
            gaps: list[Kind] = []
            self._kinds([unknown if other == at else self.known(other) for other in columns], gaps)
            name = self.table.inputs[at].name
            if unknown and any((name, NOT_KNOWN) in self._needed(example) for example in gaps):
                words = f"Nothing is said when “{name}” is not known."
                yield Problem("not known", words, self.name, 0, name)

    def _needed(self, example: Kind) -> list[tuple[str, str]]:
        """The columns without which the example would be no gap."""
        kept = list(range(len(example)))
        for at in reversed(range(len(example))):
            rows = self.table.all_rows
            for other in kept:
                rows &= example[other].rows if other != at else -1
            if not rows:
                kept.remove(at)
        return [(self.table.inputs[at].name, example[at].words) for at in kept]

    def _overlaps(self) -> Iterator[Problem]:
        if self.table.policy not in ("UNIQUE", "ANY"):
            return
        told: set[tuple[int, int]] = set()
        for met, example in self.met.items():
            for one, other in _pairs(numbers(met)):
                if (one, other) in told or len(told) >= MOST_TOLD or not self._clash(one, other):
                    continue
                told.add((one, other))
                when = self._when(example, one, other)
                yield Problem(
                    "overlap", f"Rows {one} and {other} are both met when {when}.", self.name, other
                )

    def _clash(self, one: int, other: int) -> bool:
        if self.table.policy == "UNIQUE":
            return True
        says = [self.table.rules[row - 1].says for row in (one, other)]
        if not all(cell.settled for row in says for cell in row):
            return False
        return any(not same(a.ready({}), b.ready({})) for a, b in zip(*says, strict=True))

    def _when(self, example: Kind, one: int, other: int) -> str:
        said = []
        for at, region in enumerate(example):
            tests = [self.table.rules[row - 1].tests[at].ask.kind for row in (one, other)]
            if set(tests) != {"anything"}:
                said.append(f"“{self.table.inputs[at].name}” is {region.words}")
        return " and ".join(said) or "anything is so"

    def _unreached(self) -> Iterator[Problem]:
        """Rows that others always speak before."""
        speaks: set[int] = set()
        for met in self.met:
            if self.table.policy in ("FIRST", "PRIORITY") and self.table.settled:
                speaks.add(next(row for row in self.table.order if met & 1 << (row - 1)))
            else:
                speaks.update(numbers(met))
        never = 0
        for at in range(len(self.table.inputs)):
            never |= self._never(at)
        for rule in self.table.rules:
            if rule.number in speaks or never & 1 << (rule.number - 1):
                continue
            before = [row for row in numbers(self._met_with(rule.number)) if row in speaks]
            whose = f"row{'s' if len(before) > 1 else ''} {listed(before)}" if before else "other rows"
            verb = "always speaks" if len(before) == 1 else "always speak"
            words = f"This row never speaks: {whose} {verb} before it."
            yield Problem("unreachable", words, self.name, rule.number)

    def _met_with(self, row: int) -> int:
        bit, others = 1 << (row - 1), 0
        for met in self.met:
            if met & bit:
                others |= met & ~bit
        return others


def _pairs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, one in enumerate(rows[:MOST_TOLD]):
        for other in rows[at + 1 : MOST_TOLD]:
            yield one, other


__all__ = ["Any", "Problem", "check"]
