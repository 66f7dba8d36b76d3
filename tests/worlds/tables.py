"""Decision tables as text a clinician can sign: read row by row, each row one case of a test."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from nowrongdoor.rules.change import Refused, Step

DAY = date(2026, 11, 10)


def rows(table: str) -> list[dict[str, str]]:
    """The rows under the header and its rule; cells are stripped, and an empty cell is empty."""
    header, _, *lines = [line for line in table.splitlines() if line.strip()]
    names = [name.strip() for name in header.split("|")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert all(len(line) == len(names) for line in cells), f"a row of the table has not {len(names)} cells"
    return [dict(zip(names, line, strict=True)) for line in cells]


def cases(table: str) -> pytest.MarkDecorator:
    """Each row of the table is one case, named by its cells."""
    named = [" · ".join(filter(None, case.values())) for case in rows(table)]
    return pytest.mark.parametrize("case", rows(table), ids=named)


def clock(text: str) -> datetime:
    """ "09:00" on the day of the tables; "+1 09:00" on the next. """
    day, _, hour = text.rpartition(" ")
    at = datetime.combine(DAY, time.fromisoformat(hour), UTC)
    return at.replace(day=DAY.day + int(day)) if day else at


def answer(rule: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """What the rule says: the kinds of its steps, or "refused:" and its words."""
    try:
        steps = rule(*args, **kwargs)
    except Refused as refusal:
        return f"refused: {refusal.words}"
    told = (steps,) if isinstance(steps, Step) else steps
    return ", ".join(step.change.kind for step in told)


def after(rule: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The first row after the rule has been followed."""
    steps = rule(*args, **kwargs)
    return (steps if isinstance(steps, Step) else steps[0]).change.after
