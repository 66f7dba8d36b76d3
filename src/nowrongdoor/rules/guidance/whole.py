"""Guidance as read from one file: decided for one case or for very many, checked and drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nowrongdoor.rules.guidance import checking, drawing
from nowrongdoor.rules.guidance import columns as columnar
from nowrongdoor.rules.guidance.checking import Problem
from nowrongdoor.rules.guidance.columns import Answers
from nowrongdoor.rules.guidance.model import Decisions


@dataclass(frozen=True)
class Drawing:
    """What rests on what, as a picture and in words, and every table as plain data."""

    svg: str
    words: list[str]
    tables: list[dict[str, Any]]


class Model(Decisions):
    """What `guidance.read` answers with."""

    def decide_columns(self, decision_name: str, columns: Mapping[str, Any]) -> Answers:
        """What `decide` says of each of very many cases, given as a column for each input."""
        return columnar.decide_columns(self, decision_name, columns)

    def check(self) -> tuple[Problem, ...]:
        """Everything to put right, in plain words with row and column; nothing when all is well."""
        return checking.check(self)

    def draw(self) -> Drawing:
        """The guidance as people look at it."""
        return Drawing(drawing.picture(self), drawing.words(self), drawing.tables(self))
