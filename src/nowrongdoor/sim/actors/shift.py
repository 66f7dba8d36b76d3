"""
A shift: the simulated clock, who is at work, and what is still to come.

Every act has an instant of its own, at least a millisecond after the one before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from uuid import UUID

from nowrongdoor.rules import access
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.statutory import StatutoryKind
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.words import ReferralState
from nowrongdoor.sim import words
from nowrongdoor.sim.case import Case
from nowrongdoor.sim.place import TICK, Roster
from nowrongdoor.sim.place_protocol import Place
from nowrongdoor.sim.plans import Plan
from nowrongdoor.sim.streams import Stream, Streams

MINUTE = timedelta(minutes=1)
MORNING, EVENING = 8, 20
REMEMBERED = 4
ASK_AROUND = ("asc", "rapid", "edt")


def tell(text: str, first: str) -> str:
    """A text about someone, by the name they go by, begun with a capital."""
    told = text.format(first=first)
    return told[:1].upper() + told[1:]


@dataclass
class Course:
    """What actors remember of a referral between two looks at it; the facts are in the place."""

    referral_id: UUID
    plan: Plan
    person_id: UUID | None
    first: str
    returns_left: int
    said_no: set[UUID] = field(default_factory=set)
    turns: int = 0
    helped: UUID | None = None
    """The team that held it when it was closed."""

    def tell(self, text: str) -> str:
        return tell(text, self.first)


@dataclass
class Shift:
    place: Place
    roster: Roster
    streams: Streams
    until: datetime
    at: datetime
    closed: set[str] = field(default_factory=set)
    acts: int = 0
    known: dict[UUID, list[UUID]] = field(default_factory=dict)
    """The last few referrals about each person."""
    statutory: dict[UUID, tuple[UUID, StatutoryKind, int]] = field(default_factory=dict)
    """What the law gives a time, while it runs: by referral, with the version it has."""
    police: dict[UUID, tuple[UUID, str, int]] = field(default_factory=dict)
    """What was decided last with the police: by referral, with what came of it and the version it has."""
    visited: set[UUID] = field(default_factory=set)
    """About whom a visit was asked for: who still waits for what comes of one is not let go of."""
    told_of: set[UUID] = field(default_factory=set)
    """Of whom something was decided to be shared or sealed, so that it falls to several."""
    _diary: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _written: int = 0

    def later(self, at: datetime, do: Callable[[], None]) -> None:
        """Put something in the diary; what lies beyond the present is not written down."""
        if at < self.until:
            self._written += 1
            heappush(self._diary, (at, self._written, do))

    def after(self, within: timedelta, do: Callable[[], None]) -> None:
        self.later(self.at + within, do)

    def run(self, seen: Callable[[datetime], None]) -> None:
        """Live through the diary to the present."""
        while self._diary:
            at, _, do = heappop(self._diary)
            if at > self.at:
                self.at = at
            seen(self.at)
            do()

    def tick(self) -> datetime:
        """The instant of the next act."""
        self.at += TICK
        self.acts += 1
        return self.at

    def id(self) -> UUID:
        return self.streams["ids"].id()

    def look(self, course: Course) -> Case:
        return self.place.case(course.referral_id)

    def remember(self, course: Course) -> None:
        if course.person_id is not None:
            about = self.known.setdefault(course.person_id, [])
            about.append(course.referral_id)
            del about[:-REMEMBERED]

    def others_open(self, course: Course) -> list[UUID]:
        """Open referrals about the same person, the latest first."""
        if course.person_id is None:
            return []
        about = reversed(self.known.get(course.person_id, []))
        return [
            one
            for one in about
            if one != course.referral_id and self.place.case(one).referral.state != ReferralState.CLOSED
        ]

    def who(self, team: str, act: str) -> Viewer:
        """Someone of the team who may do this."""
        staff = [one for one in self.roster.staff[team] if access.may_do(one, act, at=self.at)]
        return self.streams["staff"].one_of(staff)

    def who_holds(self, case: Case, act: str) -> Viewer:
        """The named holder if they are at work and may do this; someone of their team if not."""
        assert case.holding is not None
        team = self.roster.key_of(case.holding.team_id)
        for one in self.roster.staff[team]:
            if one.member_id == case.holding.member_id and access.may_do(one, act, at=self.at):
                return one
        return self.who(team, act)

    def open_teams(self, course: Course, *, but_not: set[UUID]) -> list[str]:
        """The teams that would help and have not said no, the likeliest first; then those who ask around."""
        keys = dict.fromkeys((*course.plan.story.teams, *ASK_AROUND))
        out = but_not | course.said_no
        return [key for key in keys if key not in self.closed and self.roster.team_id(key) not in out]

    def whom_to_ask(self, course: Course, *, but_not: set[UUID]) -> str:
        """Mostly the likeliest team; sometimes the next, as the day has it."""
        able = self.open_teams(course, but_not=but_not)
        likely = [key for key in able if key in course.plan.story.teams] or able
        return self.streams["teams"].weighed(tuple(zip((7, 2, 1), likely, strict=False)))

    def wait(self, stream: Stream, *, mean: timedelta, by_day: bool) -> timedelta:
        """A while, by chance; what can wait for the morning does."""
        at = self.at + MINUTE + mean * min(stream.expovariate(1.0), 4.0)
        if by_day and not MORNING <= at.hour < EVENING:
            day = at if at.hour < MORNING else at + timedelta(days=1)
            at = day.replace(hour=MORNING, minute=0) + MINUTE * stream.randrange(5, 170)
        return at - self.at

    def decision(self, course: Course) -> Decision:
        """As planned; where guidance advised otherwise, the reason is that more is known than was asked."""
        plan = course.plan
        return Decision(
            plan.urgency,
            plan.story.needs,
            course.tell(plan.story.why),
            saw_advice=True,
            why_not_advised="asked_since" if plan.urgency in ("soon", "routine") else "more_known",
        )

    def message(self, course: Course) -> Message:
        """The handover in I-PASS shape."""
        said, story = self.streams["words"], course.plan.story
        return Message(
            why_urgent=course.tell(story.why),
            summary=course.tell(story.summary),
            done=said.one_of(words.DONE),
            ask=course.tell(story.ask),
            watch_for=course.tell(story.watch_for),
            told=said.one_of(words.TOLD_OF_OFFER),
            sharing_basis=said.weighed(words.BASES),
        )
