"""Where crews, visits and who goes are stored."""

from nowrongdoor.data.visits.models import Crew as CrewRow
from nowrongdoor.data.visits.models import Going as GoingRow
from nowrongdoor.data.visits.models import Seat as SeatRow
from nowrongdoor.data.visits.models import Skill as SkillRow
from nowrongdoor.data.visits.models import Visit as VisitRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit_record import Going, Visit

ELSEWHERE = "Somebody of this crew has another visit at that time. Choose another crew, or a later time."

CREWS = Table(CrewRow, Crew, rank=7)
SEATS = Table(
    SeatRow,
    Seat,
    rank=8,
    refusals={
        "seat_in_one_crew": (
            "One of them is in another crew for part of that time. End that one first.",
            "in_another_crew",
            "member_1",
        ),
    },
)
SKILLS = Table(SkillRow, Skill, rank=16)
VISITS = Table(
    VisitRow,
    Visit,
    rank=69,
    referral="referral_id",
    refusals={
        "visit_asked_along_once": ("That team is asked already.", "asked_along_already", "team"),
    },
)
GOINGS = Table(
    GoingRow,
    Going,
    rank=9,
    refusals={
        "going_nobody_in_two_visits": (ELSEWHERE, "crew_is_elsewhere", "crew"),
        "going_under_way_once": (
            "Somebody of this crew is on another visit still. Leave there first.",
            "on_another_visit",
            "",
        ),
    },
)
"""Crews, their seats, visits and who goes. Mirrors `rules.crew` and `rules.visit_record`."""
