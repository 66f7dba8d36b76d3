"""Every act of the product, as the source of the journeys shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture import source


@dataclass(frozen=True)
class Verb:
    """One public function of a journey that opens a transaction."""

    name: str
    positional: tuple[str, ...]
    keywords: tuple[str, ...]
    defaults: frozenset[str]
    docstring: str


def verbs() -> Iterator[Verb]:
    for path in sorted((source.PACKAGE / "journeys").glob("*.py")):
        for node in source.syntax(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and is_an_act(node):
                yield _verb(f"{path.stem}.{node.name}", node)


def is_an_act(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "transaction" for one in node.decorator_list)


def _verb(name: str, node: ast.FunctionDef) -> Verb:
    given = node.args
    pairs = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return Verb(
        name,
        tuple(one.arg for one in (*given.posonlyargs, *given.args)),
        tuple(one.arg for one in given.kwonlyargs),
        frozenset(one.arg for one, default in pairs if default is not None),
        ast.get_docstring(node) or "",
    )
