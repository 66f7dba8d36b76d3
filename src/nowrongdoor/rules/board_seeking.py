"""
How a plan for the whole board is found: visits in an order, each to whichever crew suits it best, and the
order changed for as long as that makes the board better. Nothing here is left to chance or to the clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nowrongdoor.rules import travelling
from nowrongdoor.rules.crew import Crew
from nowrongdoor.rules.visit_record import Visit

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TRIES = 60  # how often the whole board is laid anew: some tenths of a second for sixty visits
Option = tuple[Any, ...]  # what the best is chosen by, and then its place and times
ONLY_ONE, NEAREST, LEAST_TO_DO = "only", "nearest", "least"


@dataclass(frozen=True)
class Held:
    """What a crew keeps after this place: where, when it leaves for there, and by when it is to be there."""

    area: str
    leaves_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Place:
    """Time of one crew in which visits could be: from when and where, until when, and what it has beside."""

    crew_id: UUID
    travel: str
    free_at: datetime
    area: str
    until_at: datetime
    load: int
    is_over: bool
    then: Held | None


@dataclass(frozen=True)
class Wanted:
    """A visit, and for each crew that could go how much of what was asked it lacks, and if it knows them."""

    visit: Visit
    fits: Mapping[UUID, tuple[int, bool]]


@dataclass(frozen=True)
class Chosen:
    """A crew for a visit, when it would leave and be there, and why it."""

    visit: Visit
    crew_id: UUID
    leaves_at: datetime
    there_at: datetime
    why: str
    in_time: int


@dataclass(frozen=True)
class Found:
    """What was chosen, by visit. The least `score` is the best."""

    chosen: Mapping[UUID, Chosen]
    score: tuple[float, ...]

    def is_in_time(self, one: Wanted) -> bool:
        chosen = self.chosen.get(one.visit.id)
        return chosen is not None and chosen.there_at <= one.visit.there_by


class Ways:
    """How many minutes it takes from one area to another, each asked once for an hour."""

    def __init__(self, at: datetime) -> None:
        self.at = at.replace(minute=0, second=0, microsecond=0)
        self._known: dict[tuple[str, str, str, int], int] = {}

    def minutes(self, mode: str, start: str, end: str, when: datetime) -> int:
        key = (mode, start, end, (when - self.at) // HOUR)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = travelling.travel(mode, start, end, at=when) // MINUTE
        return found

    def leave_by(
        self, visit: Visit, crews: Iterable[tuple[Crew, object, object]], *, at: datetime
    ) -> datetime:
        """When the nearest crew would have to leave its base to be there in time."""
        ways = (self.minutes(one.travel, one.base, visit.area, at) for one, *_ in crews)
        return visit.there_by - min(ways, default=0) * MINUTE


def seek(wanted: Sequence[Wanted], places: Sequence[Place], ways: Ways) -> Found:
    """The best that is found: as they are due, or those first to whom few can go; then by small changes."""
    by_due = list(wanted)
    scarce = sorted(wanted, key=lambda one: (len(one.fits) > 2, one.visit.due_at, one.visit.id))
    order, best = by_due, _lay(by_due, places, ways)
    if (other := _lay(scarce, places, ways)).score < best.score:
        order, best = scarce, other
    tries = TRIES
    better = True
    while better and tries > 0:
        better = False
        for one in [each for each in order if each.fits and not best.is_in_time(each)]:
            at = order.index(one)
            # To the very front, half way, and one place on: whoever is late is seen to sooner.
            for to in dict.fromkeys((0, at // 2, at - 1)):
                if tries <= 0 or not 0 <= to < at:
                    continue
                tries -= 1
                changed = [*order[:to], one, *order[to:at], *order[at + 1 :]]
                found = _lay(changed, places, ways)
                if found.score < best.score:
                    order, best, better = changed, found, True
                    break
    return best


def _lay(order: Sequence[Wanted], places: Sequence[Place], ways: Ways) -> Found:
    """Each in turn to the place that suits it best."""
    free = [(one.free_at, one.area) for one in places]
    loads = {one.crew_id: one.load for one in places}
    chosen: dict[UUID, Chosen] = {}
    late, lateness, lacking, known, travelled = 0, 0.0, 0, 0, 0
    for want in order:
        visit, options = want.visit, []
        for number, place in enumerate(places):
            fit = want.fits.get(place.crew_id)
            if fit is None:
                continue
            leaves, area = free[number]
            way = ways.minutes(place.travel, area, visit.area, leaves)
            if visit.meet_at is not None and leaves + way * MINUTE < visit.meet_at:
                way = ways.minutes(place.travel, area, visit.area, visit.meet_at - way * MINUTE)
                leaves = max(leaves, visit.meet_at - way * MINUTE)
            there = leaves + way * MINUTE
            over = there + visit.minutes * MINUTE
            if over > place.until_at or not _then(place, visit, ways):
                continue
            after = max(0.0, (there - visit.there_by).total_seconds())
            load = loads[place.crew_id] // 60
            options.append(
                (after > 0, after, place.is_over, fit[0], load, not fit[1], way, number, leaves, there)
            )
        if not options:
            late += 1
            continue
        best = min(options)
        is_late, after, _, lacks, _, unknown, way, number, leaves, there = best
        place = places[number]
        free[number] = there + visit.minutes * MINUTE, visit.area
        loads[place.crew_id] += visit.minutes
        late, lateness, lacking = late + is_late, lateness + after, lacking + lacks
        known, travelled = known + (not unknown), travelled + way
        chosen[visit.id] = Chosen(visit, place.crew_id, leaves, there, *_why(best, options, places))
    unmet = len(order) - len(chosen)
    spread = max(loads.values(), default=0) - min(loads.values(), default=0)
    return Found(chosen, (late, unmet, lateness, lacking, spread // 60, -known, travelled))


def _then(place: Place, visit: Visit, ways: Ways) -> bool:
    """What the crew keeps is still in time when it comes from this visit."""
    if place.then is None:
        return True
    held = place.then
    way = ways.minutes(place.travel, visit.area, held.area, held.leaves_at)
    return held.leaves_at + way * MINUTE <= held.due_at


def _why(best: Option, options: Sequence[Option], places: Sequence[Place]) -> tuple[str, int]:
    """Why this one, and of how many crews that could be there in time."""
    able = {places[one[7]].crew_id for one in options if not one[0]}
    if len(able) == 1:
        return ONLY_ONE, 1
    nearest = min(one[6] for one in options if one[0] == best[0])
    return (NEAREST if best[6] <= nearest else LEAST_TO_DO), len(able)
