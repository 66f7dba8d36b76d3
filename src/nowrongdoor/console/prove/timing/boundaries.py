"""
Every kind of clock around every boundary, against sums in whole seconds that know no calendar.

Starts lie on both nights on which the clocks change, on a leap day and at the end of a year. A second before
a step is owed nothing may happen, and on the second it must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from nowrongdoor.rules import clock, escalation, law, police_review
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.escalation import Climb, Clock, ClockKind
from nowrongdoor.rules.law import seeing, standards
from nowrongdoor.rules.review import ReviewKind
from nowrongdoor.rules.statutory import StatutoryKind

Reckon = Callable[[datetime, timedelta], datetime]
NIGHTS = (
    datetime(2026, 3, 28, 21, 0, tzinfo=UTC),
    datetime(2026, 10, 24, 21, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 21, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 21, 0, tzinfo=UTC),
)
HOURS = 8
SECOND = timedelta(seconds=1)
STEPS = 6
"""Every rung once, and the top three times."""
NOBODY = UUID(int=1)
ACCESS = (ClockKind.DIRECT_CONTACT, ClockKind.FACE_TO_FACE, ClockKind.SHORT_INTERVENTION)
# Edges whose time goes by the urgency. The giver waits for an answer as long as the receiver has for it.
OF_EDGES = (
    ("received_", ClockKind.RECEIVED),
    ("first_contact_", ClockKind.FIRST_CONTACT),
    ("offer_", ClockKind.ANSWERED),
)


@dataclass
class Checked:
    """How many instants were checked, the largest error in seconds, and what was wrong in words."""

    checks: int = 0
    error_s: float = 0.0
    wrong: tuple[str, ...] = ()

    def off_by(self, words: str, found: datetime, expected: datetime) -> None:
        self.checks += 1
        error = abs((found - expected).total_seconds())
        if error:
            self.error_s = max(self.error_s, error)
            self.wrong = (*self.wrong, f"{words}: {found.isoformat()}, and not {expected.isoformat()}")[:20]

    def must(self, words: str, holds: bool) -> None:
        self.checks += 1
        if not holds:
            self.wrong = (*self.wrong, words)[:20]


def checked(*, every_minutes: int, due: Reckon = clock.due_at) -> Checked:
    """Every kind of promise, from every start of every night."""
    found = Checked()
    for night in NIGHTS:
        for minutes in range(0, HOURS * 60 + 1, every_minutes):
            started_at = night + timedelta(minutes=minutes)
            for kind, standard in promised(started_at):
                due_at = due(started_at, standard)
                where = f"{kind} within {standard} from {started_at.isoformat()}"
                found.off_by(f"{where}, due", due_at, in_seconds(started_at, standard.total_seconds()))
                one = a_clock(kind, started_at, due_at)
                _climbs(one, found, where)
    return found


def promised(at: datetime) -> Iterator[tuple[ClockKind, timedelta]]:
    """Every length of time that is promised for something, with the kind of clock it runs on."""
    on = local_date(at)
    for standard in law.response_times(on=on):
        yield ClockKind.RESPONSE, standard.within
    for level, days in police_review.DAYS.items():
        yield ClockKind(f"police_{level}"), timedelta(days=seeing.most(days, at=at))
    for kind in ReviewKind:
        yield ClockKind.GOVERNANCE_REVIEW, seeing.lasts(f"review_{kind}", at=at)
    for one in standards.every():
        if one.fact in (*ACCESS, *StatutoryKind) and one.standard.provenance.stands(on):
            yield ClockKind(one.fact), one.standard.within
            if one.most is not None:
                yield ClockKind(one.fact), one.most
    kinds = {str(kind): kind for kind in ClockKind}
    for standard in law.promise_times(on=on):
        if standard.code in kinds or standard.code.startswith("offer_"):
            yield kinds.get(standard.code, ClockKind.OFFER), standard.within
        for start, kind in OF_EDGES:
            if standard.code.startswith(start):
                yield kind, standard.within


def a_clock(kind: ClockKind, started_at: datetime, due_at: datetime) -> Clock:
    return Clock(
        id=NOBODY, kind=kind, agency_id=NOBODY, team_id=NOBODY, member_id=None, person_id=None,
        referral_id=None, contact_id=None, standard="", started_at=started_at, due_at=due_at,
        is_running=True, step=0, rung="", next_at=None, rests_until=None,
    )  # fmt: skip


def _climbs(one: Clock, found: Checked, where: str) -> None:
    """Step by step up the ladder, each a second early and on the second."""
    for expected in islice(owed(one), STEPS):
        early, wakes_at = escalation.look(one, at=expected - SECOND)
        found.must(f"{where}: told a second early", early == ())
        found.off_by(f"{where}, wakes", wakes_at or expected, expected)
        steps, _ = escalation.look(one, at=expected)
        found.must(f"{where}: not told on the second", len(steps) >= 1)
        for step in steps:
            climb: Climb = step.change.after
            found.off_by(f"{where}, {climb.rung}", climb.owed_at, expected)
            one = replace(one, step=climb.step, rung=climb.rung, next_at=climb.next_at)


def owed(one: Clock) -> Iterator[datetime]:
    """The instants at which somebody must be told, summed in whole seconds; each instant once."""
    rungs = escalation.rungs_of(one)
    length = (one.due_at - one.started_at).total_seconds()
    at = length * rungs[0].starts_percent / 100
    seen: float | None = None
    place = 0
    while True:
        if at != seen:
            yield in_seconds(one.started_at, at)
        seen, told = at, rungs[place]
        place = min(place + 1, len(rungs) - 1)
        at = max(at + told.reply_within.total_seconds(), length * rungs[place].starts_percent / 100)


def in_seconds(at: datetime, seconds: float) -> datetime:
    """So many seconds later, counted from 1970, where no calendar can come between."""
    return datetime.fromtimestamp(at.timestamp() + seconds, UTC)
