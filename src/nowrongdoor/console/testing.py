"""./nwd test: the whole suite on a private PostgreSQL, as the role the web itself has.

Arguments go to pytest. Browser tests use a Chromium that is there already; without one they are skipped
and counted, and in continuous integration (CI=true) that is a failure.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nowrongdoor.console.databases import database_for, on_screen
from nowrongdoor.embedded import CannotStart
from nowrongdoor.embedded.places import checkout

# The first has no windows of its own to keep, and is through a page in two thirds of the time.
PROGRAMS = (
    "chromium-headless-shell", "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
OWN_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")  # where Playwright keeps its own
OWN_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)
MOST_LANES = 4  # each has its own database and, at times, servers of its own
HOW_TO_GET = "On Debian: apt install chromium-headless-shell (or chromium). Or name one in NWD_CHROMIUM."


def find_chromium() -> str | None:
    """NWD_CHROMIUM, the system's, then one that Playwright has fetched before; None when there is none."""
    named = os.environ.get("NWD_CHROMIUM")
    if named:
        return named if shutil.which(named) else None
    for found in PROGRAMS:
        path = shutil.which(found)
        if path:
            return path
    for folder in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *OWN_FOLDERS):
        if folder:
            for pattern in OWN_PROGRAMS:
                own = sorted(Path(folder).expanduser().glob(pattern))
                if own:
                    return str(own[-1])
    return None


def in_lanes(arguments: list[str]) -> list[str]:
    """The whole suite runs in as many lanes as there are processors; a part is quicker in one."""
    if any(not each.startswith("-") for each in arguments) or "--version" in arguments:
        return []
    return ["-n", "auto", "--maxprocesses", str(MOST_LANES), "--no-loadscope-reorder"]


def keep_compiled(root: Path) -> None:
    """
    The suite starts hundreds of processes, and each would compile all it imports. Whoever wants nothing
    beside the source (PYTHONDONTWRITEBYTECODE) has it in .nwd instead.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = sys.pycache_prefix or str(root / ".nwd" / "compiled")
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": sys.pycache_prefix}


def main(arguments: list[str]) -> int:
    root = checkout()
    if root is None:
        on_screen("The tests are part of the source tree, and this is an installed package without them.")
        return 2
    chromium = find_chromium()
    if chromium:
        os.environ["NWD_CHROMIUM"] = chromium
        on_screen(f"Browser tests use {chromium}.")
    elif os.environ.get("CI") == "true":
        on_screen(f"No Chromium, and in continuous integration no test may be left out. {HOW_TO_GET}")
        return 1
    else:
        os.environ.pop("NWD_CHROMIUM", None)
        on_screen(f"No Chromium: browser tests will be skipped. {HOW_TO_GET}")
    keep_compiled(root)
    os.environ["NWD_TEST"] = "1"
    os.environ.pop("NWD_DEMO", None)
    os.chdir(root)
    sys.path.insert(0, str(root))
    try:
        with database_for("test", fast=True):
            import pytest

            return int(pytest.main([*in_lanes(arguments), *(arguments or ["tests"])]))
    except CannotStart as refusal:
        on_screen(str(refusal))
        return 1
