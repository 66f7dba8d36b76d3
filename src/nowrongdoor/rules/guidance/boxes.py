"""
Boxed expressions: a file's elements made ready, whichever of the standard's boxes they are.

Literal expressions, contexts, invocations, lists, relations, functions, choices and loops; decision tables
are laid out in `laying`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from nowrongdoor.rules.guidance import parsing
from nowrongdoor.rules.guidance.boxed_turns import BoxedTurns
from nowrongdoor.rules.guidance.built_in_time import CLOCKS
from nowrongdoor.rules.guidance.compiling import Compiler, Ready, Scope
from nowrongdoor.rules.guidance.naming import NAME, Known
from nowrongdoor.rules.guidance.pieces import Ask
from nowrongdoor.rules.guidance.types import Type
from nowrongdoor.rules.guidance.values import Function
from nowrongdoor.rules.guidance.wording import impossible, names, unknown
from nowrongdoor.rules.guidance.work import Unreadable, placed
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


# All expressions of a file together; those written alike count once.
MOST_SIGNS = 1_000_000
PLAIN_NAME = re.compile(rf"(?:{NAME.pattern})(?: (?:{NAME.pattern}))*")


class Asked(NamedTuple):
    """What is wrong with the words of an expression, and the clocks it asks, which tell nothing here."""

    place: str
    wrong: tuple[str, ...]
    clocks: tuple[str, ...]


class Boxes(BoxedTurns):
    """Makes elements ready by the names known where they stand; remembers what to tell of their words."""

    def __init__(self, known: Known, compiler: Compiler, elsewhere: frozenset[str]) -> None:
        self.known = known
        self.elsewhere = elsewhere  # what the file names, whether or not it is known here
        self.compiler = compiler
        self.table: Callable[[Element, str], Ready] = _no_table
        self.asked: list[Asked] = []
        self.signs = 0

    @contextmanager
    def knowing(
        self, names: Mapping[str, Type | None] | None = None, *, members: bool = False
    ) -> Iterator[None]:
        """In here these names are known too; `members` that parts of values stand for themselves."""
        outer, self.known = self.known, self.known.within(names, members=members)
        try:
            yield
        finally:
            self.known = outer

    @contextmanager
    def knowing_only(self, names: Mapping[str, Type | None]) -> Iterator[None]:
        """In here nothing is known but what is built in and these names."""
        outer, self.known = self.known, self.known.alone(names)
        try:
            yield
        finally:
            self.known = outer

    def ask(self, text: str, place: str, *, tests: bool = False) -> Ask:
        """The tree of an expression, read once however often it is written by the same names."""
        key, held = (text, tests), self.known.names.read
        if key not in held:
            self.signs += len(text)
            if self.signs > MOST_SIGNS:
                words = f"The expressions of this file are longer than {MOST_SIGNS:,} characters."
                raise Unreadable(words, place=place)
            read = parsing.tests if tests else parsing.expression
            held[key] = read(text, self.known, place=place)
        found: Ask = held[key]
        return found

    def is_built_in(self, name: str) -> bool:
        return name in self.compiler.built_in and name not in self.known.names

    def wrong(self, ask: Ask, *, tests: bool = False) -> Iterator[str]:
        """What is said of each word of an expression that nobody knows here, and of dates that cannot be."""
        if not self.known.members:
            yield from unknown(
                ask, lambda name: self._is_known(name) or (tests and name == "?"), self.elsewhere
            )
        yield from impossible(ask)

    def _is_known(self, name: str) -> bool:
        return name in self.known.names or name in self.compiler.built_in

    def note(self, ask: Ask, place: str) -> None:
        clocks = tuple(name for name, _ in names(ask) if name in CLOCKS and self.is_built_in(name))
        wrong = tuple(self.wrong(ask))
        if clocks or wrong:
            self.asked.append(Asked(place, wrong, clocks))

    def ready(self, ask: Ask, place: str) -> Ready:
        try:
            return self.compiler.ready(ask)
        except RecursionError:
            raise Unreadable("This is nested too deep.", place=place) from None
        except Unreadable as refusal:
            raise placed(refusal, place) from None

    def expression(self, text: str, place: str) -> Ready:
        ask = self.ask(text, place)
        self.note(ask, place)
        return self.ready(ask, place)

    def box(self, element: Element, place: str) -> Ready:
        """The box that an element is."""
        here = f"{place}, line {element.line}"
        made: Ready = getattr(self, f"of_{element.name}")(element, here)
        of = self._type(element.get("typeRef"), here)
        if of is None or element.name in ("functionDefinition", "decisionTable"):
            return made
        return lambda scope: self.compiler.types.fitted(made(scope), of)

    def inside(self, element: Element, place: str) -> Ready:
        """The one box in an element; null where there is none."""
        found = element.first(*BOXES)
        return self.box(found, place) if found is not None else lambda scope: None

    def type_of(self, element: Element, place: str) -> Type | None:
        return self._type(element.get("typeRef"), place)

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
        with self.knowing():
            for entry in element.all("contextEntry"):
                variable = entry.first("variable")
                if variable is None:
                    result = self.inside(entry, place)
                    continue
                name, of = variable.get("name"), self._type(variable.get("typeRef"), place)
                if entry.first("functionDefinition"):
                    # A function is called when all is there, and may call itself.
                    self.known.names.add(name, of)
                entries.append((name, self._fitting(self.inside(entry, place), of)))
                self.known.names.add(name, of)

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
        told = [(one.get("name"), one.get("typeRef")) for one in element.all("formalParameter")]
        told = told or list(_looked_at(element))
        names = tuple(" ".join(name.split()) for name, _ in told)
        kinds = [self._type(of, place) for _, of in told]
        with self.knowing(dict(zip(names, kinds, strict=True))):
            body = self.inside(element, place)
        of = self._type(element.get("typeRef"), place) if element.name == "encapsulatedLogic" else None
        fitted = self._fitting(body, of)
        return lambda scope: self.compiler.function(name, names, kinds, fitted, scope)


def _looked_at(element: Element) -> Iterator[tuple[str, str]]:
    """What the columns of a table look at, each once: what it is given where it does not say that itself."""
    seen = set()
    for table in element.all("decisionTable"):
        for column in table.all("input"):
            asked = column.first("inputExpression")
            name = " ".join(asked.words("text").split()) if asked else ""
            if asked and name not in seen and PLAIN_NAME.fullmatch(name):
                seen.add(name)
                yield name, asked.get("typeRef")


def _no_table(element: Element, place: str) -> Ready:
    raise Unreadable("A table cannot stand here.", place=place)
