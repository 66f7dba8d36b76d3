"""What the proof uses of the site it looks at, which stands above it: named by its path, and not imported."""

from __future__ import annotations

import importlib
import logging
from typing import Any


def of_site(module: str, name: str) -> Any:
    return getattr(importlib.import_module(f"nowrongdoor.site.{module}"), name)


def formatter() -> logging.Formatter:
    return of_site("logs", "AboutNobody")()


def log_filter() -> logging.Filter:
    return of_site("logs", "NoStatements")()


def doors() -> dict[str, str]:
    return of_site("doors", "DOORS")
