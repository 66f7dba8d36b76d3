"""Whom a row is about, for whom it is urgent and why, in the few words a list has room for."""

from datetime import datetime

from nowrongdoor.nhsuk import clocks, code_words, wording
from nowrongdoor.nhsuk.banners import NAMELESS, lines
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.whom import Whom
from nowrongdoor.rules.referral import UNDER_WAY

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
    return tuple(line(words, 60) for words in (*lines(whom.access_needs), *lines(whom.know_first)))


def needs(codes: tuple[str, ...], *, at: datetime) -> str:
    """`Mental health, Housing`."""
    return ", ".join(code_words.all_words_of("needs", codes, at=at)) or "Need not known yet"


def line(words: str, length: int = LONGEST_LINE) -> str:
    """The beginning of what was said, on one line."""
    flat = " ".join(words.split())
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0] + " …"


def response_chip(*, state: str, due_at: datetime, standard: str, since_at: datetime, at: datetime) -> Chip:
    """The clock of a referral. Once help is under way it has been answered, and stands still."""
    if state == UNDER_WAY:
        return wording.done_chip("Under way", rule_words=f"Was due {wording.local_when(due_at, at=at)}")
    return wording.chip(due_at, at=at, rule_words=clocks.rule_words(standard, started_at=since_at, at=at))


def answer_chip(*, answer_by: datetime, offered_at: datetime, at: datetime) -> Chip:
    """The clock of an offer: by when the team that was asked must answer."""
    rule = f"An answer to this offer, made {wording.local_when(offered_at, at=at)}"
    return wording.chip(answer_by, at=at, rule_words=rule)
