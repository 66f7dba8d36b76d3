"""Choices, filters and loops that are boxes of their own: what a box does more than once, or only perhaps."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from nowrongdoor.rules.guidance.looping import Loop, Ready, Scope, each, quantified, with_item
from nowrongdoor.rules.guidance.types import Type
from nowrongdoor.rules.guidance.values import all_of, any_of
from nowrongdoor.rules.guidance.work import Unreadable
from nowrongdoor.rules.guidance.xml import Element


class BoxedTurns:
    """What boxes do with choices, filters and loops."""

    def inside(self, element: Element, place: str) -> Ready:
        raise NotImplementedError

    def knowing(
        self, names: Mapping[str, Type | None] | None = None, *, members: bool = False
    ) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _part(self, element: Element, name: str, place: str) -> Ready:
        found = element.first(name)
        if found is None:
            raise Unreadable(f"“{name}” is missing.", place=place)
        return self.inside(found, place)

    def of_conditional(self, element: Element, place: str) -> Ready:
        asked, yes, no = (self._part(element, name, place) for name in ("if", "then", "else"))
        return lambda scope: yes(scope) if asked(scope) is True else no(scope)

    def of_filter(self, element: Element, place: str) -> Ready:
        items = self._part(element, "in", place)
        with self.knowing({"item": None}, members=True):
            match = self._part(element, "match", place)

        def chosen(scope: Scope) -> Any:
            found = items(scope)
            values = found if type(found) is list else [] if found is None else [found]
            return [item for item in values if match(with_item(scope, item)) is True]

        return chosen

    def _turns(self, element: Element, name: str, place: str) -> tuple[list[Loop], Ready]:
        """What a loop turns, and what is asked of each."""
        turned = element.get("iteratorVariable", "item")
        loops: list[Loop] = [(turned, self._part(element, "in", place), None)]
        with self.knowing({turned: None, "partial": None}):
            return loops, self._part(element, name, place)

    def of_for(self, element: Element, place: str) -> Ready:
        return each(*self._turns(element, "return", place))

    def of_some(self, element: Element, place: str) -> Ready:
        return quantified(*self._turns(element, "satisfies", place), any_of, False)

    def of_every(self, element: Element, place: str) -> Ready:
        return quantified(*self._turns(element, "satisfies", place), all_of, True)
