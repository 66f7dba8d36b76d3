"""The source tree as the guards see it: modules, their syntax, and a copy to plant violations in."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "nowrongdoor"


def modules(package: Path, *, but_not: tuple[str, ...] = (), migrations: bool = False) -> Iterator[Path]:
    """Every Python file of the package, except those named; migrations are generated and asked for."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).as_posix()
        if inside in but_not or (not migrations and "/migrations/" in inside):
            continue
        yield path


def syntax(path: Path) -> ast.Module:
    return _parsed(path.read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def where(package: Path, path: Path, node: ast.AST) -> str:
    """`kernel/store.py:140`: what a failing guard names."""
    return f"{path.relative_to(package).as_posix()}:{getattr(node, 'lineno', 0)}"


def docstrings(tree: ast.Module) -> set[int]:
    """The identities of the string nodes that are docstrings, for guards that read text."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string in the code that is not a docstring."""
    said = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def copied(to: Path) -> Path:
    """A copy of the package's code to plant a violation in; pictures and styles stay behind."""
    package = to / "src" / "nowrongdoor"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "static", "licences"))
    return package
