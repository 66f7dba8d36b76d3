"""
The partner gap monitor: of the calls to the police, how many they did not attend, who accepted and after how
long, whether the person was seen and by whom, whether somebody rang again, and how they were at three times.

Everything is counted from what is recorded. What is not recorded is said to be not known, stays in what a
share is of, and is never counted as good. That the police saw somebody is no answer to a health need, and is
counted by itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from nowrongdoor.rules.law import forces, seeing
from nowrongdoor.rules.law.forces import Policy
from nowrongdoor.rules.words import PoliceOutcome

HORIZONS = ("gap_first_hours", "gap_second_hours", "gap_third_hours")
NOT_YET, NOT_KNOWN, CLOSED = "not_yet", "not_known", "closed:"
HOUR = timedelta(hours=1)
DECLINED, UNSETTLED = PoliceOutcome.NOT_ATTENDING, PoliceOutcome.UNKNOWN


@dataclass(frozen=True)
class Call:
    """
    One call to the police, up to the answer that settled it, about nobody. Seconds count from when they were
    asked: until somebody accepted (or up to now), until somebody saw the person face to face and not of the
    police, until anybody spoke with them, and until the police saw them. `stood` is how they were at each
    time; `is_repeated` is none where it cannot be known, or not yet.
    """

    force: str
    category: str
    sector: str
    age_band: str
    asked_on: date
    outcome: str
    accepted_by: str
    without_s: int | None
    seen_s: int | None
    seen_by: str
    spoken_s: int | None
    police_s: int | None
    is_repeated: bool | None
    stood: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True)
class Counted:
    """
    What is counted of some calls. `declined` of all that were asked; `minutes` of those the police did not
    attend, from the asking until somebody accepted: the middle one and the longest. The other shares are of
    the calls whose time is over, whatever is known of them.
    """

    asked: int
    declined: Share
    unsettled: int
    minutes: tuple[int, int] | None
    seen: Share
    police_saw: int
    repeated: Share
    repeat_not_known: int


def hours(*, at: datetime) -> tuple[int, ...]:
    """After how many hours it is asked how the person is, as it stands on that day."""
    return tuple(seeing.most(one, at=at) for one in HORIZONS)


def counted(calls: Sequence[Call], *, at: datetime) -> Counted:
    """All that is counted, of these calls."""
    took = [one.without_s // 60 for one in calls if one.outcome == DECLINED and one.without_s is not None]
    return Counted(
        len(calls),
        Share(sum(one.outcome == DECLINED for one in calls), len(calls)),
        sum(one.outcome == UNSETTLED for one in calls),
        (int(median(took)), max(took)) if took else None,
        seen_in_time(calls, at=at),
        sum(one.police_s is not None for one in calls),
        repeated(calls),
        sum(one.is_repeated is None for one in calls),
    )


def seen_in_time(calls: Iterable[Call], *, at: datetime) -> Share:
    """Seen face to face within the first time, by anybody but the police; of those whose time is over."""
    within = hours(at=at)[0] * HOUR
    over = [one for one in calls if one.stood[0] != NOT_YET]
    return Share(
        sum(one.seen_s is not None and timedelta(seconds=one.seen_s) <= within for one in over), len(over)
    )


def repeated(calls: Iterable[Call]) -> Share:
    """Somebody was in touch again about the same person; of those of whom that can be known."""
    known = [one for one in calls if one.is_repeated is not None]
    return Share(sum(bool(one.is_repeated) for one in known), len(known))


def declined(calls: Sequence[Call], *, at: datetime) -> Share:
    return Share(sum(one.outcome == DECLINED for one in calls), len(calls))


# What can be followed period by period.
MEASURES: dict[str, Callable[..., Share]] = {
    "seen": seen_in_time,
    "declined": declined,
    "repeated": lambda calls, *, at: repeated(calls),
}


def stood(calls: Sequence[Call]) -> dict[str, tuple[int, ...]]:
    """How the people were at each time: for each answer how many at the first, the second and the third."""
    found = sorted({word for one in calls for word in one.stood} | {NOT_KNOWN})
    return {
        word: tuple(sum(one.stood[n] == word for one in calls) for n in range(len(HORIZONS)))
        for word in found
    }


def whose_time_is_over(calls: Sequence[Call]) -> tuple[int, ...]:
    return tuple(sum(one.stood[n] != NOT_YET for one in calls) for n in range(len(HORIZONS)))


def of_phase(calls: Iterable[Call], policy: Policy) -> tuple[list[Call], list[Call]]:
    """
    The calls to which this phase of a force would apply, before the day it began and from that day on. A call
    of which the age or who asked is not known is with them: leaving it out would tell a better story.
    """
    theirs = [one for one in calls if _is_for(policy, one)]
    began = policy.provenance.valid_from
    return (
        [one for one in theirs if one.asked_on < began],
        [one for one in theirs if one.asked_on >= began],
    )


def _is_for(policy: Policy, one: Call) -> bool:
    grown = forces.adult(on=one.asked_on)
    ages = {"child": (0, grown - 1), "adult": (grown, forces.OLDEST)}
    youngest, oldest = ages.get(one.age_band, (0, forces.OLDEST))
    return (
        one.force == policy.force
        and one.category in policy.categories
        and policy.sector in (forces.ANY, one.sector, "" if one.sector else policy.sector)
        and youngest <= policy.age_max
        and policy.age_min <= oldest
    )


def periods(calls: Sequence[Call], *, each: str, until: date) -> list[tuple[date, list[Call]]]:
    """The calls by the week or month they were made in, without a gap, the first period first."""
    if not calls:
        return []
    first = min(one.asked_on for one in calls)
    days = [_began(first, each)]
    while (following := _following(days[-1], each)) <= until:
        days.append(following)
    by_day: dict[date, list[Call]] = {day: [] for day in days}
    for one in calls:
        by_day[_began(one.asked_on, each)].append(one)
    return list(by_day.items())


def _began(day: date, each: str) -> date:
    return day.replace(day=1) if each == "month" else day - timedelta(days=day.weekday())


def _following(day: date, each: str) -> date:
    if each == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7)
