"""
Expressions made ready: each tree becomes a function of the names it can see.

A compiled expression takes a scope (name to value) and answers with a value. What cannot be worked out
is null, as the standard says; what would never end is refused.
"""

from decimal import Decimal, DecimalException
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.looping import Ready, Scope, with_item
from nowrongdoor.rules.guidance.operations import OPERATIONS, part
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.turning import Turns
from nowrongdoor.rules.guidance.types import Types
from nowrongdoor.rules.guidance.values import (
    SUMS,
    Function,
    Range,
    all_of,
    any_of,
    before,
    kind,
    negated,
    within,
)
from nowrongdoor.rules.guidance.work import Unreadable, went_over


class Compiler(Turns):
    """Makes trees ready, knowing the built-in functions and the file's types."""

    def __init__(self, built_in: Scope, types: Types) -> None:
        self.built_in = built_in
        self.types = types

    def ready(self, ask: Ask) -> Ready:
        made: Ready = getattr(self, "of_" + ask.kind.replace(" ", "_"))(*ask.parts)
        return made

    def all(self, asks: tuple[Ask, ...]) -> tuple[Ready, ...]:
        return tuple(self.ready(ask) for ask in asks)

    # Literals and names

    def of_number(self, text: str) -> Ready:
        try:
            return _always(SUMS.create_decimal(text))
        except DecimalException:
            raise Unreadable(f"{text[:20]} is a number that cannot be counted with.") from None

    def of_string(self, text: str) -> Ready:
        return _always(text)

    def of_constant(self, value: Any) -> Ready:
        return _always(value)

    def of_temporal(self, text: str) -> Ready:
        return _always(temporal.literal(text))

    def of_name(self, name: str) -> Ready:
        otherwise = self.built_in.get(name)
        return lambda scope: scope.get(name, otherwise)

    def of_list(self, *items: Ask) -> Ready:
        made = self.all(items)

        def listed(scope: Scope) -> list[Any]:
            went_over(len(made))
            return [item(scope) for item in made]

        return listed

    def of_context(self, *entries: tuple[str, Ask]) -> Ready:
        made = [(key, self.ready(value)) for key, value in entries]
        repeated = len({key for key, _ in made}) < len(made)

        def context(scope: Scope) -> Any:
            if repeated:
                return None
            found: Scope = {}
            inner = dict(scope)
            for key, value in made:
                found[key] = inner[key] = value(inner)
            return found

        return context

    def of_range(self, low: Ask, high: Ask, low_included: bool, high_included: bool) -> Ready:
        first, last = self.ready(low), self.ready(high)

        def between(scope: Scope) -> Any:
            one, other = first(scope), last(scope)
            if before(one, other, or_equal=True) is not True and not (one is None) ^ (other is None):
                return None
            return Range(one, other, low_included and one is not None, high_included and other is not None)

        return between

    def of_side(self, sign: str, end: Ask) -> Ready:
        made = self.ready(end)

        def side(scope: Scope) -> Any:
            value = made(scope)
            if value is None or sign == "!=":
                return None
            if sign == "=":
                return Range(value, value, True, True)
            if sign.startswith("<"):
                return Range(None, value, False, sign == "<=", open_low=True)
            return Range(value, None, sign == ">=", False, open_high=True)

        return side

    # Signs

    def of_minus(self, what: Ask) -> Ready:
        made = self.ready(what)

        def minus(scope: Scope) -> Any:
            value = made(scope)
            if kind(value) == "number":
                return SUMS.minus(value)
            return temporal.scaled(value, Decimal(-1), divide=False) if "duration" in kind(value) else None

        return minus

    def of_operation(self, sign: str, left: Ask, right: Ask) -> Ready:
        one, other = self.ready(left), self.ready(right)
        if sign == "and":
            return lambda scope: all_of(one(scope), other(scope))
        if sign == "or":
            return lambda scope: any_of(one(scope), other(scope))
        work = OPERATIONS[sign]
        return lambda scope: work(one(scope), other(scope))

    def of_between(self, what: Ask, low: Ask, high: Ask) -> Ready:
        value, first, last = self.ready(what), self.ready(low), self.ready(high)

        def between(scope: Scope) -> Any:
            found = value(scope)
            after = before(first(scope), found, or_equal=True)
            return all_of(after, before(found, last(scope), or_equal=True))

        return between

    def of_in(self, what: Ask, tests: tuple[Ask, ...]) -> Ready:
        value, made = self.ready(what), self.of_one_of(*tests)
        return lambda scope: made({**scope, "?": value(scope)})

    def of_instance(self, what: Ask, name: str) -> Ready:
        value, of = self.ready(what), self.types.named(name)
        return lambda scope: None if of is None else self.types.is_one(value(scope), of)

    # Tests of an input, which is “?”

    def of_anything(self) -> Ready:
        return _always(True)

    def of_one_of(self, *tests: Ask) -> Ready:
        made = self.all(tests)
        if len(made) == 1:
            return made[0]

        def one_of(scope: Scope) -> Any:
            said: Any = False
            for test in made:
                said = any_of(said, test(scope))
                if said is True:
                    return True
            return said

        return one_of

    def of_none_of(self, *tests: Ask) -> Ready:
        made = self.of_one_of(*tests)
        return lambda scope: negated(made(scope))

    def of_test(self, sign: str, what: Ask) -> Ready:
        made = self.ready(what)
        if sign != "in":
            work = OPERATIONS[sign]
            return lambda scope: work(scope.get("?"), made(scope))
        if what.kind in ("range", "side"):
            return lambda scope: _in_range(scope.get("?"), made(scope))
        if asks_input(what):
            return lambda scope: _as_said(made(scope), scope.get("?"))
        literal = what.kind == "constant"

        def test(scope: Scope) -> Any:
            value, said = scope.get("?"), made(scope)
            # A condition that does not mention the input decides by itself, unless yes and no are its values.
            if said is True and not literal and type(value) is not bool:
                return True
            return within(value, said)

        return test

    # Calls, paths, filters

    def of_call(self, what: Ask, given: tuple[Ask, ...]) -> Ready:
        function, values = self.ready(what), self.all(given)

        def call(scope: Scope) -> Any:
            found = function(scope)
            return found.call([value(scope) for value in values]) if type(found) is Function else None

        return call

    def of_call_by_name(self, what: Ask, given: tuple[tuple[str, Ask], ...]) -> Ready:
        function = self.ready(what)
        values = [(name, self.ready(value)) for name, value in given]

        def call(scope: Scope) -> Any:
            found = function(scope)
            if type(found) is not Function:
                return None
            return found.called_by_name({name: value(scope) for name, value in values})

        return call

    def of_path(self, what: Ask, name: str) -> Ready:
        made = self.ready(what)
        return lambda scope: part(made(scope), name)

    def of_filter(self, what: Ask, which: Ask) -> Ready:
        made, wanted = self.ready(what), self.ready(which)

        def chosen(scope: Scope) -> Any:
            found = made(scope)
            items = found if type(found) is list else [] if found is None else [found]
            kept = []
            for item in items or [None]:
                said = wanted(with_item(scope, item))
                if type(said) is Decimal:
                    return _at(items, said)
                if said is True and items:
                    kept.append(item)
            return kept

        return chosen


def asks_input(ask: Any) -> bool:
    """The expression speaks of the input itself, as “?”."""
    if isinstance(ask, Ask):
        return (ask.kind == "name" and ask.parts == ("?",)) or any(asks_input(one) for one in ask.parts)
    return isinstance(ask, tuple) and any(asks_input(one) for one in ask)


def _as_said(said: Any, value: Any) -> Any:
    return said if type(said) is bool or said is None else within(value, said)


def _in_range(value: Any, span: Any) -> bool | None:
    """A range that ends before it begins holds nothing, and not even what is not known."""
    return span.contains(value) if type(span) is Range else None


def _always(value: Any) -> Ready:
    return lambda scope: value


def _at(items: list[Any], which: Decimal) -> Any:
    if which != which.to_integral_value() or not 1 <= abs(which) <= len(items):
        return None
    return items[int(which) - 1 if which > 0 else int(which)]


__all__ = ["Compiler", "Ready", "Scope", "asks_input"]
