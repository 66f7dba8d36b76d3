"""
What the rapid response team of a demonstration did in the weeks before: a visit a day, most in time and some
late, one where nobody was at home, and two that were stood down. Each is over, and so is what it was about.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import NamedTuple
from uuid import UUID, uuid5

from nowrongdoor.journeys import agencies, crews, people, promises, referrals, triage, visits
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.clock import at_wall
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.visit_record import Asked
from nowrongdoor.sim.county import TEAMS

SPACE = UUID("7a0c2b8e-1f64-5b1d-8c55-f0d8a3b1c9e4")
TEAM = next(one.name for one in TEAMS if one.key == "rapid")
MINUTE = timedelta(minutes=1)
WORDS = "We talked, and agreed what comes next."
# Names that nobody else of the county has: two of each family.
FAMILIES = (
    "Larkspur", "Amadi-Brook", "Tresilian", "Holloway-Reid", "Marchetti", "Osgathorpe", "Llewelyn-Fox",
    "Quantrill", "Rahman-Dale",
)  # fmt: skip
GIVEN = ("Winifred", "Clement")
NURSE, SUPPORT, OTHER = "nurse", "support_worker", "therapist"
# They work somewhere else by now. Names that nobody else of the county has.
STAFF = {
    NURSE: ("Philippa Nkemelu", "Rhodri Castell", "Ines Fairweather"),
    SUPPORT: ("Tobias Underhay", "Marguerite Sow", "Kit Bellweather"),
    OTHER: ("Noor Aspinall", "Gethin Rowe", "Sunniva Blake"),
}
JOBS = {NURSE: "Community nurse", SUPPORT: "Support worker", OTHER: "Occupational therapist"}
ALONE, MIXED, CLINICIANS = (NURSE,), (NURSE, SUPPORT), (NURSE, OTHER)


class Past(NamedTuple):
    """Who went, why two, what it asked for, and how many minutes after it was asked they were with them."""

    who: tuple[str, ...]
    two: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    there: int = 70
    ends: str = "seen"


MOVING, FALLS, WOUND, LATE = ("moving",), ("falls",), ("wound",), 150
PAST = (
    Past(ALONE, skills=FALLS), Past(MIXED, ("moving_handling",), MOVING),
    Past(ALONE, skills=WOUND, there=LATE),
    Past(MIXED, ("entry_hazard",)), Past(ALONE, skills=MOVING), Past(CLINICIANS, ("not_alone",)),
    Past(ALONE, skills=FALLS, there=LATE), Past(MIXED, ("moving_handling",), MOVING),
    Past(ALONE, skills=WOUND),
    Past(ALONE, ends="not_at_home"), Past(MIXED, ("chaperone",), there=LATE), Past(ALONE, skills=MOVING),
    Past((), ends="stood_down"), Past(CLINICIANS, ("two_clinicians",)), Past(MIXED, ("entry_hazard",)),
    Past(ALONE, skills=FALLS, there=LATE), Past(MIXED, ("moving_handling",), MOVING, LATE),
    Past(ALONE, skills=FALLS),
)  # fmt: skip


def look_back(*, until: datetime) -> None:
    """One a day up to the day before yesterday; nothing where nobody leads the team."""
    lead = next(
        (one for one in viewers.personas(at=until) if one.team_name == TEAM and one.role == "team_lead"), None
    )
    by = viewers.at_work(membership_id=lead.membership_id) if lead else None
    if by is None:
        return
    first = until - timedelta(days=len(PAST) + 2)
    staff = {role: _hired(role, by=by, at=first) for role in STAFF}
    turns = {role: cycle(members) for role, members in staff.items()}
    for number, past in enumerate(PAST):
        day = (until - timedelta(days=len(PAST) + 1 - number)).date()
        at = at_wall(day, 9 * 60 + 7 * number)
        person_id = _registered(number, by=by, at=at - MINUTE)
        _one(past, str(number), person_id, turns, by=by, at=at)
    for member_id in (one for members in staff.values() for one in members):
        agencies.leave(
            member_id=member_id, words="Works in another team now.", by=by, at=until - timedelta(hours=20)
        )


def _hired(role: str, *, by: Viewer, at: datetime) -> list[UUID]:
    members = [Member(_key("member", name), name, JOBS[role]) for name in STAFF[role]]
    works = [
        Membership(_key("works", one.name), one.id, by.team_id, "rapid_responder", at, None)
        for one in members
    ]
    agencies.enter(facts=[*members, *works], by=by, at=at)
    return [one.id for one in members]


def _registered(number: int, *, by: Viewer, at: datetime) -> UUID:
    person_id, (generation, family) = _key("person", str(number)), divmod(number, len(FAMILIES))
    details = Details(
        family_name=FAMILIES[family], given_names=GIVEN[generation], born_on=date(1936 + number, 4, 9)
    )
    people.register(person_id=person_id, details=details, looked_at=[], by=by, at=at)
    return person_id


def _one(
    past: Past, name: str, person_id: UUID, turns: dict[str, Iterator[UUID]], *, by: Viewer, at: datetime
) -> None:
    """Asked for, visited, written up, and let go of once what was owed is done."""
    referral_id, visit_id = _key(name, "referral"), _key(name, "visit")
    referrals.refer(
        referral_id=referral_id, holding_id=_key(name, "holding"), person_id=person_id, contact_id=None,
        needs=["physical"], request="Please see them today.", words="", by=by, at=at,
    )  # fmt: skip
    decision = Decision("very_urgent", ("physical",), "Somebody goes today.")
    triage.accept_here(referral_id=referral_id, decision=decision, by=by, at=at + MINUTE, seen=1)
    asked = Asked("See them at home.", "At their home", "averley_market", "", past.skills, 45, past.two)
    visits.ask(visit_id=visit_id, referral_id=referral_id, asked=asked, by=by, at=at + 2 * MINUTE)
    if past.who:
        seats = [Seating(next(turns[role]), role, past.skills) for role in past.who]
        over = _go(past, name, visit_id, seats, by=by, at=at)
        promises.keep(
            promise_id=uuid5(visit_id, "after"), words="Rang them; all is well.", by=by, at=over, seen=1
        )
    else:
        over = at + 40 * MINUTE
        words = "Their daughter is there and asks for tomorrow instead."
        visits.stand_down(visit_id=visit_id, words=words, by=by, at=over, seen=1)
    told = "Somebody of the team rang to say that we let go, and how to reach us."
    referrals.close(
        referral_id=referral_id, outcome="help_given", told=told, told_by="us", by=by, at=over + MINUTE,
        seen=3 if past.who and past.ends == "seen" else 2,  # to be seen begins the help as well
    )  # fmt: skip


def _go(
    past: Past, name: str, visit_id: UUID, seats: list[Seating], *, by: Viewer, at: datetime
) -> datetime:
    """A crew for it goes, is there, and says what came of it. When it is over and what was owed is done."""
    crew_id = _key(name, "crew")
    crews.put_on(
        crew_id=crew_id, name="Crew", base="averley_market", travel="car", device="", from_at=at,
        until_at=at + timedelta(hours=9), seatings=seats, by=by, at=at,
    )  # fmt: skip
    leaves = at + (past.there - 30) * MINUTE
    visits.assign(
        visit_id=visit_id, crew_id=crew_id, leaves_at=leaves, words="Nobody else is nearer.", by=by,
        at=at + 4 * MINUTE, seen=1,
    )  # fmt: skip
    is_home = past.ends == "seen"
    steps = [("set_off", leaves), ("arrive", at + past.there * MINUTE)]
    steps += [("meet", at + (past.there + 2) * MINUTE)] if is_home else []
    for seen, (step, when) in enumerate(steps, start=2):
        visits.go_on(visit_id=visit_id, step=step, by=by, at=when, seen=seen)
    over = at + (past.there + (65 if is_home else 10)) * MINUTE
    visits.finish(
        visit_id=visit_id, outcome=past.ends, next_step="close" if is_home else "", words=WORDS, by=by,
        at=over, seen=2 + len(steps),
    )  # fmt: skip
    return over + 30 * MINUTE


def _key(*of: str) -> UUID:
    return uuid5(SPACE, " ".join(of))
