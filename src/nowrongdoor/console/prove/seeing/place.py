"""
A place of four agencies in which one team, *Ours*, stands to each life in another way.

In Ours there is a member of every role. Everything is stored through the real journeys, as it would happen;
what was over is over because its time has passed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.console.prove.seeing.canaries import Canaries
from nowrongdoor.console.prove.seeing.expected import ROLES
from nowrongdoor.journeys import agencies, services
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.directory import Service

TEAMS = {"Ours": "Own", "Beside": "Own", "Far": "Other", "Away": "Third", "Lamp": "Fourth"}
# Who works at the others. Of an agency without a governance lead anybody's may look into what it decided.
THEIRS = {
    "Beside": [("Beside", "team_lead")],
    "Far": [("Far", "team_lead"), ("Far oversight", "governance_lead")],
    "Away": [("Away", "team_lead")],
    "Lamp": [],  # nobody of it signs in: it answers by a link
}
KINDS = {"Own": "mental_health", "Other": "physical_health", "Third": "voluntary", "Fourth": "voluntary"}


@dataclass
class Life:
    """One person, or somebody nobody has named yet, and the keys of what is known of them."""

    name: str
    keys: dict[str, UUID] = field(default_factory=dict)
    # By which two carers may read it, and may no longer.
    permitted: UUID | None = None
    taken_back: UUID | None = None


@dataclass
class Place:
    """`at` is the instant at which everybody looks; what came before is told from it."""

    seed: int
    at: datetime
    canaries: Canaries = field(init=False)
    teams: dict[str, UUID] = field(default_factory=dict)
    agencies: dict[str, UUID] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    memberships: dict[str, UUID] = field(default_factory=dict)
    lives: dict[str, Life] = field(default_factory=dict)
    network: UUID = field(init=False)  # Ours, as those who ring just to talk

    def __post_init__(self) -> None:
        self.canaries = Canaries(self.seed)
        self.clock = self.at - timedelta(hours=3)
        self.network = uuid4()

    def __getitem__(self, name: str) -> Viewer:
        return self.viewers[name]

    @property
    def ours(self) -> Viewer:
        """Who acts for Ours."""
        return self.viewers["team_member"]

    def later(self) -> datetime:
        self.clock += timedelta(seconds=2)
        return self.clock

    def back_then(self, *, days: int, lives: Callable[[], None]) -> None:
        """What happens in there happened so many days ago."""
        now, self.clock = self.clock, self.at - timedelta(days=days)
        lives()
        self.clock = now

    def enter(self) -> None:
        """Agencies, teams and members, with a service for each team."""
        since = self.at - timedelta(days=200)
        owners = {name: Agency(uuid4(), f"{name} agency", kind, "England") for name, kind in KINDS.items()}
        rows: list[Any] = [*owners.values()]
        for name, owner in TEAMS.items():
            team = Team(
                uuid4(), owners[owner].id, name, "Sees people", "07700 900001", True, since, None, None
            )
            self.teams[name] = team.id
            self.agencies[name] = team.agency_id
            rows.append(team)
            for who, role in [(role, role) for role in ROLES] if name == "Ours" else THEIRS[name]:
                member = Member(uuid4(), f"{who.replace('_', ' ').capitalize()} of {name}", "Colleague")
                works = Membership(uuid4(), member.id, team.id, role, since, None)
                rows += [member, works]
                self.memberships[who] = works.id
                self.viewers[who] = Viewer(
                    member.id, member.name, role, team.id, name, owners[owner].id, owners[owner].name
                )
        agencies.enter(facts=rows, by=self["Far"], at=since)
        listed = [self._service(uuid4(), team, f"{team} service", "mental") for team in self.teams]
        listed.append(self._service(self.network, "Ours", "Ours rings", "just_to_talk"))
        services.enter(services=listed, by=self["Far"], at=since)

    def _service(self, key: UUID, team: str, name: str, need: str) -> Service:
        kept_by, team_id = self["Far"].agency_id, self.teams[team]
        return Service(key, kept_by, team_id, name, "Visits.", (need,), "Always", "07700 900002")

    def as_carer(self, role: str) -> Viewer:
        """
        The member of that role, acting in a role that may open records: what is theirs alone stays theirs
        when they are given another role, and must then show nothing that role may not see.
        """
        return self[role] if ROLES[role] != "no care" else replace(self[role], role="team_member")


def version(referral_id: UUID) -> int:
    """The version of a referral that whoever acts has before them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM referrals_referral WHERE id = %s", [referral_id])
        return int(cursor.fetchone()[0])


def still_owed(referral_id: UUID) -> list[tuple[UUID, int]]:
    """What is owed on a referral, each promise with its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version FROM promises_promise WHERE referral_id = %s AND state = 'open' ORDER BY id",
            [referral_id],
        )
        return cursor.fetchall()
