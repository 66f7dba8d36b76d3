"""
How long it takes to plan the whole board anew: sixty open visits, eighteen crews, one thing after another.

The board is invented, and its visits and crews are made by the rules that make real ones. After every event
it is planned anew, and what is proposed is given, as a lead would who agrees.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import assigning, board_plan, crew, referral, travelling, visit
from nowrongdoor.rules.assigning import Busy
from nowrongdoor.rules.board_plan import BoardPlan, Staffed
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Crew, Seat, Seating
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit_record import Asked, Going, Visit
from nowrongdoor.rules.words import VisitState
from nowrongdoor.sim.streams import Stream

BEGINS = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOST_SECONDS = 1.0
SKILLS = ("falls", "wound", "catheter", "delirium", "crisis_assessment", "moving")
TOLD = (
    "proposed", "proposed_late", "unmet", "moved_to_another_crew", "promises_broken_needlessly",
    "refused_by_the_rule",
)  # fmt: skip
LEADS = ("nurse", "therapist", "paramedic", "mental_health_nurse")


@dataclass
class InventedBoard:
    """A team with its crews, and the visits that are open; `at` goes on with every event."""

    seed: int
    visits_open: int = 60
    crews_on: int = 18
    at: datetime = BEGINS
    visits: dict[UUID, Visit] = field(default_factory=dict)
    crews: dict[UUID, tuple[Crew, list[Seat]]] = field(default_factory=dict)
    busy: list[Busy] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Stream(f"{self.seed}/board")
        self.areas = [one.code for one in travelling.areas(on=local_date(self.at))]
        self.team, self.lead = self.chance.id(), self.chance.id()
        self.about = self._about()
        for _ in range(self.crews_on):
            self._put_on()
        while len(self.visits) < self.visits_open:
            self.ask()

    def _about(self) -> Referral:
        first = referral.refer(
            referral_id=self.chance.id(), holding_id=self.chance.id(), person_id=None, contact_id=None,
            needs=["physical"], request="Please see them.", words="", team_id=self.team, member_id=self.lead,
            at=self.at,
        )[0]  # fmt: skip
        about: Referral = first.change.after
        return about

    def _put_on(self) -> None:
        chance = self.chance
        skills = tuple(one for one in SKILLS if chance.happens(0.55))
        seatings = [Seating(chance.id(), chance.one_of(LEADS), skills)]
        if chance.happens(0.5):
            seatings.append(Seating(chance.id(), "support_worker", ("moving",)))
        made, *seats = crew.put_on(
            crew_id=chance.id(), team_id=self.team, name=f"Crew {len(self.crews) + 1}",
            base=chance.one_of(self.areas), travel=chance.one_of(("car", "car", "cycle")), device="",
            from_at=self.at, until_at=self.at + chance.randrange(4, 13) * 60 * MINUTE, seatings=seatings,
            members=[one.member_id for one in seatings], others=[], lent={}, by=self.lead, at=self.at,
        )  # fmt: skip
        self.crews[made.change.after.id] = made.change.after, [one.change.after for one in seats]

    def ask(self) -> None:
        """Somebody else needs a visit, to be there in forty minutes to four hours."""
        chance = self.chance
        asked = Asked(
            "See them.", "1 Mill Lane", chance.one_of(self.areas),
            skills=(chance.one_of(SKILLS),) if chance.happens(0.5) else (),
            minutes=chance.one_of((30, 45, 60)),
            pair_rules=("entry_hazard",) if chance.happens(0.2) else (),
            due_at=self.at + chance.randrange(40, 240) * MINUTE,
        )  # fmt: skip
        made = visit.ask(
            chance.id(), asked, about=self.about, team_id=self.team, by=self.lead, at=self.at
        )[0].change.after
        self.visits[made.id] = made

    def staffed(self) -> list[Staffed]:
        found = []
        for one, seats in self.crews.values():
            mine = {seat.member_id for seat in seats}
            found.append((one, seats, [each for each in self.busy if each[0].member_id in mine]))
        return found

    def plan(self) -> BoardPlan:
        return board_plan.propose(self.visits.values(), self.staffed(), skills=(), known={}, at=self.at)

    def agree(self, plan: BoardPlan) -> int:
        """All that is proposed is given, what moves taken back first: how many the rule refused."""
        refused = 0
        for one in plan.proposals:
            if one.instead_of is not None:
                back = visit.take_back(one.visit, words="As planned.", goings=[], at=self.at)
                self._apply(back[0].change.after, [])
        for one in plan.proposals:
            own, seats = self.crews[one.offer.crew.id]
            mine = {seat.member_id for seat in seats}
            try:
                steps = assigning.assign(
                    self.visits[one.visit.id], own, seats=seats, leaves_at=one.offer.leaves_at,
                    busy=[each for each in self.busy if each[0].member_id in mine], words="As proposed.",
                    skills=(),
                    at=self.at,
                )  # fmt: skip
            except Refused:
                refused += 1
                continue
            self._apply(steps[0].change.after, [step.change.after for step in steps[1:]])
        return refused

    def _apply(self, now: Visit, goings: list[Going]) -> None:
        # That somebody agreed to a plan is no reason for this crew and no other: nothing is pinned by it.
        self.visits[now.id] = now = replace(now, chosen_words="")
        self.busy = [each for each in self.busy if each[1].id != now.id] + [(one, now) for one in goings]

    def something_happens(self) -> None:
        """Ten minutes go by; one visit is over, another is asked for, or a crew is an hour longer out."""
        self.at += 10 * MINUTE
        for key in [key for key, one in self.visits.items() if one.free_at and one.free_at <= self.at]:
            del self.visits[key]
            self.busy = [each for each in self.busy if each[1].id != key]
        if self.busy and self.chance.happens(0.5):
            going, late = self.chance.one_of(self.busy)
            self.busy = [each for each in self.busy if each[1].id != late.id]
            out = replace(late, state=VisitState.ON_THE_WAY)
            self.visits[late.id] = out
            longer = max(going.until_at, self.at) + 60 * MINUTE
            self.busy.append((replace(going, until_at=longer, is_under_way=True), out))
        while len(self.visits) < self.visits_open:
            self.ask()


def needless(board: InventedBoard, plan: BoardPlan) -> int:
    """How many visits a plan takes from a crew that would have been there in time, reckoned by itself."""
    broken = 0
    for one in plan.proposals:
        if one.instead_of is None:
            continue
        crew_of, seats = board.crews[one.instead_of]
        mine = {seat.member_id for seat in seats}
        there = _expected(crew_of, [each for each in board.busy if each[0].member_id in mine], board.at)
        broken += crew_of.ends_at > board.at and there[one.visit.id] <= one.visit.due_at
    return broken


def _expected(one: Crew, busy: list[Busy], at: datetime) -> Mapping[UUID, datetime]:
    """When a crew reaches each visit it has: it goes through them as they are planned."""
    free, area, there = max(at, one.from_at), one.base, {}
    visits = {each.id: (going, each) for going, each in busy}
    for going, each in sorted(visits.values(), key=lambda pair: (not pair[0].is_under_way, pair[0].from_at)):
        if going.is_under_way:
            free, area = max(free, going.until_at), each.area
            continue
        leaves = max(going.from_at, free)
        there[each.id] = leaves + travelling.travel(one.travel, area, each.area, at=leaves)
        free, area = there[each.id] + each.minutes * MINUTE, each.area
    return there


def measure(*, seed: int, times: int, visits: int = 60, crews: int = 18) -> dict[str, float | int]:
    """
    Plan an invented board so many times: processor seconds of each, and what became of visits. Every other
    time nothing of it is given yet; then what was proposed is, something happens, and it is planned anew.
    """
    took, told = [], dict.fromkeys(TOLD, 0)
    board = InventedBoard(seed, visits, crews)
    for number in range(times):
        if number % 2 == 0:
            board = InventedBoard(seed + number, visits, crews)
        else:
            told["refused_by_the_rule"] += board.agree(board.plan())
            board.something_happens()
        began = time.process_time()
        plan = board.plan()
        took.append(time.process_time() - began)
        told["proposed"] += len(plan.proposals)
        told["proposed_late"] += sum(one.leave_by is not None for one in plan.proposals)
        told["unmet"] += len(plan.unmet)
        told["moved_to_another_crew"] += sum(one.instead_of is not None for one in plan.proposals)
        told["promises_broken_needlessly"] += needless(board, plan)
    took.sort()
    p50, p95 = (took[min(times - 1, int(times * part))] for part in (0.5, 0.95))
    return {"replans": times, "replan_p50_s": round(p50, 3), "replan_p95_s": round(p95, 3), **told}

