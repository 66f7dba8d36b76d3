"""
What the parts of a measurement take of the processors, which is the same on a busy machine as on a quiet one.

Read from the system's own count of each process (`/proc`, so on Linux alone; elsewhere nothing is told).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROCESSES = Path("/proc")
USER, SYSTEM, PARENT = 11, 12, 1  # of what follows the name of a process


@dataclass
class Spent:
    """So many milliseconds of a processor by each part since it was begun."""

    parts: dict[str, Callable[[], set[int]]]
    _before: dict[str, float] = field(default_factory=dict)

    def begin(self) -> None:
        self._before = {name: _milliseconds(found()) for name, found in self.parts.items()}

    def so_far(self) -> dict[str, float]:
        return {name: _milliseconds(found()) - self._before[name] for name, found in self.parts.items()}


def below(pid: int) -> set[int]:
    """This process and all that it began, and they."""
    parents = {one: int(told[PARENT]) for one in _running() if (told := _told(one))}
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def parent(pid: int) -> int:
    told = _told(pid)
    return int(told[PARENT]) if told else pid


def _running() -> list[int]:
    return [int(one.name) for one in PROCESSES.iterdir() if one.name.isdigit()] if PROCESSES.exists() else []


def _milliseconds(pids: set[int]) -> float:
    ticks = 0
    for pid in pids:
        if told := _told(pid):
            ticks += int(told[USER]) + int(told[SYSTEM])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.0


def _told(pid: int) -> list[str]:
    with suppress(OSError):
        return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return []
