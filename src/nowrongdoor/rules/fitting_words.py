"""
Why a service would do, what it misses, and what it would take, in words a colleague would say.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date, wall_words
from nowrongdoor.rules.fitting import FULL, Ask, Fit, Said
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.working_time import instant

METRES_A_MILE = 1609.344


def reasons(one: Fit, ask: Ask) -> tuple[str, ...]:
    """What speaks for it, the most useful first."""
    labels = _labels(local_date(ask.at))
    told = [_open(one, ask)]
    if one.distance_m is not None:
        told.append(miles(one.distance_m))
    if ask.way and ask.way in one.entry.ways:
        told.append(
            f"takes it when {_of(labels, 'ways_in', ask.way)}"
            if ask.way in _PEOPLE
            else _of(labels, "ways_in", ask.way)
        )
    if one.entry.asked >= seeing.most("answers_enough", at=ask.at):
        told.append(f"said yes to {round(10 * one.entry.accepted / one.entry.asked)} in 10 lately")
    if one.said and one.said.counts(ask.at) and one.said.state != FULL:
        told.append(capacity(one.said, at=ask.at))
    if ask.age is not None and "age" not in one.misses and _has_ages(one):
        told.append(f"for people aged {ages(one)}")
    if ask.language and ask.language in one.entry.languages:
        told.append(f"speaks {_of(labels, 'languages_spoken', ask.language)}")
    told += [_of(labels, "access_needs", need) for need in sorted(ask.access & one.entry.has)]
    told += [f"as wished: {_of(labels, 'wishes', wish)}" for wish in one.wishes_met]
    return tuple(words for words in told if words)


def misses(one: Fit, ask: Ask) -> tuple[tuple[str, str], ...]:
    """Each miss, and what it would take."""
    labels = _labels(local_date(ask.at))
    told = [_MISS[miss](one, ask, labels) for miss in one.misses]
    told += [
        (f"does not help with {_of(labels, 'needs', need).lower()}", "Find that help elsewhere as well.")
        for need in one.unmet
    ]
    return tuple(told)


def doubts(one: Fit, ask: Ask) -> tuple[str, ...]:
    """What nobody has said, and is worth asking."""
    return tuple(_DOUBT[doubt] for doubt in one.doubts)


def last_checked(one: Fit, ask: Ask) -> str:
    """Said of an entry that stands last because nobody has looked at it for too long."""
    if not one.unchecked:
        return ""
    on = one.entry.checked_on
    if on is None:
        return "Nobody has said when this was last checked"
    days = (local_date(ask.at) - on).days
    return f"Not checked for {days} days, since {on.day} {on:%b} {on.year}"


def capacity(said: Said, *, at: datetime) -> str:
    """What it said of its places, with its age and author; unknown once its time has passed."""
    if not said.counts(at):
        return (
            f"places unknown: what {said.said_by} said counted until {wall_words(said.counts_until, now=at)}"
        )
    places = "full" if said.state == FULL else ("has few places" if said.state == "few" else "has places")
    if said.places is not None and said.state != FULL:
        places = f"{said.places} {'place' if said.places == 1 else 'places'}"
    return f"{places}, said {_ago(said.said_at, at=at)} by {said.said_by}"


def ages(one: Fit) -> str:
    low, high = one.entry.lowest_age, one.entry.highest_age
    if low is None or high is None:
        return f"up to {high}" if low is None else f"{low} and over"
    return f"{low} to {high}"


def miles(metres: int) -> str:
    told = metres / METRES_A_MILE
    return f"{told:.1f} miles" if told >= 0.1 else "less than 0.1 miles"


_PEOPLE = ("self", "carer", "professional")
Labels = Mapping[tuple[str, str], str]


@cache
def _labels(on: date) -> Labels:
    lists = ("needs", "ways_in", "access_needs", "wishes", "languages_spoken", "genders_served")
    return {(name, one.code): one.label for name in lists for one in law.codes(name, on=on)}


def _of(labels: Labels, name: str, code: str) -> str:
    return labels.get((name, code), code)


def _has_ages(one: Fit) -> bool:
    return one.entry.lowest_age is not None or one.entry.highest_age is not None


def _open(one: Fit, ask: Ask) -> str:
    if one.open.open and one.open.closes is not None:
        until = instant(one.open.closes)
        return (
            "open day and night"
            if until - ask.at > timedelta(days=7)
            else f"open until {wall_words(until, now=ask.at)}"
        )
    if "hours" not in one.misses and one.open.opens is not None:
        return f"opens {wall_words(instant(one.open.opens), now=ask.at)}"
    return ""


def _ago(then: datetime, *, at: datetime) -> str:
    minutes = max(0, (at - then) // timedelta(minutes=1))
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"


def _age(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    return f"for people aged {ages(one)}", f"Ask whether they would see someone aged {ask.age}."


def _area(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    if one.entry.districts:
        named = sorted(one.entry.districts)
        where = ", ".join(named[:4]) + (" and other districts" if len(named) > 4 else "")
        return f"for people who live in {where}", "Ask whether they would see someone from outside."
    return (
        f"for people within {miles(one.entry.reach_m or 0)}",
        "Ask whether they would see someone from farther away.",
    )


def _gender(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    return (
        f"for {_of(labels, 'genders_served', one.entry.gender)} only",
        "Ask them where else they would send someone.",
    )


def _practice(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    return "for people of other GP practices", "Ask the practice whether it has the like."


def _language(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    spoken = _of(labels, "languages_spoken", ask.language)
    return f"nobody there speaks {spoken}", f"Book an interpreter for {spoken}."


def _access(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    lacking = " and ".join(_of(labels, "access_needs", need) for need in sorted(ask.access & one.entry.lacks))
    return f"no {lacking}", "Ask whether they can come to the person, or meet elsewhere."


def _way(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    ways = ", ".join(_of(labels, "ways_in", way) for way in sorted(one.entry.ways))
    return f"asked in another way: {ways}", "Ask for them, or be there when they ask."


def _hours(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    if one.open.opens is None:
        return "closed, and does not open in the two weeks ahead", "Find who helps until then."
    when = wall_words(instant(one.open.opens), now=ask.at)
    return f"closed until {when}", f"Ring at {when}; find who helps until then."


def _full(one: Fit, ask: Ask, labels: Labels) -> tuple[str, str]:
    said = one.said
    if said is None:
        return "full", "Ring and ask."
    words = capacity(said, at=ask.at)
    if said.opens_again_at:
        return (
            words,
            f"Takes people on again {wall_words(said.opens_again_at, now=ask.at)}; ask to be told sooner.",
        )
    return words, "Ask when they take people on again; the next best is below."


_MISS = {
    "age": _age,
    "area": _area,
    "gender": _gender,
    "practice": _practice,
    "language": _language,
    "access": _access,
    "way": _way,
    "hours": _hours,
    FULL: _full,
}
_DOUBT = {
    "age": "how old the person is",
    "area": "where the person lives",
    "practice": "which GP practice the person is with",
    "language": "which languages are spoken there",
    "access": "how people get in and take part",
    "way": "how they want to be asked",
    "hours": "when they are open",
    FULL: "whether they have places",
}
