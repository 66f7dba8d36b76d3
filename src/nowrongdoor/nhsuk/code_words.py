"""Codes as people read them, from the lists that stand at an instant."""

from collections.abc import Iterable
from datetime import datetime

from nowrongdoor.rules import law, service_kinds
from nowrongdoor.rules.clock import local_date


def words_of(name: str, code: str, *, at: datetime) -> str:
    """The label of a code; a code that has left the list is said in its own words, never hidden."""
    for entry in law.codes(name, on=local_date(at)):
        if entry.code == code:
            return entry.label
    return code.replace("_", " ").capitalize()


def all_words_of(name: str, codes: tuple[str, ...], *, at: datetime) -> tuple[str, ...]:
    """The labels of several codes, in the order given."""
    return tuple(words_of(name, code, at=at) for code in codes)


def mid_sentence(label: str) -> str:
    """A label inside a sentence: `mental health nurse`, but `GP`."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def with_article(label: str) -> str:
    """`a nurse`, `an occupational therapist`, `a GP`."""
    return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {mid_sentence(label)}"


def choices(name: str, *, at: datetime, but_not: str = "") -> list[tuple[str, str]]:
    """What a form offers: code and label. `but_not` leaves out entries that only an act may record."""
    return [
        (entry.code, entry.label)
        for entry in law.codes(name, on=local_date(at))
        if not but_not or entry.entails != but_not
    ]


def ending(code: str, *, at: datetime) -> str:
    """How a referral ended, or how a service did that somebody was told of."""
    after = {one.code for one in law.codes("signpost_endings", on=local_date(at))}
    return words_of("signpost_endings" if code in after else "close_outcomes", code, at=at)


def endings(kinds: Iterable[str], *, at: datetime) -> list[tuple[str, str]]:
    """How a referral may end where a team has services of these kinds: code and label."""
    return [(one.code, one.label) for one in service_kinds.outcomes(kinds, at=at)]


def urgency_words(urgency: str | None, *, at: datetime) -> str:
    """An urgency as the response time it stands for."""
    if urgency is None:
        return "Not triaged yet"
    for standard in law.response_times(on=local_date(at)):
        if standard.code == urgency:
            return standard.label
    return urgency.replace("_", " ").capitalize()
