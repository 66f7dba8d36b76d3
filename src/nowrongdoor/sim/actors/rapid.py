"""
The rapid response team: crews on shift, and visits in every state, one of them with somebody alone who has
not said that they are safe.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.visit_record import Asked
from nowrongdoor.sim.actors.shift import MINUTE, Shift

BEFORE, LASTS = timedelta(hours=3), timedelta(hours=9)
TEAM = "rapid"
# Who is in each crew, where it sets off from, and how. The second of two supports.
NURSE, SUPPORT = "nurse", "support_worker"


class Hired(NamedTuple):
    """One who goes in a crew. `name` is nobody else's in the county."""

    name: str
    job: str
    role: str
    skills: tuple[str, ...] = ()
    gender: str = ""
    languages: tuple[str, ...] = ()
    # What is on record of them: the kind, and in how many days it ends; None where nobody knows.
    holds: tuple[tuple[str, int | None], ...] = ()


CREWS = (
    ("averley_market", "car", (
        Hired("Ruth Adeyinka-Moss", "Advanced practitioner", NURSE, ("wound",), "woman", (),
              (("nursing", 211), ("prescriber", 24))),
        Hired("Callum Treharne", "Support worker", SUPPORT, ("moving",), "man", ("cy",),
              (("driving", None),)),
    )),
    ("millbrook", "car", (
        Hired("Danuta Wierzba", "Community nurse", NURSE, ("delirium", "catheter"), "woman", ("pl",),
              (("nursing", 402),)),
    )),
    ("castle_bridge", "car", (
        Hired("Farid Hosseini-Lund", "Occupational therapist", "therapist", ("falls", "moving"), "man"),
        Hired("Bronagh Tully", "Support worker", SUPPORT, ("moving",), "woman"),
    )),
)  # fmt: skip


class Someone(NamedTuple):
    """Somebody in need of a visit, who does not exist."""

    family_name: str
    given_names: str
    born_on: date
    address: str


class Planned(NamedTuple):
    """A visit: how long before the present it was asked for and given, to which crew, and each next step."""

    asked: int
    who: Someone
    need: str
    area: str
    access_words: str = ""
    two: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    language: str = ""
    crew: int | None = None
    given: int = 0
    steps: tuple[tuple[int, str], ...] = ()
    ends: int | None = None


VISITS = (
    Planned(150, Someone("Thistlewood", "Edna", date(1938, 3, 4), "4 Weir Lane, Averley"),
            "See how they are after last night, and look at their tablets with them.", "averley_north",
            crew=0, given=145, steps=((140, "set_off"), (118, "arrive"), (116, "meet")), ends=75),
    Planned(112, Someone("Quayle-Osei", "Samuel", date(1951, 7, 19), "Fold Farm, Upper Fold"),
            "They cannot get out of the chair since this morning.", "upper_fold",
            "Key safe by the back door. Ask for the number at the centre.", ("moving_handling",)),
    Planned(70, Someone("Brackenbury", "Irene", date(1944, 1, 30), "19 Mill Row, Millbrook"),
            "New confusion since yesterday; their daughter is worried.", "millbrook",
            "Ring twice, they hear badly.", crew=1, given=66,
            steps=((60, "tell"), (58, "set_off"), (46, "arrive"), (44, "meet"))),
    Planned(40, Someone("Ansty", "Lorna", date(1979, 9, 9), "Flat 3, 22 Tow Path, Averley"),
            "Very low and alone tonight. Sit down with them, and make a plan.", "averley_riverside",
            "Dog in the kitchen: ask that the door is shut.", ("entry_hazard",), ("medicines",),
            crew=0, given=30, steps=((28, "tell"), (14, "set_off"))),
    Planned(33, Someone("Pemberley-Roy", "Gwen", date(1949, 5, 2), "7 Priory Close, Castle Bridge"),
            "A fall in the kitchen, no injury to be seen. Help them up and see why.", "castle_bridge_east",
            skills=("falls",), crew=2, given=12, steps=((10, "tell"),)),
    Planned(18, Someone("Skelhorn", "Walter", date(1941, 12, 12), "The Old Pilot House, The Saltings"),
            "Sort out who does the dressings now, and look at the leg.", "saltings", skills=("wound",)),
    Planned(9, Someone("Zielonka", "Barbara", date(1956, 8, 23), "2 Marsh Cottages, Long Marsh"),
            "They have not slept, and ask for somebody who speaks Polish.", "long_marsh", language="pl"),
)  # fmt: skip


def be_ready(shift: Shift) -> None:
    """The team puts its crews on shift; whom they are asked to visit stands in the diary."""
    lead, ids = shift.roster.lead(TEAM), shift.streams["rapid"]
    crews: list[UUID] = []
    for number, (base, travel, people) in enumerate(CREWS, start=1):
        members = [Member(ids.id(), one.name, one.job) for one in people]
        works = [
            Membership(ids.id(), one.id, lead.team_id, "rapid_responder", shift.at, None) for one in members
        ]
        shift.place.agencies.enter(facts=[*members, *works], by=lead, at=shift.tick())
        for member, hired in zip(members, people, strict=True):
            _enter(shift, member.id, hired)
        crew_id = ids.id()
        shift.place.crews.put_on(
            crew_id=crew_id,
            name=f"Crew {number}",
            base=base,
            travel=travel,
            device=f"Alarm {number}" if len(people) == 1 else "",
            from_at=shift.at,
            until_at=shift.at + LASTS,
            seatings=[
                Seating(member.id, one.role, one.skills, one.gender, one.languages)
                for member, one in zip(members, people, strict=True)
            ],
            by=lead,
            at=shift.tick(),
        )
        crews.append(crew_id)
    for one in VISITS:
        shift.later(shift.until - MINUTE * one.asked, partial(_ask, shift, crews, one))


def _enter(shift: Shift, member_id: UUID, one: Hired) -> None:
    """What they may do by law, as it stands on the register: this one ends before long."""
    today = local_date(shift.at)
    for kind, days in one.holds:
        shift.place.skills.enter(
            skill_id=shift.streams["rapid"].id(),
            member_id=member_id,
            kind=kind,
            from_on=today - timedelta(days=400),
            until_on=None if days is None else today + timedelta(days=days),
            said_by="They told us",
            checked="Looked at on the register by the team lead",
            by=shift.roster.lead(TEAM),
            at=shift.tick(),
        )


def _ask(shift: Shift, crews: list[UUID], one: Planned) -> None:
    """Somebody rings the team itself; it takes them on, and asks for a visit."""
    lead, ids, who = shift.roster.lead(TEAM), shift.streams["rapid"], one.who
    person_id, referral_id, visit_id = ids.id(), ids.id(), ids.id()
    place = shift.place
    details = Details(
        family_name=who.family_name, given_names=who.given_names, born_on=who.born_on, address=who.address
    )
    place.people.register(person_id=person_id, details=details, looked_at=[], by=lead, at=shift.tick())
    place.referrals.refer(
        referral_id=referral_id, holding_id=ids.id(), person_id=person_id, contact_id=None,
        needs=["physical"], request=one.need, words="", by=lead, at=shift.tick(),
    )  # fmt: skip
    place.triage.accept_here(
        referral_id=referral_id, decision=Decision("very_urgent", ("physical",), one.need), by=lead,
        at=shift.tick(), seen=1,
    )  # fmt: skip
    asked = Asked(
        one.need, who.address, one.area, one.access_words, one.skills, 45, one.two, "", one.language
    )
    place.visits.ask(visit_id=visit_id, referral_id=referral_id, asked=asked, by=lead, at=shift.tick())
    shift.visited.add(referral_id)
    if one.crew is not None:
        _follow(shift, visit_id, crews[one.crew], one)


def _follow(shift: Shift, visit_id: UUID, crew_id: UUID, one: Planned) -> None:
    """Given to its crew, and gone on with, each at its time."""
    visits, lead = shift.place.visits, shift.roster.lead(TEAM)

    def at(before: int, do: Callable[..., None], **asked: object) -> None:
        def act() -> None:
            do(visit_id=visit_id, **asked, by=lead, at=shift.tick())

        shift.later(shift.until - MINUTE * before, act)

    leaves = shift.until - MINUTE * one.given
    words = "Nobody else is nearer, and they know the house."
    at(one.given, visits.assign, crew_id=crew_id, leaves_at=leaves, words=words, seen=1)
    for seen, (before, step) in enumerate(one.steps, start=2):
        at(before, visits.go_on, step=step, seen=seen)
    if one.ends is not None:
        said = {"outcome": "seen", "next_step": "plan", "words": "Talked over tea. We ring tomorrow at ten."}
        at(one.ends, visits.finish, **said, seen=2 + len(one.steps))
