"""
The crews beside one team's: those on shift of the other teams of its agency, and of agencies that have agreed
to have their crews beside each other. Who is out, and until when; about nobody who is visited.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from nowrongdoor.data.sharing.facts import AGREEMENTS
from nowrongdoor.data.visits.facts import CREWS, GOINGS, SEATS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agreement, law
from nowrongdoor.rules.agreement import AID, BESIDE, Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Crew, Seat

SHOWN = 100


@dataclass(frozen=True)
class CrewBeside:
    """
    A crew of another team: who is in it, and until when they are planned on a visit (none when free);
    `is_over_time` when they are out for longer than was planned.
    """

    crew: Crew
    team_name: str
    agency_name: str
    seats: tuple[tuple[Seat, str], ...]
    out_until: datetime | None
    is_over_time: bool


def of(*, viewer: Viewer, at: datetime) -> tuple[CrewBeside, ...]:
    """
    The crews beside the viewer's, by agency, team and name; none for whoever may not ask a team along. Four
    statements, of which the last two where there is a crew.
    """
    if not access.may_do(viewer, "visit.ask_along", at=at):
        return ()
    on = CREWS.model.objects.filter(from_at__lte=at, until_at__gt=at, ended_at=None)
    rows = on.filter(team__agency_id__in=agencies(viewer, kind=BESIDE, at=at)).exclude(team_id=viewer.team_id)
    rows = rows.order_by("team__agency__name", "team__name", "name", "id")
    found = [
        (CREWS.of(values[:-2]), *values[-2:])
        for values in rows.values_list(*CREWS.columns, "team__name", "team__agency__name")[:SHOWN]
    ]
    seats = _seats((one.id for one, *_ in found), at=at)
    out = _out({seat.member_id for of in seats.values() for seat, _ in of}, at=at)
    return tuple(
        CrewBeside(one, team, agency, tuple(seats[one.id]), *_until(seats[one.id], out))
        for one, team, agency in found
    )


def agencies(viewer: Viewer, *, kind: str, at: datetime) -> set[UUID]:
    """The viewer's own, and those with which such an agreement is in force today. One statement."""
    on, own = local_date(at), viewer.agency_id
    about_crews = [one.code for one in law.codes(AID, on=on)]
    rows = AGREEMENTS.model.objects.filter(
        Q(one_agency_id=own) | Q(other_agency_id=own), purpose__in=about_crews
    )
    found = [AGREEMENTS.of(values) for values in rows.values_list(*AGREEMENTS.columns)]
    others = {_other(one, own) for one in found}
    agreed = {
        other
        for other in others
        if agreement.aid_covers(found, one=own, other=other, kind=kind, on=on)
    }
    return {own, *agreed}


def _other(one: Agreement, own: UUID) -> UUID:
    return one.other_agency_id if one.one_agency_id == own else one.one_agency_id


def _seats(crews: Iterable[UUID], *, at: datetime) -> dict[UUID, list[tuple[Seat, str]]]:
    found: dict[UUID, list[tuple[Seat, str]]] = defaultdict(list)
    rows = SEATS.model.objects.filter(crew_id__in=list(crews), until_at__gt=at).order_by("id")
    for values in rows.values_list(*SEATS.columns, "member__name"):
        seat = SEATS.of(values[:-1])
        found[seat.crew_id].append((seat, values[-1]))
    return found


def _out(members: Iterable[UUID], *, at: datetime) -> dict[UUID, tuple[datetime, bool]]:
    """By member, until when they are planned to be out, and whether they should have been back by now."""
    rows = GOINGS.model.objects.filter(
        Q(until_at__gt=at) | Q(is_under_way=True), member_id__in=sorted(members)
    )
    until = rows.values_list("member_id").annotate(Max("until_at"))
    return {member_id: (last, last <= at) for member_id, last in until}


def _until(
    seats: Iterable[tuple[Seat, str]], out: Mapping[UUID, tuple[datetime, bool]]
) -> tuple[datetime | None, bool]:
    found = [out[seat.member_id] for seat, _ in seats if seat.member_id in out]
    return max((last for last, _ in found), default=None), any(late for _, late in found)
