"""The rota of an agency: who is on call now and next, and who hears of what has climbed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from psycopg import sql

from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.rota.facts import DUTIES
from nowrongdoor.data.rota.models import Duty as DutyRow
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules import rota
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.rota import Duty, Hears

SHOWN = 200
NAMES = ("member__name", "team__name", "put_on_by__name", "taken_off_by__name")


@dataclass(frozen=True)
class DutyLine:
    """A duty with the names it leads to; no team's where it is for the whole agency."""

    duty: Duty
    member_name: str
    team_name: str
    put_on_by: str
    taken_off_by: str


@dataclass(frozen=True)
class OnCall:
    """Whoever is on call in an agency at an instant, and so who hears of what has climbed."""

    at: datetime
    lines: Mapping[UUID, DutyLine] = field(default_factory=dict)

    def hears(self, rung: str, *, team_id: UUID) -> Hears:
        return rota.hears(rung, team_id=team_id, duties=self.duties, at=self.at)

    def names(self, heard: Hears) -> tuple[DutyLine, ...]:
        return tuple(self.lines[one.id] for one in heard.duties)

    @property
    def duties(self) -> list[Duty]:
        return [one.duty for one in self.lines.values()]


@dataclass(frozen=True)
class RotaPage:
    """What is on the rota from now on, soonest first; `more` when there is more than is shown."""

    lines: tuple[DutyLine, ...]
    more: bool


@dataclass(frozen=True)
class Choices:
    """Whom a lead can put on call, and for which of the agency's teams."""

    members: tuple[tuple[UUID, str], ...]
    teams: tuple[tuple[UUID, str], ...]


def current(*, viewer: Viewer, at: datetime) -> OnCall:
    """Whoever is on call in the viewer's agency. One statement."""
    return sharing.made(_current, viewer.agency_id, at)


def _current(agency_id: UUID, at: datetime) -> OnCall:
    lines = _told(sharing.asked(CURRENT, {"agency": agency_id, "at": at}))
    return OnCall(at, {one.duty.id: one for one in lines if one.duty.is_on(at)})


def of_agency(*, viewer: Viewer, at: datetime) -> RotaPage:
    """What is on the rota now and later, with who was taken off it. One statement."""
    ahead = DutyRow.objects.filter(agency_id=viewer.agency_id, until_at__gt=at)
    found = tuple(_lines(ahead.order_by("from_at", "until_at", "id")[: SHOWN + 1]))
    return RotaPage(found[:SHOWN], len(found) > SHOWN)


def one(duty_id: UUID, *, viewer: Viewer) -> DutyLine:
    """One duty. Raises `Missing` where there is none on the rota of the viewer's agency."""
    for found in _lines(DutyRow.objects.filter(pk=duty_id, agency_id=viewer.agency_id)):
        return found
    raise Missing(DUTIES.name)


def recorded(duty_id: UUID) -> Duty | None:
    """A duty on record, of whichever agency; none when there is none with this key."""
    values = DutyRow.objects.filter(pk=duty_id).values_list(*DUTIES.columns).first()
    return DUTIES.of(values) if values else None


def choices(*, viewer: Viewer) -> Choices:
    """Who works for an open team of the agency, and its open teams, by name. Two statements."""
    works = MembershipRow.objects.filter(
        until_at=None, team__agency_id=viewer.agency_id, team__closed_at=None
    )
    members: dict[UUID, str] = {}
    by_name = works.order_by("member__name", "member_id")
    for key, name, title in by_name.values_list("member_id", "member__name", "member__job_title"):
        members.setdefault(key, f"{name} ({title})" if title else name)
    teams = TeamRow.objects.filter(agency_id=viewer.agency_id, closed_at=None)
    return Choices(tuple(members.items()), tuple(teams.order_by("name").values_list("id", "name")))


def _lines(rows: QuerySet[DutyRow]) -> list[DutyLine]:
    return _told(rows.values_list(*under(DUTIES), *NAMES))


def _told(rows: Iterable[tuple[Any, ...]]) -> list[DutyLine]:
    lines = []
    for values in rows:
        cells = Cells(values)
        lines.append(DutyLine(cells.facts(DUTIES), *(cells.take() or "" for _ in NAMES)))
    return lines


# In words of its own: every screen of a team asks it each time it is made.
CURRENT = sql.SQL("""
    SELECT {columns}, member.name, team.name, put_on.name, taken_off.name
    FROM rota_duty d
    JOIN agencies_member member ON member.id = d.member_id
    LEFT JOIN agencies_team team ON team.id = d.team_id
    LEFT JOIN agencies_member put_on ON put_on.id = d.put_on_by_id
    LEFT JOIN agencies_member taken_off ON taken_off.id = d.taken_off_by_id
    WHERE d.agency_id = %(agency)s AND d.from_at <= %(at)s AND d.until_at > %(at)s
    ORDER BY d.from_at, d.id
""").format(columns=sql.SQL(", ").join(sql.Identifier("d", name) for name in DUTIES.columns))
