"""
How a built-in function is told: its name, what it is given, and of which kind.

`@built_in("substring", "string:s", "start position:n", "length:n?")` says it all. A function that is
given something of another kind answers null and is never called; a list of one stands for its one member.
"""

from collections.abc import Callable, Mapping
from typing import Any

from nowrongdoor.rules.guidance.values import Function, kind
from nowrongdoor.rules.guidance.work import went_over

LETTERS = {
    "a": None,
    "n": ("number",),
    "s": ("string",),
    "l": ("list",),
    "c": ("context",),
    "r": ("range",),
    "f": ("function",),
    "d": ("date", "date and time"),
    "t": ("date", "date and time", "time"),
    "u": ("days and time duration", "years and months duration"),
}
Way = tuple[tuple[str, ...], tuple[str, ...], Callable[..., Any]]
WAYS: dict[str, list[Way]] = {}


def built_in(name: str, *parameters: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """One way of calling a built-in function; the same function may have several."""
    names = tuple(one.partition(":")[0] for one in parameters)
    kinds = tuple(one.partition(":")[2] for one in parameters)

    def told(work: Callable[..., Any]) -> Callable[..., Any]:
        WAYS.setdefault(name, []).append((names, kinds, work))
        return work

    return told


def functions() -> dict[str, Function]:
    """Every built-in function, by its name."""
    return {name: _function(name, ways) for name, ways in WAYS.items()}


def _function(name: str, ways: list[Way]) -> Function:
    def call(given: list[Any]) -> Any:
        for names, kinds, work in ways:
            arranged = _arranged(given, names, kinds)
            if arranged is not None:
                return _paid(work, arranged)
        return None

    def by_name(given: Mapping[str, Any]) -> Any:
        for names, kinds, work in ways:
            plain = tuple(one.rstrip("*") for one in names)
            needed = {one for one, of in zip(plain, kinds, strict=True) if not of.endswith("?")}
            if needed <= given.keys() <= set(plain):
                fitted = _fitted(
                    [given.get(one) for one in plain], kinds, given=[one in given for one in plain]
                )
                if fitted is not None:
                    return _paid(work, fitted)
        return None

    return Function(name, tuple(names for names, _, _ in ways), call, by_name)


def _paid(work: Callable[..., Any], given: list[Any]) -> Any:
    """The function called, and what it looks at paid for."""
    for value in given:
        if type(value) in (list, str, dict):
            went_over(len(value))
    return work(*given)


def _arranged(given: list[Any], names: tuple[str, ...], kinds: tuple[str, ...]) -> list[Any] | None:
    """What is given in the order it is told; the last of `…*` takes a list, or all that is left."""
    if names and names[-1].endswith("*"):
        first = len(names) - 1
        if len(given) < len(names):
            return None
        rest = given[first:]
        one_list = len(rest) == 1 and type(rest[0]) is list and names[-1] != "item*"
        given = [*given[:first], rest[0] if one_list else rest]
    least = sum(1 for of in kinds if not of.endswith("?"))
    if not least <= len(given) <= len(names):
        return None
    missing = len(names) - len(given)
    return _fitted([*given, *[None] * missing], kinds, given=[at < len(given) for at in range(len(names))])


def _fitted(values: list[Any], kinds: tuple[str, ...], *, given: list[bool]) -> list[Any] | None:
    fitted = []
    for value, of, told in zip(values, kinds, given, strict=True):
        if not told:
            continue
        letters = of.rstrip("?!")
        wanted = LETTERS[letters]
        if wanted is None:
            fitted.append(value)
            continue
        if letters == "l" and value is not None and type(value) is not list:
            value = [value]
        elif type(value) is list and letters != "l" and len(value) == 1:
            value = value[0]
        # An “!” takes null and decides itself what it means.
        if kind(value) not in wanted and not (value is None and "!" in of):
            return None
        fitted.append(value)
    return fitted
