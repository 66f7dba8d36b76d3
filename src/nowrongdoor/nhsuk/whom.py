"""Whom a row is about, for whom it is urgent and why, in the few words a list has room for."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.banners import NAMELESS, WAITS, lines
from nowrongdoor.reading.whom import Whom

LONGEST_LINE = 160


def name(whom: Whom) -> str:
    """`KHAN, Mohammed`; else `about her neighbour Jo`, as it was told; else that no name is known."""
    if not whom.is_known:
        return f"about {line(whom.about, 60)}" if whom.about.strip() else NAMELESS
    return wording.person_name(whom.family_name, whom.given_names)


def age(whom: Whom, *, at: datetime) -> str:
    """`81y`, or that it is not known."""
    return wording.age(whom.born_on, at=at) if whom.born_on else "age not known"


def area(whom: Whom) -> str:
    """The first half of the postcode: near enough to know which town."""
    return whom.postcode.split()[0] if whom.postcode.strip() else ""


def about(whom: Whom, *, at: datetime) -> str:
    """`81y, LK4`."""
    if not whom.is_known:
        return ""
    return ", ".join(part for part in (age(whom, at=at), area(whom)) if part)


def flags(whom: Whom) -> tuple[str, ...]:
    """What to know before speaking to the person, in the words of whoever wrote it."""
    return (
        *(line(words, 60) for words in (*lines(whom.access_needs), *lines(whom.know_first))),
        *(f"{WAITS}: “{line(words, 60)}”" for words in lines(whom.know_waits)),
    )


def needs(codes: tuple[str, ...], *, at: datetime) -> str:
    """`Mental health, Housing`."""
    return ", ".join(code_words.all_words_of("needs", codes, at=at)) or "Need not known yet"


def line(words: str, length: int = LONGEST_LINE) -> str:
    """The beginning of what was said, on one line."""
    flat = " ".join(words.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0] + " …"
