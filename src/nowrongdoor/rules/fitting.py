"""
Which services could take this person, in which order, and what each would miss.

Criteria are advice: whatever meets a need is answered with, and what it misses is said with what it would
take. What nobody has said excludes nothing: it is a doubt, told beside. Only two things are left out: what
meets none of the needs, and an emergency department where none is indicated. Nothing here is about how ill
someone is; what is weighed are services.

This is the plain way, one service after the other. `nowrongdoor.directory` answers the same from columns
and is held equal to it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import isqrt
from uuid import UUID

from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.working_time import Hours, Standing, minute, standing

SERVICE, NAVIGATOR, CRISIS_LINE, EMERGENCY = "service", "navigator", "crisis_line", "emergency_department"
FULL, FEW, OPEN = "full", "few", "open"
SHOWN = 10
FARTHEST = 65_535  # hundreds of metres: what is farther, or nobody knows where, is as far as this
SURE_OF_YES = 16
WITHOUT_GOING = frozenset({"online", "by_phone"})

Place = tuple[int, int]  # metres east and north on the national grid


@dataclass(frozen=True)
class Entry:
    """What the directory knows of one service, in the terms it is searched by. Empty: nobody has said."""

    id: UUID
    kind: str = SERVICE
    needs: frozenset[str] = frozenset()
    lowest_age: int | None = None
    highest_age: int | None = None
    gender: str = ""
    practices: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    reach_m: int | None = None
    places: tuple[Place, ...] = ()
    languages: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    hours: Hours = field(default_factory=Hours)
    checked_on: date | None = None
    asked: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class Said:
    """What a service last said of its places: who said it, when, and until when it counts."""

    state: str
    places: int | None
    said_by: str
    said_at: datetime
    counts_until: datetime
    opens_again_at: datetime | None = None

    def counts(self, at: datetime) -> bool:
        """After its time it is unknown again; nothing is open or full because time has passed."""
        return at < self.counts_until


@dataclass(frozen=True)
class Ask:
    """What somebody needs, where, and what they wish for. Empty: nobody has asked, or nobody knows."""

    needs: tuple[str, ...]
    at: datetime
    within: timedelta | None = None
    place: Place | None = None
    district: str = ""
    practice: str = ""
    age: int | None = None
    gender: str = ""
    language: str = ""
    access: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    way: str = ""
    emergency: bool = False


@dataclass(frozen=True)
class Fit:
    """How one service answers one ask. `misses` and `doubts` are criteria, in the order they are told."""

    entry: Entry
    said: Said | None
    misses: tuple[str, ...]
    doubts: tuple[str, ...]
    unmet: tuple[str, ...]
    wishes_met: tuple[str, ...]
    distance_m: int | None
    open: Standing
    unchecked: bool

    @property
    def misses_one(self) -> bool:
        return len(self.misses) == 1 and not self.unmet


@dataclass(frozen=True)
class Options:
    """
    The best answers in order; the best of those that miss exactly one criterion; and how many there are.

    `by_one` counts, for each criterion, the services that miss nothing else. A human navigator and a crisis
    line are always among the answers, whether or not anything was found.
    """

    best: tuple[Fit, ...]
    near: tuple[Fit, ...]
    fitting: int
    found: int
    by_one: Mapping[str, int]
    navigator: Fit | None
    crisis_line: Fit | None


def options(entries: Iterable[Entry], said: Mapping[UUID, Said], ask: Ask, *, shown: int = SHOWN) -> Options:
    """The slow and obvious way."""
    everyone = sorted(entries, key=lambda one: one.id.int)
    fits = [fit(one, said.get(one.id), ask) for one in everyone]
    order = {one.entry.id: (*rank(one, ask), row) for row, one in enumerate(fits)}
    found = sorted((one for one in fits if is_found(one.entry, ask)), key=lambda one: order[one.entry.id])
    best = tuple(found[:shown])
    near = [one for one in found if one.misses_one]
    return Options(
        best=best,
        near=tuple(one for one in near if one not in best)[:shown],
        fitting=sum(not one.misses and not one.unmet for one in found),
        found=len(found),
        by_one=dict(Counter(one.misses[0] for one in near)),
        navigator=_first_of(NAVIGATOR, fits, ask),
        crisis_line=_first_of(CRISIS_LINE, fits, ask),
    )


def is_found(entry: Entry, ask: Ask) -> bool:
    return bool(entry.needs & set(ask.needs)) and (entry.kind != EMERGENCY or ask.emergency)


def rank(one: Fit, ask: Ask) -> tuple[int, ...]:
    """
    The order: checked lately; least in the way; most wishes met; fewest doubts; likeliest yes; nearest.

    In the way are the misses, the needs left unmet, and a long way there where somebody has to go there.
    """
    weighs = law.weights(at=ask.at)
    cost = sum(weighs[miss] for miss in one.misses) + weighs[law.NEED] * len(one.unmet)
    cost += way_there(one, ask)
    far = FARTHEST if one.distance_m is None else min(FARTHEST, one.distance_m // 100)
    return (
        int(one.unchecked),
        cost,
        len(ask.wishes) - len(one.wishes_met),
        len(one.doubts),
        SURE_OF_YES - chance_of_yes(one.entry.asked, one.entry.accepted),
        far,
    )


def way_there(one: Fit, ask: Ask) -> int:
    """How many of the distances that each make a way longer it is beyond."""
    if one.distance_m is None or one.entry.offers & WITHOUT_GOING:
        return 0
    return sum(one.distance_m > metres for metres in law.far_bands(at=ask.at))


def chance_of_yes(asked: int, accepted: int) -> int:
    """In sixteenths, from what it was asked and took on: expected while any rate is as likely as another."""
    return SURE_OF_YES * (accepted + 1) // (asked + 2)


def fit(entry: Entry, said: Said | None, ask: Ask) -> Fit:
    open_then = standing(entry.hours, at=ask.at)
    counts = said if said and said.counts(ask.at) else None
    away = distance(entry, ask)
    found = {
        "age": _age(entry, ask),
        "area": _area(entry, ask, away),
        "gender": None if _not_asked(ask.gender, entry.gender) else ask.gender == entry.gender,
        "practice": _among(ask.practice, entry.practices),
        "language": _known_among(ask.language, entry.languages),
        "access": _access(entry, ask),
        "way": _known_among(ask.way, entry.ways),
        "hours": _in_time(open_then, ask),
        FULL: counts.state != FULL if counts else "unknown",
    }
    return Fit(
        entry=entry,
        said=said,
        misses=tuple(name for name, met in found.items() if met is False),
        doubts=tuple(name for name, met in found.items() if met == "unknown"),
        unmet=tuple(need for need in ask.needs if need not in entry.needs),
        wishes_met=tuple(sorted(ask.wishes & entry.offers)),
        distance_m=away,
        open=open_then,
        unchecked=is_unchecked(entry, at=ask.at),
    )


# Each criterion answers None when it is not asked, True or False, or "unknown".
Met = bool | str | None


def is_unchecked(entry: Entry, *, at: datetime) -> bool:
    """Nobody has said for too long that what stands here is still right."""
    return entry.checked_on is None or entry.checked_on < local_date(at - law.counts_for("checked", at=at))


def distance(entry: Entry, ask: Ask) -> int | None:
    """Whole metres to the nearest of its places; None when either place is not known."""
    if ask.place is None or not entry.places:
        return None
    east, north = ask.place
    return min(isqrt((x - east) ** 2 + (y - north) ** 2) for x, y in entry.places)


def _age(entry: Entry, ask: Ask) -> Met:
    if entry.lowest_age is None and entry.highest_age is None:
        return None
    if ask.age is None:
        return "unknown"
    low, high = entry.lowest_age, entry.highest_age
    return (low is None or low <= ask.age) and (high is None or ask.age <= high)


def _area(entry: Entry, ask: Ask, away: int | None) -> Met:
    """Any of the districts it names will do, or being near enough; only what is known can be missed."""
    by_district: Met = None
    if entry.districts:
        by_district = ask.district in entry.districts if ask.district else "unknown"
    by_reach: Met = None
    if entry.reach_m is not None:
        by_reach = "unknown" if away is None else away <= entry.reach_m
    known = [met for met in (by_district, by_reach) if met is not None]
    if not known:
        return None
    if True in known:
        return True
    return "unknown" if "unknown" in known else False


def _not_asked(asked: str, limited_to: str) -> bool:
    return not limited_to or not asked


def _among(asked: str, limited_to: frozenset[str]) -> Met:
    if not limited_to:
        return None
    return asked in limited_to if asked else "unknown"


def _known_among(asked: str, said: frozenset[str]) -> Met:
    if not asked:
        return None
    return asked in said if said else "unknown"


def _access(entry: Entry, ask: Ask) -> Met:
    if not ask.access:
        return None
    if ask.access & entry.lacks:
        return False
    return True if ask.access <= entry.has else "unknown"


def _in_time(open_then: Standing, ask: Ask) -> Met:
    if open_then.open is None:
        return "unknown"
    if open_then.open or ask.within is None:
        return True
    return open_then.opens is not None and open_then.opens <= minute(ask.at + ask.within)


def _first_of(kind: str, fits: list[Fit], ask: Ask) -> Fit | None:
    """The one to ask when nothing else answers: open first, then as everything else is ordered."""
    of_kind = [
        (one.open.open is False, *rank(one, ask), row)
        for row, one in enumerate(fits)
        if one.entry.kind == kind
    ]
    return fits[min(of_kind)[-1]] if of_kind else None
