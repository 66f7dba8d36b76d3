"""Guidance drawn: what rests on what, as a picture that is also said in words; its tables as plain data."""

from html import escape
from typing import Any

from nowrongdoor.rules.guidance.model import Decisions

WIDE, HIGH, GAP, MARGIN = 200, 56, 40, 20


def layers(model: Decisions) -> list[list[str]]:
    """Names by how much rests below them: inputs and knowledge first, the last decision last."""
    level: dict[str, int] = dict.fromkeys(model.inputs, 0)

    def of(name: str) -> int:
        if name not in level:
            needs = [of(need.name) for need in model.decisions[name].needs]
            level[name] = max(needs, default=-1) + 1
        return level[name]

    for name in model.decisions:
        of(name)
    return [
        [name for name, at in level.items() if at == wanted]
        for wanted in range(max(level.values(), default=0) + 1)
    ]


def words(model: Decisions) -> list[str]:
    """What rests on what, a sentence for each decision."""
    told = []
    for decision in model.decisions.values():
        needs = ", ".join(f"“{need.name}”" for need in decision.needs)
        told.append(
            f"“{decision.name}” rests on {needs}." if needs else f"“{decision.name}” rests on nothing else."
        )
    return told


def picture(model: Decisions) -> str:
    """The decision requirements as an SVG picture: readable without colour, its words in its description."""
    rows = list(reversed(layers(model)))
    widest = max((len(row) for row in rows), default=1)
    width = MARGIN * 2 + widest * WIDE + (widest - 1) * GAP
    height = MARGIN * 2 + len(rows) * HIGH + (len(rows) - 1) * GAP * 2
    places: dict[str, tuple[float, float]] = {}
    for down, row in enumerate(rows):
        begin = (width - (len(row) * WIDE + (len(row) - 1) * GAP)) / 2
        for across, name in enumerate(row):
            places[name] = (begin + across * (WIDE + GAP), MARGIN + down * (HIGH + GAP * 2))
    title = escape(f"What “{model.name}” rests on")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="drawn-title drawn-words" width="{width}" height="{height}">',
        f'<title id="drawn-title">{title}</title>',
        f'<desc id="drawn-words">{escape(" ".join(words(model)))}</desc>',
    ]
    for decision in model.decisions.values():
        parts += [_line(places[need.name], places[decision.name]) for need in decision.needs]
    parts += [_box(name, places[name], rounded=name in model.inputs) for name in places]
    return "\n".join([*parts, "</svg>"])


def _line(below: tuple[float, float], above: tuple[float, float]) -> str:
    x1, y1, x2, y2 = below[0] + WIDE / 2, below[1], above[0] + WIDE / 2, above[1] + HIGH
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="currentColor" stroke-width="2"/>'


def _box(name: str, place: tuple[float, float], *, rounded: bool) -> str:
    x, y = place
    corner = HIGH / 2 if rounded else 4
    shown = name if len(name) <= 24 else name[:23] + "…"
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="{corner:g}" fill="none" '
        f'stroke="currentColor" stroke-width="2"/>'
        f'<text x="{x + WIDE / 2:g}" y="{y + HIGH / 2 + 5:g}" text-anchor="middle" fill="currentColor" '
        f'font-size="15">{escape(shown)}</text>'
    )


def tables(model: Decisions) -> list[dict[str, Any]]:
    """Every table as plain data: its heads and its rows, as written."""
    return [
        {
            "decision": table.decision,
            "hit_policy": f"{table.policy} {table.aggregation}".strip(),
            "inputs": [column.name for column in table.inputs],
            "outputs": [output.name for output in table.outputs],
            "rows": [
                {
                    "number": rule.number,
                    "inputs": [cell.text for cell in rule.tests],
                    "outputs": [cell.text for cell in rule.says],
                    "notes": list(rule.notes),
                }
                for rule in table.rules
            ],
            "otherwise": [output.default.text if output.default else "" for output in table.outputs],
        }
        for decision in model.decisions.values()
        for table in decision.tables
    ]
