"""Signs and parts: what +, <, = and a full stop mean for each kind of value."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal, DecimalException
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.values import SUMS, Months, before, equal, kind, negated
from nowrongdoor.rules.guidance.work import went_over

LENGTHS = ("days and time duration", "years and months duration")


def plus(one: Any, other: Any) -> Any:
    if type(one) is type(other) is Decimal:
        return _sum(SUMS.add, one, other)
    if type(one) is type(other) is str:
        went_over(len(one) + len(other))
        return one + other
    return temporal.added(one, other, 1)


def minus(one: Any, other: Any) -> Any:
    if type(one) is type(other) is Decimal:
        return _sum(SUMS.subtract, one, other)
    return temporal.added(one, other, -1)


def times(one: Any, other: Any) -> Any:
    if type(one) is type(other) is Decimal:
        return _sum(SUMS.multiply, one, other)
    if kind(one) in LENGTHS and type(other) is Decimal:
        return temporal.scaled(one, other, divide=False)
    if kind(other) in LENGTHS and type(one) is Decimal:
        return temporal.scaled(other, one, divide=False)
    return None


def divided(one: Any, other: Any) -> Any:
    if type(one) is type(other) is Decimal:
        return _sum(SUMS.divide, one, other)
    if kind(one) in LENGTHS and type(other) is Decimal:
        return temporal.scaled(one, other, divide=True)
    if kind(one) == kind(other) and kind(one) in LENGTHS:
        return _sum(SUMS.divide, _size(one), _size(other))
    return None


def power(one: Any, other: Any) -> Any:
    if type(one) is not Decimal or type(other) is not Decimal:
        return None
    return _sum(SUMS.power, one, other) if other else Decimal(1)


def _size(length: Any) -> Decimal:
    if isinstance(length, Months):
        return Decimal(length.months)
    return Decimal(length // timedelta(microseconds=1))


def _sum(work: Callable[[Decimal, Decimal], Decimal], one: Decimal, other: Decimal) -> Decimal | None:
    try:
        return work(one, other)
    except DecimalException:
        return None


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": divided,
    "**": power,
    "=": equal,
    "!=": lambda one, other: negated(equal(one, other)),
    "<": before,
    "<=": lambda one, other: before(one, other, or_equal=True),
    ">": lambda one, other: before(other, one),
    ">=": lambda one, other: before(other, one, or_equal=True),
}


def _whole(value: int | float) -> Decimal:
    return Decimal(value)


def _offset(value: Any) -> Any:
    return value.utcoffset()


def _zone(value: Any) -> Any:
    return temporal.zone_words(value.tzinfo, value.utcoffset()).lstrip("@") or None if value.tzinfo else None


def _seconds(value: Any) -> Decimal:
    return Decimal(value.second) + Decimal(value.microsecond) / 1_000_000


DAY: dict[str, Callable[[Any], Any]] = {
    "year": lambda value: _whole(value.year),
    "month": lambda value: _whole(value.month),
    "day": lambda value: _whole(value.day),
    "weekday": lambda value: _whole(value.isoweekday()),
}
CLOCK: dict[str, Callable[[Any], Any]] = {
    "hour": lambda value: _whole(value.hour),
    "minute": lambda value: _whole(value.minute),
    "second": _seconds,
    "time offset": _offset,
    "timezone": _zone,
}


def _signed(value: timedelta, unit: str) -> Decimal:
    size, sign = abs(value), -1 if value < timedelta(0) else 1
    parts = {
        "days": size.days,
        "hours": size.seconds // 3600,
        "minutes": size.seconds // 60 % 60,
        "seconds": size.seconds % 60,
    }
    fraction = Decimal(size.microseconds) / 1_000_000 if unit == "seconds" else 0
    return sign * (Decimal(parts[unit]) + fraction)


def _signed_part(unit: str) -> Callable[[Any], Any]:
    return lambda value: _signed(value, unit)


def _of_instant(of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: of(temporal.instant(value))


def _months(value: Months, unit: str) -> Decimal:
    size = abs(value.months) // 12 if unit == "years" else abs(value.months) % 12
    return Decimal(-size if value.months < 0 else size)


PARTS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "date": {
        **DAY,
        # A date counts as the instant it begins in UTC.
        **{name: _of_instant(of) for name, of in CLOCK.items()},
    },
    "date and time": {**DAY, **CLOCK},
    "time": CLOCK,
    "days and time duration": {unit: _signed_part(unit) for unit in ("days", "hours", "minutes", "seconds")},
    "years and months duration": {
        "years": lambda value: _months(value, "years"),
        "months": lambda value: _months(value, "months"),
    },
    "range": {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_included,
        "end included": lambda value: value.high_included,
    },
}
PART_NAMES = sorted({name for parts in PARTS.values() for name in parts})


def part(value: Any, name: str) -> Any:
    """What stands under this name in a value; of a list, that of each of its members."""
    if type(value) is dict:
        return value.get(name)
    if type(value) is list:
        went_over(len(value))
        return [part(item, name) for item in value]
    found = PARTS.get(kind(value), {}).get(name)
    return found(value) if found else None
