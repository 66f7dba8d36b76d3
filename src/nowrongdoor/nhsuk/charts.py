"""
A run chart as a drawing: where each point, the median and the day of the switch lie. The same numbers stand
in a table beside it; what may not be read is a gap in the line.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from nowrongdoor.rules.run_chart import Chart

WIDTH, HEIGHT = 480, 230
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 34
LABELS = 4


@dataclass(frozen=True)
class Dot:
    """One point that may be read; `words` is what it says to whoever rests on it."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    left: int
    right: float
    grid: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str, str], ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    middle: float | None
    switch: float | None
    bottom: float
    top: int


def drawn(chart: Chart, *, labels: list[str], switch_on: date | None) -> Drawing:
    """The chart on a field of fixed size, from 0 to 100 per cent."""
    many = len(chart.points)
    step = (WIDTH - LEFT - RIGHT) / max(1, many - 1)
    across = [LEFT + step * number for number in range(many)]
    dots = [
        None if one.share is None else Dot(x, _down(one.share), f"{label}: {one.share}%")
        for one, x, label in zip(chart.points, across, labels, strict=True)
    ]
    runs = [list(run) for there, run in groupby(dots, key=lambda one: one is not None) if there]
    return Drawing(
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        tuple((_down(share), f"{share}%") for share in (0, 50, 100)),
        _days(across, labels),
        tuple(" ".join(f"{one.x:.1f},{one.y:.1f}" for one in run if one) for run in runs if len(run) > 1),
        tuple(one for one in dots if one),
        None if chart.middle is None else _down(chart.middle),
        _switch(chart, across, switch_on),
        HEIGHT - BOTTOM,
        TOP,
    )


def _down(share: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share / 100), 1)


def _days(across: list[float], labels: list[str]) -> tuple[tuple[float, str, str], ...]:
    """As many names of periods as can stand beside one another, the first and the last among them."""
    if not across:
        return ()
    last = len(across) - 1
    chosen = sorted({round(last * number / (LABELS - 1)) for number in range(LABELS)})
    ends = {last: "end", 0: "start"}  # one alone begins where the field does
    return tuple((across[one], labels[one], ends.get(one, "middle")) for one in chosen)


def _switch(chart: Chart, across: list[float], switch_on: date | None) -> float | None:
    """Between the last period that began before the switch and the next; none where all are on a side."""
    before = [
        x for one, x in zip(chart.points, across, strict=True) if switch_on and one.begins_on < switch_on
    ]
    if switch_on is None or not before or len(before) == len(across):
        return None
    return round((before[-1] + across[len(before)]) / 2, 1)
