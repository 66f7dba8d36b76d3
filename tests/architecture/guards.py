"""
What imports cannot show. Each guard reads the source and answers with what it found, one line each:
where, and what. An empty answer is what the tests want; a planted violation is what they test it with.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import modules, syntax, texts, where

# --- the clock -----------------------------------------------------------------------------------------

CLOCK = {"now", "today", "utcnow", "localtime", "gmtime", "time_ns", "auto_now", "auto_now_add", "Now"}
STOPWATCHES = {
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
}
# A stopwatch measures how long a program took; it never says what time it is for a person.
MAY_MEASURE = ("embedded/", "console/")


def clock_reads(package: Path) -> Iterator[str]:
    """Any way of asking what time it is, outside kernel/now.py; a stopwatch where no program is timed."""
    for path in modules(package, but_not=("kernel/now.py",), migrations=True):
        inside = path.relative_to(package).as_posix()
        for node in ast.walk(syntax(path)):
            name = _clock_name(node)
            if name in STOPWATCHES and inside.startswith(MAY_MEASURE):
                continue
            if name:
                yield f"{where(package, path, node)} reads the clock: {name}"


def _clock_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        if node.attr in CLOCK | STOPWATCHES:
            return node.attr
        if node.attr == "time" and isinstance(node.value, ast.Name) and node.value.id == "time":
            return "time.time"
    if isinstance(node, ast.ImportFrom) and node.module in {"time", "django.utils.timezone"}:
        named = {alias.name for alias in node.names} & (CLOCK | STOPWATCHES | {"time"})
        return ", ".join(sorted(named))
    if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
        return str(node.arg)
    return ""


# --- local time ----------------------------------------------------------------------------------------

WALL = {"astimezone", "ZoneInfo", "zoneinfo", "pytz", "localtime", "make_aware", "make_naive", "localdate"}
# The control of a proof is a clock that is wrong because it reckons so.
WRONG_ON_PURPOSE = ("console/prove/timing/wall_clock.py",)
INVENTED = ("sim/scenario.py",)  # an invented birthday may be any day that has begun
# Where instants are put into words, and where law learns which day it is.
ON_THE_WALL = ("nhsuk/wording.py", "rules/clock.py")


def wall_clocks(package: Path) -> Iterator[str]:
    """Local time anywhere but in the two places that may know it; and sums with it even there."""
    for path in modules(package, but_not=(*ON_THE_WALL, *WRONG_ON_PURPOSE)):
        for node in ast.walk(syntax(path)):
            names: set[str] = set()
            if isinstance(node, ast.Attribute):
                names = {node.attr}
            elif isinstance(node, ast.Name):
                names = {node.id}
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            for name in sorted(names & WALL):
                yield f"{where(package, path, node)} uses local time: {name}"
    for place in ON_THE_WALL:
        yield from _local_sums(package, place)


def _local_sums(package: Path, place: str) -> Iterator[str]:
    """Two hours after 00:30 on the night the clocks change is not 02:30: sums are done in UTC."""
    path = package / place
    tree = syntax(path) if path.exists() else ast.Module([], [])
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        local = _local_names(function)
        for node in ast.walk(function):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                sides = (node.left, node.right)
                if any(_is_local(side) or ast.unparse(side) in local for side in sides):
                    yield f"{where(package, path, node)} reckons in local time: {ast.unparse(node)}"


def utc_days(package: Path) -> Iterator[str]:
    """The day of an instant in UTC, which for an hour of each summer night is yesterday here."""
    for path in modules(package, but_not=(*ON_THE_WALL, *INVENTED)):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("at.date"):
                yield f"{where(package, path, node)} takes the day in UTC: {ast.unparse(node)}"


def _local_names(function: ast.FunctionDef) -> set[str]:
    return {
        name.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and _is_local(node.value)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }


def _is_local(node: ast.AST) -> bool:
    """The value itself is a local instant; a date or a part taken from one is not."""
    if isinstance(node, ast.Tuple):
        return any(_is_local(part) for part in node.elts)
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "astimezone"
    )


# --- SQL -----------------------------------------------------------------------------------------------

RUNS_SQL = {"execute", "executemany", "raw", "RunSQL", "RawSQL", "extra", "SQL", "copy", "stream"}


def built_sql(package: Path) -> Iterator[str]:
    """SQL put together from strings. Values go in as parameters, names through psycopg's `sql`."""
    for path in modules(package, migrations=True):
        tree = syntax(path)
        assigned = _assignments(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in RUNS_SQL:
                continue
            first = node.args[0]
            candidates = [first, *assigned.get(first.id, [])] if isinstance(first, ast.Name) else [first]
            if any(_is_built(one) for one in candidates):
                yield f"{where(package, path, node)} runs SQL built from strings: {ast.unparse(node)[:70]}"


def _assignments(tree: ast.Module) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
            found.setdefault(ast.unparse(node.target), []).append(node.value)
    return found


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return _holds_text(node.left) or _holds_text(node.right)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in {"format", "format_map", "join", "replace"} and _holds_text(node.func.value)


def _holds_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _holds_text(node.left) or _holds_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


# --- what is read from the environment -----------------------------------------------------------------


def environment_names(*paths: Path) -> dict[str, str]:
    """Every name read from the environment, with the place that reads it."""
    found: dict[str, str] = {}
    for path in paths:
        for node in ast.walk(syntax(path)):
            for name in _environment_name(node):
                found.setdefault(name, f"{path.name}:{getattr(node, 'lineno', 0)}")
    return found


def _environment_name(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
        return _text_of(node.slice)
    if isinstance(node, ast.Call) and node.args:
        called = ast.unparse(node.func)
        if (
            called.endswith(("environ.get", "environ.pop", "environ.setdefault", "getenv"))
            or called == "is_on"
        ):
            return _text_of(node.args[0])
    return []


def _text_of(node: ast.expr) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


# --- names and lengths ---------------------------------------------------------------------------------

VAGUE = {"manager", "helper", "util", "handler", "processor", "info", "misc"}
VAGUE |= {word + "s" for word in VAGUE}
OF_THE_FIELD = "call_handler"  # what someone who answers the telephone is called, and no vague word
LONGEST = 300


def vague_names(package: Path) -> Iterator[str]:
    """Modules, classes and functions named after nothing in particular."""
    for path in modules(package):
        for part in path.relative_to(package).with_suffix("").parts:
            if words_of(part) & VAGUE:
                yield f"{path.relative_to(package).as_posix()} is named {part}"
        for node in ast.walk(syntax(path)):
            named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if named and words_of(node.name) & VAGUE:
                yield f"{where(package, path, node)} is named {node.name}"


def words_of(name: str) -> set[str]:
    """The words of a name: `SessionManager` and `session_manager` both hold `manager`."""
    spaced = "".join("_" + char.lower() if char.isupper() else char for char in name)
    return set(spaced.replace(OF_THE_FIELD, "").split("_"))


def long_modules(package: Path) -> Iterator[str]:
    """A module longer than anyone reads at once; generated migrations are not read so."""
    for path in modules(package):
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST:
            yield f"{path.relative_to(package).as_posix()} has {length} lines; {LONGEST} at most"


# --- what happened, in the past tense ------------------------------------------------------------------


KIND = re.compile(r"[a-z_]+\.[a-z_]+")


def journal_kinds(package: Path) -> dict[str, str]:
    """Every kind of journal entry that rules and journeys can write, with the place that writes it."""
    found: dict[str, str] = {}
    for path in modules(package):
        if path.relative_to(package).parts[0] not in {"rules", "journeys"}:
            continue
        acts = _acts_asked_for(syntax(path))
        for text in texts(syntax(path)):
            if KIND.fullmatch(text.value) and id(text) not in acts:
                found.setdefault(text.value, where(package, path, text))
    return found


def _acts_asked_for(tree: ast.Module) -> set[int]:
    """Texts that name a permission, not something that happened: `access.need(by, "handover.offer", …)`."""
    return {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"access.need", "access.may_do", "may_do"}
        for argument in node.args
    }
