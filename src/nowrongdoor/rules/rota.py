"""
The rota: who is on call on which rung of the ladder, for a team or for a whole agency, from when until when.

Whoever is on duty hears at once of what has climbed to their rung. Where nobody is, the next rung above
hears, and above the last the leads of the agency and whoever is on call for any of it: never nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import access, law
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach

LEADS = "leads"
"""Nobody stands there: the leads of the agency hear, in the place of whoever is missing."""


WHOLE_TEAM = "whole_team"
"""What is entailed by the rung of those who are at work: what is only nearly due is the whole team's."""


@dataclass(frozen=True)
class Duty:
    """
    A member stands on a rung from one instant up to another, for one team or, without one, for the agency.

    Whoever cannot go on is taken off, and stands there no more from that instant. `phone` is where
    colleagues reach them meanwhile.
    """

    id: UUID
    agency_id: UUID
    team_id: UUID | None
    member_id: UUID
    rung: str
    phone: str
    from_at: datetime
    until_at: datetime
    put_on_at: datetime
    put_on_by_id: UUID
    taken_off_at: datetime | None
    taken_off_by_id: UUID | None
    taken_off_words: str
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it is over: at its end, or when they were taken off before."""
        return self.until_at if self.taken_off_at is None else min(self.until_at, self.taken_off_at)

    def is_on(self, at: datetime) -> bool:
        return self.from_at <= at < self.ends_at


@dataclass(frozen=True)
class Hears:
    """
    Who hears of what has climbed to `asked`: those on `rung`, which is another where nobody stands on the
    one that was asked; `LEADS` where nobody stands on any. What is only nearly due is the whole team's.
    """

    asked: str
    rung: str
    duties: tuple[Duty, ...]

    @property
    def is_passed_on(self) -> bool:
        return self.rung != self.asked


def of_agency(team: Team, *, agency_id: UUID) -> Team:
    """The team itself; refuses one of another agency, whose rota is kept there."""
    if team.agency_id != agency_id:
        raise Refused("Another agency keeps the rota of that team.", code="another_agency", field="team")
    return team


def put_on(
    *,
    duty_id: UUID,
    agency_id: UUID,
    team_id: UUID | None,
    member_id: UUID,
    roles: Collection[tuple[UUID, str]],
    rung: str,
    phone: str,
    from_at: datetime,
    until_at: datetime,
    others: Iterable[Duty],
    by: UUID,
    at: datetime,
) -> Step:
    """
    A member will stand on a rung for that time.

    `roles` are the teams of the agency they work for, each with their role; `others` what they are on the
    rota for already. Refuses whoever could not see what they would be called about, a time that is over or
    longer than one duty may be, and the same duty twice.
    """
    law.code("rota_rungs", rung, at=at, field="rung")
    if not roles:
        raise Refused("Choose somebody who works for your agency.", code="not_of_the_agency", field="member")
    if until_at <= from_at:
        raise Refused("The end must come after the beginning.", code="no_length", field="until")
    if until_at <= at:
        raise Refused("This time is over already.", code="over_already", field="until")
    days = seeing.most("duty_days", at=at)
    if until_at - from_at > timedelta(days=days):
        raise Refused(
            f"One duty can be {days} days at most. Look at the dates again.", code="too_long", field="until"
        )
    if not any(_can_see(team, role, team_id, at=at) for team, role in roles):
        raise Refused(
            "They could not see whom they are called about. Choose a member of that team, or a team lead of "
            "your agency.",
            code="could_not_see",
            field="member",
        )
    for one in others:
        is_same = (one.member_id, one.team_id, one.rung) == (member_id, team_id, rung)
        if is_same and from_at < one.ends_at and one.from_at < until_at:
            raise Refused(
                "They are on the rota for part of that time already.",
                code="on_already",
                field="member",
                of=one,
            )
    return began(
        "duty.put_on",
        Duty(
            duty_id, agency_id, team_id, member_id, rung, phone.strip(), from_at, until_at, at, by,
            None, None, "",
        ),
    )  # fmt: skip


def take_off(duty: Duty, *, words: str, by: UUID, at: datetime) -> Step:
    """They cannot go on, or will not come: from this instant somebody else must stand there."""
    if duty.taken_off_at is not None:
        raise Refused("They were taken off the rota already.", code="taken_off_already", of=duty)
    if duty.until_at <= at:
        raise Refused("This duty is over already.", code="duty_is_over", of=duty)
    need_words(words, field="words", ask="Say why, for whoever stands in.")
    return changed(duty, "duty.taken_off", taken_off_at=at, taken_off_by_id=by, taken_off_words=words.strip())


def rungs(*, at: datetime) -> tuple[str, ...]:
    """Every rung, the lowest first: of two ladders as well the same one is the higher."""
    return tuple(one.code for one in law.codes("rota_rungs", on=local_date(at)))


def hears(rung: str, *, team_id: UUID, duties: Sequence[Duty], at: datetime) -> Hears:
    """Who hears of what has climbed to a rung for a team of the agency whose duties these are."""
    on = [one for one in duties if one.is_on(at) and one.team_id in (team_id, None)]
    order = [one.code for one in law.codes("rota_rungs", on=local_date(at)) if one.entails != WHOLE_TEAM]
    if rung not in order:
        return Hears(rung, rung, tuple(one for one in on if one.rung == rung))
    for code in order[order.index(rung) :]:
        if found := tuple(one for one in on if one.rung == code):
            return Hears(rung, code, found)
    return Hears(rung, LEADS, tuple(one for one in duties if one.is_on(at) and one.rung in order))


def is_lead(viewer: Viewer, *, at: datetime) -> bool:
    """They keep the rota of their agency and look after people through all of it."""
    fits = access.sees(viewer, at=at)
    return fits is not None and fits.reach is Reach.AGENCY and access.may_do(viewer, "rota.put_on", at=at)


def hears_of(viewer: Viewer, rung: str, *, team_id: UUID, duties: Sequence[Duty], at: datetime) -> bool:
    """
    The viewer is one of those who hear of what has climbed to a rung for a team of their own agency, and so
    may reply to it: on duty there, or a lead where nobody is. `duties` are those of the agency.
    """
    heard = hears(rung, team_id=team_id, duties=duties, at=at)
    on_duty = any(one.member_id == viewer.member_id for one in heard.duties)
    return on_duty or (heard.rung == LEADS and is_lead(viewer, at=at))


def _can_see(works_for: UUID, role: str, team_id: UUID | None, *, at: datetime) -> bool:
    """By the reach of their role: through the whole agency, or through their own team alone."""
    reaches = {one.reach for one in seeing.of_role(role, on=local_date(at))}
    return Reach.AGENCY in reaches or (Reach.TEAM in reaches and works_for == team_id)
