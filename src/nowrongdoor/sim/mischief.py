"""
Who might do what to whom in a place: mostly well chosen, and often wrong: stale, blank, unknown, closed.

Chosen from what happened lately, so that most attempts have a chance, and many have not.
"""

from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.chase import Chase
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.crew import Crew
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.merging import Merge
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.police_path import PolicePath
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.register import RegisterLink, RegisterReading
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.rota import Duty
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.talk import Talk
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.world import PureWorld

MESSAGE = Message("", "", "", "Please visit.", "", "", "consent")
BLANK = replace(MESSAGE, ask=" ")
URGENCIES = ("emergency", "very_urgent", "urgent", "soon", "routine", "advice")
NEEDS: tuple[tuple[str, ...], ...] = (("mental",), ("physical", "social"), ("housing",), ("just_to_talk",))
ROLES = ("team_lead", "triage_clinician", "team_member", "call_handler", "police_control")
NAMES = ("Siân", "Kofi", "Ioana", "Priya", "Delroy", "Thiri")


class Mischief:
    """The luck of a walk, and what it remembers of the place."""

    def __init__(self, world: PureWorld, chance: Stream, at: datetime) -> None:
        self.world, self.chance = world, chance
        self.tables = world.rows.tables
        self.is_stale = False
        self.viewers: list[Viewer] = []
        self.gone: list[Viewer] = []
        self.of_team: dict[UUID, list[Viewer]] = {}
        self.open_teams: list[UUID] = []
        self.teams: list[UUID] = []
        self.referrals: deque[UUID] = deque(maxlen=24)
        self.handovers: deque[UUID] = deque(maxlen=14)
        self.chases: deque[UUID] = deque(maxlen=6)
        self.care_contacts: deque[UUID] = deque(maxlen=6)
        self.statutory: deque[UUID] = deque(maxlen=6)
        self.police: deque[UUID] = deque(maxlen=6)
        self.police_paths: deque[UUID] = deque(maxlen=6)
        self.promises: deque[UUID] = deque(maxlen=14)
        self.re_homings: deque[UUID] = deque(maxlen=6)
        self.contacts: deque[UUID] = deque(maxlen=10)
        self.people: deque[UUID] = deque(maxlen=12)
        self.openings: deque[UUID] = deque(maxlen=6)
        self.reviews: deque[UUID] = deque(maxlen=6)
        self.decisions: deque[UUID] = deque(maxlen=8)
        self.seals: deque[UUID] = deque(maxlen=4)
        self.duties: deque[UUID] = deque(maxlen=4)
        self.merges: deque[UUID] = deque(maxlen=8)
        self.readings: deque[UUID] = deque(maxlen=4)
        self.register_links: deque[UUID] = deque(maxlen=8)
        self.crews: deque[UUID] = deque(maxlen=12)
        self.visits: deque[UUID] = deque(maxlen=12)
        self.skills: deque[UUID] = deque(maxlen=12)
        self.loans: deque[UUID] = deque(maxlen=8)
        self.talks: deque[UUID] = deque(maxlen=10)
        self.recent: dict[type, deque[UUID]] = {
            Referral: self.referrals,
            Handover: self.handovers,
            Chase: self.chases,
            CareContact: self.care_contacts,
            StatutoryClock: self.statutory,
            PoliceDecision: self.police,
            PolicePath: self.police_paths,
            Promise: self.promises,
            ReHoming: self.re_homings,
            Contact: self.contacts,
            Person: self.people,
            Opening: self.openings,
            Review: self.reviews,
            SharingDecision: self.decisions,
            Seal: self.seals,
            Duty: self.duties,
            Merge: self.merges,
            RegisterReading: self.readings,
            RegisterLink: self.register_links,
            Crew: self.crews,
            Visit: self.visits,
            Skill: self.skills,
            Talk: self.talks,
        }
        self.agency = Agency(chance.id(), "Averley", "council", "England and Wales")
        kind = "police" if chance.happens(0.4) else "hospital"  # who hold people too
        self.neighbour = Agency(chance.id(), "Castle Bridge", kind, "England and Wales")
        self._found(at)

    def _found(self, at: datetime) -> None:
        self.founder = Viewer(self.chance.id(), "Founder", "team_lead", self.chance.id(), "", self.agency.id)
        self.world.agencies.enter(facts=[self.agency, self.neighbour], by=self.founder, at=at)
        for _ in range(5):
            self.open_team(at)
        # What these offer has standards of its own, and a limit to a short intervention.
        ours = self.world.team(self.teams[0])
        of = (ours.agency_id, ours.id, "Two-hour response at home", "", ("physical",), "", "")
        rapid = Service(uuid5(ours.id, "rapid"), *of)
        others = self.world.team(self.teams[1])
        self.network = uuid5(others.id, "network")
        rings = (others.agency_id, others.id, "Listening Ear", "", ("just_to_talk",), "", "")
        listed = [rapid, Service(self.network, *rings)]
        self.world.services.enter(services=listed, by=self.founder, at=at)

    # Who and what, mostly well chosen.

    def anyone(self) -> Viewer:
        """Someone at work; one time in fifty, someone who left and whose page is still open."""
        if self.gone and self.chance.random() < 0.02:
            return self.gone[-1]
        return self.chance.one_of(self.viewers)

    def one_of_team(self, team_id: UUID | None) -> Viewer:
        """Someone who works for the team whose act it is; one time in eight, someone who does not."""
        staff = self.of_team.get(team_id) if team_id is not None else None
        if not staff or self.chance.random() < 0.12:
            return self.anyone()
        return self.chance.one_of(staff)

    def one_with_a_part(self, person_id: UUID | None) -> Viewer:
        """Someone of a team that holds or held a referral of this person, mostly."""
        for key in self.world.rows.indexes.referrals_about.of(person_id):
            held = self.world.referrals.open_holding(key)
            if held is not None:
                return self.one_of_team(held.team_id)
        return self.anyone()

    def lead(self) -> Viewer:
        """A lead of some team, mostly."""
        leads = [one for one in self.viewers if one.role == "team_lead"]
        return self.chance.one_of(leads) if leads and self.chance.random() < 0.8 else self.anyone()

    def reviewer(self) -> Viewer:
        """Someone who looks into what others opened, mostly."""
        by = self.anyone()
        return replace(by, role="governance_lead") if self.chance.random() < 0.9 else by

    def as_lead(self, by: Viewer) -> Viewer:
        return replace(by, role="team_lead")

    def team(self) -> UUID:
        if self.chance.random() < 0.1:
            return self.chance.one_of(self.teams)
        return self.chance.one_of(self.open_teams)

    def pick(self, recent: deque[UUID]) -> UUID:
        """Something that happened lately; rarely, something that never was."""
        if not recent or self.chance.random() < 0.01:
            return self.chance.id()
        return recent[int(self.chance.random() * len(recent))]

    def new(self, recent: deque[UUID]) -> UUID:
        """A new id; rarely one that was used before, as when a form is sent twice."""
        if recent and self.chance.random() < 0.02:
            return recent[-1]
        return self.chance.id()

    def seen(self, version: int) -> int:
        """The version now; one time in fifteen, that of someone who has not looked since."""
        if self.chance.random() < 0.07:
            self.is_stale = True
            return version - 1
        return version

    def due(self, at: datetime) -> datetime | None:
        """Mostly by the standard; else in a while, or in the past."""
        if self.chance.random() < 0.7:
            return None
        return at + timedelta(minutes=self.chance.randrange(-20, 300))

    def words(self) -> str:
        return "  " if self.chance.random() < 0.04 else "Said in a few words."

    def code(self, *codes: str) -> str:
        return "no such code" if self.chance.random() < 0.02 else self.chance.one_of(codes)

    def message(self) -> Message:
        return BLANK if self.chance.random() < 0.04 else MESSAGE

    def files(self) -> list[NewFile]:
        """Mostly none; else a letter, now and then one that cannot be taken."""
        if self.chance.random() < 0.8:
            return []
        content = b"<html>" if self.chance.random() < 0.1 else b"Dear all, she takes 5 mg."
        return [NewFile(self.chance.id(), "letter.txt", content, len(content))]

    def decision(self) -> Decision:
        return Decision(self.code(*URGENCIES), self.chance.one_of(NEEDS), self.words())

    def referral(self) -> tuple[UUID, Referral | None, Holding | None]:
        """A referral, whoever holds it now, and its id even when there is none."""
        key = self.pick(self.referrals)
        found: Referral | None = self.tables[Referral].get(key)
        if found is None:
            return key, None, None
        if found.state == "closed" and self.chance.random() < 0.8:
            key = self.pick(self.referrals)
            found = self.tables[Referral].get(key)
        return key, found, self.world.referrals.open_holding(key) if found else None

    def closed_first(self, key: UUID) -> Referral | None:
        """The referral, or the first closed one of the recent ones."""
        known: dict[UUID, Referral] = self.tables[Referral]
        for one in self.referrals:
            if known[one].state == "closed" and self.chance.random() < 0.6:
                return known[one]
        return known.get(key)

    def other_about(self, person_id: UUID | None) -> UUID:
        """Another referral, of the same person where there is one."""
        known: dict[UUID, Referral] = self.tables[Referral]
        if person_id is not None and self.chance.random() < 0.85:
            for one in self.referrals:
                if known[one].person_id == person_id and self.chance.random() < 0.7:
                    return one
        return self.pick(self.referrals)

    def handover(self) -> tuple[UUID, Handover | None]:
        is_newest = self.handovers and self.chance.random() < 0.25
        key = self.handovers[-1] if is_newest else self.pick(self.handovers)
        found: Handover | None = self.tables[Handover].get(key)
        if found is not None and found.state != "offered" and self.chance.random() < 0.7:
            key = self.pick(self.handovers)
            found = self.tables[Handover].get(key)
        return key, found

    def promise(self) -> tuple[UUID, Promise | None]:
        key = self.pick(self.promises)
        found: Promise | None = self.tables[Promise].get(key)
        return key, found

    def remember(self) -> None:
        """What the last act made may be picked from now on."""
        for before, change in self.world.rows.last:
            if before is None:
                recent = self.recent.get(type(change.after))
                if recent is not None:
                    recent.append(change.after.id)

    # Teams and members come and go.

    def open_team(self, at: datetime) -> None:
        # Every third team is of another agency, so that offers cross from one to the other.
        agency = self.neighbour if len(self.teams) % 3 == 2 else self.agency
        team = Team(self.chance.id(), agency.id, f"Team {len(self.teams) + 1}", "", "", True, at, None, None)
        self.world.agencies.enter(facts=[team], by=self.founder, at=at)
        self.teams.append(team.id)
        self.open_teams.append(team.id)
        for role in ROLES[:3]:
            self._join(team, role, at)

    def hire(self, at: datetime) -> None:
        """Someone new joins an open team; one time in five, someone who works elsewhere too."""
        team = self.world.team(self.chance.one_of(self.open_teams))
        self._join(team, self.chance.one_of(ROLES), at, self.anyone() if self.chance.happens(0.2) else None)

    def _join(self, team: Team, role: str, at: datetime, known: Viewer | None = None) -> None:
        if known is not None and known.team_id == team.id:
            return
        name = f"{self.chance.one_of(NAMES)} {len(self.viewers)}"
        member = Member(known.member_id if known else self.chance.id(), name, role)
        works = Membership(self.chance.id(), member.id, team.id, role, at, None)
        viewer = Viewer(member.id, member.name, role, team.id, team.name, team.agency_id)
        self.world.agencies.enter(facts=[works] if known else [member, works], by=self.founder, at=at)
        self.viewers.append(viewer)
        self.of_team.setdefault(team.id, []).append(viewer)

    def has_left(self, gone: Viewer) -> None:
        """No front door lets a member in who has left; a page they had open may still be sent."""
        self.gone.append(gone)
        self.viewers = [one for one in self.viewers if one.member_id != gone.member_id]
        for key, staff in self.of_team.items():
            self.of_team[key] = [one for one in staff if one.member_id != gone.member_id]
