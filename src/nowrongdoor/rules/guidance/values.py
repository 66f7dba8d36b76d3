"""
What guidance can say: its values as plain Python, and when two of them are equal or in order.

Text, yes and no, nothing at all (None), numbers (Decimal, 34 digits as the standard asks), dates, times,
instants, lengths of time (timedelta, or `Months` where months and years are meant), lists and contexts
(dict). A comparison that means nothing, such as a word with a number, answers None and never yes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any

from nowrongdoor.rules.guidance.work import Unreadable, went_over

SUMS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)


@dataclass(frozen=True, order=True)
class Months:
    """A length of time in months: years and months, which no number of days can stand for."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        said = f"{f'{years}Y' if years else ''}{f'{months}M' if months or not years else ''}"
        return f"{'-' if self.months < 0 else ''}P{said}"


@dataclass(frozen=True)
class Range:
    """What lies between two ends; an end that is None has no limit when `open_…` says so."""

    low: Any
    high: Any
    low_included: bool
    high_included: bool
    open_low: bool = False
    open_high: bool = False

    def contains(self, value: Any) -> bool | None:
        above = True if self.open_low else before(self.low, value, or_equal=self.low_included)
        below = True if self.open_high else before(value, self.high, or_equal=self.high_included)
        if above is False or below is False:
            return False
        return True if above and below else None


@dataclass(frozen=True)
class Function:
    """Something that can be called: built in, defined in an expression, or business knowledge."""

    name: str
    signatures: tuple[tuple[str, ...], ...]
    call: Callable[[list[Any]], Any]
    called_by_name: Callable[[Mapping[str, Any]], Any]


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    datetime: "date and time",
    time: "time",
    timedelta: "days and time duration",
    Months: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


SMALL = 10**SUMS.prec
# What comes from outside as it stands.
PLAIN = frozenset(KINDS) - {Decimal, list, dict}


def kind(value: Any) -> str:
    return KINDS.get(type(value), "unknown")


def plain(value: Any, *, name: str = "the value", depth: int = 0) -> Any:
    """A value from outside as guidance holds it; refuses what guidance has no kind for."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value, name)
    if depth > 50:
        raise Unreadable(f"{name} is nested too deep.", place=name)
    if isinstance(value, Mapping):
        return {str(key): plain(item, name=f"{name}.{key}", depth=depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, name=f"{name}[{at}]", depth=depth + 1) for at, item in enumerate(value, 1)]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, datetime):
        return datetime.combine(date(value.year, value.month, value.day), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, timedelta):
        return timedelta(value.days, value.seconds, value.microseconds)
    raise Unreadable(f"{name} is a {type(value).__name__}, which guidance cannot read.", place=name)


def _number(value: int | float | Decimal, name: str) -> Decimal:
    """A number with as many digits as guidance counts with."""
    if type(value) is int and -SMALL < value < SMALL:
        return Decimal(value)
    try:
        told = SUMS.create_decimal(float.__repr__(value) if isinstance(value, float) else Decimal(value))
        if told.is_finite():
            return told
    except DecimalException:
        pass
    raise Unreadable(f"{name} is not a number that can be counted with.", place=name)


def equal(one: Any, other: Any) -> bool | None:
    """Equal, not equal, or None where the two are of different kinds."""
    if one is None or other is None:
        return one is other
    which = kind(one)
    if which != kind(other):
        return None
    if which == "list":
        went_over(len(one))
        return len(one) == len(other) and all(equal(a, b) is True for a, b in zip(one, other, strict=True))
    if which == "context":
        went_over(len(one))
        return one.keys() == other.keys() and all(equal(one[key], other[key]) is True for key in one)
    if which == "range":
        ends = equal(one.low, other.low) is True and equal(one.high, other.high) is True
        return ends and (one.low_included, one.high_included) == (other.low_included, other.high_included)
    return bool(one == other)


ORDERED = (
    "number",
    "string",
    "date",
    "date and time",
    "time",
    "days and time duration",
    "years and months duration",
)


def before(one: Any, other: Any, *, or_equal: bool = False) -> bool | None:
    """The one comes before the other; None where the two have no order."""
    which = kind(one)
    if which != kind(other) or which not in ORDERED:
        return None
    try:
        return bool(one <= other if or_equal else one < other)
    except TypeError:  # one tells its offset from UTC, the other does not
        return None


def within(value: Any, what: Any) -> bool | None:
    """The value is among what is given: a range it lies in, a list that holds it, or the same thing."""
    if type(what) is Range:
        return what.contains(value)
    if type(what) is list:
        went_over(len(what))
        if type(value) is list and equal(value, what):
            return True
        said = [within(value, item) if type(item) is Range else equal(value, item) for item in what]
        return any(one is True for one in said)
    return equal(value, what)


def all_of(one: Any, other: Any) -> bool | None:
    """And, where not knowing is neither yes nor no."""
    if one is False or other is False:
        return False
    return True if one is True and other is True else None


def any_of(one: Any, other: Any) -> bool | None:
    """Or, where not knowing is neither yes nor no."""
    if one is True or other is True:
        return True
    return False if one is False and other is False else None


def alike(one: Any, other: Any) -> bool:
    """Equal, and known to be."""
    return equal(one, other) is True


def negated(one: Any) -> bool | None:
    return not one if type(one) is bool else None


def same(one: Any, other: Any) -> bool:
    """Exactly the same answer, kind and all: what a parity test holds two engines to."""
    return kind(one) == kind(other) and equal(one, other) is True
