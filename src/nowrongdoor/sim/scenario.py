"""
Four weeks in Averley: people turn to us, staff answer, teams come and go, up to a realistic present.

The present is not left to chance: `SCENES` sees to it that whoever signs in finds work in every
state, some of it late.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from nowrongdoor.rules import access
from nowrongdoor.sim import county, plans
from nowrongdoor.sim import people as invention
from nowrongdoor.sim.actors import (
    call_handler,
    governance_lead,
    on_call,
    rapid,
    second_reader,
    sharer,
    team_lead,
)
from nowrongdoor.sim.actors.call_handler import Caller
from nowrongdoor.sim.actors.shift import MINUTE, Shift
from nowrongdoor.sim.arrivals import HOUR, arrivals
from nowrongdoor.sim.place import found_place
from nowrongdoor.sim.place_protocol import Place
from nowrongdoor.sim.plans import Plan
from nowrongdoor.sim.stories import STORIES
from nowrongdoor.sim.streams import Streams

CONTACTS_EACH = 3.4  # of which some nine in ten lead to a referral
ROUNDS = (9, 16)  # the hours at which leads go round
LOOKED_THROUGH = 50  # of those a team holds, for whoever holds one by name
Progress = Callable[[int, int], None]
FALL, DRESSING, DISTRESS, TONIGHT, MORNINGS, CARER, NOTICE = (STORIES[n] for n in (0, 2, 3, 4, 6, 7, 8))
DRINK, CARD, QUIET, WARD, BREATH, LETTER = (STORIES[n] for n in (10, 13, 15, 17, 18, 19))

# Minutes before the present, and what comes of whoever turns to us then.
SCENES: tuple[tuple[float, Plan], ...] = (
    (660, Plan(DISTRESS, "very_urgent", pause="help", statutory="place_of_safety", caller="professional")),
    (280, Plan(TONIGHT, "very_urgent", pause="help", police="not_attending", caller="carer")),
    (75, Plan(DISTRESS, "very_urgent", pause="help", police="unknown", caller="carer")),
    (340, Plan(CARER, "urgent", pause="help", statutory="safeguarding", caller="carer")),
    (330, Plan(NOTICE, "urgent", pause="help", tries=3)),
    (310, Plan(MORNINGS, "urgent", asks=True, pause="the_person")),
    (190, Plan(NOTICE, "urgent", pause="answer", caller="professional")),
    (150, Plan(DISTRESS, "urgent", asks=True, pause="information")),
    (95, Plan(FALL, "very_urgent", pause="answer", caller="carer")),
    (80, Plan(WARD, "soon", returns=1, pause="answer", caller="professional")),
    (48, Plan(LETTER, "urgent", pause="triage")),
    (44, Plan(CARER, "soon", pause="answer")),
    (36, Plan(DRESSING, "urgent", path=plans.DIRECT, pause="answer")),
    (28, Plan(DISTRESS, "very_urgent", outcome="caller_lost", pause="callback")),
    (24, Plan(BREATH, "very_urgent", pause="answer", caller="carer")),
    (19, Plan(CARD, "urgent", pause="triage")),
    (15, Plan(DRINK, "soon", pause="triage", named=False, caller="anonymous")),
    (9, Plan(QUIET, "soon", outcome="caller_lost", pause="callback")),
    (6, Plan(FALL, "very_urgent", pause="triage", caller="carer")),
    (3, Plan(TONIGHT, "emergency", pause="triage", caller="carer")),
)

# So that nobody opens the wrong record without a warning, two pairs are easily taken for each other:
# the thirteenth person has the name of the first, and the fourteenth is the twin of the second. Two are on
# record twice: the sixteenth is the third, and the eighteenth the fifth.
ALIKE = {
    12: (0, invention.namesake), 13: (1, invention.twin), 15: (2, invention.again), 17: (4, invention.again),
}  # fmt: skip

# Minutes before a team closes: it holds two people and has been asked to take a third.
EVENINGS = DRESSING._replace(teams=(county.CLOSING,))
BEFORE_CLOSING: tuple[tuple[float, Plan], ...] = (
    (400, Plan(EVENINGS, "routine")),
    (360, Plan(EVENINGS, "routine", caller="carer")),
    (5, Plan(EVENINGS, "soon", path=plans.DIRECT)),
)


# How long before the present glass is broken, by whom, and how soon somebody looks into it.
BREAKINGS: tuple[tuple[timedelta, str, timedelta | None], ...] = (
    (timedelta(days=20, hours=7), "edt", timedelta(hours=31)),
    (timedelta(days=9, hours=13), "control", timedelta(days=2)),
    (timedelta(days=5, hours=9), "crisis", None),
    (timedelta(hours=2), "clinical_hub", None),
)


@dataclass(frozen=True)
class Told:
    """What a history came to."""

    acts: int
    contacts: int
    people: int


def history(
    place: Place,
    *,
    people: int,
    until: datetime,
    days: int,
    seed: int,
    progress: Progress | None = None,
) -> Told:
    """
    Live so many days up to `until` in an empty place, with so many people in its county.

    The same arguments give the same history, id by id and word by word. `progress` is told the
    simulated hours that have passed and how many there are.
    """
    streams = Streams(seed)
    start = until - timedelta(days=days)
    roster = found_place(place, ids=streams["ids"], names=streams["staff names"], at=start)
    shift = Shift(place, roster, streams, until=until, at=start + timedelta(seconds=1))
    callers = _Callers(people, streams)
    flow = _Flow(shift, callers, expected=CONTACTS_EACH * people * days / 28)
    flow.begin(start)
    for before, plan in SCENES:
        shift.later(until - MINUTE * before, partial(flow.scene, plan))
    closing = start + timedelta(days=days) * 0.5
    for before, plan in BEFORE_CLOSING:
        shift.later(closing - MINUTE * before, partial(flow.scene, plan))
    _come_and_go(shift, start=start, days=days, closing=closing)
    _break_glass(shift, start=start)
    second_reader.come(shift, until=until)
    sharer.come(shift, until=until, start=start)
    shift.later(until - on_call.BEFORE, partial(on_call.keep_rota, shift))
    shift.later(until - rapid.BEFORE, partial(rapid.be_ready, shift))
    shift.run(_telling(progress, start=start, until=until))
    return Told(shift.acts, flow.contacts, callers.met)


class _Callers:
    """Who turns to us: everyone of the county once, and some again and again."""

    def __init__(self, people: int, streams: Streams) -> None:
        self.people = people
        self.chance, self.invented = streams["callers"], streams["people"]
        self.numbers = invention.nhs_numbers(streams["numbers"])
        self.known: list[Caller] = []

    @property
    def met(self) -> int:
        return len(self.known)

    def next(self, plan: Plan, at: datetime, *, still_to_come: float) -> Caller:
        """Someone new, as often as it takes to meet everyone; who stays unnamed is never the first time."""
        left = self.people - len(self.known)
        is_new = self.chance.happens(min(1.0, left / max(still_to_come, 1.0)))
        is_found = plan.named and plan.outcome != "caller_lost"
        if left > 0 and ((is_new and is_found) or not self.known):
            return self._new(at)
        return self.chance.one_of(self.known)

    def _new(self, at: datetime) -> Caller:
        person = invention.invent(self.invented, self.numbers, today=at.date())
        alike = ALIKE.get(len(self.known))
        if alike is not None:
            of, how = alike
            person = how(self.known[of].person, person)
        self.known.append(Caller(person))
        return self.known[-1]


class _Flow:
    """Contacts, one after the other; each writes the next one into the diary."""

    def __init__(self, shift: Shift, callers: _Callers, *, expected: float) -> None:
        self.shift, self.callers, self.expected = shift, callers, expected
        self.contacts = 0
        self.start = shift.at
        self.instants: Iterator[datetime] = iter(())

    def begin(self, start: datetime) -> None:
        self.instants = arrivals(
            self.shift.streams["arrivals"], start=start, until=self.shift.until, expected=self.expected
        )
        self._next()

    def contact(self) -> None:
        self.scene(plans.draw(self.shift.streams["plans"]))
        self._next()

    def scene(self, plan: Plan) -> None:
        self.contacts += 1
        left = (self.shift.until - self.shift.at) / (self.shift.until - self.start)
        caller = self.callers.next(plan, self.shift.at, still_to_come=self.expected * left * 0.85)
        call_handler.answer(self.shift, plan, caller)

    def _next(self) -> None:
        at = next(self.instants, None)
        if at is not None:
            self.shift.later(at, self.contact)


def _come_and_go(shift: Shift, *, start: datetime, days: int, closing: datetime) -> None:
    """The rounds of the leads; a team that closes half-way; two members who go to other posts."""
    for day in range(days + 1):
        for hour in ROUNDS:
            at = start.replace(hour=hour, minute=10, second=0, microsecond=0) + timedelta(days=day)
            if at > start:
                shift.later(at, partial(team_lead.go_round, shift))
    # The centre's staff stay: each of its clinicians is somebody's specialist.
    elsewhere = tuple(key for key in shift.roster.teams if key != county.CENTRE)
    shift.later(closing, partial(team_lead.close_team, shift, county.CLOSING, county.SUCCESSOR))
    for at, teams in (
        (start + timedelta(days=days) * 0.7, ("district", "therapy", "tenancy")),
        # Less than the time in which a team settles it: at the end somebody waits to be accepted.
        (shift.until - MINUTE * 32, ("reablement", "asc", "options", "crisis", *elsewhere)),
    ):
        shift.later(at, partial(_someone_leaves, shift, teams))


def _someone_leaves(shift: Shift, teams: tuple[str, ...]) -> None:
    """Someone who holds people by name, or takes one on just before, so that there is something to settle."""
    held = [
        (team, shift.place.case(referral.id))
        for team in teams
        if team not in shift.closed and shift.roster.staff[team][1:]
        for referral in shift.place.held(shift.roster.team_id(team), limit=LOOKED_THROUGH)
    ]
    for team, case in held:
        for one in shift.roster.staff[team][1:]:
            if case.holding is not None and case.holding.member_id == one.member_id:
                team_lead.member_leaves(shift, one)
                return
    for team, case in held:
        one = shift.roster.staff[team][1]
        if case.holding is not None and access.may_do(one, "holding.take", at=shift.at):
            shift.place.holdings.take(
                referral_id=case.referral.id, by=one, at=shift.tick(), seen=case.holding.version
            )
            team_lead.member_leaves(shift, one)
            return


def _break_glass(shift: Shift, *, start: datetime) -> None:
    """Now and then glass is broken: two were looked into, one is late, and one is new."""
    for number, (before, team, reviewed_after) in enumerate(BREAKINGS):
        if shift.until - before > start:
            do = partial(governance_lead.break_glass, shift, team, number, reviewed_after)
            shift.later(shift.until - before, do)


def _telling(progress: Progress | None, *, start: datetime, until: datetime) -> Callable[[datetime], None]:
    hours = max(1, int((until - start) / HOUR))
    told = -1

    def tell(at: datetime) -> None:
        nonlocal told
        passed = int((at - start) / HOUR)
        if progress is not None and passed > told:
            told = passed
            progress(passed, hours)

    return tell
