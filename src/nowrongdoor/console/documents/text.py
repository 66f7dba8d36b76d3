"""Markdown in small pieces, the same for every printed document."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence

PRINTED = "<!-- Printed by ./nwd check --write from {source}. Change that, not this. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar inside a cell would end it, so it is escaped."""
    lines = [_line(heads), "|" + "|".join("---" for _ in heads) + "|"]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def document(title: str, source: str, *parts: str) -> str:
    return (
        "\n\n".join([f"# {title}", PRINTED.format(source=source), *(part for part in parts if part)]) + "\n"
    )


def first_paragraph(thing: object) -> str:
    """The opening of a docstring, on one line: what a care worker could read aloud."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def paragraphs(thing: object) -> str:
    """The whole docstring, each paragraph on one line."""
    return "\n\n".join(" ".join(part.split()) for part in (inspect.getdoc(thing) or "").split("\n\n"))
