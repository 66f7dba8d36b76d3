"""
One visit as whoever goes reads it at the door: whom, where, how to get in, what to mind, and who goes.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.visits.facts import GOINGS, SEATS, VISITS
from nowrongdoor.reading import joint_visits, messages_of, referral_record, skills
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.joint_visits import HalfLine
from nowrongdoor.reading.referral_record import About
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import skill
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.crew import Seat
from nowrongdoor.rules.message import Message
from nowrongdoor.rules.skill import Lapse
from nowrongdoor.rules.visit import now_going
from nowrongdoor.rules.visit_record import Going, Visit


@dataclass(frozen=True)
class VisitRecord:
    """
    A visit, whom it is about, its crew, who goes as what or is not counted on, what was sent, and, of a
    joint visit, what the other teams do.
    """

    visit: Visit
    about: About
    crew_name: str
    device: str
    goers: tuple[tuple[Going, str, str], ...]
    messages: tuple[Message, ...]
    lapses: tuple[Lapse, ...] = ()
    halves: tuple[HalfLine, ...] = ()
    team_name: str = ""

    @property
    def others_words(self) -> str:
        """Who else was asked by telephone, as this half and then the others have it."""
        every = (self.visit, *(one.visit for one in self.halves))
        return "\n\n".join(dict.fromkeys(one.others_words for one in every if one.others_words))


def of(visit_id: UUID, *, seen: Vantage) -> VisitRecord:
    """Everything its page shows. Raises `Missing` where there is none. Three to five statements."""
    rows = VISITS.model.objects.filter(pk=visit_id).annotate(halves=joint_visits.halves())
    values = rows.values_list(*under(VISITS), "crew__name", "crew__device", "team__name", "halves").first()
    if values is None:
        raise Missing(VISITS.name)
    cells = Cells(values)
    one, name, device = cells.facts(VISITS), cells.take() or "", cells.take() or ""
    team, halves = cells.take(), cells.take()
    about = referral_record.about(one.referral_id, seen=seen)
    sight = seen.of_item(referral_id=one.referral_id)
    if not sight.shows(Element.WHEREABOUTS):
        one = replace(one, place="")
    if not sight.shows(Element.RESPONSE):
        one = replace(one, need="", access_words="", others_words="")
    if not sight.shows(Element.STORY):
        one = replace(one, ended_words="", chosen_words="")
    told = messages_of.visit(visit_id) if one.set_off_at and sight.shows(Element.RESPONSE) else ()
    goers, lapses = _goers(one)
    return VisitRecord(
        one, about, name, device, goers, told, lapses, joint_visits.seen(halves, sight), team
    )


def version(visit_id: UUID) -> int:
    """Which version of it stands."""
    return VISITS.model.objects.filter(pk=visit_id).values_list("version", flat=True).first() or 0


def open_of(referral_id: UUID) -> tuple[UUID, ...]:
    """The open visits of a referral, soonest due first. One statement."""
    rows = VISITS.model.objects.filter(referral_id=referral_id, ended_at=None).order_by("due_at", "id")
    return tuple(rows.values_list("id", flat=True))


def recorded(visit_id: UUID) -> Visit | None:
    """A visit on record; none when there is none with this key."""
    values = VISITS.model.objects.filter(pk=visit_id).values_list(*VISITS.columns).first()
    return VISITS.of(values) if values else None


def _goers(one: Visit) -> tuple[tuple[tuple[Going, str, str], ...], tuple[Lapse, ...]]:
    """Who goes now, with their names, and as what; and what they are not counted on for by then."""
    if one.crew_id is None:
        return (), ()
    rows = GOINGS.model.objects.filter(visit_id=one.id).order_by("id")
    found = rows.values_list(*GOINGS.columns, "member__name")
    named = [(GOINGS.of(values[:-1]), values[-1]) for values in found]
    seats: dict[UUID, Seat] = {}
    for values in SEATS.model.objects.filter(crew_id=one.crew_id).values_list(*SEATS.columns):
        seat = SEATS.of(values)
        seats[seat.member_id] = seat
    now = now_going(one, [each for each, _ in named])
    going, mine = {each.id for each in now}, {each.member_id for each in now}
    lapses: tuple[Lapse, ...] = ()
    if one.arrived_at is None and one.ended_at is None:
        sitting = [seat for seat in seats.values() if seat.member_id in mine]
        lapses = skill.in_the_way(one, sitting, skills.held_by(mine))
    goers = tuple(
        (each, name, seats[each.member_id].role if each.member_id in seats else "")
        for each, name in named
        if each.id in going
    )
    return goers, lapses


def is_late_to_say(one: Visit, *, at: datetime) -> bool:
    """Whoever is alone there was to say that they are safe by now, and has not."""
    return one.check_in_at is not None and one.check_in_at <= at
