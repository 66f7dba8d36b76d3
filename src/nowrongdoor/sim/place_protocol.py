"""
What actors need of a place: the verbs of `journeys`, and a few views of what a screen would show.

`world.PureWorld` is a place in memory. The real place answers with the `journeys` modules and with
queries that give the same facts in the same order, so that one script ends alike in both. Views read only.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.contact import Contact, Said
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim.access_protocol import WhoMaySee
from nowrongdoor.sim.case import Case
from nowrongdoor.sim.clock_protocol import (
    CareContacts,
    Clocks,
    Police,
    PolicePaths,
    Rota,
    SecondReadings,
    Statutory,
)
from nowrongdoor.sim.visit_protocol import SendsCrews


class Agencies(Protocol):
    def enter(
        self, *, facts: Iterable[Agency | Team | Member | Membership], by: Viewer, at: datetime
    ) -> None: ...
    def close_team(
        self, *, team_id: UUID, successor_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def leave(self, *, member_id: UUID, words: str, by: Viewer, at: datetime) -> None: ...


class Services(Protocol):
    def enter(self, *, services: Iterable[Service], by: Viewer, at: datetime) -> None: ...


class Contacts(Protocol):
    def receive(
        self,
        *,
        contact_id: UUID,
        said: Said,
        outcome: str,
        callback_id: UUID,
        happened_at: datetime,
        by: Viewer,
        at: datetime,
        person_id: UUID | None = None,
        referral: NewReferral | None = None,
        offer: NewOffer | None = None,
        callback_due_at: datetime | None = None,
    ) -> None: ...
    def link(self, *, contact_id: UUID, person_id: UUID, by: Viewer, at: datetime, seen: int) -> None: ...
    def close(
        self, *, contact_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...


class People(Protocol):
    def register(
        self, *, person_id: UUID, details: Details, looked_at: Sequence[UUID], by: Viewer, at: datetime
    ) -> None: ...
    def correct(self, *, person_id: UUID, details: Details, by: Viewer, at: datetime, seen: int) -> None: ...
    def supersede(self, *, person_id: UUID, number: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Referrals(Protocol):
    def refer(
        self,
        *,
        referral_id: UUID,
        holding_id: UUID,
        person_id: UUID | None,
        contact_id: UUID | None,
        needs: Sequence[str],
        request: str,
        words: str,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def begin(self, *, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None: ...
    def close(
        self, *, referral_id: UUID, outcome: str, told: str, told_by: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def reopen(
        self, *, referral_id: UUID, holding_id: UUID, why: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...


class Triage(Protocol):
    def accept_here(
        self, *, referral_id: UUID, decision: Decision, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def hand_on(
        self,
        *,
        referral_id: UUID,
        decision: Decision,
        handover_id: UUID,
        to_team_id: UUID,
        message: Message,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def ask(
        self,
        *,
        referral_id: UUID,
        promise_id: UUID,
        asked_of: str,
        words: str,
        due_at: datetime | None,
        waits_for: str = PromiseKind.INFORMATION,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def advise(
        self,
        *,
        referral_id: UUID,
        decision: Decision,
        told: str,
        told_by: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def duplicate_of(
        self,
        *,
        referral_id: UUID,
        other_id: UUID,
        told: str,
        told_by: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...


class Handovers(Protocol):
    def offer(
        self,
        *,
        referral_id: UUID,
        handover_id: UUID,
        to_team_id: UUID,
        message: Message,
        attachments: Sequence[NewFile] = (),
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def accept(
        self, *, handover_id: UUID, read_back: str, holding_id: UUID, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def send_back(
        self,
        *,
        handover_id: UUID,
        reason: str,
        words: str,
        next_team_id: UUID | None,
        next_handover_id: UUID,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def withdraw(
        self, *, handover_id: UUID, reason: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def chase(
        self, *, handover_id: UUID, chase_id: UUID, how: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def deliver(self, *, handover_id: UUID, by: Viewer, at: datetime) -> None: ...
    def receive(self, *, handover_id: UUID, by: Viewer, at: datetime) -> None: ...


class Holdings(Protocol):
    def take(self, *, referral_id: UUID, by: Viewer, at: datetime, seen: int) -> None: ...
    def accept_re_homed(
        self, *, re_homing_id: UUID, read_back: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...


class Promises(Protocol):
    def make(
        self,
        *,
        promise_id: UUID,
        kind: str,
        words: str,
        due_at: datetime | None,
        contact_id: UUID | None,
        referral_id: UUID | None,
        person_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def keep(
        self,
        *,
        promise_id: UUID,
        words: str,
        done_at: datetime | None = None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def let_go(self, *, promise_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def escalate(
        self,
        *,
        promise_id: UUID,
        escalation_id: UUID,
        to_team_id: UUID,
        words: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...


class Place(WhoMaySee, SendsCrews, Protocol):
    """
    The verbs, noun by noun, and the views. Lists are ordered by due time, then id.

    The nouns are read-only here, so that a module of functions serves as well as an object.
    """

    @property
    def agencies(self) -> Agencies: ...
    @property
    def services(self) -> Services: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def people(self) -> People: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def triage(self) -> Triage: ...
    @property
    def handovers(self) -> Handovers: ...
    @property
    def care_contacts(self) -> CareContacts: ...
    @property
    def statutory(self) -> Statutory: ...
    @property
    def police(self) -> Police: ...
    @property
    def police_paths(self) -> PolicePaths: ...
    @property
    def holdings(self) -> Holdings: ...
    @property
    def promises(self) -> Promises: ...
    @property
    def second_readings(self) -> SecondReadings: ...
    @property
    def clocks(self) -> Clocks: ...
    @property
    def rota(self) -> Rota: ...

    def case(self, referral_id: UUID) -> Case:
        """A referral with its holder, its live offer and what is owed about it."""

    def contact(self, contact_id: UUID) -> Contact: ...
    def person(self, person_id: UUID) -> Person: ...
    def promise(self, promise_id: UUID) -> Promise: ...
    def team(self, team_id: UUID) -> Team: ...

    def candidates(self, details: Details) -> Sequence[Person]:
        """The records a search before registering shows, as `people.register` will find them."""

    def offers_waiting(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Handover]:
        """Live offers to a team."""

    def held(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Referral]:
        """Open referrals a team holds."""

    def owed(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Promise]:
        """Open promises a team owes."""
