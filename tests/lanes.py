"""
How the suite is dealt out to lanes (processes), each with a database of its own.

A file stays in one lane, for its tests may share what it has set up; all browser stories stay together,
for they share one place, one server and one browser.
"""

from __future__ import annotations

from typing import Any

TOGETHER = "tests/browser"
# What takes minutes begins first, so that no lane is left with it when the others are done.
LONG = (TOGETHER, "tests/proofs", "tests/launcher", "tests/trust", "tests/parity", "tests/sim")


def lane_of(nodeid: str) -> str:
    """Tests with the same answer run in the same lane, one after another."""
    path = nodeid.partition("::")[0]
    return TOGETHER if path.startswith(f"{TOGETHER}/") else path


def turn(nodeid: str) -> int:
    """When it begins: long ones first, the others as they were found."""
    return next((turn for turn, folder in enumerate(LONG) if nodeid.startswith(f"{folder}/")), len(LONG))


def scheduler(config: Any, log: Any) -> Any:
    """For pytest-xdist."""
    from xdist.scheduler import LoadScopeScheduling

    class Lanes(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return lane_of(nodeid)

    return Lanes(config, log)
