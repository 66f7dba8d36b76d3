"""Words nobody knows: which names an expression uses, and what in it can never be."""

from collections.abc import Callable, Iterator
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.pieces import Ask

MAKERS = ("date", "time", "date and time", "duration")


def names(ask: Any, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, bool]]:
    """Every name that an expression looks up, and whether it may stand for a part of a list's members."""
    return _names(ask, bound, False)


def _names(ask: Any, bound: frozenset[str], in_filter: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(ask, tuple):
        for one in ask:
            yield from _names(one, bound, in_filter)
        return
    if not isinstance(ask, Ask):
        return
    if ask.kind == "name":
        if ask.parts[0] not in bound:
            yield ask.parts[0], in_filter
    elif ask.kind == "context":
        for key, value in ask.parts:
            # A function may call itself.
            bound |= {key} if value.kind == "function" else frozenset()
            yield from _names(value, bound, in_filter)
            bound |= {key}
    elif ask.kind in ("for", "some", "every"):
        loops, what = ask.parts
        bound |= {"partial"}
        for name, first, last in loops:
            yield from _names((first, last), bound, in_filter)
            bound |= {name}
        yield from _names(what, bound, in_filter)
    elif ask.kind == "function":
        yield from _names(ask.parts[2], bound | set(ask.parts[0]), in_filter)
    elif ask.kind == "filter":
        yield from _names(ask.parts[0], bound, in_filter)
        yield from _names(ask.parts[1], bound | {"item"}, True)
    elif ask.kind == "path":
        yield from _names(ask.parts[0], bound, in_filter)
    elif ask.kind == "in":
        yield from _names(ask.parts, bound | {"?"}, in_filter)
    elif ask.kind == "call by name":
        yield from _names(ask.parts[0], bound, in_filter)
        yield from _names(tuple(value for _, value in ask.parts[1]), bound, in_filter)
    elif ask.kind == "instance":
        yield from _names(ask.parts[0], bound, in_filter)
    elif ask.kind not in ("string", "number", "temporal", "constant"):
        yield from _names(ask.parts, bound, in_filter)


def walked(ask: Any) -> Iterator[Ask]:
    """Every node of an expression."""
    if isinstance(ask, tuple):
        for one in ask:
            yield from walked(one)
    elif isinstance(ask, Ask):
        yield ask
        yield from walked(ask.parts)


def unknown(ask: Ask, is_known: Callable[[str], bool], elsewhere: frozenset[str]) -> Iterator[str]:
    """What is said of each name nobody knows here, in plain words."""
    for name, in_filter in names(ask):
        if in_filter or is_known(name):
            continue
        if name in elsewhere:
            yield f"“{name}” is not known here. Say that this rests on it: draw a line from it."
        else:
            yield f"There is no “{name}”. Put a word in quotes, or write the name as it is written elsewhere."


def impossible(ask: Ask) -> Iterator[str]:
    """What is said of each date, time or length that cannot be."""
    for node in walked(ask):
        text = _temporal(node)
        if text is not None:
            yield f"“{text}” is no date, time or length of time."


def _temporal(node: Ask) -> str | None:
    if node.kind == "temporal" and temporal.literal(node.parts[0]) is None:
        return str(node.parts[0])
    if node.kind != "call" or node.parts[0].kind != "name" or len(node.parts[1]) != 1:
        return None
    maker, given = node.parts[0].parts[0], node.parts[1][0]
    if maker not in MAKERS or given.kind != "string":
        return None
    reading: dict[str, Any] = {
        "date": temporal.a_date,
        "time": temporal.a_time,
        "date and time": temporal.an_instant,
        "duration": temporal.a_duration,
    }
    return str(given.parts[0]) if reading[maker](given.parts[0]) is None else None
