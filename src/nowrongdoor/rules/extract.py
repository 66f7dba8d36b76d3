"""
A row of a partner's extract: who it speaks of, or why it cannot be read, in words for whoever made the file.

A row is taken whole or not at all. What could be meant in two ways is refused and not guessed: a wrong date
of birth links two people. What is refused is told by column and reason, never by what stood there: a report
goes further than a register does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.identifiers import check_nhs_number, key, phone_key
from nowrongdoor.rules.matching.kinds import MONTHS, NOTHING, says_no_name

# What a column may hold, by the word for it in the map.
PARTS = ("id", "given", "family", "name", "born", "number", "phone", "postcode", "address")
IDENTIFIER, BORN = "id", "born"
NAMED = ("given", "family", "name")
LONGEST_NOTHING = 16
# Excel keeps a leading nought by writing a formula: ="0123". That is a value.
AS_TEXT = re.compile(r'^=\s*"([^"]*)"$')
FORMULA = re.compile(r"^(=|@|[+-]\s*[A-Za-z(@=])")
ERRORS = {"#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#####"}
SHORTENED = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")
OLDEST = 130
LONGEST = {"id": 60, "address": 500}
LONGEST_OTHER = 200
MONTHS_IN_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
# A way of writing dates is said as people say it: dd/mm/yyyy, d mmm yyyy, yyyymmdd.
PIECES = {
    "yyyy": r"(?P<year>\d{4})", "yy": r"(?P<year>\d{2})",
    "mmmm": r"(?P<month>[a-z]+)", "mmm": r"(?P<month>[a-z]{3,9})",
    "mm": r"(?P<month>\d{2})", "m": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})", "d": r"(?P<day>\d{1,2})",
}  # fmt: skip
# Ways that can be read in one way only, where the map says nothing of dates.
PLAIN_WAYS = ("yyyy-mm-dd", "yyyy/mm/dd", "d mmm yyyy", "d-mmm-yyyy", "mmm d, yyyy")
BY_DIGITS = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})$")
TIME_AFTER = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$")


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: under which heading, and why. Of the whole row, the heading is empty."""

    column: str
    why: str


@dataclass(frozen=True)
class Entry:
    """Whom one row speaks of: the number by which the partner knows them, and what stands beside it."""

    row: int
    number: str
    given_names: str = ""
    family_name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    phone: str = ""
    postcode: str = ""
    address: str = ""


@dataclass(frozen=True)
class Mapped:
    """Which columns hold which part, the encoding of the file, and in which ways its dates are written."""

    columns: Mapping[str, tuple[str, ...]]
    ways: tuple[str, ...] = ()
    encoding: str = ""
    patterns: tuple[re.Pattern[str], ...] = field(default=(), compare=False)

    def missing(self, heading: Sequence[str]) -> list[str]:
        """Columns the map names and the file does not have."""
        return [one for names in self.columns.values() for one in names if one not in heading]


def way(said: str) -> re.Pattern[str]:
    """A way of writing dates, as people say it. Raises `ValueError` for one without day, month and year."""
    rest, made = said.strip().lower(), ""
    # Where signs part them, a nought before a day or month may be left out: 3/4/1980.
    pieces = PIECES if rest.isalpha() else PIECES | {"dd": PIECES["d"], "mm": PIECES["m"]}
    while rest:
        piece = next((one for one in pieces if rest.startswith(one)), "")
        made += pieces[piece] if piece else r"\s+" if rest[0].isspace() else re.escape(rest[0])
        rest = rest[len(piece) or 1 :]
    try:
        pattern = re.compile(f"^{made}$")
    except re.error as fault:
        raise ValueError(said) from fault
    if set(pattern.groupindex) != {"year", "month", "day"}:
        raise ValueError(said)
    return pattern


PLAIN_PATTERNS = tuple(map(way, PLAIN_WAYS))


def read(number: int, cells: Mapping[str, str], mapped: Mapped, *, on: date) -> Entry | list[Fault]:
    """
    Whom a row speaks of, or everything that is wrong with it. `number` is the row's place in the file, the
    heading being the first; `on` is the day on which it is read.
    """
    faults: list[Fault] = []
    told: dict[str, str] = {}
    for part, columns in mapped.columns.items():
        said = []
        for column in columns:
            text, why = value(cells.get(column, ""), part=part)
            if why:
                faults.append(Fault(column, why))
            elif text:
                said.append(text)
        told[part] = " ".join(said)
    birth = mapped.columns.get(BORN, ("",))[0]
    born_on, why = born(told.get(BORN, ""), mapped.patterns, mapped.ways, on=on)
    faults += [Fault(birth, why)] if why else []
    digits = ""
    try:
        digits = check_nhs_number(told.get("number", ""))
    except Refused as refusal:
        faults.append(Fault(mapped.columns["number"][0], refusal.words))
    if faults:
        return faults
    return _entry(number, told, mapped, born_on=born_on, digits=digits)


def _entry(
    number: int, told: Mapping[str, str], mapped: Mapped, *, born_on: date | None, digits: str
) -> Entry | list[Fault]:
    given, family = names(told)
    if not key(told[IDENTIFIER]):
        return [Fault(mapped.columns[IDENTIFIER][0], "There is no number by which you know this person.")]
    phone = told.get("phone", "")
    entry = Entry(
        number, told[IDENTIFIER], given, family, born_on, digits,
        phone if len(phone_key(phone)) >= 7 else "", told.get("postcode", ""), told.get("address", ""),
    )  # fmt: skip
    if not (digits or ((given or family) and (born_on or entry.phone or entry.postcode or entry.address))):
        return [Fault("", "Too little to find anybody by: an NHS number, or a name and one thing more.")]
    return entry


def names(told: Mapping[str, str]) -> tuple[str, str]:
    """Given names and surname; in one column the last word is the surname, unless a comma parts them."""
    given, family, whole = (
        "" if says_no_name(one) else one
        for one in (told.get("given", ""), told.get("family", ""), told.get("name", ""))
    )
    if given or family or not whole:
        return given, family
    if "," in whole:
        first, _, second = whole.partition(",")
        return second.strip(), first.strip()
    *before, last = whole.split()
    return " ".join(before), last


def value(cell: str, *, part: str) -> tuple[str, str]:
    """What a cell says, empty where it says that nothing is known; and why it cannot be taken."""
    text = cell.strip()
    if text.isascii() and text.isprintable():
        why = ""
    else:
        text, why = _printed(text)
    if why or not text:
        return "", why
    if text[0] in "=@+-":
        if quoted := AS_TEXT.match(text):
            text = quoted.group(1).strip()
        elif FORMULA.match(text):
            return "", "This is a formula of a spreadsheet, not what it comes to. Save the file with values."
    if "#" in text and (text.lower() in ERRORS or set(text) == {"#"}):
        return "", "A spreadsheet wrote a fault of its own here, and no value."
    if part in ("id", "number", "phone") and SHORTENED.match(text):
        return "", "A spreadsheet has shortened this number: its last digits are lost."
    if len(text) > LONGEST.get(part, LONGEST_OTHER):
        return "", f"This is longer than {LONGEST.get(part, LONGEST_OTHER)} signs: two columns in one?"
    says_nothing = len(text) < LONGEST_NOTHING and part not in NAMED and key(text) in NOTHING
    return ("" if says_nothing else text), ""


def _printed(text: str) -> tuple[str, str]:
    """Text with signs beyond plain English, or why it is none."""
    if any("\udc80" <= sign <= "\udcff" for sign in text):
        return "", "Some letters are not of the encoding the file was read in. Say which it is in the map."
    if "\ufffd" in text:
        return "", "A letter was lost before this file was made: there is the sign for one nobody could read."
    if _is_read_twice(text):
        return "", "The letters were saved in one encoding and read in another, like Ã© for é."
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()), ""


def _is_read_twice(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def born(
    text: str, patterns: Sequence[re.Pattern[str]], ways: Sequence[str], *, on: date
) -> tuple[date | None, str]:
    """A date of birth, or why it is none; neither where nothing is said."""
    said = TIME_AFTER.sub("", text.strip().lower())
    if not said:
        return None, ""
    matched = [one for pattern in (patterns or PLAIN_PATTERNS) if (one := pattern.match(said))]
    if not matched:
        return None, _why_no_date(said, ways)
    found = {_day(one, on=on) for one in matched}
    days = found - {None}
    if len(days) > 1:
        return None, "This can be read as two different days. Say one way of writing dates in the map."
    if not days:
        return None, "There is no such day."
    (day,) = days
    assert day is not None, "what is none was taken out"
    if day > on:
        return None, "A date of birth cannot be in the future."
    if day.year < on.year - OLDEST:
        return None, f"Check the year of birth: it is more than {OLDEST} years ago."
    return day, ""


def _why_no_date(said: str, ways: Sequence[str]) -> str:
    if said.isdigit() and len(said) == 5:
        return "This is how a spreadsheet counts days, not a date. Save the column as text."
    if ways:
        return f"This is no date written as {' or '.join(ways)}."
    if BY_DIGITS.match(said):
        return "Day or month may come first here. Say in the map how dates are written, like dd/mm/yyyy."
    return "This is no date that can be read in one way only. Say in the map how dates are written."


def _day(found: re.Match[str], *, on: date) -> date | None:
    year, month = int(found["year"]), found["month"]
    if not month.isdigit():
        if month not in MONTHS_IN_FULL and month not in (*MONTHS, "sept"):
            return None
        month = str(MONTHS.index(month[:3]) + 1)
    if len(found["year"]) == 2:
        # The latest such year that is not still to come.
        year += on.year // 100 * 100
        year -= 100 if year > on.year else 0
    try:
        return date(year, int(month), int(found["day"]))
    except ValueError:
        return None
