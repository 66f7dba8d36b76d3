"""Built-in functions about lists."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cmp_to_key, reduce
from typing import Any

from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.operations import plus
from nowrongdoor.rules.guidance.values import (
    SUMS,
    Function,
    Months,
    alike,
    all_of,
    any_of,
    before,
    kind,
    negated,
)
from nowrongdoor.rules.guidance.work import spent, went_over

TOLD_APART = (str, Decimal, bool, type(None), date, timedelta, Months)


@built_in("not", "negand:a")
def negation(value: Any) -> bool | None:
    return negated(value)


@built_in("list contains", "list:l", "element:a")
def list_contains(items: list[Any], element: Any) -> bool:
    return any(alike(item, element) for item in items)


@built_in("count", "list:l")
def count(items: list[Any]) -> Decimal:
    return Decimal(len(items))


def _best(items: list[Any], comes_first: Callable[[Any, Any], bool | None]) -> Any:
    if not items:
        return None
    best = items[0]
    if before(best, best, or_equal=True) is None:
        return None
    for item in items[1:]:
        first = comes_first(item, best)
        if first is None:
            return None
        best = item if first else best
    return best


@built_in("min", "list*:l")
def least(items: list[Any]) -> Any:
    return _best(items, lambda one, other: before(one, other))


@built_in("max", "list*:l")
def greatest(items: list[Any]) -> Any:
    return _best(items, lambda one, other: before(other, one))


def _numbers(items: list[Any]) -> bool:
    return bool(items) and all(type(item) is Decimal for item in items)


@built_in("sum", "list*:l")
def total(items: list[Any]) -> Any:
    return reduce(plus, items) if items and kind(items[0]) != "string" and _summed(items) else None


def _summed(items: list[Any]) -> bool:
    kinds = {kind(item) for item in items}
    lengths = {"days and time duration", "years and months duration"}
    return len(kinds) == 1 and kinds <= {"number"} | lengths


@built_in("product", "list*:l")
def product(items: list[Any]) -> Decimal | None:
    return reduce(SUMS.multiply, items) if _numbers(items) else None


@built_in("mean", "list*:l")
def mean(items: list[Any]) -> Decimal | None:
    return SUMS.divide(reduce(SUMS.add, items), Decimal(len(items))) if _numbers(items) else None


@built_in("median", "list*:l")
def median(items: list[Any]) -> Decimal | None:
    if not _numbers(items):
        return None
    ordered, middle = sorted(items), len(items) // 2
    if len(items) % 2:
        return SUMS.plus(ordered[middle])
    return SUMS.divide(SUMS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@built_in("stddev", "list*:l")
def deviation(items: list[Any]) -> Decimal | None:
    if len(items) < 2 or not _numbers(items):
        return None
    middle = mean(items) or Decimal(0)
    squares = [SUMS.power(SUMS.subtract(item, middle), Decimal(2)) for item in items]
    return SUMS.sqrt(SUMS.divide(reduce(SUMS.add, squares), Decimal(len(items) - 1)))


@built_in("mode", "list*:l")
def mode(items: list[Any]) -> list[Any] | None:
    if not items:
        return []
    if not _numbers(items):
        return None
    times = Counter(items)
    most = max(times.values())
    return sorted(item for item, many in times.items() if many == most)


def _every(items: list[Any]) -> bool | None:
    said: bool | None = True
    for item in items:
        said = all_of(said, item)
    return said


def _some(items: list[Any]) -> bool | None:
    said: bool | None = False
    for item in items:
        said = any_of(said, item)
    return said


for _name in ("all", "and"):
    built_in(_name, "list*:l")(_every)
for _name in ("any", "or"):
    built_in(_name, "list*:l")(_some)


@built_in("sublist", "list:l", "start position:n", "length:n?")
def sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    begin = int(start)
    if not begin or abs(begin) > len(items) or (length is not None and length < 1):
        return None
    begin = begin - 1 if begin > 0 else len(items) + begin
    if length is None:
        return items[begin:]
    return items[begin : begin + int(length)] if begin + int(length) <= len(items) else None


@built_in("append", "list:l", "item*:l")
def append(items: list[Any], more: list[Any]) -> list[Any]:
    went_over(len(items) + len(more))
    return [*items, *more]


@built_in("concatenate", "list*:l")
def concatenate(lists: list[Any]) -> list[Any]:
    parts = [one if type(one) is list else [one] for one in lists]
    went_over(sum(map(len, parts)))
    return [item for one in parts for item in one]


@built_in("insert before", "list:l", "position:n", "newItem:a")
def insert_before(items: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    at = _index(items, position, last=1)
    return None if at is None else [*items[:at], item, *items[at:]]


@built_in("remove", "list:l", "position:n")
def remove(items: list[Any], position: Decimal) -> list[Any] | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], *items[at + 1 :]]


@built_in("list replace", "list:l", "position:n", "newItem:a")
def list_replace(items: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], item, *items[at + 1 :]]


@built_in("list replace", "list:l", "match:f", "newItem:a")
def list_replace_where(items: list[Any], match: Function, new: Any) -> list[Any] | None:
    said = [match.call([item, new]) for item in items]
    if not all(type(one) is bool for one in said):
        return None
    return [new if yes else item for item, yes in zip(items, said, strict=True)]


def _index(items: list[Any], position: Decimal, *, last: int = 0) -> int | None:
    at = int(position)
    if not at or at != position or at > len(items) + last or -at > len(items):
        return None
    return at - 1 if at > 0 else len(items) + at


@built_in("reverse", "list:l")
def reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


@built_in("index of", "list:l", "match:a")
def index_of(items: list[Any], match: Any) -> list[Decimal]:
    return [Decimal(at) for at, item in enumerate(items, 1) if alike(item, match)]


@built_in("distinct values", "list:l")
def distinct(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    plain: set[tuple[type, Any]] = set()  # what Python tells apart as the standard does
    others: list[Any] = []
    for item in items:
        if type(item) in TOLD_APART:
            if (type(item), item) not in plain:
                plain.add((type(item), item))
                kept.append(item)
            continue
        went_over(len(others))
        if not list_contains(others, item):
            others.append(item)
            kept.append(item)
    return kept


@built_in("union", "list*:l")
def union(lists: list[Any]) -> list[Any]:
    return distinct(concatenate(lists))


@built_in("flatten", "list:l")
def flatten(items: list[Any]) -> list[Any]:
    went_over(len(items))
    flat: list[Any] = []
    for item in items:
        flat.extend(flatten(item) if type(item) is list else [item])
    return flat


@built_in("sort", "list:l", "precedes:f?")
def sort(items: list[Any], precedes: Function | None = None) -> list[Any] | None:
    spent(len(items) * 10)

    def order(one: Any, other: Any) -> int:
        first = precedes.call([one, other]) if precedes else before(one, other)
        if first is None and precedes is None:
            raise TypeError
        if first is True:
            return -1
        second = precedes.call([other, one]) if precedes else before(other, one)
        return 1 if second is True else 0

    try:
        return sorted(items, key=cmp_to_key(order))
    except TypeError:
        return None
