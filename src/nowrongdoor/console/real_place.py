"""
The real place as simulated actors see it: the journeys are its verbs, queries are its views.

Answers to `sim.place_protocol.Place`, as the place in memory does, with the same facts in the same
order; a parity test holds the two equal. For the demonstration and the proofs alone.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import (
    about_me,
    agencies,
    agreements,
    care_contacts,
    circle,
    clocks,
    contacts,
    crews,
    handovers,
    holdings,
    loans,
    merges,
    openings,
    people,
    permissions,
    police,
    police_paths,
    promises,
    referrals,
    registers,
    reviews,
    rota,
    seals,
    second_readings,
    services,
    sharing,
    signposts,
    skills,
    statutory,
    suggestions,
    talks,
    triage,
    visits,
)
from nowrongdoor.kernel import store
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import HandoverState, PromiseState
from nowrongdoor.sim.case import Case

Facts = TypeVar("Facts")


class RealPlace:
    """The place in PostgreSQL."""

    agencies = agencies
    agreements = agreements
    care_contacts = care_contacts
    clocks = clocks
    contacts = contacts
    crews = crews
    handovers = handovers
    holdings = holdings
    loans = loans
    merges = merges
    openings = openings
    people = people
    permissions = permissions
    about_me = about_me
    police = police
    police_paths = police_paths
    circle = circle
    promises = promises
    referrals = referrals
    registers = registers
    reviews = reviews
    rota = rota
    seals = seals
    second_readings = second_readings
    signposts = signposts
    skills = skills
    suggestions = suggestions
    talks = talks
    services = services
    sharing = sharing
    statutory = statutory
    triage = triage
    visits = visits

    def case(self, referral_id: UUID) -> Case:
        held = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
        offers = store.find(HANDOVERS, referral_id=referral_id, state=HandoverState.OFFERED)
        return Case(
            referral=store.peek(REFERRALS, referral_id),
            holding=held[0] if held else None,
            live_offer=offers[0] if offers else None,
            promises=tuple(store.find(PROMISES, referral_id=referral_id, state=PromiseState.OPEN)),
        )

    def contact(self, contact_id: UUID) -> Contact:
        return store.peek(CONTACTS, contact_id)

    def person(self, person_id: UUID) -> Person:
        return store.peek(PEOPLE, person_id)

    def promise(self, promise_id: UUID) -> Promise:
        return store.peek(PROMISES, promise_id)

    def team(self, team_id: UUID) -> Team:
        return store.peek(TEAMS, team_id)

    def candidates(self, details: Details) -> Sequence[Person]:
        return people.candidates(details)

    def offers_waiting(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Handover]:
        rows = HANDOVERS.model.objects.filter(receiver_team_id=team_id, state=HandoverState.OFFERED)
        return _facts(HANDOVERS, rows.order_by("answer_by", "id")[:limit])

    def held(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Referral]:
        held = HOLDINGS.model.objects.filter(team_id=team_id, until_at=None).values("referral_id")
        return _facts(REFERRALS, REFERRALS.model.objects.filter(pk__in=held).order_by("due_at", "id")[:limit])

    def owed(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Promise]:
        rows = PROMISES.model.objects.filter(owner_team_id=team_id, state=PromiseState.OPEN)
        return _facts(PROMISES, rows.order_by("due_at", "id")[:limit])


def _facts(table: Table[Facts], rows: Any) -> list[Facts]:
    return [table.of(values) for values in rows.values_list(*table.columns)]
