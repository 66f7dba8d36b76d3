"""
A place held in memory, offering the verbs of `journeys` by calling the same rules.

What a screen would show is offered as views, in the same order for the same history. It answers to
`sim.place_protocol.Place`, as does the real place, so that actors can live in either.
"""

from collections.abc import Sequence
from uuid import UUID

from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim.case import Case
from nowrongdoor.sim.rows import Journal, Rows
from nowrongdoor.sim.verbs.about_me import AboutMe
from nowrongdoor.sim.verbs.agencies import Agencies, Services
from nowrongdoor.sim.verbs.answer_links import AnswerLinks
from nowrongdoor.sim.verbs.care_contacts import CareContacts
from nowrongdoor.sim.verbs.circle import Circle
from nowrongdoor.sim.verbs.clocks import Clocks
from nowrongdoor.sim.verbs.contacts import Contacts
from nowrongdoor.sim.verbs.crews import Crews
from nowrongdoor.sim.verbs.deciding import Seals, Sharing
from nowrongdoor.sim.verbs.handovers import Handovers
from nowrongdoor.sim.verbs.loans import Loans
from nowrongdoor.sim.verbs.merges import Merges
from nowrongdoor.sim.verbs.onward_links import OnwardLinks
from nowrongdoor.sim.verbs.people import People
from nowrongdoor.sim.verbs.permissions import Permissions
from nowrongdoor.sim.verbs.police import Police
from nowrongdoor.sim.verbs.police_paths import PolicePaths
from nowrongdoor.sim.verbs.promises import Promises
from nowrongdoor.sim.verbs.referrals import Holdings, Referrals
from nowrongdoor.sim.verbs.registers import Registers
from nowrongdoor.sim.verbs.rota import Rota
from nowrongdoor.sim.verbs.second_readings import SecondReadings
from nowrongdoor.sim.verbs.sharing import Agreements, Openings, Reviews
from nowrongdoor.sim.verbs.signposts import Signposts
from nowrongdoor.sim.verbs.skills import Skills
from nowrongdoor.sim.verbs.statutory import Statutory
from nowrongdoor.sim.verbs.suggestions import Suggestions
from nowrongdoor.sim.verbs.talks import Talks
from nowrongdoor.sim.verbs.triage import Triage
from nowrongdoor.sim.verbs.visits import Visits


class PureWorld:
    """An in-memory place; with a `journal`, every step of every act is appended to it."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.rows = Rows(journal)
        self.agencies = Agencies(self.rows)
        self.services = Services(self.rows)
        self.contacts = Contacts(self.rows)
        self.people = People(self.rows)
        self.merges = Merges(self.rows)
        self.registers = Registers(self.rows)
        self.referrals = Referrals(self.rows)
        self.triage = Triage(self.rows)
        self.handovers = Handovers(self.rows)
        self.answer_links = AnswerLinks(self.rows, self.handovers)
        self.onward_links = OnwardLinks(self.rows, self.handovers, self.referrals)
        self.care_contacts = CareContacts(self.rows)
        self.statutory = Statutory(self.rows)
        self.police = Police(self.rows)
        self.police_paths = PolicePaths(self.rows)
        self.holdings = Holdings(self.rows)
        self.promises = Promises(self.rows)
        self.second_readings = SecondReadings(self.rows)
        self.signposts = Signposts(self.rows)
        self.talks = Talks(self.rows)
        self.suggestions = Suggestions(self.rows)
        self.openings = Openings(self.rows)
        self.reviews = Reviews(self.rows)
        self.agreements = Agreements(self.rows)
        self.sharing = Sharing(self.rows)
        self.seals = Seals(self.rows)
        self.permissions = Permissions(self.rows)
        self.about_me = AboutMe(self.rows)
        self.circle = Circle(self.rows)
        self.clocks = Clocks(self.rows)
        self.rota = Rota(self.rows)
        self.crews = Crews(self.rows)
        self.skills = Skills(self.rows)
        self.loans = Loans(self.rows)
        self.visits = Visits(self.rows)

    def case(self, referral_id: UUID) -> Case:
        """What one sees on opening a referral."""
        return Case(
            referral=self.rows.one(Referral, referral_id),
            holding=self.referrals.open_holding(referral_id),
            live_offer=self.referrals.live_offer(referral_id),
            promises=tuple(self.referrals.open_promises(referral_id)),
        )

    def contact(self, contact_id: UUID) -> Contact:
        return self.rows.one(Contact, contact_id)

    def person(self, person_id: UUID) -> Person:
        return self.rows.one(Person, person_id)

    def promise(self, promise_id: UUID) -> Promise:
        return self.rows.one(Promise, promise_id)

    def team(self, team_id: UUID) -> Team:
        return self.rows.one(Team, team_id)

    def memberships(self, member_id: UUID) -> Sequence[Membership]:
        return self.rows.several(Membership, self.rows.indexes.memberships_of.get(member_id, ()))

    def candidates(self, details: Details) -> Sequence[Person]:
        """The records that could be this person's: what a search before registering shows."""
        return self.people.candidates(details)

    def offers_waiting(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Handover]:
        """Offers that wait for this team's answer, the one due first at the top."""
        found = self.rows.several(Handover, self.rows.indexes.offered_to_team.of(team_id))
        return sorted(found, key=lambda one: (one.answer_by, one.id))[:limit]

    def held(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Referral]:
        """Open referrals this team holds, the one due first at the top."""
        holdings = self.rows.several(Holding, self.rows.indexes.held_by_team.of(team_id))
        found = self.rows.several(Referral, (one.referral_id for one in holdings))
        return sorted(found, key=lambda one: (one.due_at, one.id))[:limit]

    def owed(self, team_id: UUID, *, limit: int | None = None) -> Sequence[Promise]:
        """Promises this team owes, the one due first at the top."""
        found = self.rows.several(Promise, self.rows.indexes.owed_by_team.of(team_id))
        return sorted(found, key=lambda one: (one.due_at, one.id))[:limit]
