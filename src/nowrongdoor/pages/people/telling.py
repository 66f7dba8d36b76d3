"""One entry of a story, with what a sentence needs to tell it; and the sentence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.person_timeline import Told


@dataclass(frozen=True)
class Line:
    """A sentence; what was said, word for word; and for a correction, what was believed before."""

    sentence: str
    quote: str = ""
    before: str = ""


@dataclass(frozen=True)
class Telling:
    """One entry with the names it needs."""

    told: Told
    names: dict[str, str]
    at: datetime

    def new(self, column: str) -> Any:
        return self.told.became.get(column) or ""

    def team(self, column: str) -> str:
        return self.names.get(str(self.new(column)), "another team")

    def code(self, name: str, column: str) -> str:
        return code_words.words_of(name, self.new(column), at=self.at) if self.new(column) else "not said"

    def when(self, column: str) -> str:
        return wording.local_when(datetime.fromisoformat(self.new(column)), at=self.at)

    def needs(self) -> str:
        codes = tuple(self.new("needs") or ())
        return (
            wording.listed(one.lower() for one in code_words.all_words_of("needs", codes, at=self.at))
            or "a need not known yet"
        )
