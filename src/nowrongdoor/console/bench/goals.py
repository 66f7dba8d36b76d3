"""What a screen or act may cost at most; whatever costs more is a goal that was missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """The most a screen or act may cost."""

    statements: int | None = None
    cpu_ms: float | None = None
    p95_ms: float | None = None

    def missed(self, name: str, cost: Any) -> Iterable[str]:
        for what in ("statements", "cpu_ms", "p95_ms"):
            most = getattr(self, what)
            if most is not None and getattr(cost, what) > most:
                yield f"{name}: {what} {getattr(cost, what):.1f}, at most {most}"


NONE = Goal()  # measured, and held to nothing
