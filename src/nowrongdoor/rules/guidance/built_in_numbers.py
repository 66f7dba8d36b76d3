"""Built-in functions about numbers."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)
from fractions import Fraction
from typing import Any

from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.values import SUMS
from nowrongdoor.rules.guidance.work import went_over

SCALES = (-6111, 6176)


def rounded(value: Decimal, scale: Decimal, how: str) -> Decimal | None:
    if not SCALES[0] <= scale <= SCALES[1]:
        return None
    try:
        step = Decimal((0, (1,), -int(scale)))
        found = value.quantize(step, rounding=how, context=SUMS)
        return found if scale >= 0 else SUMS.plus(Decimal(format(found, "f")))
    except DecimalException:
        # More digits than there are: it is as exact as it can be.
        return value if scale > 0 else None


def _rounding(name: str, how: str, *, scale_first: bool = False) -> None:
    if scale_first:
        built_in(name, "n:n", "scale:n")(lambda value, scale: rounded(value, scale, how))
    else:
        built_in(name, "n:n", "scale:n?")(lambda value, scale=Decimal(0): rounded(value, scale, how))


_rounding("decimal", ROUND_HALF_EVEN, scale_first=True)
_rounding("floor", ROUND_FLOOR)
_rounding("ceiling", ROUND_CEILING)
_rounding("round up", ROUND_UP, scale_first=True)
_rounding("round down", ROUND_DOWN, scale_first=True)
_rounding("round half up", ROUND_HALF_UP, scale_first=True)
_rounding("round half down", ROUND_HALF_DOWN, scale_first=True)


@built_in("abs", "n:n")
def absolute(value: Decimal) -> Decimal:
    return SUMS.abs(value)


@built_in("abs", "n:u")
def absolute_length(value: Any) -> Any:
    return type(value)(abs(value.months)) if hasattr(value, "months") else abs(value)


@built_in("modulo", "dividend:n", "divisor:n")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """What is left over, with the sign of what it is divided by."""

    if not divisor:
        return None
    went_over(abs(dividend.adjusted()) + abs(divisor.adjusted()))
    left = Fraction(dividend) % Fraction(divisor)
    return _tried(SUMS.divide, Decimal(left.numerator), Decimal(left.denominator))


@built_in("sqrt", "number:n")
def root(value: Decimal) -> Decimal | None:
    return _tried(SUMS.sqrt, value)


@built_in("log", "number:n")
def logarithm(value: Decimal) -> Decimal | None:
    return _tried(SUMS.ln, value) if value > 0 else None


@built_in("exp", "number:n")
def exponential(value: Decimal) -> Decimal | None:
    return _tried(SUMS.exp, value)


@built_in("even", "number:n")
def even(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) % 2 == 0


@built_in("odd", "number:n")
def odd(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) % 2 != 0


@built_in("number", "from:s", "grouping separator:s!?", "decimal separator:s!?")
def number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if (grouping or " ") not in " ,." or (point or ".") not in ",." or (grouping and grouping == point):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point == ",":
        text = text.replace(",", ".")
    plain = text.strip()
    if not plain or not set(plain) <= set("0123456789.+-eE"):
        return None
    return _tried(SUMS.create_decimal, plain)


@built_in("number", "from:n")
def number_itself(value: Decimal) -> Decimal:
    return value


def _tried(work: Callable[..., Decimal], *given: Any) -> Decimal | None:
    try:
        return work(*given)
    except DecimalException:
        return None
