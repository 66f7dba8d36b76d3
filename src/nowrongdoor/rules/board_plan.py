"""
A plan for the whole board: which crew each visit might have, when and why. It gives nobody to anybody.

As many as can be are met in time; then the least late; then what people asked for, a fair load, who knows
them, the shortest way. What a crew has stays with it for as long as it can still be there in time, and longer
where somebody gave a reason for that crew. Where two teams meet at the door, a crew is there then and no
sooner. What cannot be met is said, with what it would take.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import assigning, board_seeking, pairing, skill
from nowrongdoor.rules.assigning import Busy, Offer
from nowrongdoor.rules.board_seeking import Found, Held, Place, Wanted, Ways
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit import UNDER_WAY
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.rules.words import VisitState

MINUTE = timedelta(minutes=1)
NOT_SET_OFF = (VisitState.PLANNED, VisitState.TOLD)
TO_GIVE = (VisitState.ASKED, *NOT_SET_OFF)
SHIFT_OVER = "The shift of the crew that has it is over."
LATE_NOW = "The crew that has it would be there after it is due, and this one in time."
NO_CREW, NO_PAIR, NO_SKILL, NO_TIME = "no_crew", "no_pair", "no_skill", "no_time"
Staffed = tuple[Crew, Sequence[Seat], Sequence[Busy]]


@dataclass(frozen=True)
class Proposal:
    """
    A crew for one visit. `why` it rather than another, of `in_time` crews that could be there in time;
    `instead_of` and `because` where another crew has the visit now; `leave_by` where it would be late: when
    somebody would have had to set off to be in time.
    """

    visit: Visit
    offer: Offer
    why: str
    in_time: int
    instead_of: UUID | None
    because: str
    leave_by: datetime | None


@dataclass(frozen=True)
class Kept:
    """A visit that stays with the crew it has: when that would be there, and that somebody chose it."""

    visit: Visit
    there_at: datetime
    is_late: bool
    is_pinned: bool


@dataclass(frozen=True)
class Unmet:
    """A visit no crew can have, why, and what it takes: these skills, or so long before a shift ends."""

    visit: Visit
    why: str
    skills: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class BoardPlan:
    """What is proposed, by when crews would set off; what stays; what cannot be met, most urgent first."""

    proposals: tuple[Proposal, ...]
    kept: tuple[Kept, ...]
    unmet: tuple[Unmet, ...]


def propose(
    visits: Iterable[Visit],
    crews: Sequence[Staffed],
    *,
    skills: Collection[Skill],
    known: Mapping[UUID, frozenset[UUID]],
    at: datetime,
) -> BoardPlan:
    """
    A plan for these visits and crews. `skills` are those on record of whoever sits in them; `known` are, by
    visit, the members who were with that person before.

    The same board at the same instant has the same plan.
    """
    every = sorted((one for one in visits if one.ended_at is None), key=lambda one: (one.due_at, one.id))
    ways = Ways(at)
    on = {one.id: (one, seats, busy) for one, seats, busy in crews if one.ends_at > at}
    has = {one.id: one for one in every if one.state in NOT_SET_OFF}
    moving = {key for key, one in has.items() if _might_move(one, on, ways, at=at)}
    while True:
        places = [place for of in on.values() for place in _places(of, has, moving, ways, at=at)]
        waits = [one for one in every if one.state == VisitState.ASKED or one.id in moving]
        wanted = [_wanted(one, on, skills, known.get(one.id, frozenset()), at=at) for one in waits]
        found = board_seeking.seek(wanted, places, ways)
        # Nothing is taken from a crew for another that would be late as well.
        stays = {
            one.visit.id
            for one in wanted
            if one.visit.id in moving and one.visit.crew_id in on and not found.is_in_time(one)
        }
        if not stays:
            break
        moving -= stays
    kept = [_kept(has[key], on, ways, at=at) for key in has if key not in moving]
    return BoardPlan(
        tuple(_proposals(wanted, found, on, skills, known, ways, at=at)),
        tuple(sorted(kept, key=lambda one: (one.there_at, one.visit.id))),
        tuple(_unmet(one, on, skills, at=at) for one in wanted if one.visit.id not in found.chosen),
    )


def good_until(*, at: datetime) -> datetime:
    """Up to when a plan that was made now can be given as it stands."""
    return at + seeing.most("plan_minutes", at=at) * MINUTE


def _might_move(one: Visit, on: Mapping[UUID, Staffed], ways: Ways, *, at: datetime) -> bool:
    """Its crew cannot be there in time, and nobody gave a reason for that crew; or it is off shift."""
    if one.crew_id not in on:
        return True
    return not one.chosen_words and _there(one, on, ways, at=at) > one.there_by


def _there(one: Visit, on: Mapping[UUID, Staffed], ways: Ways, *, at: datetime) -> datetime:
    """When the crew that has it would be there: after what it has before, and no sooner than now."""
    crew, _, busy = on[one.crew_id]  # type: ignore[index]
    free, area = _now(crew, busy, at=at)
    for each in _in_order(crew, busy):
        leaves = max(each.leaves_at or at, free)
        there = leaves + ways.minutes(crew.travel, area, each.area, leaves) * MINUTE
        if each.id == one.id:
            return there
        free, area = there + each.minutes * MINUTE, each.area
    return max(one.leaves_at or at, at)


def _now(crew: Crew, busy: Sequence[Busy], *, at: datetime) -> tuple[datetime, str]:
    """When this crew is free of what it is out on, and where it is then."""
    out = [(going.until_at, visit.area) for going, visit in busy if visit.state in UNDER_WAY]
    until, area = max(out, default=(at, crew.base))
    return max(at, crew.from_at, until), area


def _in_order(crew: Crew, busy: Sequence[Busy]) -> list[Visit]:
    """What this crew has still to set off to, in the order it is planned."""
    mine = {one.id: one for _, one in busy if one.crew_id == crew.id and one.state in NOT_SET_OFF}
    return sorted(mine.values(), key=lambda one: (one.leaves_at, one.id))


def _places(
    of: Staffed, has: Mapping[UUID, Visit], moving: set[UUID], ways: Ways, *, at: datetime
) -> Iterable[Place]:
    """Where visits could go: before the first that this crew keeps, if there is time, and after the last."""
    crew, _, busy = of
    free, area = _now(crew, busy, at=at)
    # Whoever asked for the plan reads it first: what is given by then is given as it was shown.
    free = max(free, good_until(at=at))
    over = any(going.is_under_way and going.until_at <= at for going, _ in busy)
    load = sum(one.minutes for one in {visit.id: visit for _, visit in busy}.values() if one.id not in moving)
    keeps = [one for one in _in_order(crew, busy) if one.id not in moving]
    if keeps and keeps[0].leaves_at is not None and keeps[0].leaves_at > free:
        first = keeps[0]
        until = _before(first)
        then = Held(first.area, until, first.there_by)
        yield Place(crew.id, crew.travel, free, area, until, load, over, then)
    for one in keeps:
        leaves = max(one.leaves_at or at, free)
        way = ways.minutes(crew.travel, area, one.area, leaves)
        # What is planned for longer, as it was shown, is kept free: nobody is in two visits.
        free, area = max(leaves + (way + one.minutes) * MINUTE, one.free_at or at), one.area
    yield Place(crew.id, crew.travel, free, area, crew.ends_at, load, over, None)


def _before(one: Visit) -> datetime:
    return one.leaves_at or one.due_at


def _fit(one: Visit, of: Staffed, skills: Collection[Skill], *, at: datetime) -> tuple[Seat, ...]:
    """Who of this crew is counted on, for what, from now until this visit would be over."""
    crew, seats, _ = of
    until = max(good_until(at=at), min(crew.ends_at, max(one.due_at, one.there_by) + one.minutes * MINUTE))
    return skill.counted(seats, skills, from_at=at, until_at=until)


def _wanted(
    one: Visit,
    on: Mapping[UUID, Staffed],
    skills: Collection[Skill],
    known: frozenset[UUID],
    *,
    at: datetime,
) -> Wanted:
    """For each crew that could go at all: how much it lacks of what was asked for, and if it knows them."""
    fits: dict[UUID, tuple[int, bool]] = {}
    for key, of in on.items():
        goers = assigning.who_goes(one, _fit(one, of, skills, at=at), at=at)
        has = {code for seat in goers for code in seat.skills}
        # A crew is not proposed to the visit it is taken from.
        if len(goers) < one.people or set(one.skills) - has or key == one.crew_id:
            continue
        lacks = bool(one.wish_gender) and all(seat.gender != one.wish_gender for seat in goers)
        mute = bool(one.wish_language) and all(one.wish_language not in seat.languages for seat in goers)
        fits[key] = lacks + mute, bool(known & {seat.member_id for seat in goers})
    return Wanted(one, fits)


def _kept(one: Visit, on: Mapping[UUID, Staffed], ways: Ways, *, at: datetime) -> Kept:
    there = _there(one, on, ways, at=at)
    return Kept(one, there, there > one.there_by, bool(one.chosen_words))


def _proposals(
    wanted: Sequence[Wanted],
    found: Found,
    on: Mapping[UUID, Staffed],
    skills: Collection[Skill],
    known: Mapping[UUID, frozenset[UUID]],
    ways: Ways,
    *,
    at: datetime,
) -> Iterable[Proposal]:
    """Each as it would be given: reckoned by the very rule that gives a visit, those before it given."""
    chosen = sorted(found.chosen.values(), key=lambda one: (one.leaves_at, one.visit.due_at, one.visit.id))
    given: dict[UUID, list[Busy]] = {key: list(busy) for key, (_, _, busy) in on.items()}
    moved = {one.visit.id for one in wanted if one.visit.crew_id is not None}
    for key, busy in given.items():
        given[key] = [(going, visit) for going, visit in busy if visit.id not in moved]
    for one in chosen:
        crew, seats, _ = on[one.crew_id]
        offer = assigning.offer(
            one.visit, crew, seats, given[crew.id], skills=skills, known=known.get(one.visit.id, frozenset()),
            leaves_at=one.leaves_at, at=at,
        )  # fmt: skip
        there = replace(one.visit, crew_id=crew.id, leaves_at=offer.leaves_at, free_at=offer.free_at)
        given[crew.id] += [(_going(there, seat), there) for seat in offer.goers]
        late = offer.there_at > one.visit.there_by
        yield Proposal(
            one.visit, offer, one.why, one.in_time, one.visit.crew_id,
            _because(one.visit, on), ways.leave_by(one.visit, on.values(), at=at) if late else None,
        )  # fmt: skip


def _because(one: Visit, on: Mapping[UUID, Staffed]) -> str:
    if one.crew_id is None:
        return ""
    return LATE_NOW if one.crew_id in on else SHIFT_OVER


def _going(visit: Visit, seat: Seat) -> Going:
    assert visit.crew_id is not None and visit.leaves_at is not None and visit.free_at is not None
    return Going(
        visit.id, visit.id, visit.crew_id, seat.member_id, visit.leaves_at, visit.free_at, is_under_way=False
    )


def _unmet(
    one: Wanted, on: Mapping[UUID, Staffed], skills: Collection[Skill], *, at: datetime
) -> Unmet:
    """What stands in the way of every crew, the most telling first."""
    visit = one.visit
    if not on:
        return Unmet(visit, NO_CREW, visit.skills, visit.minutes)
    if one.fits:
        return Unmet(visit, NO_TIME, (), visit.minutes)
    rules = pairing.of(visit.pair_rules, at=at)
    fit = [_fit(visit, of, skills, at=at) for of in on.values()]
    if rules and not any(assigning.who_goes(visit, seats, at=at) for seats in fit):
        return Unmet(visit, NO_PAIR, visit.skills, visit.minutes)
    some = {code for seats in fit for seat in seats for code in seat.skills}
    lacking = tuple(code for code in visit.skills if code not in some)
    return Unmet(visit, NO_SKILL, lacking or visit.skills, visit.minutes)
