"""
Averley is entered into a place: its agencies, teams, staff and directory; and who works where.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.sim import county, entries
from nowrongdoor.sim.county import TeamPlan
from nowrongdoor.sim.people import NAMES
from nowrongdoor.sim.place_protocol import Place
from nowrongdoor.sim.streams import Stream

TICK = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Roster:
    """The teams by key, and who works for each, the lead first."""

    teams: dict[str, Team]
    staff: dict[str, list[Viewer]]
    office: dict[str, Viewer]
    """Who looks after the place, by role. No rota has them, and nobody is handed over to them."""

    def team_id(self, key: str) -> UUID:
        return self.teams[key].id

    def key_of(self, team_id: UUID) -> str:
        return next(key for key, team in self.teams.items() if team.id == team_id)

    def lead(self, key: str) -> Viewer:
        return self.staff[key][0]

    def with_role(self, key: str, role: str) -> list[Viewer]:
        return [one for one in self.staff[key] if one.role == role]

    def leaves(self, gone: Viewer) -> None:
        """The member is no longer on any rota."""
        self.staff[county_key(self, gone)].remove(gone)


def county_key(roster: Roster, viewer: Viewer) -> str:
    return roster.key_of(viewer.team_id)


def found_place(place: Place, *, ids: Stream, names: Stream, at: datetime) -> Roster:
    """Enter the county; `at` is when it began, each act a tick after the one before."""
    agencies = {key: Agency(ids.id(), name, kind, "England and Wales") for key, name, kind in county.AGENCIES}
    teams = {plan.key: _team(plan, agencies, ids, number, at) for number, plan in enumerate(county.TEAMS)}
    hired = _Hiring(ids, names, at)
    staff = {plan.key: _staff(plan, teams[plan.key], agencies[plan.agency], hired) for plan in county.TEAMS}
    first = next(one for one in staff[county.CENTRE] if one.role == "team_lead")
    for key, agency in agencies.items():
        opened = [teams[plan.key] for plan in county.TEAMS if plan.agency == key]
        place.agencies.enter(facts=[agency, *opened], by=first, at=at)
        at += TICK
    place.agencies.enter(facts=hired.members, by=first, at=at)
    place.agencies.enter(facts=hired.memberships, by=first, at=at + TICK)
    on = local_date(at)
    ours = [entries.with_record(one, on=on) for one in _services(teams, ids)]
    listed = [*ours, *entries.outside(of=first.agency_id, on=on)]
    place.services.enter(services=listed, by=first, at=at + 2 * TICK)
    office = _found_office(place, agencies[county.OFFICE_AGENCY], hired, by=first, at=at + 3 * TICK)
    _agree(place, agencies, ids, by=office["governance_lead"], at=at + 4 * TICK)
    return Roster(teams, staff, office)


def _found_office(
    place: Place, agency: Agency, hired: "_Hiring", *, by: Viewer, at: datetime
) -> dict[str, Viewer]:
    """After everyone else, so that whoever was there before has the same name and number."""
    team = Team(
        id=hired.ids.id(),
        agency_id=agency.id,
        name=county.OFFICE,
        does=county.OFFICE_DOES,
        phone="01632 960199",
        takes_contacts=False,
        opened_at=hired.at,
        closed_at=None,
        successor_id=None,
    )
    before = len(hired.members)
    office = {role: hired.hire(team, agency, role, job) for role, job in county.OFFICERS}
    place.agencies.enter(facts=[team, *hired.members[before:], *hired.memberships[before:]], by=by, at=at)
    return office


def _agree(place: Place, agencies: dict[str, Agency], ids: Stream, *, by: Viewer, at: datetime) -> None:
    """What agencies have put in writing about sharing, before and during the history."""
    today = local_date(at)
    for one, other, purpose, what, law, *days in county.AGREED:
        first, again, last = (today + timedelta(days=day) for day in days)
        facts = Agreement(
            ids.id(), agencies[one].id, agencies[other].id, purpose, what, law, first, again, last
        )
        place.agreements.enter(facts=facts, by=by, at=at)
        at += TICK


class _Hiring:
    """Makes members with names no two of whom share."""

    def __init__(self, ids: Stream, names: Stream, at: datetime) -> None:
        self.ids, self.names, self.at = ids, names, at
        self.members: list[Member] = []
        self.memberships: list[Membership] = []
        self.taken: set[str] = set()

    def hire(self, team: Team, agency: Agency, role: str, job: str) -> Viewer:
        member = Member(self.ids.id(), self._name(), job, county.DISCIPLINES.get(job, ""))
        self.members.append(member)
        self.memberships.append(Membership(self.ids.id(), member.id, team.id, role, self.at, None))
        return Viewer(member.id, member.name, role, team.id, team.name, agency.id, agency.name)

    def _name(self) -> str:
        while True:
            given, family = self.names.weighed([(weight, (given, family)) for weight, given, family in NAMES])
            name = f"{self.names.one_of(given)} {self.names.one_of(family)}"
            if name not in self.taken:
                self.taken.add(name)
                return name


def _team(plan: TeamPlan, agencies: dict[str, Agency], ids: Stream, number: int, at: datetime) -> Team:
    return Team(
        id=ids.id(),
        agency_id=agencies[plan.agency].id,
        name=plan.name,
        does=plan.does,
        phone=f"01632 960{100 + number:03d}",
        takes_contacts=plan.takes_contacts,
        opened_at=at,
        closed_at=None,
        successor_id=None,
    )


def _staff(plan: TeamPlan, team: Team, agency: Agency, hired: _Hiring) -> list[Viewer]:
    lead = hired.hire(team, agency, "team_lead", "Team lead")
    if plan.key != county.CENTRE:
        return [lead, hired.hire(team, agency, plan.role, plan.job)]
    return [
        lead,
        *(hired.hire(team, agency, "call_handler", "Call handler") for _ in range(county.CALL_HANDLERS)),
        *(hired.hire(team, agency, "triage_clinician", job) for job in county.CLINICIANS),
    ]


def _services(teams: dict[str, Team], ids: Stream) -> list[Service]:
    return [
        Service(
            id=ids.id(),
            agency_id=teams[key].agency_id,
            team_id=teams[key].id,
            name=name,
            summary=summary,
            needs=tuple(needs.split()),
            hours=hours,
            phone=teams[key].phone,
        )
        for key, name, summary, needs, hours in county.SERVICES
    ]
