"""
The gap ledger as it may be read: no small number, no exact one, and no period that slides.

A figure below the limit stands with others in one line, which is never small itself; every figure is rounded,
totals by themselves and more coarsely, so that nothing small follows from taking figures from their total.
Only whole months are told, and of the month under way the weeks that are over: two periods never differ by
a day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nowrongdoor.rules import figures, law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import gap_bands, seeing

MONTHS = 12
NOT_SAID = "Not said"
OTHERS = "All others"
Counts = Iterable[tuple[str, str, int]]  # what is counted by, its code, and how many


@dataclass(frozen=True)
class Months:
    """What is told of at once: from a day up to but not including another."""

    name: str
    label: str
    since: date
    until: date


@dataclass(frozen=True)
class Figure:
    label: str
    shown: str


@dataclass(frozen=True)
class Answered:
    """What one team did with what it was offered, and others with what it offered: counts of a period."""

    team: str
    services: str
    asked: int
    returned: int
    gave: int
    given_back: int
    took: int
    sent_on: int
    people: int
    offers: int


def months(*, at: datetime) -> tuple[Months, ...]:
    """The months that may be read of, the latest first: the one under way up to the last Sunday."""
    today = local_date(at)
    first, found = today.replace(day=1), []
    monday = today - timedelta(days=today.weekday())
    if monday > first:
        label = f"{first:%B} {first.year}, up to Sunday {(monday - timedelta(days=1)).day}"
        found.append(Months(f"{first:%Y-%m}", label, first, monday))
    for _ in range(MONTHS):
        until, first = first, (first - timedelta(days=1)).replace(day=1)
        found.append(Months(f"{first:%Y-%m}", f"{first:%B} {first.year}", first, until))
    return tuple(found)


def by(what: str, counts: Counts, *, at: datetime) -> tuple[Figure, ...]:
    """The figures by need, age, hour, place or what stood in the way, the largest first."""
    summed: Counter[str] = Counter()
    for of, code, many in counts:
        if of == what:
            summed[label(what, code, at=at)] += many
    return _told(summed, at=at)


def total(counts: Counts, *, at: datetime) -> str:
    return figures.total(sum(many for of, _, many in counts if of == "all"), at=at)


def searches(many: int, *, at: datetime) -> str:
    return figures.total(many, at=at)


def label(what: str, code: str, *, at: datetime) -> str:
    """A code in the words a reader knows it by."""
    on = local_date(at)
    if what == "place" or not code:
        return code or NOT_SAID
    if what == "hour":
        return gap_bands.of_hour(int(code), at=at).label
    if what == "years":
        return label("age", gap_bands.of_age(int(code), at=at), at=at)
    if what == "age":
        return {one.code: one.label for one in gap_bands.bands("age", on=on)}.get(code, code)
    if what == "why":
        return _stood_in_the_way(code, at=at)
    # Of a kind of service: how it ended there.
    return _labels(LISTS.get(what, "close_outcomes"), on).get(code, code)


LISTS = {"need": "needs", "reason": "return_reasons", "criterion": "gap_reasons"}


def sentence(counts: Sequence[tuple[str, str, int]], *, period: Months, at: datetime) -> str:
    """`About 10 searches in October 2026 could not be met: aged 17 (5), out of area (5).`"""
    many = total(counts, at=at)
    least = seeing.most("figure_below", at=at)
    if many == figures.HIDDEN:
        return f"Fewer than {least} searches in {period.label} could not be met."
    why = ", ".join(f"{_lower(one.label)} ({one.shown})" for one in by("why", counts, at=at))
    return f"About {many} searches in {period.label} could not be met: {why}."


def by_service(counts: Iterable[tuple[str, str, int]], *, at: datetime) -> tuple[tuple[str, str, str], ...]:
    """How often each service missed by exactly one thing: its name, which thing, and how often."""
    shown = [
        (name, label("criterion", code, at=at), figures.shown(many, at=at))
        for name, code, many in sorted(counts, key=lambda one: (-one[2], one[0], one[1]))
    ]
    return tuple(one for one in shown if one[2] != figures.HIDDEN)


def answered(one: Answered, *, at: datetime) -> dict[str, str]:
    """A team's row: what it returns, what is returned to it, what it sends onward, and hops for a person."""
    return {
        "team": one.team,
        "services": one.services,
        "asked": figures.shown(one.asked, at=at),
        "returned": figures.shown(one.returned, at=at),
        "return_rate": figures.share(one.returned, one.asked, at=at),
        "gave": figures.shown(one.gave, at=at),
        "given_back": figures.shown(one.given_back, at=at),
        "given_back_rate": figures.share(one.given_back, one.gave, at=at),
        "took": figures.shown(one.took, at=at),
        "sent_on": figures.shown(one.sent_on, at=at),
        "sent_on_rate": figures.share(one.sent_on, one.took, at=at),
        "people": figures.shown(one.people, at=at),
        "offers": figures.shown(one.offers, at=at),
        "hops": figures.mean(one.offers, one.people, at=at),
    }


def _told(summed: Mapping[str, int], *, at: datetime) -> tuple[Figure, ...]:
    """
    Those too small to be shown are one line; where that too would be small, the next larger goes with them,
    so that what is left of the total is never small.
    """
    small = figures.together(summed, at=at)
    large = {name: many for name, many in summed.items() if many and name not in small}
    told = [Figure(name, figures.shown(many, at=at)) for name, many in large.items()]
    # The order of what is shown must not tell which of two equal figures is the larger.
    told.sort(key=lambda one: (-int(one.shown.replace(",", "")), one.label))
    if small:
        told.append(Figure(OTHERS, figures.shown(sum(summed[one] for one in small), at=at)))
    if len(told) == 1:  # the total under another name
        return (Figure(told[0].label, figures.total(sum(summed.values()), at=at)),)
    return tuple(told)


def _stood_in_the_way(code: str, *, at: datetime) -> str:
    """`Aged 17`, `Not open: after 8 pm`, `Out of area`."""
    why, _, which = code.partition(":")
    if why == "age" and which:
        return label("age", which, at=at)
    named = label("criterion", why, at=at)
    return f"{named}: {_lower(gap_bands.of_hour(int(which), at=at).label)}" if why == "hours" else named


def _labels(name: str, on: date) -> dict[str, str]:
    return {one.code: one.label for one in law.codes(name, on=on)}


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
