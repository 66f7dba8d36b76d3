"""
A draft of guidance run over cases: who would get another answer than from the version that stands.

It says what the draft would have advised, and nothing of what would have come of it: who never asked is in no
case, and no outcome is claimed. Sooner is a door that opens, later one that closes. Shares have an interval,
and no count about people is shown that is small (`rules.figures`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from nowrongdoor.rules import advising, law, local_guidance
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance import Model
from nowrongdoor.rules.local_guidance import Said
from nowrongdoor.rules.response_advice import DECISION

# Of the normal distribution, for an interval that holds in 95 of 100.
Z = 1.959964
NOTHING = "nothing"


@dataclass(frozen=True)
class Case:
    """One case as far as it is known, `key` being whose it is; `groups` are what it is counted by."""

    key: Any
    inputs: Mapping[str, Any]
    decided_at: datetime
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Interval:
    """A share of cases, with the interval it lies in."""

    part: int
    whole: int

    @property
    def bounds(self) -> tuple[float, float]:
        """After Wilson, which holds for small shares too; all of 0 to 1 where there is no case."""
        if not self.whole:
            return 0.0, 1.0
        share, of = self.part / self.whole, self.whole
        middle = share + Z * Z / (2 * of)
        width = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
        below = 1 + Z * Z / of
        return max(0.0, (middle - width) / below), min(1.0, (middle + width) / below)


@dataclass(frozen=True)
class Changed:
    """A case that would get another answer: what stands says; what the draft says, by which rows."""

    case: Case
    before: str
    after: str
    stands: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Replay:
    """`changed` are the cases that get another answer, `spoke` how often each row of the draft spoke."""

    cases: int
    changed: tuple[Changed, ...]
    spoke: Mapping[int, int]
    groups: Mapping[str, Mapping[str, int]]

    def how_many(self, stands: str) -> int:
        return sum(one.stands == stands for one in self.changed)

    def by_answer(self) -> list[tuple[str, str, int]]:
        """From which answer to which, the most frequent first."""
        counted = Counter((one.before, one.after) for one in self.changed)
        return [(before, after, count) for (before, after), count in counted.most_common()]

    def by_row(self) -> list[tuple[int, Interval, Interval]]:
        """Each row of the draft: in which share of the cases where it spoke a door opens, and closes."""
        opens: Counter[int] = Counter()
        closes: Counter[int] = Counter()
        for one in self.changed:
            if one.stands == "sooner":
                opens += Counter(one.rows)
            elif one.stands == "later":
                closes += Counter(one.rows)
        return [
            (row, Interval(opens[row], spoke), Interval(closes[row], spoke))
            for row, spoke in sorted(self.spoke.items())
        ]

    def by_group(self, name: str) -> list[tuple[str, int, int, int]]:
        """Of each group of one split: cases, doors that open, doors that close."""
        opens = Counter(one.case.groups.get(name, "") for one in self.changed if one.stands == "sooner")
        closes = Counter(one.case.groups.get(name, "") for one in self.changed if one.stands == "later")
        return [(group, count, opens[group], closes[group]) for group, count in self.groups[name].items()]


def replay(draft: Model, stands: Model, cases: Sequence[Case], *, at: datetime) -> Replay:
    """Both asked of every case, a column at a time, exactly as each is asked of one."""
    before, after = (_said(model, cases, at=at) for model in (stands, draft))
    spoke = Counter(row for now in after if now is not None for row in now.rows)
    changed = []
    how: dict[tuple[str, str], str] = {}
    for case, was, now in zip(cases, before, after, strict=True):
        said = (was.urgency if was else NOTHING, now.urgency if now else NOTHING)
        if said[0] != said[1]:
            stands_to = how.get(said) or how.setdefault(said, advising.compared(*said, at=at))
            changed.append(Changed(case, *said, stands_to, now.rows if now else ()))
    names = dict.fromkeys(name for case in cases for name in case.groups)
    groups = {
        name: dict(sorted(Counter(case.groups.get(name, "") for case in cases).items())) for name in names
    }
    return Replay(len(cases), tuple(changed), spoke, groups)


def people(cases: Iterable[Case], name: str) -> dict[str, int]:
    """Of each group of one split how many people: one with many decisions is one. `key` ends with whose."""
    found: dict[str, set[Any]] = {}
    for one in cases:
        referral_id, person_id = one.key
        found.setdefault(one.groups.get(name, ""), set()).add(person_id or referral_id)
    return {group: len(theirs) for group, theirs in found.items()}


def _said(model: Model, cases: Sequence[Case], *, at: datetime) -> list[Said | None]:
    wanted = model.inputs_of(DECISION)
    columns = {name: [case.inputs.get(name) for case in cases] for name in wanted}
    return local_guidance.answered(model, columns, at=at) if cases else []


def difference(draft: Model, stands: Model, *, at: datetime) -> dict[str, Any]:
    """
    What must be looked at before a draft goes live: of every kind of case there could be, how many get
    another answer, from which to which; and the rows that were written, rewritten or left out.
    """
    wanted = [one for one in (draft, stands) if one.inputs_of(DECISION)]
    widest = max(wanted, key=lambda one: len(one.inputs_of(DECISION)), default=draft)
    columns = local_guidance.generated(widest, at=at)
    names = list(columns)
    kinds = zip(*columns.values(), strict=True)
    cases = [Case(None, dict(zip(names, one, strict=True)), at, {}) for one in kinds]
    found = replay(draft, stands, cases, at=at)
    return {
        "cases": found.cases,
        "differ": len(found.changed),
        "sooner": found.how_many("sooner"),
        "later": found.how_many("later"),
        "answers": [list(one) for one in found.by_answer()],
        "rows": rows_changed(draft, stands),
    }


def rows_changed(draft: Model, stands: Model) -> list[str]:
    """Each row that is in one of the two alone, as written; by what it says, not by its number."""
    now, was = (_rows(model) for model in (draft, stands))
    new = [f"New, row {number}: {words}" for words, number in now.items() if words not in was]
    gone = [
        f"Left out, row {number} of what stands: {words}" for words, number in was.items() if words not in now
    ]
    return [*new, *gone]


def _rows(model: Model) -> dict[str, int]:
    table = next(one for one in model.draw().tables if one["decision"] == DECISION)
    return {_words(table, row): row["number"] for row in table["rows"]}


def _words(table: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    tests = [
        f"{name} {text}"
        for name, text in sorted(zip(table["inputs"], row["inputs"], strict=True))
        if text.strip() not in ("-", "")
    ]
    says = ", ".join(text for text in row["outputs"] if text)
    return f"{'; '.join(tests) or 'anything'} → {says}"


def age_band(age: Any, *, at: datetime) -> str:
    """The band an age lies in, by the bands that stand; nothing for an age that is not known."""
    if age is None:
        return "Not known"
    for one in law.codes("age_bands", on=local_date(at)):
        low, _, high = one.code.partition("_")
        if int(low) <= int(age) <= int(high):
            return one.label
    return "Not known"


def since(cases: Iterable[Case]) -> timedelta:
    """How long a time the cases span."""
    times = [case.decided_at for case in cases]
    return max(times) - min(times) if times else timedelta(0)
