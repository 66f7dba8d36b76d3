"""
Three ways to run one day: our live plan, the nearest free crew, and whoever is first on the list.

Ours is the board's own plan (`rules.board_plan`), made anew whenever something happens. A lead agrees to what
is to set off next, and to what must move; that is a promise, given by the rule that gives a visit
(`rules.assigning`), and is kept.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from uuid import UUID

from nowrongdoor.console.bench.lived_day import MINUTE, Coming, LivedDay, Went
from nowrongdoor.console.bench.replanning import InventedBoard, needless
from nowrongdoor.rules.words import VisitState

SOON = 10 * MINUTE  # a lead agrees to what sets off within so long; the rest is planned anew until then
ASKED, ON_SHIFT, SETS_OFF, OVER = "asked", "on shift", "sets off", "over"


@dataclass
class Events:
    """What happens next, the soonest first."""

    waiting: list[tuple[datetime, int, str, UUID]] = field(default_factory=list)
    number: count[int] = field(default_factory=count)

    def add(self, at: datetime, what: str, of: UUID) -> None:
        heapq.heappush(self.waiting, (at, next(self.number), what, of))

    def next(self) -> tuple[datetime, list[tuple[str, UUID]]]:
        at, _, what, of = heapq.heappop(self.waiting)
        together = [(what, of)]
        while self.waiting and self.waiting[0][0] == at:
            _, _, what, of = heapq.heappop(self.waiting)
            together.append((what, of))
        return at, together


def begin(day: LivedDay) -> Events:
    events = Events()
    for one in day.coming:
        events.add(one.at, ASKED, one.visit.id)
    for own, _ in day.crews.values():
        events.add(own.from_at, ON_SHIFT, own.id)
    return events


def by_rule(day: LivedDay, order: Callable[[Coming], object]) -> list[Went]:
    """Whoever waits, in this order, is sent the nearest crew that is free now and may go; else waits on."""
    coming = {one.visit.id: one for one in day.coming}
    waits: list[Coming] = []
    events, last, lived = begin(day), dict[UUID, Went](), []
    while events.waiting:
        at, together = events.next()
        waits += [coming[of] for what, of in together if what == ASKED]
        for one in sorted(waits, key=order):  # type: ignore[arg-type]
            able = []
            for key in day.able[one.visit.id]:
                own, before = day.crews[key][0], last.get(key)
                if own.is_on(at) and (before is None or before.over_at <= at):
                    went = day.go(one, own, before, at)
                    if went.there_at + one.visit.minutes * MINUTE <= own.ends_at:
                        able.append((went.there_at, str(key), went))
            if able:
                went = min(able)[2]
                last[went.crew.id] = went
                lived.append(went)
                waits.remove(one)
                events.add(went.over_at, OVER, one.visit.id)
    return lived


def nearest_free(day: LivedDay) -> list[Went]:
    """In the order in which they are due."""
    return by_rule(day, lambda one: (one.visit.due_at, one.at, str(one.visit.id)))


def first_come(day: LivedDay) -> list[Went]:
    """In the order in which they came."""
    return by_rule(day, lambda one: (one.at, str(one.visit.id)))


@dataclass
class LiveBoard(InventedBoard):
    """Our board through the day. `took` are the processor seconds of each plan."""

    day: LivedDay | None = None
    took: list[float] = field(default_factory=list)
    broken: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        assert self.day is not None
        self.crews = self.day.crews
        self.coming = {one.visit.id: one for one in self.day.coming}
        self.last: dict[UUID, Went] = {}
        self.lived: list[Went] = []
        self.events = begin(self.day)

    def run(self) -> list[Went]:
        while self.events.waiting:
            self.at, together = self.events.next()
            for what, of in together:
                if what == ASKED:
                    self.visits[of] = self.coming[of].visit
                if what == OVER:
                    del self.visits[of]
                    self.busy = [each for each in self.busy if each[1].id != of]
            self._set_off()
            if any(one.state in (VisitState.ASKED, VisitState.PLANNED) for one in self.visits.values()):
                self._decide()
            self._set_off()
        return self.lived

    def _decide(self) -> None:
        began = time.process_time()
        plan = self.plan()
        self.took.append(time.process_time() - began)
        self.broken += needless(self, plan)
        soon = tuple(
            one for one in plan.proposals
            if one.offer.leaves_at <= self.at + SOON or one.instead_of is not None
        )  # fmt: skip
        before = {one.id for one in self.visits.values() if one.state == VisitState.PLANNED}
        self.refused += self.agree(replace(plan, proposals=soon))
        for one in self.visits.values():
            if one.state == VisitState.PLANNED and one.id not in before and one.leaves_at:
                self.events.add(max(one.leaves_at, self.at), SETS_OFF, one.id)

    def _set_off(self) -> None:
        """Each crew that is free sets off for the first of what it has, once it is time."""
        assert self.day is not None
        out = {key for key, one in self.last.items() if one.over_at > self.at}
        planned = [one for one in self.visits.values() if one.state == VisitState.PLANNED]
        for one in sorted(planned, key=lambda one: (one.leaves_at or self.at, str(one.id))):
            assert one.crew_id is not None and one.leaves_at is not None
            if one.crew_id in out or one.leaves_at > self.at:
                continue
            out.add(one.crew_id)
            own = self.crews[one.crew_id][0]
            went = self.day.go(self.coming[one.id], own, self.last.get(own.id), self.at)
            self.last[own.id] = went
            self.lived.append(went)
            self.events.add(went.over_at, OVER, one.id)
            going_on = replace(one, state=VisitState.ON_THE_WAY)
            self.visits[one.id] = going_on
            until = went.there_at + one.minutes * MINUTE
            self.busy = [
                (replace(going, from_at=self.at, until_at=until, is_under_way=True), going_on)
                if each.id == one.id else (going, each)
                for going, each in self.busy
            ]  # fmt: skip
