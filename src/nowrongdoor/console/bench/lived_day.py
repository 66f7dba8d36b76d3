"""
A day to be lived: crews with shifts, and visits that are asked for while it goes on.

What is true of every way to run it stands here: who may go, how long the way is, when a visit is really over,
and a check of what was lived that knows nothing of who decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from nowrongdoor.console.bench.replanning import LEADS, SKILLS
from nowrongdoor.rules import assigning, crew, referral, travelling, visit
from nowrongdoor.rules.board_seeking import Ways
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Crew, Seat, Seating
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit_record import Asked, Visit
from nowrongdoor.sim.streams import Stream, Streams

BEGINS = datetime(2026, 11, 10, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TRAVEL = "car"
# A crew out at any hour from seven to midnight, and again the next morning: from which hour, for how many.
SHIFTS = ((0, 9), (8, 9), (24, 9))
# When people ask, by the hour from seven, and by when somebody is to be there, each with its share.
ASKING = (2, 4, 7, 9, 9, 8, 7, 7, 7, 7, 6, 6, 5, 4)
DUE_IN = ((0.5, 2), (0.3, 4), (0.2, 24))
MINUTES = (30, 45, 60)
LASTS = (0.7, 1.3)  # of what was planned, how much a visit really takes


@dataclass(frozen=True)
class Coming:
    """A visit that will be asked for, and what nobody knows before: how many minutes it really takes."""

    visit: Visit
    lasts: int

    @property
    def at(self) -> datetime:
        return self.visit.asked_at


@dataclass(frozen=True)
class Went:
    """A crew was at a visit: when it left for it, from where, was there, and was free again."""

    coming: Coming
    crew: Crew
    start: str
    left_at: datetime
    there_at: datetime
    over_at: datetime

    @property
    def is_in_time(self) -> bool:
        return self.there_at <= self.coming.visit.due_at


@dataclass
class LivedDay:
    """The same day for everybody who runs it. `able` are the crews who could go, by visit."""

    coming: list[Coming]
    crews: dict[UUID, tuple[Crew, list[Seat]]]
    team: UUID
    able: dict[UUID, set[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ways = Ways(BEGINS)
        for one in self.coming:
            self.able[one.visit.id] = {
                key for key, (_, seats) in self.crews.items() if may_go(one.visit, seats)
            }

    def minutes(self, start: str, end: str, at: datetime) -> int:
        return self.ways.minutes(TRAVEL, start, end, at)

    def home_at(self, last: Went) -> datetime:
        """When the crew is back at its base, if it is sent nowhere else."""
        way = self.minutes(last.coming.visit.area, last.crew.base, last.over_at)
        return last.over_at + way * MINUTE

    def go(self, one: Coming, own: Crew, last: Went | None, at: datetime) -> Went:
        """The crew sets off: from where it was last, or from its base once it is back there."""
        start = own.base if last is None or at >= self.home_at(last) else last.coming.visit.area
        there = at + self.minutes(start, one.visit.area, at) * MINUTE
        return Went(one, own, start, at, there, there + one.lasts * MINUTE)


def may_go(one: Visit, seats: Sequence[Seat]) -> bool:
    """Enough of the crew may go, with the skills that are needed."""
    goers = assigning.who_goes(one, seats, at=one.asked_at)
    has = {skill for seat in goers for skill in seat.skills}
    return len(goers) >= one.people and has >= set(one.skills)


def made(seed: int, visits: int, crews: int) -> LivedDay:
    """A day of so many visits, with so many crews out at once. The same seed makes the same day."""
    streams = Streams(seed)
    chance = streams["crews"]
    areas = [one.code for one in travelling.areas(on=local_date(BEGINS))]
    team, lead = chance.id(), chance.id()
    about: Referral = referral.refer(
        referral_id=chance.id(), holding_id=chance.id(), person_id=None, contact_id=None, needs=["physical"],
        request="Please see them.", words="", team_id=team, member_id=lead, at=BEGINS,
    )[0].change.after  # fmt: skip
    staff = {}
    for from_hour, hours in SHIFTS:
        for number in range(crews):
            begins = BEGINS + from_hour * HOUR
            one, seats = _crew(chance, areas, team, lead, f"Crew {from_hour}/{number}", begins, hours)
            staff[one.id] = one, seats
    chance, asked = streams["visits"], list[Coming]()
    while len(asked) < visits:
        one = _asked(chance, areas, about, team, lead)
        # What none of the crews of a shift could do would be late whoever decides.
        if sum(may_go(one.visit, seats) for _, seats in staff.values()) >= len(SHIFTS):
            asked.append(one)
    return LivedDay(sorted(asked, key=lambda one: (one.at, one.visit.id)), staff, team)


def _crew(
    chance: Stream, areas: Sequence[str], team: UUID, lead: UUID, name: str, begins: datetime, hours: int
) -> tuple[Crew, list[Seat]]:
    skills = tuple(one for one in SKILLS if chance.happens(0.55))
    seatings = [Seating(chance.id(), chance.one_of(LEADS), skills)]
    if chance.happens(0.5):
        seatings.append(Seating(chance.id(), "support_worker", ("moving",)))
    own, *seats = crew.put_on(
        crew_id=chance.id(), team_id=team, name=name, base=chance.one_of(areas), travel=TRAVEL, device="",
        from_at=begins, until_at=begins + hours * HOUR, seatings=seatings,
        members=[one.member_id for one in seatings], others=[], lent={}, by=lead, at=BEGINS,
    )  # fmt: skip
    return own.change.after, [one.change.after for one in seats]


def _asked(chance: Stream, areas: Sequence[str], about: Referral, team: UUID, lead: UUID) -> Coming:
    hour = chance.weighed([(float(weight), hour) for hour, weight in enumerate(ASKING)])
    at = BEGINS + hour * HOUR + chance.randrange(60) * MINUTE
    asked = Asked(
        "See them.", "1 Mill Lane", chance.one_of(areas),
        skills=(chance.one_of(SKILLS),) if chance.happens(0.5) else (), minutes=chance.one_of(MINUTES),
        pair_rules=("entry_hazard",) if chance.happens(0.2) else (),
        due_at=at + chance.weighed(DUE_IN) * HOUR,
    )  # fmt: skip
    one: Visit = visit.ask(chance.id(), asked, about=about, team_id=team, by=lead, at=at)[0].change.after
    low, high = LASTS
    return Coming(one, round(one.minutes * (low + (high - low) * chance.random())))


def share(day: LivedDay, lived: Iterable[Went]) -> float:
    """Of all visits of the day, those at which somebody was in time."""
    return sum(one.is_in_time for one in lived) / len(day.coming)


def faults(day: LivedDay, lived: Sequence[Went]) -> list[str]:
    """What of a lived day cannot have been, in words, reckoned from the rules of travel alone."""
    wrong = []
    of_crew: dict[UUID, list[Went]] = {}
    for one in lived:
        of_crew.setdefault(one.crew.id, []).append(one)
        name = f"the visit at {one.coming.visit.asked_at:%H:%M}"
        if one.crew.id not in day.able[one.coming.visit.id]:
            wrong.append(f"{one.crew.name} cannot do {name}")
        if one.left_at < max(one.coming.at, one.crew.from_at):
            wrong.append(f"{one.crew.name} left for {name} before it was asked for, or before its shift")
        way = travelling.travel(TRAVEL, one.start, one.coming.visit.area, at=one.left_at)
        if one.there_at < one.left_at + way or one.over_at < one.there_at + one.coming.lasts * MINUTE:
            wrong.append(f"{one.crew.name} was at {name} sooner than it can have been")
    if len({one.coming.visit.id for one in lived}) < len(lived):
        wrong.append("a visit was made twice")
    for each in of_crew.values():
        each.sort(key=lambda one: one.left_at)
        for before, after in pairwise(each):
            if after.left_at < before.over_at:
                wrong.append(f"{after.crew.name} was on two visits at once")
            if after.start not in {before.coming.visit.area, after.crew.base}:
                wrong.append(f"{after.crew.name} set off from where it was not")
        if each[0].start != each[0].crew.base:
            wrong.append(f"{each[0].crew.name} set off from where it was not")
    return wrong
