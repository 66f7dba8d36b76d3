"""
A crew: people who go out together on one shift, from one base, by one way of travelling.

Each has a seat in it, with the role they go in, what they can do, and the languages they speak. Nobody sits
in two crews at once. A shift ends early only when nobody waits for this crew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import law, skill_kinds, travelling
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.law import seeing

SEATS = 4  # who fits into one car


@dataclass(frozen=True)
class Crew:
    """`device` names the alarm they carry for whoever is alone; `ended_at` is when the shift ended early."""

    id: UUID
    team_id: UUID
    name: str
    base: str
    travel: str
    device: str
    from_at: datetime
    until_at: datetime
    put_on_at: datetime
    put_on_by_id: UUID
    ended_at: datetime | None
    ended_by_id: UUID | None
    ended_words: str
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.until_at if self.ended_at is None else min(self.until_at, self.ended_at)

    def is_on(self, at: datetime) -> bool:
        return self.from_at <= at < self.ends_at


@dataclass(frozen=True)
class Seat:
    """A member of a crew for its shift: as what, and what was said for it beside the skills they hold."""

    id: UUID
    crew_id: UUID
    member_id: UUID
    role: str
    skills: tuple[str, ...]
    gender: str
    languages: tuple[str, ...]
    from_at: datetime
    until_at: datetime
    version: int = 0


@dataclass(frozen=True)
class Seating:
    """What is said of one who goes in a crew."""

    member_id: UUID
    role: str
    skills: tuple[str, ...] = ()
    gender: str = ""
    languages: tuple[str, ...] = ()


def put_on(
    *,
    crew_id: UUID,
    team_id: UUID,
    name: str,
    base: str,
    travel: str,
    device: str,
    from_at: datetime,
    until_at: datetime,
    seatings: Sequence[Seating],
    members: Collection[UUID],
    others: Sequence[Seat],
    lent: Mapping[UUID, datetime],
    by: UUID,
    at: datetime,
) -> Steps:
    """
    A crew goes on shift. `members` work for the team, some of them `lent` to it until a time; `others` are
    seats of these people in other crews.

    Refuses whoever does not work for the team, is lent to it for less long, or sits in another crew for part
    of that time, a time that is over, and one longer than a shift may be.
    """
    need_words(name, field="name", ask="Give the crew a name that is easy to say, such as Crew 1.")
    travelling.area(base, at=at, field="base")
    law.code("travel_modes", travel, at=at, field="travel")
    if until_at <= from_at:
        raise Refused("The end must come after the beginning.", code="no_length", field="until")
    if until_at <= at:
        raise Refused("This time is over already.", code="over_already", field="until")
    hours = seeing.most("shift_hours", at=at)
    if until_at - from_at > timedelta(hours=hours):
        raise Refused(f"One shift can be {hours} hours at most.", code="too_long", field="until")
    named = [one.member_id for one in seatings]
    if not 1 <= len(named) <= SEATS or len(set(named)) != len(named):
        raise Refused(
            f"Choose who goes in this crew: one to {SEATS} people, each once.",
            code="nobody_in_it",
            field="member_1",
        )
    for one in seatings:
        _need_fit(one, at=at)
        if one.member_id not in members:
            raise Refused(
                "Choose people who work for your team.", code="not_of_the_team", field="member_1"
            )
        if one.member_id in lent and lent[one.member_id] < until_at:
            raise Refused(
                "One of them is lent to your team for less long than that. End the shift sooner, or ask "
                "whoever lends them to lend on.",
                code="lent_for_less",
                field="until",
            )
    for seat in others:
        if seat.member_id in named and from_at < seat.until_at and seat.from_at < until_at:
            raise Refused(
                "One of them is in another crew for part of that time. End that one first.",
                code="in_another_crew",
                field="member_1",
                of=seat,
            )
    crew = Crew(
        crew_id, team_id, name.strip(), base, travel, device.strip(), from_at, until_at, at, by, None,
        None, "",
    )  # fmt: skip
    return (began("crew.put_on", crew), *(began("seat.taken", _seat(crew, one)) for one in seatings))


def end(
    crew: Crew, *, seats: Sequence[Seat], waiting: Sequence[object], words: str, by: UUID, at: datetime
) -> Steps:
    """
    The shift of this crew ends now, with a reason. `waiting` are the visits it has still to do or finish.

    Refuses while somebody waits for it: their visit is given to another crew first.
    """
    if crew.ends_at <= at:
        raise Refused("The shift of this crew is over already.", code="shift_over", of=crew)
    if waiting:
        raise Refused(
            "This crew still has a visit. Finish it, or take it back for another crew, first.",
            code="crew_has_a_visit",
            of=waiting[0],
        )
    need_words(words, field="words", ask="Say why the shift ends now, for whoever stands in.")
    ended = changed(crew, "crew.ended", ended_at=at, ended_by_id=by, ended_words=words.strip())
    return (ended, *(leave(one, at=at) for one in seats if one.until_at > at))


def need_on(crew: Crew, *, at: datetime) -> Crew:
    """The crew itself; refuses one whose shift is over."""
    if crew.ends_at <= at:
        raise Refused(
            "The shift of this crew is over. Choose another crew.", code="shift_over", field="crew", of=crew
        )
    return crew


def _seat(crew: Crew, one: Seating) -> Seat:
    return Seat(
        uuid5(crew.id, str(one.member_id)), crew.id, one.member_id, one.role, one.skills, one.gender,
        one.languages, crew.from_at, crew.until_at,
    )  # fmt: skip


def leave(seat: Seat, *, at: datetime) -> Step:
    """A seat ends now."""
    # A seat that had not begun is never sat in: a time of no length overlaps nothing.
    return changed(seat, "seat.left", until_at=max(at, seat.from_at))


def _need_fit(one: Seating, *, at: datetime) -> None:
    law.code("crew_roles", one.role, at=at, field="role_1")
    for skill in one.skills:
        law.code("visit_skills", skill, at=at, field="skills_1")
    skill_kinds.need_said_for_a_shift(one.skills)
    for language in one.languages:
        law.code("crew_languages", language, at=at, field="languages_1")
    if one.gender:
        law.code("crew_genders", one.gender, at=at, field="gender_1")
