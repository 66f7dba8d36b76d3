"""
The kinds of things an identity is made of, and the one way each is written before it is compared.

Whatever says that nothing is known is empty, and an empty part weighs neither for nor against.
"""

import re
from datetime import date
from enum import StrEnum

from nowrongdoor.rules.identifiers import key, phone_key


class Kind(StrEnum):
    """What a part of an identity is, and so how it goes wrong."""

    NUMBER = "number"  # an NHS number, a partner's own identifier: one person's alone
    GIVEN = "given"
    FAMILY = "family"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    LINE = "line"  # a line of an address, a town
    HOUSE = "house"  # a house number, an age: short, and mostly digits
    CATEGORY = "category"  # few values, as of sex or county


NAMES = (Kind.GIVEN, Kind.FAMILY)
# What people under one roof do not have in common; the rest they often do.
OWN = (Kind.NUMBER, Kind.GIVEN, Kind.DATE)
# What changes all at once when a person moves.
PLACES = (Kind.LINE, Kind.HOUSE, Kind.POSTCODE, Kind.PHONE)

NOTHING = {
    "", "na", "nan", "nil", "null", "none", "unknown", "notknown", "nk", "notgiven", "notstated", "notasked",
    "missing", "unk", "declined", "refused", "tbc", "xx", "xxx",
}  # fmt: skip
# Na, Nan and Nil are names, and Null a surname. Of a name only these words say that it is not known, and
# only when nothing else is said; or what programs and people write for nothing, just as they write it.
NO_NAME = {"", "unknown", "notknown", "notgiven", "notstated", "notasked", "declined", "refused"}
NO_NAME_AS_TYPED = re.compile(
    r"nan|NaN|null|NULL|nil|none|<NA>|#?[nN]/[aA]|[nN]\.? ?[kK]\.?|[xX]{2,}|[tT][bB][cC]"
)
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev"}
# A title only before a name: it is a surname too.
TITLES_BEFORE = {"master"}
SEXES = {
    "1": "m", "male": "m", "man": "m", "boy": "m", "2": "f", "female": "f", "woman": "f", "girl": "f",
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def written(kind: Kind, text: str, *, on: date, order: str = "dmy") -> str:
    """
    A value as it is compared; empty when it says that nothing is known.

    `on` is the day on which it is read: a year of two digits is not one that is still to come.
    `order` is how dates that begin with no year are read: day or month first.
    """
    value = text.strip()
    if kind in NAMES:
        return "" if says_no_name(value) else name(value)
    if key(value) in NOTHING:
        return ""
    return WRITTEN[kind](value) if kind is not Kind.DATE else born(value, on=on, order=order)


def says_no_name(text: str) -> bool:
    """It says, in place of a name, that none is known. A part of a name never does."""
    return key(text) in NO_NAME or NO_NAME_AS_TYPED.fullmatch(text.strip()) is not None


def born(text: str, *, on: date, order: str = "dmy") -> str:
    """A date as yyyymmdd, with 00 for a part that is not known; empty for what is no date."""
    parts = _date_parts(text.strip().casefold(), order)
    if parts is None:
        return ""
    year, month, day = parts
    if year < 100:
        year += 1900 if year > on.year % 100 else 2000
    if not (1850 <= year <= 2100 and month <= 12 and day <= 31 and (month or not day)):
        return ""
    # The 31st of February is someone's slip, and the other parts may still be right: it is kept.
    return f"{year:04d}{month:02d}{day:02d}"


def is_date(text: str) -> bool:
    """It can be read as a date, of whichever century."""
    return bool(born(text, on=date.max))


def whole_name(text: str) -> tuple[str, str]:
    """Given names and family name of a name in one piece: "Ali, Maryam" or "Maryam Ali"."""
    if says_no_name(text):
        return "", ""
    if "," in text:
        family, _, given = text.partition(",")
        return name(given), name(family)
    words = name(text).split()
    return " ".join(words[:-1]), words[-1] if words else ""


def name(text: str) -> str:
    """The words of a name, each as it is looked up, without titles."""
    # An apostrophe binds (O'Brien), a hyphen joins two names that are also used alone.
    words = [key(word) for word in re.split(r"[\s,;/\-‐–]+", text)]
    left = [word for word in words if word and word not in TITLES]
    return " ".join(left[1:] if left[1:] and left[0] in TITLES_BEFORE else left)


def _date_parts(text: str, order: str) -> tuple[int, int, int] | None:
    if re.fullmatch(r"\d{8}", text):
        return _of_eight(text, order)
    if re.fullmatch(r"\d{4}", text):
        return int(text), 0, 0
    text = re.sub(r"[t ]\d{1,2}:\d{2}.*$", "", text)
    words = re.findall(r"[a-z]+|\d+", text)
    named = [word for word in words if word[:3] in MONTHS]
    digits = [int(word) for word in words if word.isdigit()]
    if named:
        month = MONTHS.index(named[0][:3]) + 1
        if len(digits) == 1:
            return digits[0], month, 0
        if len(digits) == 2:
            day, year = (digits[1], digits[0]) if digits[0] > 31 else (digits[0], digits[1])
            return year, month, day
        return None
    return _of_digits(digits, order)


def _of_eight(text: str, order: str) -> tuple[int, int, int]:
    if order[0] == "y" or 1850 <= int(text[:4]) <= 2100:
        return int(text[:4]), int(text[4:6]), int(text[6:])
    first, second, year = int(text[:2]), int(text[2:4]), int(text[4:])
    return (year, second, first) if order == "dmy" else (year, first, second)


def _of_digits(digits: list[int], order: str) -> tuple[int, int, int] | None:
    if len(digits) == 2:
        month, year = (digits[1], digits[0]) if digits[0] > 31 else (digits[0], digits[1])
        return (year, month, 0) if year > 31 else None
    if len(digits) != 3:
        return None
    if digits[0] > 31 or order[0] == "y":
        return digits[0], digits[1], digits[2]
    first, second, year = digits
    if (order == "dmy" and second <= 12) or first > 12:
        return year, second, first
    return year, first, second


def _category(text: str) -> str:
    plain = key(text)
    return SEXES.get(plain, plain)


def _alphanumeric(text: str) -> str:
    plain = key(text)
    # A number that passed through a spreadsheet: "6988048.0".
    return plain[:-1] if re.fullmatch(r"\d+\.0", text) else plain


def _email(text: str) -> str:
    return re.sub(r"\s", "", text.casefold())


def _phone(text: str) -> str:
    return phone_key(re.sub(r"\.0$", "", text))


WRITTEN = {
    Kind.NUMBER: _alphanumeric, Kind.PHONE: _phone, Kind.EMAIL: _email,
    Kind.POSTCODE: _alphanumeric, Kind.LINE: name, Kind.HOUSE: _alphanumeric, Kind.CATEGORY: _category,
}  # fmt: skip
