"""
A skill: what a member can do, speak or may do by law, held from one day up to and with another.

It ends by itself at the end of its last day, and nobody's hand makes it count after that. Who may be sent is
asked of the whole time of a visit. A skill whose last day nobody knows counts, and is said to be so.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import clock, skill_kinds
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.crew import Seat
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.skill_kinds import Kind
from nowrongdoor.rules.visit_record import Visit

DAY = timedelta(days=1)
LONGEST = 100 * 366 * DAY


@dataclass(frozen=True)
class Skill:
    """
    One member holds one kind of skill. `until_on` is the last day of it, None where nobody knows one;
    `said_by` told us, and `checked` is where it was looked up. Ended early, it ends at `ended_at`.
    """

    id: UUID
    member_id: UUID
    kind: str
    from_on: date
    until_on: date | None
    said_by: str
    checked: str
    entered_at: datetime
    entered_by_id: UUID
    ended_at: datetime | None
    ended_by_id: UUID | None
    ended_words: str
    version: int = 0

    @property
    def begins_at(self) -> datetime:
        return clock.at_wall(self.from_on, 0)

    @property
    def ends_at(self) -> datetime | None:
        """Up to but not including this instant; None where no last day is known."""
        last = clock.at_wall(self.until_on + DAY, 0) if self.until_on else None
        ends = [one for one in (last, self.ended_at) if one is not None]
        return min(ends, default=None)

    def holds(self, from_at: datetime, until_at: datetime) -> bool:
        """All through that time."""
        ends = self.ends_at
        return self.begins_at <= from_at and (ends is None or until_at <= ends)


@dataclass(frozen=True)
class Lapse:
    """A kind of skill that a member held or will hold, and does not all through a time: so not counted."""

    member_id: UUID
    kind: Kind
    ended_at: datetime | None
    begins_on: date | None


def enter(
    *,
    skill_id: UUID,
    member_id: UUID,
    kind: str,
    from_on: date,
    until_on: date | None,
    said_by: str,
    checked: str,
    works_here: bool,
    others: Sequence[Skill],
    by: UUID,
    at: datetime,
) -> Step:
    """
    A member holds a skill or a power from a day on. `others` are those they have on record.

    Refuses somebody of another team, what nobody said or checked, and the same one twice. A last day that has
    passed is refused as well: it would count for nothing.
    """
    entry = skill_kinds.of(kind, at=at)
    if not works_here:
        raise Refused("Choose somebody who works for your team.", code="not_of_the_team", field="member")
    need_words(said_by, field="said_by", ask="Say who told us, such as the member or their approving body.")
    if entry.by_law:
        ask = "Say where it was checked, such as the register and the day it was looked at."
        need_words(checked, field="checked", ask=ask)
    if until_on is not None and until_on < from_on:
        raise Refused(
            "The last day must not come before the first.", code="no_length", field="until_on"
        )
    if until_on is not None and until_on < clock.local_date(at):
        raise Refused(
            "That day has passed: it would count for nothing.", code="over_already", field="until_on"
        )
    if from_on - clock.local_date(at) > LONGEST or (until_on and until_on - from_on > LONGEST):
        raise Refused("Look at the year again.", code="too_long", field="until_on")
    for one in others:
        if one.ended_at is None and (one.kind, one.from_on, one.until_on) == (kind, from_on, until_on):
            raise Refused("This is on record for them already.", code="held_already", field="kind", of=one)
    return began(
        "skill.entered",
        Skill(
            skill_id, member_id, kind, from_on, until_on, said_by.strip(), checked.strip(), at, by, None,
            None, "",
        ),
    )  # fmt: skip


def end(one: Skill, *, words: str, by: UUID, at: datetime) -> Step:
    """From this instant it counts no more, with a reason: an approval was suspended, or never was."""
    if one.ended_at is not None or (one.ends_at is not None and one.ends_at <= at):
        raise Refused("This has ended already.", code="ended_already", of=one)
    need_words(words, field="words", ask="Say why it ends, for whoever plans visits.")
    return changed(one, "skill.ended", ended_at=at, ended_by_id=by, ended_words=words.strip())


def counted(
    seats: Iterable[Seat], skills: Collection[Skill], *, from_at: datetime, until_at: datetime
) -> tuple[Seat, ...]:
    """
    These seats with what each may be counted on for, all through that time: what they hold then, and what was
    said for the shift of which nothing is on record. Whoever may not go as what they go as is left out.
    """
    found = []
    for seat in seats:
        mine = [one for one in skills if one.member_id == seat.member_id]
        held = [_kind(one) for one in mine if one.holds(from_at, until_at)]
        known = [_kind(one) for one in mine]
        if seat.role in _all(known, "roles") and seat.role not in _all(held, "roles"):
            continue
        said = [one for one in seat.skills if one not in _all(known, "skills") | skill_kinds.by_law()]
        spoken = [one for one in seat.languages if one not in _all(known, "languages")]
        found.append(
            replace(
                seat,
                skills=_once(*said, *sorted(_all(held, "skills"))),
                languages=_once(*spoken, *sorted(_all(held, "languages"))),
            )
        )
    return tuple(found)


def lapses(
    seats: Iterable[Seat], skills: Collection[Skill], *, from_at: datetime, until_at: datetime
) -> tuple[Lapse, ...]:
    """What whoever sits there is not counted on for then, although they held it or will: in a fixed order."""
    found: list[Lapse] = []
    for seat in seats:
        mine = [one for one in skills if one.member_id == seat.member_id]
        held = {one.kind for one in mine if one.holds(from_at, until_at)}
        for code in sorted({one.kind for one in mine} - held):
            theirs = [one for one in mine if one.kind == code]
            over = [one.ends_at for one in theirs if one.ends_at is not None and one.begins_at <= from_at]
            comes = [one.from_on for one in theirs if one.begins_at > from_at and one.ended_at is None]
            ended = max(over, default=None)
            if ended is not None or comes:
                begins = None if ended is not None else min(comes)
                found.append(Lapse(seat.member_id, _kind(theirs[0]), ended, begins))
    return tuple(sorted(found, key=lambda one: (one.kind.order, str(one.member_id))))


def in_the_way(visit: Visit, seats: Sequence[Seat], skills: Collection[Skill]) -> tuple[Lapse, ...]:
    """
    What the people who were given this visit are not counted on for by then, of what it asks for: whoever
    plans it looks again at who goes. Nothing once they are there, and nothing is taken from anybody by it.
    """
    if visit.leaves_at is None or visit.free_at is None or visit.arrived_at is not None:
        return ()
    then = {"from_at": visit.leaves_at, "until_at": visit.free_at}
    fit = counted(seats, skills, **then)
    may = {one.member_id for one in fit}
    lacks = set(visit.skills) - {code for one in fit for code in one.skills}
    if not any(visit.wish_language in one.languages for one in fit):
        lacks.add(visit.wish_language)
    roles = {seat.member_id: seat.role for seat in seats if seat.member_id not in may}
    return tuple(
        one
        for one in lapses(seats, skills, **then)
        if lacks & (one.kind.skills | one.kind.languages) or roles.get(one.member_id) in one.kind.roles
    )


def touching(visit: Visit, found: Iterable[Lapse]) -> tuple[Lapse, ...]:
    """Those that have to do with this visit: what it asks for, and what anybody goes as, or how."""
    asked = {*visit.skills, visit.wish_language}
    return tuple(
        one
        for one in found
        if asked & (one.kind.skills | one.kind.languages) or one.kind.roles or one.kind.travel
    )


def may_drive(
    seats: Sequence[Seat], travel: str, skills: Collection[Skill], *, from_at: datetime, until_at: datetime
) -> bool:
    """Whether one of them may go that way, as far as is on record: of whom nothing is, nothing is said."""
    for seat in seats:
        mine = [one for one in skills if one.member_id == seat.member_id and travel in _kind(one).travel]
        if not mine or any(one.holds(from_at, until_at) for one in mine):
            return True
    return not seats


def is_ending(one: Skill, skills: Collection[Skill], *, at: datetime) -> bool:
    """It ends soon, or has, and nothing of its kind follows on it: somebody has to see to that."""
    ends = one.ends_at
    if ends is None or one.ended_at is not None or ends > at + seeing.most("skill_ending_days", at=at) * DAY:
        return False
    return not any(
        other.id != one.id
        and (other.member_id, other.kind) == (one.member_id, one.kind)
        and other.begins_at <= ends
        and (other.ends_at is None or other.ends_at > ends)
        for other in skills
    )


def _kind(one: Skill) -> Kind:
    """Its kind, which stays known for as long as anybody held it."""
    return skill_kinds.by_code()[one.kind]


def _all(kinds: Iterable[Kind], what: str) -> frozenset[str]:
    return frozenset(code for one in kinds for code in getattr(one, what))


def _once(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
