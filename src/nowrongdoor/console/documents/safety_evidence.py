"""Whether the evidence that the safety file names is there: code, tests and pages, by reading the tree."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

NODE = re.compile(r"(tests/[\w/]+\.py)::([\w:]+)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def no_test(root: Path, node: str) -> str:
    """Why a test proves nothing: it is not there, or it is left out; empty when it can."""
    named = NODE.fullmatch(node)
    if named is None:
        return f"{node!r} is no name of a test, like tests/rules/test_clock.py::test_name"
    path = root / named[1]
    if not path.exists():
        return f"{node}: there is no such file"
    try:
        found, left_out = _tests(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        return f"{node}: {error.msg}, line {error.lineno}"
    if named[2] not in found:
        return f"{node}: there is no such test"
    return f"{node}: this test is left out or expected to fail" if named[2] in left_out else ""


def no_code(root: Path, place: str) -> str:
    """Why a place in the code is no evidence; empty when it is there."""
    file, _, name = place.partition("::")
    path = root / file
    if not file.startswith("src/") or not path.is_file():
        return f"{place}: there is no such file of the product"
    text = path.read_text(encoding="utf-8")
    try:
        there = not name or name in (_names(text) if path.suffix == ".py" else text)
    except SyntaxError as error:
        return f"{place}: {error.msg}, line {error.lineno}"
    return "" if there else f"{place}: there is no such thing in that file"


def dead_links(root: Path, folder: str) -> list[str]:
    """Links in the pages of a folder that lead nowhere."""
    found = []
    for path in sorted((root / folder).rglob("*.md")):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            outside = target.startswith(("http://", "https://", "mailto:"))
            if not outside and not (path.parent / target).exists():
                found.append(f"{path.relative_to(root).as_posix()}: the link {target} leads nowhere")
    return found


@cache
def _tests(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tests of a file as pytest names them, and those of them that do not run or may fail."""
    tree = ast.parse(text)
    all_left_out = any(
        isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == "pytestmark" for to in node.targets)
        and _leaves_out(node.value)
        for node in tree.body
    )
    found, left_out = set(), set()
    for name, node in _defined(tree, "::"):
        if isinstance(node, ast.ClassDef) or not node.name.startswith("test_"):
            continue
        found.add(name)
        if all_left_out or any(_leaves_out(one) for one in node.decorator_list):
            left_out.add(name)
    return frozenset(found), frozenset(left_out)


def _leaves_out(node: ast.AST) -> bool:
    """`skipif` is not meant: a machine may lack a browser, and continuous integration may not."""
    return any(isinstance(one, ast.Attribute) and one.attr in {"skip", "xfail"} for one in ast.walk(node))


@cache
def _names(text: str) -> frozenset[str]:
    """Functions, classes, methods and values of a module, as `name` or `Class.name`."""
    tree = ast.parse(text)
    found = {name for name, _ in _defined(tree, ".")}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        found |= {to.id for to in targets if isinstance(to, ast.Name)}
    return frozenset(found)


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _defined(tree: ast.Module | ast.ClassDef, by: str, within: str = "") -> list[tuple[str, Definition]]:
    found: list[tuple[str, Definition]] = []
    for node in tree.body:
        if isinstance(node, Definition):
            found.append((within + node.name, node))
        if isinstance(node, ast.ClassDef):
            found += _defined(node, by, f"{within}{node.name}{by}")
    return found
