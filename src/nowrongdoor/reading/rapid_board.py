"""
The rapid-response board of one team: who waits for a visit, who is out where, and which crews there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.data.visits.facts import CREWS, GOINGS, SEATS, VISITS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import joint_visits, loans, scope, skills
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.joint_visits import HalfLine
from nowrongdoor.reading.whom import NOBODY_YET, Whom, whom
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.assigning import Busy
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.visit_record import Going, Visit

SHOWN = 100
WHOM = tuple(
    f"referral__person__{name}"
    for name in (
        "family_name", "given_names", "born_on", "born_on_unknown", "postcode", "access_needs", "know_first",
        "know_waits",
    )
)  # fmt: skip
KEPT = "Kept from lists. Open the visit."


@dataclass(frozen=True)
class VisitLine:
    """One visit, whom it is about as this viewer may see them, the crew that has it, and its other halves."""

    visit: Visit
    person_id: UUID | None
    whom: Whom
    crew_name: str
    shows: frozenset[str]
    halves: tuple[HalfLine, ...] = ()


@dataclass(frozen=True)
class CrewLine:
    """One crew on shift or soon on it: who is in it, what its people are planned on, and what they hold."""

    crew: Crew
    seats: tuple[tuple[Seat, str], ...]
    busy: tuple[Busy, ...]
    skills: tuple[Skill, ...] = ()
    lent_by: Mapping[UUID, str] = field(default_factory=dict)
    """By member who is lent to this team: the team that lends them, and its agency."""

    @property
    def facts(self) -> tuple[Crew, tuple[Seat, ...], tuple[Busy, ...]]:
        return self.crew, tuple(seat for seat, _ in self.seats), self.busy


@dataclass(frozen=True)
class Board:
    """The open visits of a team, soonest due first, and its crews; `more` when there are more visits."""

    visits: tuple[VisitLine, ...]
    crews: tuple[CrewLine, ...]
    more: bool

    @property
    def skills(self) -> tuple[Skill, ...]:
        """What everybody in these crews holds."""
        return tuple({one.id: one for crew in self.crews for one in crew.skills}.values())


def of_team(*, viewer: Viewer, at: datetime) -> Board:
    """What the viewer's own team has to do, and with whom. Seven statements."""
    rows = VISITS.model.objects.filter(team_id=viewer.team_id, ended_at=None).order_by("due_at", "id")
    found = _visits(rows[: SHOWN + 1], viewer=viewer, at=at)
    return Board(found[:SHOWN], crews(viewer=viewer, at=at), len(found) > SHOWN)


def mine(*, viewer: Viewer, at: datetime) -> tuple[VisitLine, ...]:
    """The open visits of whichever crews the viewer goes in now, in the order they are planned."""
    sits = SEATS.model.objects.filter(member_id=viewer.member_id, from_at__lte=at, until_at__gt=at)
    rows = VISITS.model.objects.filter(
        team_id=viewer.team_id, ended_at=None, crew_id__in=sits.values("crew_id")
    )
    return _visits(rows.order_by("leaves_at", "id")[:SHOWN], viewer=viewer, at=at)


def on_shift_until(*, viewer: Viewer, at: datetime) -> datetime | None:
    """When the shift of the crew that the viewer goes in now ends; None where they are on none."""
    sits = SEATS.model.objects.filter(member_id=viewer.member_id, from_at__lte=at, until_at__gt=at)
    found: datetime | None = sits.aggregate(last=Max("until_at"))["last"]
    return found


def is_any_kept(lines: Iterable[VisitLine]) -> bool:
    """A seal stands on one of these people, or on something of theirs. One statement."""
    about = {one.visit.referral_id for one in lines}
    people = {one.person_id for one in lines if one.person_id is not None}
    sealed = Q(referral_id__in=about) | Q(person_id__in=people)
    return SEALS.model.objects.filter(sealed, lifted_at=None).exists()


def crews(*, viewer: Viewer, at: datetime) -> tuple[CrewLine, ...]:
    """The crews of the viewer's team that are on shift or will be, as they come on. Five statements."""
    rows = CREWS.model.objects.filter(team_id=viewer.team_id, until_at__gt=at, ended_at=None)
    known = [CREWS.of(values) for values in rows.order_by("name", "id").values_list(*CREWS.columns)[:SHOWN]]
    seats: dict[UUID, list[tuple[Seat, str]]] = defaultdict(list)
    sat = SEATS.model.objects.filter(crew_id__in=[one.id for one in known], until_at__gt=at).order_by("id")
    for values in sat.values_list(*SEATS.columns, "member__name"):
        seat = SEATS.of(values[:-1])
        seats[seat.crew_id].append((seat, values[-1]))
    sitting = {seat.member_id for of in seats.values() for seat, _ in of}
    busy, held = _busy(sitting, at=at), skills.held_by(sitting)
    lent = loans.lent_by(viewer.team_id, sitting) if sitting else {}
    return tuple(
        CrewLine(
            one,
            tuple(seats[one.id]),
            tuple(each for seat, _ in seats[one.id] for each in busy.get(seat.member_id, ())),
            tuple(each for each in held if each.member_id in {seat.member_id for seat, _ in seats[one.id]}),
            lent,
        )
        for one in known
    )


def known_by(person_id: UUID | None) -> frozenset[UUID]:
    """Who was with this person on a visit before. One statement."""
    if person_id is None:
        return frozenset()
    went = GOINGS.model.objects.filter(
        visit__referral__person_id=person_id, visit__met_at__isnull=False, visit__ended_at__isnull=False
    )
    return frozenset(went.values_list("member_id", flat=True))


def known_to(lines: Iterable[VisitLine]) -> dict[UUID, frozenset[UUID]]:
    """By visit, who was with its person on a visit before. One statement."""
    about = {one.visit.id: one.person_id for one in lines if one.person_id is not None}
    had: dict[UUID, set[UUID]] = defaultdict(set)
    went = GOINGS.model.objects.filter(
        visit__referral__person_id__in=set(about.values()),
        visit__met_at__isnull=False,
        visit__ended_at__isnull=False,
    )
    for person_id, member_id in went.values_list("visit__referral__person_id", "member_id"):
        had[person_id].add(member_id)
    return {key: frozenset(had[person_id]) for key, person_id in about.items()}


def members(*, viewer: Viewer) -> tuple[tuple[UUID, str], ...]:
    """Who works for the viewer's team, by name."""
    works = MembershipRow.objects.filter(until_at=None, team_id=viewer.team_id).order_by("member__name")
    return tuple(
        (key, f"{name} ({title})" if title else name)
        for key, name, title in works.values_list("member_id", "member__name", "member__job_title")
    )


def recorded(crew_id: UUID) -> tuple[Crew, tuple[Seat, ...]] | None:
    """A crew on record with its seats, of whichever team; none when there is none with this key."""
    values = CREWS.model.objects.filter(pk=crew_id).values_list(*CREWS.columns).first()
    if values is None:
        return None
    seats = SEATS.model.objects.filter(crew_id=crew_id).order_by("id").values_list(*SEATS.columns)
    return CREWS.of(values), tuple(SEATS.of(one) for one in seats)


def _visits(rows: Iterable[object], *, viewer: Viewer, at: datetime) -> tuple[VisitLine, ...]:
    lines, beside = [], {}
    columns = (*under(VISITS), "referral__person_id", *WHOM, "crew__name", "halves")
    rows = rows.annotate(halves=joint_visits.halves())  # type: ignore[attr-defined]
    for values in rows.values_list(*columns):
        cells = Cells(values)
        one, person_id = cells.facts(VISITS), cells.take()
        person = whom(tuple(cells.take() for _ in WHOM)) if person_id else _nobody(cells)
        lines.append(VisitLine(one, person_id, person, cells.take() or "", frozenset()))
        beside[one.id] = cells.take()
    asked = {one.visit.referral_id: one.person_id for one in lines}
    sights = scope.sights(asked, viewer=viewer, at=at)
    seen = [(one, sights.get(one.visit.referral_id)) for one in lines]
    return tuple(
        replace(_as_seen(one, sight), halves=joint_visits.seen(beside[one.visit.id], sight))
        for one, sight in seen
        if sight is not None
    )


def _nobody(cells: Cells) -> Whom:
    for _ in WHOM:
        cells.take()
    return NOBODY_YET


def _as_seen(line: VisitLine, sight: Sight) -> VisitLine:
    """What this viewer may read of it on a list."""
    one, person = line.visit, line.whom
    if not sight.shows(Element.WHEREABOUTS):
        one = replace(one, place=KEPT)
    if not sight.shows(Element.RESPONSE):
        one = replace(one, need="", access_words="", others_words="")
    if not sight.shows(Element.STORY):
        one = replace(one, chosen_words="")
    if not sight.shows(Element.IDENTITY):
        person = NOBODY_YET
    shows = frozenset(name for name in sight.elements)
    return replace(line, visit=one, whom=person, shows=shows)


def _busy(members: Iterable[UUID], *, at: datetime) -> Mapping[UUID, list[Busy]]:
    found: dict[UUID, list[tuple[Going, Visit]]] = defaultdict(list)
    rows = GOINGS.model.objects.filter(Q(until_at__gt=at) | Q(is_under_way=True), member_id__in=list(members))
    rows = rows.order_by("from_at", "id")
    for values in rows.values_list(*under(GOINGS), *under(VISITS, "visit")):
        cells = Cells(values)
        going, visit = cells.facts(GOINGS), cells.facts(VISITS)
        found[going.member_id].append((going, visit))
    return found
