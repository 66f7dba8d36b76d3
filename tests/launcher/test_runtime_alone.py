"""What a new user installs is enough: the demonstration and every command it comes with need no more."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The folder that takes away whatever `./nwd demo` does not install; the browser's server runs with it too.
ALONE = ROOT / "tests" / "runtime_alone"
COMMANDS = ROOT / "src" / "nowrongdoor" / "console" / "management" / "commands"


def runs(words: str) -> subprocess.CompletedProcess[str]:
    settings = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ALONE), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings",
        "NWD_SECRET_KEY": "only for tests, and long enough to sign a session with",
    }
    asked = [sys.executable, "-c", words]
    return subprocess.run(asked, env=settings, capture_output=True, text=True, timeout=60)


def needs_more() -> set[str]:
    """The commands for which `nwd` itself installs more."""
    loader = importlib.machinery.SourceFileLoader("nwd", str(ROOT / "nwd"))
    spec = importlib.util.spec_from_loader("nwd", loader)
    launcher = importlib.util.module_from_spec(spec)
    loader.exec_module(launcher)
    return {command for verb, command in launcher.NEEDS_MORE if verb == "manage"}


def test_what_only_tests_install_is_taken_away():
    """The control: else every other test here would pass by what happens to be installed."""
    assert runs("import django, numpy, psycopg").returncode == 0
    for name in ("rapidfuzz", "duckdb", "pytest"):
        assert "ModuleNotFoundError" in runs(f"import {name}").stderr


def test_the_demonstration_needs_only_what_it_installs():
    imported = "console.demo_place, nowrongdoor.console.filling, nowrongdoor.site.urls, nowrongdoor.site.asgi"
    found = runs(f"import django; django.setup(); import nowrongdoor.{imported}")
    assert found.returncode == 0, found.stderr


def test_every_command_needs_only_what_it_installs():
    commands = {one.stem for one in COMMANDS.glob("*.py")} - {"__init__"} - needs_more()
    names = [f"nowrongdoor.console.management.commands.{one}" for one in sorted(commands)]
    found = runs(f"import django; django.setup(); import {', '.join(names)}")
    assert found.returncode == 0, found.stderr
