"""Kinds of value that a file of guidance names: which values they have, and how a value is made to fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from nowrongdoor.rules.guidance.values import KINDS, kind
from nowrongdoor.rules.guidance.work import Unreadable, went_over
from nowrongdoor.rules.guidance.xml import Element

Test = Callable[[dict[str, Any]], Any]
SPELLINGS = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "Text": "string",
    "any": "Any",
    "integer": "number",
    "long": "number",
    "double": "number",
}
BASES = (
    "string",
    "number",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
PLAIN = {of: python for python, of in KINDS.items() if of in BASES}
DEEPEST = 30
LONGEST = 1_000
MOST_REMEMBERED = 20_000


class Misfit(Exception):
    """A value is not of the kind it should be."""


@dataclass
class Type:
    """One kind of value; `allowed` holds for each value, `whole` for the list that holds them."""

    kind: str
    of: "Type | None" = None
    inside: dict[str, "Type"] = field(default_factory=dict)
    allowed: Test | None = None
    allowed_words: str = ""
    whole: Test | None = None
    python: type | None = None  # every value of this Python type fits as it is
    may: dict[tuple[type, Any], bool] = field(default_factory=dict)  # what `allowed` said of a value before


ANY = Type("Any")


class Types:
    """The kinds a file names, and those of the standard."""

    def __init__(self, definitions: Mapping[str, Element], tests: Callable[[str, str], Test]) -> None:
        self.definitions = definitions
        self.tests = tests
        self.made: dict[str, Type] = {}
        self.base: dict[str, Type] = {}

    def check(self) -> None:
        for name in self.definitions:
            self.named(name)

    def named(self, name: str, *, making: tuple[str, ...] = ()) -> Type | None:
        """The kind of this name; None when there is none. Kinds that hold themselves are refused."""
        name = name.strip()
        if len(name) > LONGEST or name.count("<") > DEEPEST:
            raise Unreadable("The name of this type is too long.", place=f"type “{name[:40]}…”")
        if name.startswith("feel:"):
            name = name[5:]
        if name in self.definitions:
            if name in making:
                raise Unreadable("This type is made of itself.", place=f"type “{name}”")
            if name not in self.made:
                self.made[name] = self._defined(self.definitions[name], (*making, name))
            return self.made[name]
        name = SPELLINGS.get(name, name)
        if not name or name in ("Any", "Undefined"):
            return ANY
        if name in BASES or name in ("context", "list", "range", "function", "Null"):
            made = Type("null" if name == "Null" else name, of=ANY if name == "list" else None)
            made.python = PLAIN.get(name)
            return self.base.setdefault(name, made)
        return self._generic(name, making) or self._imported(name, making)

    def _imported(self, name: str, making: tuple[str, ...]) -> Type | None:
        """A name with a prefix, as files write it that were put together from several."""
        plain = name.rpartition(".")[2].rpartition(":")[2]
        return self.named(plain, making=making) if plain != name else None

    def _generic(self, name: str, making: tuple[str, ...]) -> Type | None:
        outer, opened, inner = name.partition("<")
        if not opened:
            return None
        if outer == "function":
            return Type("function")
        inner = inner.rpartition(">")[0]
        if outer in ("list", "range"):
            of = self.named(inner, making=making)
            return Type(outer, of=of) if of else None
        if outer == "context":
            pairs = [part.partition(":") for part in _split(inner)]
            found = {key.strip(): self.named(value, making=making) for key, _, value in pairs}
            return Type("context", inside={key: of for key, of in found.items() if of})
        return None

    def _defined(self, element: Element, making: tuple[str, ...]) -> Type:
        if len(making) > DEEPEST:
            raise Unreadable("Types are nested too deep.", place=f"line {element.line}")
        place = f"type “{making[0]}”, line {element.line}"
        reference = element.words("typeRef")
        parts = list(element.all("itemComponent"))
        if parts:
            inside = {part.get("name"): self._defined(part, (*making, "")) for part in parts}
            made = Type("context", inside=inside)
        elif element.first("functionItem"):
            made = Type("function")
        else:
            found = self.named(reference, making=making)
            if found is None:
                raise Unreadable(f"There is no type “{reference}”.", place=place)
            made = Type(found.kind, found.of, found.inside, found.allowed, found.allowed_words, found.whole)
        words, whole = _words(element, "allowedValues"), _words(element, "typeConstraint")
        if words:
            made.allowed, made.allowed_words = self.tests(words, place), words
        if whole:
            made.whole = self.tests(whole, place)
        if element.get("isCollection") == "true":
            made, inner = Type("list"), made
            made.of, made.whole, inner.whole = inner, inner.whole, None
        return made

    # Fitting

    def fitted(self, value: Any, of: Type | None, *, lenient: bool = False) -> Any:
        """The value as this kind has it, or null when it is of another kind."""
        if of is None or of is ANY or type(value) is of.python:
            return value
        try:
            return _fit(value, of, lenient)
        except Misfit:
            return None

    def is_one(self, value: Any, of: Type) -> bool:
        """The value is of this kind as it stands."""
        if value is None:
            return of.kind == "null"
        try:
            return of.kind == "Any" or (kind(value) == of.kind and _fit(value, of, False) is not None)
        except Misfit:
            return False


def _words(element: Element, name: str) -> str:
    found = element.first(name)
    return found.words("text") if found else ""


def _split(text: str) -> list[str]:
    """The parts between commas that stand in no inner brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += {"<": 1, ">": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _fit(value: Any, of: Type, lenient: bool) -> Any:
    if value is None or of.kind == "Any":
        return value
    if of.kind == "list":
        went_over(len(value) if type(value) is list else 1)
        items = value if type(value) is list else [value]
        fitted = [_fit(item, of.of or ANY, lenient) for item in items]
        return _held(fitted, of.whole)
    if type(value) is list and len(value) == 1:
        value = value[0]
        if value is None:
            return None
    found = kind(value)
    if of.kind == "date and time" and found == "date":
        value, found = datetime.combine(value, time(0), UTC), "date and time"
    if found != of.kind:
        raise Misfit
    if of.inside:
        value = _fit_parts(value, of.inside, lenient)
    if of.kind == "range" and of.of:
        _fit(value.low, of.of, lenient)
        _fit(value.high, of.of, lenient)
    if of.allowed is not None and not _may(value, of):
        raise Misfit
    return _held(value, of.whole)


def _may(value: Any, of: Type) -> bool:
    """Whether a kind has this value; asked once for each value."""
    if type(value) in (list, dict, datetime, time):
        _held(value, of.allowed)
        return True
    key = (type(value), value)
    found = of.may.get(key)
    if found is None:
        if len(of.may) >= MOST_REMEMBERED:
            of.may.clear()
        found = of.may[key] = of.allowed is not None and of.allowed({"?": value}) is True
    return found


def _fit_parts(value: dict[str, Any], inside: Mapping[str, Type], lenient: bool) -> dict[str, Any]:
    if not lenient and not inside.keys() <= value.keys():
        raise Misfit
    return {key: _fit(item, inside[key], lenient) if key in inside else item for key, item in value.items()}


def _held(value: Any, test: Test | None) -> Any:
    if test is not None and test({"?": value}) is not True:
        raise Misfit
    return value


__all__ = ["ANY", "BASES", "Misfit", "Type", "Types"]
