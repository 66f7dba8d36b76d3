"""What a screen or act may cost at most; whatever costs more is a goal that was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# The place that the goals are for holds at least so many.
SIZE = {"people": 100_000, "referrals": 300_000, "open_referrals": 20_000}


@dataclass(frozen=True)
class Goal:
    """The most a screen or act may cost."""

    statements: int | None = None
    cpu_ms: float | None = None
    p95_ms: float | None = None

    def missed(self, name: str, cost: Any, *, at_size: bool = True) -> Iterable[str]:
        """What costs more than it may. In a place of another size only the statements are held to it."""
        for what in ("statements", "cpu_ms", "p95_ms") if at_size else ("statements",):
            most = getattr(self, what)
            if most is not None and getattr(cost, what) > most:
                yield f"{name}: {what} {getattr(cost, what):.1f}, at most {most}"


NONE = Goal()  # measured, and held to nothing
LIST = Goal(statements=8, cpu_ms=40)
SEARCH = Goal(statements=4, p95_ms=100)  # the session, who asks and the menu's counts are among them
RECORD = Goal(statements=25, cpu_ms=50)


def too_small(size: Mapping[str, int]) -> list[str]:
    """In what a place falls short of the size that the goals are for."""
    return [
        f"the place: {size[what]:,} {what.replace('_', ' ')}, at least {least:,}"
        for what, least in SIZE.items()
        if size[what] < least
    ]
