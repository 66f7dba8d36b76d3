"""Loops, in words and in boxes: what a loop goes over and what it comes to, each round of it paid for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance.values import SUMS, Range, kind
from nowrongdoor.rules.guidance.work import went_over

Scope = dict[str, Any]
Ready = Callable[[Scope], Any]
Loop = tuple[str, Ready, Ready | None]


def each(loops: list[Loop], made: Ready) -> Ready:
    """What is made in every round, and in each what was made before it as “partial”; null without a round."""

    def every_round(scope: Scope) -> Any:
        found: list[Any] = []
        inside = over(loops, {**scope, "partial": found})
        if inside is None:
            return None
        for inner in inside:
            found.append(made(inner))
        return found

    return every_round


def quantified(loops: list[Loop], made: Ready, joined: Callable[[Any, Any], Any], begins: bool) -> Ready:
    """Whether it holds in some rounds or in every one: no further than to where that is known."""

    def holds(scope: Scope) -> Any:
        inside = over(loops, scope)
        if inside is None:
            return None
        said: Any = begins
        for inner in inside:
            said = joined(said, made(inner))
            if said is (not begins):
                return said
        return said

    return holds


def with_item(scope: Scope, item: Any) -> Scope:
    """The names known in a filter: those around it, the parts of the item, and the item."""
    parts = item if type(item) is dict else {}
    went_over(len(scope) + len(parts))
    return {**scope, **parts, "item": item}


def over(loops: list[Loop], scope: Scope) -> Iterator[Scope] | None:
    """A scope for every round of these loops, the last turning fastest; None where one cannot go round."""
    (name, first, last), *more = loops
    items = _items(first(scope), last(scope) if last else None, ranged=last is not None)
    if items is None:
        return None
    return _rounds(name, items, more, scope)


def _rounds(name: str, items: Any, more: list[Loop], scope: Scope) -> Iterator[Scope]:
    for item in items:
        # All that is known around a loop is known anew in each round of it.
        went_over(len(scope))
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
