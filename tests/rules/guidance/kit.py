"""Cases of the standard's Technology Compatibility Kit, read: what is put in, and what must come out."""

import xml.etree.ElementTree as tree
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from nowrongdoor.rules.guidance import temporal

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
ABOUT = Decimal("0.00000001")  # the kit's figures are rounded


class Case(NamedTuple):
    name: str
    model: Path
    decision: str
    inputs: dict[str, Any]
    expected: Any
    fails: bool


def cases(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("*/*-test-*.xml")):
        root = tree.parse(file).getroot()  # files of our own and of the kit
        model = file.parent / next(_all(root, "modelName")).text.strip()
        for case in _all(root, "testCase"):
            inputs = {node.get("name"): value(node) for node in _all(case, "inputNode")}
            for result in _all(case, "resultNode"):
                name = f"{file.parent.name} {case.get('id')} {result.get('name')}"
                expected = value(next(_all(result, "expected")))
                fails = result.get("errorResult") == "true"
                yield Case(name, model, result.get("name"), inputs, expected, fails)


def _all(node: Any, name: str) -> Iterator[Any]:
    return (one for one in node if one.tag.rpartition("}")[2] == name)


def value(node: Any) -> Any:
    for held in _all(node, "list"):
        return [value(item) for item in _all(held, "item")] if held.get(NIL) != "true" else None
    components = list(_all(node, "component"))
    if components:
        return {one.get("name"): value(one) for one in components}
    for plain in _all(node, "value"):
        return None if plain.get(NIL) == "true" else _plain(plain.text or "", plain.get(TYPE, ""))
    return None


def _plain(text: str, which: str) -> Any:
    which = which.rpartition(":")[2]
    readers = {
        "decimal": Decimal,
        "double": Decimal,
        "integer": Decimal,
        "int": Decimal,
        "boolean": lambda said: said.strip() in ("true", "1"),
        "date": temporal.a_date,
        "time": temporal.a_time,
        "dateTime": temporal.an_instant,
        "duration": temporal.a_duration,
    }
    return readers[which](text) if which in readers else text


def agrees(found: Any, expected: Any) -> bool:
    """The same kind and the same value; figures as near as the kit writes them."""
    if type(expected) is Decimal and type(found) is Decimal:
        return abs(found - expected) <= ABOUT * max(1, abs(expected))
    if type(found) is not type(expected):
        return False
    if type(expected) is list:
        return len(found) == len(expected) and all(
            agrees(*both) for both in zip(found, expected, strict=True)
        )
    if type(expected) is dict:
        return found.keys() == expected.keys() and all(agrees(found[key], expected[key]) for key in expected)
    return found == expected or (isinstance(expected, timedelta) and found == expected)
