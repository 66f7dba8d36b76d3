"""
Which crew should go: each is ranked for one visit, with reasons for and against it in words. People decide.

A crew can be given a visit against the advice, with a reason in words, but never when it is off shift or
elsewhere, or when two must go and it is one. Nothing here gives a visit to anybody.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import clock, crew, law, pairing, skill, travelling
from nowrongdoor.rules.change import Refused, Steps, began, changed, moved, need_words
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.skill import Lapse, Skill
from nowrongdoor.rules.visit import MOVES, REFUSALS
from nowrongdoor.rules.visit_record import Going, Visit

MINUTE = timedelta(minutes=1)
SUPPORT_WORKER = "support_worker"
Busy = tuple[Going, Visit]


@dataclass(frozen=True)
class Offer:
    """
    A crew for one visit: who of it would go, when it would leave, be there and be free, and what speaks for
    it and against it. `cannot` says why it cannot go at all; `lapses` what its people are not counted on for.
    """

    crew: Crew
    goers: tuple[Seat, ...]
    leaves_at: datetime
    there_at: datetime
    free_at: datetime
    minutes_away: int
    knows: bool
    against: tuple[str, ...]
    cannot: str
    lapses: tuple[Lapse, ...] = ()

    @property
    def order(self) -> tuple[bool, bool, int, bool, datetime, str]:
        """The best first: who can go, in time, with least against it, whom the person knows, soonest."""
        late = any(words in (LATE, LATE_TO_MEET) for words in self.against)
        return (bool(self.cannot), late, len(self.against), not self.knows, self.there_at, str(self.crew.id))


WHY = "Say why this crew goes all the same. "
STILL_THERE = "It is on another visit still, past the time at which it was to be free."
LATE = "It would be there after the visit is due."
LATE_TO_MEET = "It would be there after both crews are to meet."


def rank(
    visit: Visit,
    crews: Iterable[tuple[Crew, Sequence[Seat], Sequence[Busy]]],
    *,
    skills: Collection[Skill],
    known: Iterable[UUID],
    at: datetime,
) -> tuple[Offer, ...]:
    """
    Every crew for this visit, the best first. `skills` are those on record of whoever sits in them; `known`
    are members who were with this person before.
    """
    had = frozenset(known)
    found = [offer(visit, one, seats, busy, skills=skills, known=had, at=at) for one, seats, busy in crews]
    return tuple(sorted(found, key=lambda one: one.order))


def offer(
    visit: Visit,
    one: Crew,
    seats: Sequence[Seat],
    busy: Sequence[Busy],
    *,
    skills: Collection[Skill],
    known: frozenset[UUID] = frozenset(),
    leaves_at: datetime | None = None,
    at: datetime,
) -> Offer:
    """One crew for this visit; without a time named, as soon as it is free, or to be there as they meet."""
    when = max(at, one.from_at, leaves_at or at)
    until = when + visit.minutes * MINUTE
    # Who goes depends on what they hold then, and when that is on who goes: the second look has both.
    for _ in range(2):
        fit = skill.counted(seats, skills, from_at=when, until_at=until)
        goers = who_goes(visit, fit, at=at)
        mine = {seat.member_id for seat in goers}
        when = max(at, one.from_at, leaves_at or _free_from(mine, busy, at=at))
        way = travelling.travel(one.travel, _start(one, busy, at=when), visit.area, at=when)
        if leaves_at is None and visit.meet_at is not None and when + way < visit.meet_at:
            # Nobody waits at a door for the other crew: whoever is near leaves later, at the pace of then.
            later = visit.meet_at - way
            way = travelling.travel(one.travel, _start(one, busy, at=later), visit.area, at=later)
            when = max(when, visit.meet_at - way)
        until = when + way + visit.minutes * MINUTE
    then = skill.counted(goers, skills, from_at=when, until_at=until)
    against = [*_against(visit, one, then, busy, when + way, until, at=at)]
    if not skill.may_drive(seats, one.travel, skills, from_at=when, until_at=until):
        against.append("Nobody of this crew holds what it takes to travel that way then.")
    return Offer(
        one, then, when, when + way, until, way // MINUTE, bool(mine & known), tuple(against),
        _cannot(visit, one, then, is_staffed=bool(fit), at=when),
        skill.lapses(seats, skills, from_at=when, until_at=until),
    )  # fmt: skip


def assign(
    visit: Visit,
    one: Crew,
    *,
    seats: Sequence[Seat],
    busy: Sequence[Busy],
    skills: Collection[Skill],
    leaves_at: datetime,
    words: str,
    kept_from: Collection[UUID] = (),
    at: datetime,
) -> Steps:
    """
    A person gives the visit to a crew, which leaves at the time that was shown, or now where that has passed.

    `busy` is what these people are planned on beside it, `skills` what they hold, `kept_from` whom a seal on
    the person names. Refuses a crew that is off shift or elsewhere then, one when two must go, and one with
    anybody who is kept from them, whoever of it would go in; it says no more of that, for the words may be
    read over a shoulder. Where something speaks against it, asks why it goes.
    """
    state = moved(MOVES, "assign", visit, refusals=REFUSALS)
    if one.team_id != visit.team_id:
        raise Refused("That crew is of another team.", code="crew_of_another_team", field="crew")
    if any(seat.member_id in kept_from for seat in seats):
        cannot = "This crew cannot go to this person. Choose another crew."
        raise Refused(cannot, code="crew_kept_from_them", field="crew")
    crew.need_on(one, at=at)
    chosen = offer(visit, one, seats, busy, skills=skills, leaves_at=leaves_at, at=at)
    if chosen.cannot:
        raise Refused(chosen.cannot, code="crew_cannot_go", field="crew")
    mine = {seat.member_id for seat in chosen.goers}
    for going, other in busy:
        overlaps = chosen.leaves_at < going.until_at and going.from_at < chosen.free_at
        if going.member_id in mine and overlaps:
            raise Refused(
                "This crew has another visit at that time. Choose another crew, or a later time.",
                code="crew_is_elsewhere",
                field="crew",
                of=other,
            )
    for against in chosen.against[:1]:
        need_words(words, field="words", ask=WHY + against)
    given = changed(
        visit, "visit.assigned", state=state, crew_id=one.id, leaves_at=chosen.leaves_at,
        free_at=chosen.free_at, chosen_words=words.strip(),
    )  # fmt: skip
    return (
        given,
        *(began("going.planned", _going(given.change.after, seat, chosen)) for seat in chosen.goers),
    )


def who_goes(visit: Visit, seats: Sequence[Seat], *, at: datetime) -> tuple[Seat, ...]:
    """
    Who of a crew goes: where a pair rule calls for two, one who may lead and one who may be the second, with
    the skills that are needed and then as few clinicians as it allows; else the one with most of the skills.
    """
    rules = pairing.of(visit.pair_rules, at=at)
    if not rules:
        return tuple(sorted(seats, key=lambda seat: (*_cost(visit, (seat,)), str(seat.id)))[:1])
    pairs = [
        (first, second)
        for n, first in enumerate(seats)
        for second in seats[n + 1 :]
        if all(rule.fits((first.role, second.role)) for rule in rules)
    ]
    return min(pairs, key=lambda pair: (*_cost(visit, pair), str(pair[0].id), str(pair[1].id)), default=())


def _cost(visit: Visit, goers: Sequence[Seat]) -> tuple[int, bool, int]:
    missing = set(visit.skills) - {code for seat in goers for code in seat.skills}
    clinicians = sum(seat.role != SUPPORT_WORKER for seat in goers)
    # Nobody who only supports goes alone where there is somebody who may decide.
    return len(missing), clinicians == 0, clinicians


def _cannot(visit: Visit, one: Crew, goers: Sequence[Seat], *, is_staffed: bool, at: datetime) -> str:
    if at >= one.ends_at:
        return "Its shift is over before it is free."
    if not is_staffed:
        return "Nobody of this crew may go then as what they go as."
    if len(goers) < visit.people:
        return "Two must go on this visit, and no two of this crew may."
    return ""


def _against(
    visit: Visit,
    one: Crew,
    goers: Sequence[Seat],
    busy: Sequence[Busy],
    there_at: datetime,
    free_at: datetime,
    *,
    at: datetime,
) -> Iterable[str]:
    """What speaks against this crew, in words; what weighs most comes first."""
    if there_at > visit.due_at:
        yield LATE
    elif there_at > visit.there_by:
        yield LATE_TO_MEET
    mine = {seat.member_id for seat in goers}
    if any(going.is_under_way and going.until_at <= at for going, _ in busy if going.member_id in mine):
        yield STILL_THERE
    has = {code for seat in goers for code in seat.skills}
    for code in visit.skills:
        if code not in has:
            yield f"Nobody who would go has this skill: {_label('visit_skills', code, at=at)}."
    if free_at > one.ends_at:
        yield "Its shift ends before the visit would be over."
    if visit.wish_gender and all(seat.gender != visit.wish_gender for seat in goers):
        yield f"They asked for {_label('crew_genders', visit.wish_gender, at=at).lower()}."
    if visit.wish_language and all(visit.wish_language not in seat.languages for seat in goers):
        yield f"Nobody who would go speaks {_label('crew_languages', visit.wish_language, at=at)}."


def _label(name: str, wanted: str, *, at: datetime) -> str:
    return next(one.label for one in law.codes(name, on=clock.local_date(at)) if one.code == wanted)


def _free_from(mine: set[UUID], busy: Sequence[Busy], *, at: datetime) -> datetime:
    """When the last that they are planned on is over."""
    return max((going.until_at for going, _ in busy if going.member_id in mine), default=at)


def _start(one: Crew, busy: Sequence[Busy], *, at: datetime) -> str:
    """Where they set off from then: the visit before, or their base."""
    before = [(going.until_at, str(visit.id), visit.area) for going, visit in busy if going.until_at <= at]
    return max(before)[2] if before else one.base


def _going(visit: Visit, seat: Seat, chosen: Offer) -> Going:
    key = uuid5(visit.id, f"{seat.member_id} {visit.version}")
    return Going(
        key, visit.id, chosen.crew.id, seat.member_id, chosen.leaves_at, chosen.free_at, is_under_way=False
    )
