"""
./nwd check: style, types, import contracts, safety file, printed documents and migrations, one line each.

Exactly what the tests run too. `--fix` mends what style can mend by itself, `--write` prints the
documents anew, and naming checks runs only those.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from nowrongdoor.console.databases import on_screen
from nowrongdoor.embedded.places import checkout

Check = Callable[[Path], str]


def style(root: Path) -> str:
    """Ruff: common faults, order of imports, length of lines."""
    return _tool(root, "ruff", "check", "--quiet", "--output-format", "concise", ".")


def types(root: Path) -> str:
    """Mypy, strict, on the rulebook, the place in miniature and the kernel."""
    return _tool(root, "mypy", "--no-error-summary")


def imports(root: Path) -> str:
    """The contracts of .importlinter: what may import what."""
    broken = import_contracts(root)
    return "\n\n".join(f"{name}\n{found}" for name, found in broken.items())


def documents(root: Path) -> str:
    """The printed documents say what the code says."""
    _set_up_django()
    from nowrongdoor.console import documents as printed
    from nowrongdoor.console.documents import safety, safety_case

    try:
        return "\n".join(filter(None, [printed.stale(root), printed.stale(root, safety_case.pages(root))]))
    except (safety.Unreadable, OSError) as error:
        return str(error)


def safety(root: Path) -> str:
    """Every hazard has a control, every control in the software its test, and only an officer has scored."""
    from nowrongdoor.console.documents import safety_check

    return "\n".join(safety_check.problems(root))


def migrations(root: Path) -> str:
    """Every change of a table has its migration."""
    _set_up_django()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    # Without a connection: the files are compared with the models, and no database is asked.
    loader = MigrationLoader(None, load=True)
    conflicts = loader.detect_conflicts()
    found = [f"{app}: two last migrations, {' and '.join(names)}" for app, names in sorted(conflicts.items())]
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    for app, changes in sorted(wanted.changes(graph=loader.graph).items()):
        found += [f"{app}: {one.describe()}" for change in changes for one in change.operations]
    return "\n".join(found)


CHECKS: Mapping[str, Check] = {
    "style": style,
    "types": types,
    "imports": imports,
    "safety": safety,
    "documents": documents,
    "migrations": migrations,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./nwd check", description="Check what no test of behaviour sees.")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=f"only these: {', '.join(CHECKS)}")
    parser.add_argument("--fix", action="store_true", help="mend what style can mend by itself")
    parser.add_argument("--write", action="store_true", help="print the generated documents anew")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.checks) - set(CHECKS):
        parser.error(f"there is no check named {', '.join(sorted(unknown))}")
    root = checkout()
    if root is None:
        on_screen("The checks are part of the source tree, and this is an installed package without them.")
        return 2
    if asked.fix:
        _tool(root, "ruff", "check", "--quiet", "--fix", ".")
    if asked.write:
        _set_up_django()
        from nowrongdoor.console import documents as printed
        from nowrongdoor.console.documents import safety_case

        for name in [*printed.write(root), *printed.write(root, safety_case.pages(root))]:
            print(f"printed {name}")
    return _run([name for name in CHECKS if not asked.checks or name in asked.checks], root)


def _run(names: list[str], root: Path) -> int:
    failed = 0
    for name in names:
        found = CHECKS[name](root)
        print(f"{name:<11}{'fails' if found else 'ok'}", flush=True)
        if found:
            failed += 1
            print("\n".join(f"    {line}" for line in found.splitlines()), flush=True)
            if name == "documents":
                print("    To print them anew: ./nwd check --write", flush=True)
    return 1 if failed else 0


def import_contracts(root: Path) -> dict[str, str]:
    """
    The contracts that are broken, each with what breaks it; empty when all are kept.

    In a process of its own, so that a copy of the tree can be looked at as well as the tree itself.
    """
    answer = subprocess.run(
        [sys.executable, "-c", _LINT, str(root / ".importlinter")],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": str(root / "src"),
            "COLUMNS": "400",
            "NO_COLOR": "1",
            "TERM": "dumb",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode == 0:
        return {}
    _, _, broken = answer.stdout.partition("Broken contracts")
    if not broken:
        return {"import contracts": answer.stdout + answer.stderr}
    return _sections(broken)


_LINT = """
import sys
from importlinter import cli
sys.exit(cli.lint_imports(config_filename=sys.argv[1], no_cache=True, no_logo=True))
"""


def _sections(text: str) -> dict[str, str]:
    """The report by contract: a heading is a line with a rule of dashes below it."""
    lines = text.splitlines()
    found: dict[str, list[str]] = {}
    name = ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if below and set(below) == {"-"} and line:
            name = line
        elif name and line.strip("-"):
            found.setdefault(name, []).append(line)
    return {name: "\n".join(said) for name, said in found.items()}


def _tool(root: Path, *command: str) -> str:
    """What a tool says when it finds something; empty when it is content."""
    answer = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    return (
        ""
        if answer.returncode == 0
        else (answer.stdout + answer.stderr).strip() or "it failed and said nothing"
    )


def _set_up_django() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("NWD_TEST", "1")
        django.setup()
