"""
Boxed expressions: a file's elements made ready, whichever of the standard's boxes they are.

Literal expressions, contexts, invocations, lists, relations, functions, choices and loops; decision tables
are laid out in `laying`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from nowrongdoor.rules.guidance import parsing
from nowrongdoor.rules.guidance.compiling import Compiler, Ready, Scope
from nowrongdoor.rules.guidance.looping import over, spent
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.scanning import Known
from nowrongdoor.rules.guidance.types import Type
from nowrongdoor.rules.guidance.values import Function, Unreadable, all_of, any_of
from nowrongdoor.rules.guidance.xml import Element

BOXES = [
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "list",
    "relation",
    "functionDefinition",
    "conditional",
    "filter",
    "for",
    "every",
    "some",
]


class Boxes:
    """Makes elements ready; remembers what each expression asked, for the check."""

    def __init__(self, known: Known, compiler: Compiler) -> None:
        self.known = known
        self.compiler = compiler
        self.read: dict[tuple[str, bool], Ask] = {}
        self.table: Callable[[Element, str], Ready] = _no_table
        self.asked: list[tuple[str, Ask]] = []

    def ask(self, text: str, place: str, *, tests: bool = False) -> Ask:
        """The tree of an expression, read once however often it is written."""
        key = (text, tests)
        if key not in self.read:
            read = parsing.tests if tests else parsing.expression
            self.read[key] = read(text, self.known.copy(), place=place)
        return self.read[key]

    def ready(self, ask: Ask, place: str) -> Ready:
        try:
            return self.compiler.ready(ask)
        except RecursionError:
            raise Unreadable("This is nested too deep.", place=place) from None

    def expression(self, text: str, place: str) -> Ready:
        ask = self.ask(text, place)
        self.asked.append((place, ask))
        return self.ready(ask, place)

    def box(self, element: Element, place: str) -> Ready:
        """The box that an element is."""
        here = f"{place}, line {element.line}"
        made: Ready = getattr(self, f"of_{element.name}")(element, here)
        of = self._type(element.get("typeRef"), here)
        if of is None or element.name == "functionDefinition":
            return made
        return lambda scope: self.compiler.types.fitted(made(scope), of)

    def inside(self, element: Element, place: str) -> Ready:
        """The one box in an element; null where there is none."""
        found = element.first(*BOXES)
        return self.box(found, place) if found is not None else lambda scope: None

    def _type(self, name: str, place: str) -> Type | None:
        if not name:
            return None
        found = self.compiler.types.named(name)
        if found is None:
            raise Unreadable(f"There is no type “{name}”.", place=place)
        return found

    def of_literalExpression(self, element: Element, place: str) -> Ready:
        if element.first("importedValues"):
            raise Unreadable("Values from outside the file are not fetched.", place=place)
        text = element.words("text")
        return self.expression(text, place) if text else lambda scope: None

    def of_decisionTable(self, element: Element, place: str) -> Ready:
        return self.table(element, place)

    def of_context(self, element: Element, place: str) -> Ready:
        entries: list[tuple[str, Ready]] = []
        result: Ready | None = None
        for entry in element.all("contextEntry"):
            variable = entry.first("variable")
            made = self.inside(entry, place)
            if variable is None:
                result = made
                continue
            of = self._type(variable.get("typeRef"), place)
            entries.append((variable.get("name"), self._fitting(made, of)))

        def context(scope: Scope) -> Any:
            found: Scope = {}
            inner = dict(scope)
            for name, value in entries:
                found[name] = inner[name] = value(inner)
            return result(inner) if result else found

        return context

    def _fitting(self, made: Ready, of: Type | None) -> Ready:
        return made if of is None else lambda scope: self.compiler.types.fitted(made(scope), of)

    def of_invocation(self, element: Element, place: str) -> Ready:
        function = self.inside(element, place)
        given: list[tuple[str, Ready]] = []
        for binding in element.all("binding"):
            parameter = binding.first("parameter")
            given.append((parameter.get("name") if parameter else "", self.inside(binding, place)))

        def invocation(scope: Scope) -> Any:
            found = function(scope)
            if type(found) is not Function:
                return None
            return found.called_by_name({name: value(scope) for name, value in given})

        return invocation

    def of_list(self, element: Element, place: str) -> Ready:
        made = [self.box(one, place) for one in element.all(*BOXES)]
        return lambda scope: [one(scope) for one in made]

    def of_relation(self, element: Element, place: str) -> Ready:
        names = [column.get("name") for column in element.all("column")]
        rows = [[self.box(one, place) for one in row.all(*BOXES)] for row in element.all("row")]
        if any(len(row) != len(names) for row in rows):
            raise Unreadable(
                "A row of this relation has not as many values as there are columns.", place=place
            )
        return lambda scope: [
            {name: one(scope) for name, one in zip(names, row, strict=True)} for row in rows
        ]

    def of_functionDefinition(self, element: Element, place: str) -> Ready:
        return self.function(element, place, name="a function")

    def function(self, element: Element, place: str, *, name: str) -> Ready:
        """A function whose body is a box: what business knowledge is made of."""
        if element.get("kind", "FEEL") not in ("", "FEEL", "F"):
            raise Unreadable("Functions outside the file are not called.", place=place)
        parameters = list(element.all("formalParameter"))
        names = tuple(one.get("name") for one in parameters)
        kinds = [self._type(one.get("typeRef"), place) for one in parameters]
        body = self.inside(element, place)
        of = self._type(element.get("typeRef"), place) if element.name == "encapsulatedLogic" else None
        fitted = self._fitting(body, of)
        return lambda scope: self.compiler.function(name, names, kinds, fitted, scope)

    def _part(self, element: Element, name: str, place: str) -> Ready:
        found = element.first(name)
        if found is None:
            raise Unreadable(f"“{name}” is missing.", place=place)
        return self.inside(found, place)

    def of_conditional(self, element: Element, place: str) -> Ready:
        asked, yes, no = (self._part(element, name, place) for name in ("if", "then", "else"))
        return lambda scope: yes(scope) if asked(scope) is True else no(scope)

    def of_filter(self, element: Element, place: str) -> Ready:
        items, match = self._part(element, "in", place), self._part(element, "match", place)

        def chosen(scope: Scope) -> Any:
            found = items(scope)
            values = found if type(found) is list else [] if found is None else [found]
            kept = []
            for item in values:
                spent(1)
                if match({**scope, **(item if type(item) is dict else {}), "item": item}) is True:
                    kept.append(item)
            return kept

        return chosen

    def _turns(self, element: Element, place: str) -> Callable[[Scope], Iterable[Scope] | None]:
        loop = [(element.get("iteratorVariable", "item"), self._part(element, "in", place), None)]
        return lambda scope: over(list(loop), scope)

    def of_for(self, element: Element, place: str) -> Ready:
        turns, made = self._turns(element, place), self._part(element, "return", place)

        def each(scope: Scope) -> Any:
            found: list[Any] = []
            inside = turns({**scope, "partial": found})
            if inside is None:
                return None
            for inner in inside:
                found.append(made(inner))
            return found

        return each

    def of_some(self, element: Element, place: str) -> Ready:
        return self._quantified(element, place, any_of, False)

    def of_every(self, element: Element, place: str) -> Ready:
        return self._quantified(element, place, all_of, True)

    def _quantified(self, element: Element, place: str, joined: Any, begins: bool) -> Ready:
        turns, made = self._turns(element, place), self._part(element, "satisfies", place)

        def quantified(scope: Scope) -> Any:
            inside = turns(scope)
            if inside is None:
                return None
            said: Any = begins
            for inner in inside:
                said = joined(said, made(inner))
            return said

        return quantified


def _no_table(element: Element, place: str) -> Ready:
    raise Unreadable("A table cannot stand here.", place=place)
