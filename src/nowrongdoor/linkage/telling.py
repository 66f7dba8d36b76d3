"""
The weights as a table that a data steward can read and dispute.
"""

from __future__ import annotations

from nowrongdoor.rules.matching.agreement import STEPS
from nowrongdoor.rules.matching.model import Model, Story

HEADING = ("what is compared", "same person", "same, moved", "one household", "strangers", "weighs")
ORDER = ("{} have changed places", "{} in order")


def table(model: Model) -> str:
    """
    For each step of agreement: how often it is found, of every 100 pairs of each kind, and its weight.

    A weight of 1 doubles the odds that two records are one person's; -1 halves them.
    """
    rows: list[tuple[str, ...]] = [HEADING]
    traded = [" and ".join(model.parts[place].words for place in trade) for trade in model.trades]
    named = [(STEPS[part.kind], part.words) for part in model.parts] + [(ORDER, words) for words in traded]
    for (steps, words), weighed in zip(named, (*model.weights, *model.trade_weights), strict=True):
        for at in reversed(range(len(steps))):
            often = [f"{100 * share[at]:.4g}" for share in weighed.shares]
            rows.append((steps[at].format(words), *often, f"{weighed.bits(at):+.1f}"))
    rows.append(
        (
            "of a million pairs, so many are",
            *(f"{1e6 * 2.0 ** model.prior[story]:.4g}" for story in Story),
            "",
        )
    )
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADING))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join([row[0].ljust(widths[0]), *numbers])
