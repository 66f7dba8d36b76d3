"""Choices, loops and functions made ready: what an expression does more than once, or only perhaps."""

from typing import Any

from nowrongdoor.rules.guidance.looping import Loop, Ready, Scope, each, quantified
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.types import Types
from nowrongdoor.rules.guidance.values import Function, all_of, any_of
from nowrongdoor.rules.guidance.work import went_over

Loops = tuple[tuple[str, Ask, Ask | None], ...]


class Turns:
    """What a compiler does with choices, loops and functions."""

    types: Types

    def ready(self, ask: Ask) -> Ready:
        raise NotImplementedError

    # Choices and loops

    def of_if(self, condition: Ask, yes: Ask, no: Ask) -> Ready:
        asked, one, other = self.ready(condition), self.ready(yes), self.ready(no)
        return lambda scope: one(scope) if asked(scope) is True else other(scope)

    def _loops(self, loops: Loops) -> list[Loop]:
        return [(name, self.ready(first), self.ready(last) if last else None) for name, first, last in loops]

    def of_for(self, loops: Loops, what: Ask) -> Ready:
        return each(self._loops(loops), self.ready(what))

    def of_some(self, loops: Loops, what: Ask) -> Ready:
        return quantified(self._loops(loops), self.ready(what), any_of, False)

    def of_every(self, loops: Loops, what: Ask) -> Ready:
        return quantified(self._loops(loops), self.ready(what), all_of, True)

    def of_function(self, names: tuple[str, ...], types: tuple[str, ...], what: Ask) -> Ready:
        body = self.ready(what)
        kinds = [self.types.named(name) for name in types]

        def define(scope: Scope) -> Function:
            return self.function("a function", names, kinds, body, scope)

        return define

    def function(
        self, name: str, names: tuple[str, ...], kinds: list[Any], body: Ready, scope: Scope
    ) -> Function:
        """Something to call: parameters that do not fit their type arrive as null."""

        def call(given: list[Any]) -> Any:
            if len(given) != len(names):
                return None
            went_over(len(scope))
            fitted = (self.types.fitted(value, of) for value, of in zip(given, kinds, strict=True))
            return body({**scope, **dict(zip(names, fitted, strict=True))})

        def by_name(given: Any) -> Any:
            return call([given[one] for one in names]) if given.keys() == set(names) else None

        return Function(name, (names,), call, by_name)
