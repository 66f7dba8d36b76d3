"""
By what counts about people are split to see whether a door is closed to some of them more than to others:
age, sex and ethnic category as they say them, how deprived their area is, and where they live.

Not asked, declined and not known are groups of their own, always shown. None of this is ever asked by
guidance or by a rule about how soon somebody is helped, and none is taken from a name, from pronouns or from
what somebody looks like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.rules import figures, law
from nowrongdoor.rules.about_me import ANSWERED
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import deprivation
from nowrongdoor.rules.words import Unknown

NOT_KNOWN = "Not known"
OTHERS = "All others"


@dataclass(frozen=True)
class Said:
    """Under a heading about a person: the list they choose from, and that of why nothing was chosen."""

    codes: str
    unsaid: str


SAID = {"sex": Said("sexes", "sex_unsaid"), "ethnicity": Said("ethnic_categories", "ethnic_unsaid")}
"""By heading of what is asked about a person."""
SPLITS = {
    "age": "Age",
    "sex": "Sex, as they say it",
    "ethnicity": "Ethnic category, as they say it",
    "deprivation": "How deprived their area is",
    "place": "Where they live",
}
LISTS = {
    "age": "age_bands",
    "deprivation": "deprivation_fifths",
    **{heading: one.codes for heading, one in SAID.items()},
}
"""The list of a split's groups, where it has one."""


@dataclass(frozen=True)
class Line:
    """One group as it may be read; a number that is none is hidden."""

    label: str
    numbers: tuple[int | None, ...]


def said_group(heading: str, state: str | None, codes: Sequence[str], *, at: datetime) -> str:
    """
    What a person's standing answer to a heading of `SAID` is counted as; nobody's answer is not asked.

    >>> said_group("ethnicity", "answered", ["K"], at=NINE), said_group("sex", "declined", [], at=NINE)
    ('Asian: Bangladeshi', 'Declined to say')
    """
    lists = SAID[heading]
    if state == ANSWERED and codes:
        return _label(lists.codes, codes[0], at=at)
    return _label(lists.unsaid, state if state and state != ANSWERED else Unknown.NOT_ASKED.value, at=at)


def deprivation_group(near: str, *, at: datetime) -> str:
    """The fifth of a sector or district; not known where the table does not know it."""
    code = deprivation.fifth(near, at=at)
    return _label("deprivation_fifths", code, at=at) if code else NOT_KNOWN


def place_group(near: str) -> str:
    """The first half of a postcode; not known where there is none."""
    return near.split(" ")[0] or NOT_KNOWN


def told(
    split: str,
    groups: Mapping[str, Sequence[int]],
    *,
    people: Mapping[str, int] | None = None,
    at: datetime,
) -> tuple[Line, ...]:
    """
    The groups of one split as they may be read. Of each the first number is how many they are, the others are
    parts of that many, and each of those has a total of its own that is shown elsewhere.

    Groups too small to stand alone are one line, `All others`, which is never small; whoever is unknown keeps
    a line. Of the parts no small one is shown, nor one that alone is left of its total. `people` says of how
    many each group is, where one of them can be counted more than once.
    """
    small = figures.together(people or {name: numbers[0] for name, numbers in groups.items()}, at=at)
    large = [name for name in _ordered(groups, split, at=at) if groups[name][0] and name not in small]
    lines = [(name, tuple(groups[name])) for name in large]
    if small:
        lines.append((OTHERS, tuple(map(sum, zip(*(groups[name] for name in small), strict=True)))))
    hidden = [_hidden(column, at=at) for column in zip(*(numbers for _, numbers in lines), strict=True)]
    shown = [
        Line(name, tuple(None if row in hidden[n] else one for n, one in enumerate(numbers)))
        for row, (name, numbers) in enumerate(lines)
    ]
    alone = [Line(one, (None,) * len(hidden)) for one in unsaid(split, at=at) if shown and one not in large]
    return (*shown[: len(large)], *alone, *shown[len(large) :])


def _ordered(groups: Mapping[str, Sequence[int]], split: str, *, at: datetime) -> list[str]:
    known = {name: place for place, name in enumerate(order(split, at=at))}
    return sorted(groups, key=lambda name: (name in unsaid(split, at=at), known.get(name, -1), name))


def _hidden(column: Sequence[int], *, at: datetime) -> set[int]:
    """Which rows of a column are hidden: the small, and with them what they could be found by."""
    small = {row for row, many in enumerate(column) if figures.rounded(many, at=at) is None}
    return small | set(figures.together(dict(enumerate(column)), at=at))


def unsaid(split: str, *, at: datetime) -> tuple[str, ...]:
    """The groups of whom it is not known: these are lines of every table, however few they are."""
    return tuple(why_unsaid(split, at=at)) if split in SPLITS else ()


def why_unsaid(split: str, *, at: datetime) -> dict[str, str]:
    """The same with the code of each; of what nobody is asked there is one, without a code."""
    if split not in SAID:
        return {NOT_KNOWN: ""}
    return {one.label: one.code for one in law.codes(SAID[split].unsaid, on=local_date(at))}


def order(split: str, *, at: datetime) -> tuple[str, ...]:
    """The groups in the order of their list, as far as they have one; the unknown last."""
    known = law.codes(LISTS.get(split, ""), on=local_date(at))
    return (*(one.label for one in known), *unsaid(split, at=at))


def _label(name: str, code: str, *, at: datetime) -> str:
    found = {one.code: one.label for one in law.codes(name, on=local_date(at))}
    return found.get(code, code.replace("_", " ").capitalize())
