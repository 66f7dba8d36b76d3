"""Loops: what a loop goes over, each round of it paid for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance.values import SUMS, Range, kind
from nowrongdoor.rules.guidance.work import spent

Loop = tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]


def over(loops: list[Loop], scope: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """A scope for every round of these loops, the last turning fastest; None where one cannot go round."""
    (name, first, last), *more = loops
    items = _items(first(scope), last(scope) if last else None, ranged=last is not None)
    if items is None:
        return None
    return _rounds(name, items, more, scope)


def _rounds(name: str, items: Any, more: list[Loop], scope: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in items:
        spent(1)
        inner = {**scope, name: item}
        if not more:
            yield inner
            continue
        yield from over(more, inner) or ()


def _items(first: Any, last: Any, *, ranged: bool) -> Any:
    if ranged:
        return _steps(first, last)
    if type(first) is Range:
        if first.open_low or first.open_high or kind(first.low) not in ("number", "date"):
            return None
        steps = _steps(first.low, first.high)
        if steps is None:
            return None
        return (
            one
            for one in steps
            if (first.low_included or one != first.low) and (first.high_included or one != first.high)
        )
    if first is None:
        return None
    return first if type(first) is list else [first]


def _steps(first: Any, last: Any) -> Iterator[Any] | None:
    which = (kind(first), kind(last))
    if which == ("number", "number"):
        return _counted(first, last, Decimal(1))
    if which == ("date", "date"):
        return _counted(first, last, timedelta(days=1))
    return None


def _counted(first: Any, last: Any, step: Any) -> Iterator[Any]:
    step = step if first <= last else -step
    now = first
    while (now <= last) if first <= last else (now >= last):
        yield now
        if now == last:  # there is no day after the last one
            return
        now = SUMS.add(now, step) if isinstance(now, Decimal) else now + step
