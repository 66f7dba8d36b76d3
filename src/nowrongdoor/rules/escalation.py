"""
The ladder: of a clock that is nearly due or past somebody is told, then somebody above, until one replies.

A climb is one step up, taken by a sweep. A clock climbs while it runs and nobody has replied; at the top it
repeats. A reply says what was decided, who disagreed, and what the person was told; the clock rests until
then. Only what it waits for ends it: an answer, a call, help begun.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import clock as time
from nowrongdoor.rules.change import Refused, Step, began, need_words
from nowrongdoor.rules.law import ladder


class ClockKind(StrEnum):
    """What a running clock waits for."""

    OFFER = "offer"
    ANSWER_REFERRER = "answer_referrer"
    RESPONSE = "response"
    CALLBACK, INFORMATION = "callback", "information"
    THE_PERSON, RE_HOMING = "the_person", "re_homing"
    LOOP, REPEATED_CONTACT = "loop", "repeated_contact"
    NO_CAPACITY, PARTNER_UNREACHABLE = "no_capacity", "partner_unreachable"
    DISAGREEMENT, LOST_TO_CONTACT, HOLDER_OFF = "disagreement", "lost_to_contact", "holder_off"
    POLICE_RECHECK, URGENT_HEALTH = "police_recheck", "urgent_health"
    POLICE_GAP, LATE_ARRIVAL, SECOND_READING = "police_gap", "late_arrival", "second_reading"
    VISIT, CHECK_IN = "visit", "check_in"
    NOT_AT_HOME, AFTER_VISIT, JUST_TO_TALK = "not_at_home", "after_visit", "just_to_talk"
    JOINT_VISIT = "joint_visit"
    SENT, RECEIVED, ANSWERED = "sent", "received", "answered"
    FIRST_CONTACT = "first_contact"
    DIRECT_CONTACT, FACE_TO_FACE = "direct_contact", "face_to_face"
    SHORT_INTERVENTION = "short_intervention"
    PLACE_OF_SAFETY, S136_HANDOVER = "place_of_safety", "s136_handover"
    DOCTOR_HOLDING, NURSE_HOLDING = "doctor_holding", "nurse_holding"
    SAFEGUARDING, REVIEW = "safeguarding", "review"
    GOVERNANCE_REVIEW = "governance_review"
    POLICE_BRONZE, POLICE_SILVER, POLICE_GOLD = "police_bronze", "police_silver", "police_gold"


# A disagreement with the police that waits for its review, at each level; of nobody.
POLICE_REVIEWS = frozenset({ClockKind.POLICE_BRONZE, ClockKind.POLICE_SILVER, ClockKind.POLICE_GOLD})


@dataclass(frozen=True)
class Clock:
    """
    What the row of the same id promises by a time. `step` counts its climbs, `rung` was told last, `next_at`
    is when it goes on, `rests_until` what a reply said, `wakes_at` when a sweep looks next.
    """

    id: UUID
    kind: str
    agency_id: UUID
    team_id: UUID
    member_id: UUID | None
    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    standard: str
    started_at: datetime
    due_at: datetime
    is_running: bool
    step: int
    rung: str
    next_at: datetime | None
    rests_until: datetime | None
    wakes_at: datetime | None = None
    version: int = 0

    @property
    def is_raised(self) -> bool:
        """Somebody has been told and nobody has replied."""
        return self.is_running and self.rung != "" and self.rests_until is None


@dataclass(frozen=True)
class Climb:
    """One step up the ladder: who was told of which clock, when that was owed and when it was done."""

    id: UUID
    clock_id: UUID
    kind: str
    step: int
    rung: str
    team_id: UUID
    person_id: UUID | None
    referral_id: UUID | None
    due_at: datetime
    owed_at: datetime
    climbed_at: datetime
    next_at: datetime
    version: int = 0


@dataclass(frozen=True)
class Reply:
    """What a person decided about a clock that had climbed. It rests until then, and is still owed."""

    id: UUID
    clock_id: UUID
    step: int
    person_id: UUID | None
    referral_id: UUID | None
    decision: str
    dissent: str
    told: str
    rests_until: datetime
    replied_at: datetime
    replied_by_id: UUID
    version: int = 0


@dataclass(frozen=True)
class Group:
    """Clocks of one team that have climbed to one rung, the one that was due first at the top."""

    team_id: UUID
    rung: str
    clocks: tuple[Clock, ...]


def rungs_of(clock: Clock) -> tuple[ladder.Rung, ...]:
    """The ladder a clock climbs: as the law stood when it started."""
    promised = clock.due_at - clock.started_at
    return ladder.rungs(clock.kind, promised=promised, on=time.local_date(clock.started_at))


def look(clock: Clock, *, at: datetime) -> tuple[tuple[Step, ...], datetime | None]:
    """
    The climbs that this clock owes by now, and when to look again.

    However long nobody looked, each rung that should have been told is told once, and the top is not told
    again for each repeat that was missed. A clock that has stopped owes nothing.
    """
    if not clock.is_running:
        return (), None
    rungs = rungs_of(clock)
    place, owed = _next(clock, rungs)
    steps: list[Step] = []
    while owed <= at:
        place, told, since = min(place + 1, len(rungs) - 1), place, owed
        owed = max(since + rungs[told].reply_within, _starts(clock, rungs[place]))
        if place == told:
            owed += rungs[told].reply_within * max(0, (at - since) // rungs[told].reply_within)
        climb = clock.step + len(steps) + 1
        steps.append(_climb(clock, climb, rungs[told], owed_at=since, at=at, next_at=owed))
    return tuple(steps), owed


def _next(clock: Clock, rungs: Sequence[ladder.Rung]) -> tuple[int, datetime]:
    """
    The rung that is told next, and when.

    After a reply the same rung is told again when the rest is over: whoever decided must know that it did
    not come. What was nearly due and has passed meanwhile goes to the rung above.
    """
    codes = [one.code for one in rungs]
    if clock.rung not in codes or clock.next_at is None:
        return 0, _starts(clock, rungs[0])
    place = codes.index(clock.rung)
    above = min(place + 1, len(rungs) - 1)
    if clock.rests_until is None:
        return above, clock.next_at
    is_early = rungs[place].starts_percent < rungs[above].starts_percent
    has_passed = clock.rests_until >= _starts(clock, rungs[above])
    return (above if is_early and has_passed else place), clock.rests_until


def _starts(clock: Clock, rung: ladder.Rung) -> datetime:
    """The earliest that a rung is told: when so much of the promised time has gone."""
    return clock.started_at + (clock.due_at - clock.started_at) * rung.starts_percent / 100


def _climb(
    clock: Clock, step: int, rung: ladder.Rung, *, owed_at: datetime, at: datetime, next_at: datetime
) -> Step:
    return began(
        "climb.made",
        Climb(
            id=climb_id(clock.id, step),
            clock_id=clock.id,
            kind=clock.kind,
            step=step,
            rung=rung.code,
            team_id=clock.team_id,
            person_id=clock.person_id,
            referral_id=clock.referral_id,
            due_at=clock.due_at,
            owed_at=owed_at,
            climbed_at=at,
            next_at=next_at,
        ),
    )


def climb_id(clock_id: UUID, step: int) -> UUID:
    """Of a clock and a step there is one climb, whoever sweeps."""
    return uuid5(clock_id, str(step))


def reply(
    clock: Clock,
    *,
    reply_id: UUID,
    step: int,
    before: Reply | None,
    decision: str,
    dissent: str,
    told: str,
    rests_until: datetime | None,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Somebody replies to a clock that has climbed: what is done about it, who disagreed, whether the person
    knows. Until then it rests; without a time, for as long as its rung has to reply.

    Refuses when it has stopped, when nobody was told, when another replied (`before`), and a rest that has
    passed, goes beyond the due time that is still to come, or is longer than this rung may let it rest.
    """
    if clock.kind == ClockKind.GOVERNANCE_REVIEW:
        raise Refused("A review is answered by deciding it.", code="decide_the_review")
    if clock.kind in POLICE_REVIEWS:
        raise Refused("A disagreement is answered by reviewing it.", code="review_the_disagreement")
    if not clock.is_running:
        raise Refused("This is no longer waited for: what was owed has been done.", code="clock_stopped")
    if clock.rung == "":
        raise Refused("Nobody has been told of this yet.", code="not_escalated")
    if before is not None:
        again = "Somebody has already replied to this. Look again before you act."
        raise Refused(again, code="replied_already", of=before)
    if clock.step != step:
        again = "This has been escalated further since you opened it. Look again before you act."
        raise Refused(again, code="climbed_meanwhile")
    need_words(decision, field="decision", ask="Say what is being done about it.")
    need_words(told, field="told", ask="Say what the person was told, or why they do not know yet.")
    rung = next(one for one in rungs_of(clock) if one.code == clock.rung)
    until = rests_until or rest(clock, rung, at=at)
    if until <= at:
        raise Refused("Choose a time that has not passed yet.", code="rest_in_the_past", field="rests_until")
    if until > (latest := latest_rest(clock, rung, at=at)):
        minutes = int((latest - at).total_seconds() // 60)
        ask = f"That is too long to leave it. Choose a time within {minutes:,} minutes from now."
        raise Refused(ask, code="rest_too_long", field="rests_until")
    return began(
        "reply.given",
        Reply(
            id=reply_id,
            clock_id=clock.id,
            step=step,
            person_id=clock.person_id,
            referral_id=clock.referral_id,
            decision=decision,
            dissent=dissent,
            told=told,
            rests_until=until,
            replied_at=at,
            replied_by_id=by,
        ),
    )


def is_for_agency(clock: Clock, *, agency_id: UUID) -> bool:
    """It has climbed to one who answers for this whole agency; a call just to talk only to whoever hears."""
    is_call = clock.kind == ClockKind.JUST_TO_TALK  # of nobody, so a part in the care cannot show who may
    return clock.agency_id == agency_id and ladder.reaches_agency(clock.rung) and not is_call


def rest(clock: Clock, rung: ladder.Rung, *, at: datetime) -> datetime:
    """How long it rests when nobody says otherwise."""
    return min(at + (rung.reply_within or rung.rests_up_to), latest_rest(clock, rung, at=at))


def latest_rest(clock: Clock, rung: ladder.Rung, *, at: datetime) -> datetime:
    """A reply before the due time does not reach beyond it: that it passes is told in any case."""
    longest: timedelta = rung.rests_up_to
    return min(at + longest, clock.due_at) if clock.due_at > at else at + longest


def grouped(clocks: Iterable[Clock]) -> tuple[Group, ...]:
    """
    What has climbed, together by team and rung, so that a storm is one list and not a hundred messages.
    None is left out; within a group, the one that was due first is at the top.
    """
    found: dict[tuple[UUID, str], list[Clock]] = defaultdict(list)
    for one in clocks:
        found[one.team_id, one.rung].append(one)
    groups = [
        Group(team_id, rung, tuple(sorted(several, key=lambda one: (one.due_at, one.id))))
        for (team_id, rung), several in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (one.clocks[0].due_at, one.team_id, one.rung)))
