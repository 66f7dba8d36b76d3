"""
The guard of the one writer: rows are saved, changed and removed in kernel/store.py and nowhere else.

Most writing calls have names that nothing else has. A few (`update`, `create`, `delete`) are also
what one does to a dictionary, so those pass when the thing they are called on is plainly no row;
where that cannot be seen, the call is an error until it stands in NOT_ROWS with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import modules, syntax, texts, where

STORE = "kernel/store.py"
ALWAYS = {
    "save",
    "save_base",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "_raw_delete",
}
SOMETIMES = {"create", "update", "delete"}
ASYNC = {f"a{name}" for name in (ALWAYS | SOMETIMES) if not name.startswith("_")}
PLAIN = {"dict", "set", "Counter", "defaultdict", "OrderedDict", "sha256", "Mapping", "MutableMapping", "md5"}

# What is called on, and why it is no row. A line here that no code needs any more fails its test.
NOT_ROWS = {
    ("console/bench/work.py", "session.save"): "signs the measuring browser in: a session, not a record",
    ("console/prove/seeing/asking.py", "session.save"): "signs a proof's browser in: a session, not a record",
    ("kernel/accounts/keys.py", "account.save"): "an account is a key to the door, and no record",
    ("kernel/accounts/keys.py", "second_steps.delete"): "a second step that was lost opens nothing",
    ("kernel/accounts/keys.py", "known.save"): "forgets what a provider of sign-ins told about a member",
    ("nhsuk/sessions.py", "request.session.update"): "a session, not a record",
    ("rules/change.py", "same.__dict__.update"): "a copy of frozen facts, in memory, before anyone has it",
    ("sim/rows.py", "self.indexes.update"): "the simulator's own indexes, in memory",
}

WRITING_SQL = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE\s|COPY\s+\S+.*\sFROM\s+STDIN)",
    re.I | re.S,
)


def writes(package: Path) -> Iterator[str]:
    """Every call that writes a row past the store, and every reach for a manager that could."""
    for path in modules(package, but_not=(STORE,)):
        tree = syntax(path)
        plain = _plain_names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"_base_manager", "_default_manager"}:
                yield f"{where(package, path, node)} reaches past the closed queryset: {node.attr}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                key = (path.relative_to(package).as_posix(), called)
                if _may_write(node.func, tree, plain) and key not in NOT_ROWS:
                    yield f"{where(package, path, node)} writes past the store: {called}()"


def _may_write(called: ast.Attribute, tree: ast.Module, plain: set[str]) -> bool:
    if called.attr in ALWAYS | ASYNC:
        return not (called.attr == "save" and ast.unparse(called.value) == "store" and _is_our_store(tree))
    return called.attr in SOMETIMES and not _is_plain(called.value, plain)


def _is_our_store(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "nowrongdoor.kernel"
        and any(alias.name == "store" and alias.asname is None for alias in node.names)
        for node in ast.walk(tree)
    )


def _plain_names(tree: ast.Module) -> set[str]:
    """Names and attributes that hold a dictionary, a set or a digest wherever this module binds them."""
    seen: dict[str, bool] = {}

    def note(name: str, is_plain: bool) -> None:
        seen[name] = seen.get(name, True) and is_plain

    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                note(ast.unparse(target), _is_plain(node.value, set()))
        elif isinstance(node, ast.AnnAssign):
            note(ast.unparse(node.target), _names_plain(node.annotation))
        elif isinstance(node, ast.arg):
            note(node.arg, node.annotation is not None and _names_plain(node.annotation))
        elif isinstance(node, ast.For | ast.comprehension):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    note(target.id, False)
    return {name for name, is_plain in seen.items() if is_plain}


def _is_plain(node: ast.expr, plain: set[str]) -> bool:
    if isinstance(node, ast.Dict | ast.DictComp | ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.Call):
        return _head(node.func) in PLAIN
    return ast.unparse(node) in plain


def _names_plain(annotation: ast.expr) -> bool:
    return _head(annotation.value if isinstance(annotation, ast.Subscript) else annotation) in PLAIN


def _head(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


# SQL that writes belongs to migrations, to the store, and to what is done to whole databases from a shell.
MAY_WRITE_SQL = {
    STORE: "the one writer",
    "kernel/statements.py": "the statements of the one writer, which alone may import them",
    "console/prove/pairs.py": "knows the store's own statement again, to hold it there; runs none",
    "kernel/journal/entries.py": "entries about the journal itself, which is no row of the store",
    "kernel/journal/sealing.py": "adds the seals of entries, and their salts; no row of anyone",
    "kernel/journal/erasing.py": "lawful erasure, as the owner, which leaves an entry that says so",
    "console/prove/attack/planting.py": "what plants hostile text past all rules, on a proof's own ground",
    "console/bench/finding_people.py": "makes a million people in a database of its own, emptied first",
    "console/bench/sweep.py": "makes a million clocks in a database of its own that it empties first",
    "console/bench/directory_page.py": "lays invented services out in a place of its own",
    "console/bench/directory_sql.py": "lays invented services out in tables that end with its connection",
    "console/prove/timing/storm.py": "owes thousands of call backs at one instant, on a proof's own ground",
    "console/prove/tampering.py": "what tampers with a journal, on a proof's own ground, and is rolled back",
    "kernel/access_log/looking.py": "adds who looked at whom: no row of a record, and only ever added to",
    "kernel/paces.py": "counts tries for minutes, beside failed sign-ins; no row of anyone",
    "kernel/loading.py": "loads an empty place at once; a parity test holds it equal to the acts",
}


def written_sql(package: Path) -> Iterator[str]:
    """SQL that writes rows, outside migrations and the places that may."""
    for path in modules(package):
        if path.relative_to(package).as_posix() in MAY_WRITE_SQL:
            continue
        for text in texts(syntax(path)):
            if WRITING_SQL.search(text.value):
                yield f"{where(package, path, text)} writes by SQL: {' '.join(text.value.split())[:60]}"
