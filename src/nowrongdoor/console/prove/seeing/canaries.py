"""
Words that say whose they are: each text column of each record holds one that stands nowhere else.

Where such a word turns up in an answer, somebody was told that very column of that very record. Names and
notes are letters that no language has; a postcode, a telephone number and a birth date look like real ones,
so that they are searched for, printed and shortened as real ones are.
"""

from __future__ import annotations

import calendar
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from nowrongdoor.sim.people import nhs_numbers
from nowrongdoor.sim.streams import Streams

LETTERS = "bcdfghjklmnprstvwxz"
# Words that follow one another share hardly a letter: a search takes one for another that is nearly the same.
APART = 31_415_927
FIRST_BORN = date(1931, 1, 4)
MONTHS = [name.lower() for name in calendar.month_name[1:]]
WORD = re.compile(r"(?<![a-z\d])zq[a-z]{6}(?![a-z\d])")
DATE = re.compile(r"(?<!\d)(\d{1,2}) (" + "|".join(MONTHS) + r") (19\d\d)(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)19\d\d-\d\d-\d\d(?!\d)")
POSTCODE = re.compile(r"(?<![a-z\d])zq\d[a-z]\s?\d[a-z]{2}(?![a-z\d])")
AREA = re.compile(r"(?<![a-z\d])zq\d[a-z](?![a-z\d])")
NUMBER = re.compile(r"(?<!\d)(01632960\d{3}|999\d{7})(?!\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \u00a0-](?=\d)")


@dataclass(frozen=True)
class Canary:
    """
    One column of one record: `subject` is whose life it is in, `item` which part of that life, `element`
    what kind of thing it tells (as `rules.access.Element`, and `area` for the half of a postcode).
    """

    subject: str
    item: str
    element: str
    column: str


@dataclass
class Canaries:
    """Makes them, and finds them again in whatever was answered, written or kept."""

    seed: int
    known: dict[str, Canary] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._nhs_numbers: Iterator[str] = nhs_numbers(Streams(self.seed)["canaries"])
        self._made = self._people = 0

    def word(self, subject: str, item: str, element: str, column: str) -> str:
        number, letters = self._next() * APART % len(LETTERS) ** 6, ""
        for _ in range(6):
            number, one = divmod(number, len(LETTERS))
            letters += LETTERS[one]
        return self._keep(f"Zq{letters}", subject, item, element, column)

    def phone(self, subject: str, item: str, column: str) -> str:
        number = sum(text.startswith("01632") for text in self.known)
        made = f"01632 960{number:03d}"
        self._keep(made.replace(" ", ""), subject, item, "whereabouts", column)
        return made

    def postcode(self, subject: str, item: str, column: str) -> str:
        number = sum(len(text) == 7 and text[2].isdigit() for text in self.known)
        area = f"ZQ{number % 10}{LETTERS[number // 10].upper()}"
        self._keep(area, subject, item, "area", column)
        self._keep(f"{area}1AA", subject, item, "whereabouts", column)
        return f"{area} 1AA"

    def born_on(self, subject: str, item: str) -> date:
        self._people += 1
        day = FIRST_BORN + timedelta(days=397 * self._people)
        self._keep(f"{day.day} {MONTHS[day.month - 1]} {day.year}", subject, item, "identity", "born_on")
        self._keep(day.isoformat(), subject, item, "identity", "born_on")
        return day

    def nhs_number(self, subject: str, item: str) -> str:
        return self._keep(next(self._nhs_numbers), subject, item, "identity", "nhs_number")

    def of(self, subject: str, column: str, *, item: str = "P") -> str:
        """The first canary of that column, as it was written."""
        return next(
            text
            for text, one in self.known.items()
            if (one.subject, one.item, one.column) == (subject, item, column)
        )

    def found(self, text: str) -> set[str]:
        """Every canary in a text, however it was capitalised, spaced, escaped or put into a sentence."""
        return {one for one in _candidates(html.unescape(text).lower()) if one in self.known}

    def _next(self) -> int:
        self._made += 1
        return self._made

    def _keep(self, text: str, subject: str, item: str, element: str, column: str) -> str:
        self.known[text.lower()] = Canary(subject, item, element, column)
        return text


def _candidates(text: str) -> Iterable[str]:
    yield from WORD.findall(text)
    yield from AREA.findall(text)
    yield from ISO_DATE.findall(text)
    for found in POSTCODE.findall(text):
        yield found.replace(" ", "")
    for day, month, year in DATE.findall(text):
        yield f"{int(day)} {month} {year}"
    yield from NUMBER.findall(BETWEEN_DIGITS.sub("", text))
